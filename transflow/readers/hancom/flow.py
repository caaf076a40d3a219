"""Text of a document of Hancom's as it is read: links, deletions, and kinds of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transflow.model.unit import Kind
from transflow.readers.base import losses
from transflow.readers.base.layout import Piece
from transflow.readers.base.runs import Run

_DEFAULT = re.compile(r"\s*(?:[가-힣 ]{1,12}입니다\.?\s*(?:$|[\r\n])|(?:OLE|QR).{0,12}입니다\.?)")
"""Beginning of a description that the program wrote, as "그림입니다." and the name of a file."""
_SENTENCE_END = re.compile(r"[.?!。][\"'”’)\]]*\s*$")
_LONGEST_HEADING = 80


class Shape(NamedTuple):
    """The format of characters."""

    strong: bool = False
    emphasis: bool = False


def kind_of(heading: str, text: str) -> tuple[Kind, str]:
    """Return kind and variant of a paragraph by the form of its numbering.

    An outline is a subhead where it is short and no sentence.
    """
    if heading == "bullet":
        return "list item", ""
    if heading == "number":
        return "list item", "numbered"
    is_short = 0 < len(text.strip()) <= _LONGEST_HEADING and not _SENTENCE_END.search(text)
    return ("subhead", "") if heading == "outline" and is_short else ("paragraph", "")


def description(text: str) -> str:
    """Return the description of a picture, unless the program wrote it."""
    return "" if _DEFAULT.match(text) else text


def web_address(command: str) -> str:
    r"""Return the address of a link: of `http\\://a.b;1;0;0;` as files have it."""
    address = re.split(r"(?<!\\);|\|", command, maxsplit=1)[0].replace("\\:", ":").replace("\\;", ";").strip()
    if address.startswith(("#", "?#")):
        return ""  # a place in the document itself
    return f"http://{address}" if re.match(r"www\.\S+$", address) else address


class OpenText:
    """State of reading a document: open links, and a deletion, which may go over paragraphs."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        """Addresses of open fields, the innermost last; empty for fields that are no links."""
        self._deleted: list[str] = []
        self.is_deleting = False

    def text(self, text: str, shape: Shape) -> Iterator[Piece]:
        """Yield a text in the format that it has here."""
        if self.is_deleting:
            self._deleted.append(text)
        elif text:
            address = next((each for each in reversed(self.addresses) if each), "")
            yield Run(text, shape.strong, shape.emphasis, address)

    def delete(self, *, begins: bool) -> Iterator[Piece]:
        """Begin or end a deletion, and yield what was deleted."""
        self.is_deleting = begins
        if not begins:
            yield from losses.left_out("deleted", "".join(self._deleted))
            self._deleted = []

    def end_field(self) -> None:
        if self.addresses:
            self.addresses.pop()

    def end(self) -> Iterator[Piece]:
        """Yield what is still open at the end of a document."""
        yield from self.delete(begins=False)

"""Documents of word processors, written by our own code: a model of what they hold, and a writer
for each format.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple, TypeAlias

from hypothesis import strategies as st

from transflow.errors import UnreadableError
from transflow.readers import IncomingReport
from transflow.readers.base.runs import visible_text
from transflow.renderers.formatting import markup
from transflow.report import markdown_blocks
from transflow.text import without_spaces


class Words(NamedTuple):
    """A text of one format in a paragraph; an address makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""


class Aside(NamedTuple):
    """A text that is not in the paragraph where it is anchored: a "footnote", "endnote", "comment",
    "deleted" or "hidden" text, a "head" or "foot" of pages.
    """

    kind: str
    text: str


class Picture(NamedTuple):
    """A picture with a description and a caption."""

    description: str = ""
    caption: str = ""


class Box(NamedTuple):
    """A box with a text."""

    text: str


class Grid(NamedTuple):
    """A table."""

    rows: Sequence[Sequence[str]]
    has_head: bool = False


Thing: TypeAlias = Words | Aside | Picture | Box | Grid


class Para(NamedTuple):
    """A paragraph: an "outline", a "bullet" or a usual one."""

    things: Sequence[Thing]
    form: str = ""


Document: TypeAlias = Sequence[Para]


def texts(document: Document) -> Iterator[str]:
    """Yield every text of a document that readers see."""
    for para in document:
        for thing in para.things:
            match thing:
                case Words(text) | Aside(_, text) | Box(text):
                    yield text
                case Picture(description, caption):
                    yield from (description, caption)
                case Grid(rows):
                    yield from (cell for row in rows for cell in row)


def words_of(report: IncomingReport) -> str:
    """Return all words that a report and the messages about it have, without spaces."""
    blocks, _ = markdown_blocks(report.body)
    units = (markup.plain(each.text) for each in blocks)
    return without_spaces("\n".join((report.front.title, *units, *(each.message for each in report.issues))))


def lost(document: Document, report: IncomingReport) -> list[str]:
    """Return the texts of a document that are neither in a unit nor in a message."""
    found = words_of(report)
    return [text for text in texts(document) if without_spaces(visible_text(text)) not in found]


def is_read_or_refused(read: Callable[[bytes, str], IncomingReport], data: bytes) -> bool:
    """True if a file is read, false if it is refused; any other error is raised."""
    try:
        read(data, "file")
    except UnreadableError:
        return False
    return True


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP file, the same in every run. A member `mimetype` is not compressed."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)  # without the time
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return data.getvalue()


# Random documents

_LETTERS = st.characters(
    categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u200b\ufffe\uffff", max_codepoint=0xFFFF
)
_WORDS = st.text(_LETTERS, min_size=1, max_size=12) | st.sampled_from(
    [
        "유엔은 서한을 냈다.",
        "*별*",
        "<b>굵게</b>",
        "&amp;",
        "[속보]",
        "1. 첫째",
        "- 5도",
        "{% if %}",
        "\\",
        "𠮷野",
        "`코드`",
    ]
)


def documents(*kinds: str) -> st.SearchStrategy[Document]:
    """Return documents with asides of these kinds, or with a "picture", "box" or "grid"."""
    addresses = st.sampled_from(["", "", "https://a.b/c?d=e&f=1"])
    things: list[st.SearchStrategy[Thing]] = [st.builds(Words, _WORDS, st.booleans(), st.booleans(), addresses)] * 2
    asides = [kind for kind in kinds if kind not in ("picture", "box", "grid")]
    things += [st.builds(Aside, st.sampled_from(asides), _WORDS)] if asides else []
    things += [st.builds(Picture, _WORDS | st.just(""), _WORDS | st.just(""))] if "picture" in kinds else []
    things += [st.builds(Box, _WORDS)] if "box" in kinds else []
    rows = st.integers(1, 3).flatmap(
        lambda width: st.lists(st.lists(_WORDS | st.just(""), min_size=width, max_size=width), min_size=1, max_size=3)
    )
    things += [st.builds(Grid, rows, st.booleans())] if "grid" in kinds else []
    paras = st.builds(Para, st.lists(st.one_of(things), max_size=4), st.sampled_from(["", "", "bullet", "outline"]))
    return st.lists(paras, max_size=5)


# Damaged files


def mutated(random: Random, data: bytes) -> bytes:
    """Return data with up to four changes: bytes flipped, set, deleted, doubled or cut."""
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(data) + 1)
        end = min(len(data), at + random.choice((1, 2, 4, 8, 60, 600)))
        value = random.choice((b"\0", b"\xff", b"\x7f", b"<", b"&", bytes([random.randrange(256)])))
        data = random.choice(
            (
                data[:at] + bytes(byte ^ 1 << random.randrange(8) for byte in data[at : at + 1]) + data[at + 1 :],
                data[:at] + value * (end - at) + data[end:],
                data[:at] + data[end:],
                data[:end] + data[at:],
                data[:at],
            )
        )
    return data

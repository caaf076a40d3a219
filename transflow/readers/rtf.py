"""Texts in Rich Text Format (`.rtf`), also in Korean encodings (CP949).

Each paragraph is one of the report, the first one the headline; a row of a table is a row. Formats
and links are not kept, and an issue says so; pictures, notes and comments are named, not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base import losses
from transflow.readers.base.guards import broken, check_size, refusing_broken
from transflow.readers.base.parts import DocumentPart, Loss, TablePart, incoming_report, plain
from transflow.readers.base.runs import Run

MESSAGES = Messages(
    __name__,
    {
        "description": "Texts in Rich Text Format (.rtf).",
        "formats": "formats and links of RTF are not kept: save it as .docx to keep them.",
        "pages": "texts at the head and foot of pages, notes and comments of RTF are not kept: look whether it has any.",
        "deep": "its groups are nested more than {most} deep.",
    },
)
DESCRIPTION = MESSAGES("description")
NEEDS: Mapping[str, str] = {"striprtf": "readers"}

MOST_BYTES = 32 << 20
MOST_DEPTH = 500
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_BINARY = re.compile(rb"\\(?:pict|objdata)\b")
_ASIDES = re.compile(rb"\\(?:footnote|annotation|header|footer)[lrf]?\b")


def recognises(data: bytes, name: str) -> Certainty:
    return Certainty.CONTENT if data.startswith(b"{\\rtf") else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    check_size(data, name, MOST_BYTES)
    if not data.startswith(b"{\\rtf"):
        raise broken(name, "RTF", "{\\rtf")
    _check_depth(data, name)
    return incoming_report("rtf", FrontMatter(), _parts(_text(data, name), data), begins_with_headline=True)


def _check_depth(data: bytes, name: str) -> None:
    depth = 0
    for brace in re.findall(rb"\\[{}]|[{}]", data):
        depth += (brace == b"{") - (brace == b"}")
        if depth > MOST_DEPTH:
            raise broken(name, "RTF", MESSAGES("deep", most=MOST_DEPTH))


def _text(data: bytes, name: str) -> str:
    """Return the text of a file. Loads striprtf, for these files only."""
    from striprtf.striprtf import rtf_to_text

    found = _CODE_PAGE.search(data[:2000])
    encoding = f"cp{found[1].decode()}" if found else "cp949"
    with refusing_broken(name, "RTF"):
        text: str = rtf_to_text(data.decode("latin-1"), encoding=encoding, errors="replace")  # type: ignore[no-untyped-call]
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # joins halves of characters


def _parts(text: str, data: bytes) -> Iterator[DocumentPart]:
    rows: list[list[list[Run]]] = []
    for line in text.split("\n"):
        if line.count("|") > 1 and line.rstrip().endswith("|"):
            rows.append([[Run(cell)] for cell in line.rstrip().removesuffix("|").split("|")])
            continue
        if rows:
            yield TablePart(rows)
            rows = []
        yield plain(line)
    if rows:
        yield TablePart(rows)
    yield Loss(MESSAGES("formats"), "hint")
    if _ASIDES.search(data):
        yield Loss(MESSAGES("pages"))
    if _BINARY.search(data):
        yield losses.picture()

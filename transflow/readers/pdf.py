"""PDF documents with a text (`.pdf`); not pictures of pages.

A PDF has lines at places of a page, and no paragraphs: lines are joined to paragraphs up to one
that is short, or up to an empty one. An issue says that the text came from a
PDF, because the order of columns and tables, and words at the end of lines, may be wrong. Pages are
the places of issues. A page without a text is named, and so are pictures, comments and forms.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base import losses
from transflow.readers.base.archives import encrypted
from transflow.readers.base.guards import check_size, refusing_broken
from transflow.readers.base.parts import DocumentPart, Loss, PageStart, incoming_report, plain

if TYPE_CHECKING:
    from pypdf import PageObject

MESSAGES = Messages(
    __name__,
    {
        "description": "PDF documents with a text (.pdf).",
        "origin": "this text came from a PDF: compare the order of its columns and tables, and the words at ends of lines, with "
        "the file.",
        "empty": "this page has no text; it may be a picture.",
        "no-text": "none of its pages has a text.",
        "no-text-way-out": "Let a program read the pictures of its pages (OCR), and save that as text.",
        "pages": "it has {pages} pages; up to {most} are read.",
        "pages-way-out": "Split it.",
    },
)
DESCRIPTION = MESSAGES("description")
NEEDS: Mapping[str, str] = {"pypdf": "readers"}

MOST_BYTES = 64 << 20
MOST_PAGES = 500
_WITHIN = 1024
_SHORT, _VERY_SHORT = 0.9, 0.6
"""Parts of the longest line, below which a line ends its paragraph: one that ends a sentence, and
any.
"""
_SENTENCE_END = re.compile(r"[.?!。:][\"'”’)\]]*\s*$")
_HYPHEN = re.compile(r"(?<=[A-Za-z])[-\u2010]$")
_ITEM = re.compile(r"\s*(?:[-•·○□■▲△▶◦※*]|\d{1,2}[.)]|[가-하][.)])\s")


def recognises(data: bytes, name: str) -> Certainty:
    head = data[:_WITHIN]
    is_pdf = b"%PDF-" in head and not head[: head.index(b"%PDF-")].strip(b"\0 \t\r\n\xef\xbb\xbf")
    return Certainty.CONTENT if is_pdf else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    """Return the report in a file. Loads pypdf, for these files only."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    check_size(data, name, MOST_BYTES)
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # it writes to standard error otherwise
    with refusing_broken(name, "PDF", PyPdfError):
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted(name)
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            raise UnreadableError(name, 0, MESSAGES("pages", pages=pages, most=MOST_PAGES), MESSAGES("pages-way-out"))
        texts = [_page_text(page) for page in reader.pages]
        named = [_losses(page) for page in reader.pages]
    if not any(text.strip() for text in texts):
        raise UnreadableError(name, 0, MESSAGES("no-text"), MESSAGES("no-text-way-out"))
    return incoming_report("pdf", FrontMatter(), _parts(texts, named), begins_with_headline=True)


def _page_text(page: PageObject) -> str:
    text: str = page.extract_text()
    return text


def _losses(page: PageObject) -> list[Loss]:
    """Return the comments of a page, and a loss if it has pictures."""
    found: list[Loss] = []
    for each in page.get("/Annots") or ():
        about = each.get_object()
        if about.get("/Subtype") in ("/Text", "/FreeText", "/Highlight", "/Popup") and about.get("/Contents"):
            found += losses.comment(str(about["/Contents"]), str(about.get("/T", "")))
        elif about.get("/Subtype") == "/Widget" and about.get("/V"):
            found += losses.left_out("hidden", str(about["/V"]))
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources else None
    shown = objects.get_object().values() if objects else ()
    if any(each.get_object().get("/Subtype") == "/Image" for each in shown):
        found.append(losses.picture())
    return found


def _parts(texts: list[str], named: list[list[Loss]]) -> Iterator[DocumentPart]:
    yield Loss(MESSAGES("origin"))
    for number, (text, found) in enumerate(zip(texts, named, strict=True), 1):
        yield PageStart(number)
        if not text.strip():
            yield Loss(MESSAGES("empty"))
        yield from (plain(paragraph) for paragraph in _paragraphs(text.split("\n")))
        yield from found


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield the paragraphs of the lines of a page."""
    longest = max(map(len, lines), default=0)
    has_spaces = any(line.endswith(" ") for line in lines)
    """True if a line that ends between two words keeps its space, so that others end within one."""
    paragraph = ""
    for line in lines:
        if not line.strip() or _ITEM.match(line):
            yield paragraph
            paragraph = line if line.strip() else ""
        else:
            paragraph = _joined(paragraph, line, has_spaces)
        if len(line) < longest * (_SHORT if _SENTENCE_END.search(line) else _VERY_SHORT):
            yield paragraph
            paragraph = ""
    yield paragraph


def _joined(paragraph: str, line: str, has_spaces: bool) -> str:
    if not paragraph or (
        has_spaces and not paragraph.endswith(" ") and _is_hangul(paragraph[-1]) and _is_hangul(line[0])
    ):
        return paragraph + line
    if _HYPHEN.search(paragraph) and line[0].islower():
        return paragraph[:-1] + line
    return f"{paragraph} {line}"


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"

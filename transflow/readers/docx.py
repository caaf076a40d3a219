"""Documents of Word (`.docx`), also as other programs write them.

A paragraph in the style of titles is the headline, one in that of subtitles the deck; otherwise the
first paragraph is the headline. Headings are subheads; quotations, lists, captions and tables are
kept, emphasis and links, and texts of boxes where they are anchored. Insertions of tracked changes
are text.

Named with their place, and not kept: footnotes, endnotes, comments with their authors, deletions of
tracked changes, hidden text, pictures with their descriptions, equations, charts, embedded objects,
and what stands at the head and foot of pages. Automatic numbers become those of a list. A document
with a password is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from transflow.messages import Messages
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base import losses
from transflow.readers.base.archives import Archive, encrypted
from transflow.readers.base.layout import text_of, with_head
from transflow.readers.base.parts import DocumentPart, incoming_report
from transflow.readers.base.xml_parts import elements
from transflow.readers.word.body import SKIPPED, WordBody
from transflow.readers.word.package import WordPackage

MESSAGES = Messages(__name__, {"description": "Word documents (.docx)."})
DESCRIPTION = MESSAGES("description")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PAGES = {"header": "head", "footer": "foot"}


def recognises(data: bytes, name: str) -> Certainty:
    if data.startswith(_OLE):  # Word puts a document with a password into such a file
        return Certainty.CONTENT if name.endswith(".docx") and _ENCRYPTED in data else Certainty.NONE
    is_docx = data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data and b"word/" in data
    return Certainty.CONTENT if is_docx else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise encrypted(name)
    with Archive(data, name, "DOCX") as archive:
        front, parts = with_head(_parts(WordPackage(archive)))
        return incoming_report("docx", front, parts, begins_with_headline=True)


def _parts(package: WordPackage) -> Iterator[DocumentPart]:
    body = WordBody(package)
    for element in elements(package.source(package.main), "p", "tbl", skipped=SKIPPED):
        yield from body.parts(element)
    yield from body.unreferred()
    for kind, what in _PAGES.items():
        seen = set()
        for member in package.of_kind(kind):
            text = text_of(
                [
                    part
                    for each in elements(package.source(member), "p", "tbl", skipped=SKIPPED)
                    for part in body.parts(each)
                ]
            )
            yield from losses.left_out(what, text) if text not in seen else ()
            seen.add(text)

"""OpenDocument texts (`.odt`), as LibreOffice writes them.

A paragraph in the style of titles is the headline, one in that of subtitles the deck; otherwise the
first paragraph is the headline. Headings are subheads; quotations, lists, captions and tables are
kept, emphasis and links, and texts of boxes where they are anchored.

Named with their place, and not kept: footnotes, endnotes, comments with their authors, deletions of
tracked changes, hidden text, pictures with their descriptions, embedded objects, and what stands at
the head and foot of pages. A document with a password is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from transflow.messages import Messages
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base import losses
from transflow.readers.base.archives import Archive, encrypted
from transflow.readers.base.layout import text_of, with_head
from transflow.readers.base.parts import DocumentPart, incoming_report
from transflow.readers.base.xml_parts import XmlSource, elements
from transflow.readers.opendocument.body import BLOCKS, OpenBody, styles

MESSAGES = Messages(__name__, {"description": "OpenDocument texts (.odt)."})
DESCRIPTION = MESSAGES("description")

_MARK = b"mimetypeapplication/vnd.oasis.opendocument.text"
_MANIFEST = "META-INF/manifest.xml"
_PAGES = {"header": "head", "header-left": "head", "footer": "foot", "footer-left": "foot"}


def recognises(data: bytes, name: str) -> Certainty:
    is_odt = data.startswith(b"PK\x03\x04") and (
        _MARK in data[:200] or (name.endswith(".odt") and b"content.xml" in data)
    )
    return Certainty.CONTENT if is_odt else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    with Archive(data, name, "ODT") as archive:
        if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
            raise encrypted(name)
        front, parts = with_head(_parts(archive))
        return incoming_report("odt", front, parts, begins_with_headline=True)


def _parts(archive: Archive) -> Iterator[DocumentPart]:
    content = XmlSource(archive.read("content.xml"), archive.name, archive.kind, "content.xml")
    pages = (
        XmlSource(archive.read("styles.xml"), archive.name, archive.kind, "styles.xml")
        if "styles.xml" in archive
        else None
    )
    found = styles(elements(pages, "style", "list-style")) if pages else {}
    body = OpenBody(found | styles(elements(content, "style", "list-style")))
    for element in elements(content, *BLOCKS, "tracked-changes", skipped=("automatic-styles", "forms", "scripts")):
        yield from body.deletions(element) if element.tag == "tracked-changes" else body.parts(element)
    for element in elements(pages, *_PAGES) if pages else ():
        yield from losses.left_out(_PAGES[element.tag], text_of(body.inner(element)))

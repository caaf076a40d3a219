"""Documents of Hancom's word processor in its present format (`.hwpx`).

The first paragraph is the headline. Outlines are subheads; tables are kept by rows, but for those
that only make a frame; texts of boxes and captions of pictures stand where they are anchored.
Emphasis and links are kept, and insertions of tracked changes.

Named with their place, and not kept: footnotes, endnotes, comments, deletions of tracked changes,
pictures with their descriptions, equations, charts, embedded objects, and what stands at the head
and foot of pages. Automatic numbers become those of a list. A document with a password is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base import losses
from transflow.readers.base.archives import Archive, encrypted
from transflow.readers.base.guards import broken
from transflow.readers.base.layout import flowed, text_of
from transflow.readers.base.parts import DocumentPart, incoming_report
from transflow.readers.base.xml_parts import XmlSource, elements, root
from transflow.readers.hancom.hwpx_body import HwpxBody
from transflow.readers.hancom.hwpx_head import formats

MESSAGES = Messages(
    __name__,
    {"description": "Hancom documents (.hwpx).", "sections": "it has no text: Contents/section0.xml is missing."},
)
DESCRIPTION = MESSAGES("description")

_MARK = b"mimetypeapplication/hwp+zip"
_SECTION = re.compile(r"Contents/section(\d{1,9})\.xml")
_MASTER = re.compile(r"Contents/masterpage(\d{1,9})\.xml")
_PACKAGE = "Contents/content.hpf"
_MANIFEST = "META-INF/manifest.xml"


def recognises(data: bytes, name: str) -> Certainty:
    is_hwpx = data.startswith(b"PK\x03\x04") and (_MARK in data[:200] or b"Contents/section0.xml" in data)
    return Certainty.CONTENT if is_hwpx else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    with Archive(data, name, "HWPX") as archive:
        if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
            raise encrypted(name)
        sections = _sections(archive)
        if not sections:
            raise broken(name, "HWPX", MESSAGES("sections"))
        return incoming_report("hwpx", FrontMatter(), _parts(archive, sections), begins_with_headline=True)


def _sections(archive: Archive) -> list[str]:
    """Return the members with text: in the order of the package, then those that it leaves out."""
    found = sorted(filter(_SECTION.fullmatch, archive.names), key=_number)
    if _PACKAGE not in archive:
        return found
    package = root(_source(archive, _PACKAGE))
    members = {item.get("id"): item.get("href", "") for item in package.iter("item")}
    ordered = [members.get(item.get("idref"), "") for item in package.iter("itemref")]
    return [*dict.fromkeys(member for member in (*ordered, *found) if member in found)]


def _source(archive: Archive, member: str) -> XmlSource:
    return XmlSource(archive.read(member), archive.name, archive.kind, member)


def _number(member: str) -> int:
    found = _SECTION.fullmatch(member) or _MASTER.fullmatch(member)
    return int(found[1]) if found else 0


def _parts(archive: Archive, sections: list[str]) -> Iterator[DocumentPart]:
    body = HwpxBody(formats(archive))
    memos = []
    for member in sections:
        for element in elements(_source(archive, member), "p", "memo"):
            if element.tag == "memo":
                memos.append(text_of(body.paragraphs(element.iter("p"))))
            else:
                yield from body.paragraph(element)
    yield from flowed(body.reading.end())
    for memo in memos:
        yield from losses.left_out("comment", memo) if memo not in body.memos else ()
    for member in sorted(filter(_MASTER.fullmatch, archive.names), key=_number):
        text = text_of(body.paragraphs(elements(_source(archive, member), "p")))
        yield from losses.left_out("background", text)

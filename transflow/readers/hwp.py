"""Documents of Hancom's word processor in its format since 2000, HWP 5 (`.hwp`), also those for
distribution.

The first paragraph is the headline. Outlines are subheads; tables are kept by rows, but for those
that only make a frame; texts of boxes and captions of pictures stand where they are anchored.
Emphasis and links are kept, and insertions of tracked changes.

Named with their place, and not kept: footnotes, endnotes, comments, pictures with their
descriptions, equations, charts, embedded objects, and what stands at the head and foot of pages.
Automatic numbers become those of a list. A document with a password is refused, and one of HWP 3,
which Hancom's programs save in the present format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base.guards import check_size
from transflow.readers.base.layout import flowed
from transflow.readers.base.parts import DocumentPart, incoming_report
from transflow.readers.hancom.hwp5_body import Hwp5Body
from transflow.readers.hancom.hwp5_file import Hwp5File
from transflow.readers.hancom.hwp5_head import formats

MESSAGES = Messages(
    __name__,
    {
        "description": "Hancom documents (.hwp), of HWP 5.",
        "old": "it is a document of HWP 3, a format of the 1990s.",
        "old-way-out": "Open it in Hancom's word processor, and save it as .hwpx.",
    },
)
DESCRIPTION = MESSAGES("description")
NEEDS: Mapping[str, str] = {"olefile": "readers"}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = b"HWP Document File V"
_HEADER = "FileHeader\0".encode("utf-16-le")


def recognises(data: bytes, name: str) -> Certainty:
    is_hwp = data.startswith(_OLD) or (data.startswith(_OLE) and _HEADER in data)
    return Certainty.CONTENT if is_hwp else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    check_size(data, name)
    if data.startswith(_OLD):
        raise UnreadableError(name, 0, MESSAGES("old"), MESSAGES("old-way-out"))
    return incoming_report("hwp", FrontMatter(), _parts(Hwp5File(data, name)), begins_with_headline=True)


def _parts(file: Hwp5File) -> Iterator[DocumentPart]:
    body = Hwp5Body(formats(file.records("DocInfo")))
    for stream in file.sections():
        for record in file.records(stream):
            yield from body.paragraph(record)
    yield from flowed(body.reading.end())

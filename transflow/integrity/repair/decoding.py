"""Decoding of the bytes of a damaged catalog.

Invariant: only byte order marks, encodings and line endings that editors change are changed, never
a character of a text.
"""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from transflow.integrity.repair.defects import defect
from transflow.messages import Messages
from transflow.model.issue import Issue
from transflow.po.syntax import decode

MESSAGES = Messages(
    __name__,
    {
        "utf-16": "the file is in UTF-16",
        "utf-16/repair": "written as UTF-8",
        "mark": "the file begins with a byte order mark (BOM)",
        "mark/repair": "removed",
        "line-ends": "its lines end as on Windows or old Macs (CR)",
        "line-ends/repair": "they end with LF now",
        "last-line": "the file does not end with a new line",
        "last-line/repair": "ended",
    },
)


def text_of(data: bytes, path: str) -> tuple[str, list[Issue]]:
    """Return the text with LF line endings and without a byte order mark, and the defects.

    Raise UnreadableError if the encoding is uncertain.
    """
    defects: list[Issue] = []
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        data = data.decode("utf-16", "surrogatepass").encode("utf-8", "surrogatepass")
        defects.append(defect("record.encoding", MESSAGES("utf-16"), MESSAGES("utf-16/repair"), 1))
    if data.startswith(BOM_UTF8):
        data = data.removeprefix(BOM_UTF8)
        defects.append(defect("record.encoding", MESSAGES("mark"), MESSAGES("mark/repair"), 1))
    if b"\r\n" in data or (b"\r" in data and b"\n" not in data):
        line = data[: data.index(b"\r")].count(b"\n") + 1
        data = data.replace(b"\r\n", b"\n") if b"\n" in data else data.replace(b"\r", b"\n")
        defects.append(defect("record.line-ends", MESSAGES("line-ends"), MESSAGES("line-ends/repair"), line))
    if data and not data.endswith(b"\n"):
        last = data.count(b"\n") + 1
        defects.append(defect("record.last-line", MESSAGES("last-line"), MESSAGES("last-line/repair"), last))
        data += b"\n"
    return decode(data, path), defects

"""From the bytes of a report to its text.

Invariant: what is decoded can be stored in a catalog as it is, and lines of the text are lines of the file.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from hashlib import sha256

from transflow.errors import UnreadableError
from transflow.model.issue import Issue
from transflow.text import clean, strange_breaks


def digest(data: bytes) -> str:
    """What `X-Report-Digest` holds: SHA-256 of the bytes in hex, a space, the version of the reading.

    Of the bytes with LF line ends: git may have made them CRLF in a clone (core.autocrlf), and the report is the same. The
    version is the segmenter's, and one more for a file that the first reader of Markdown read otherwise: its catalog counts
    as behind its report then, and the next update brings what that reader lost. All other catalogs stay as they are.
    """
    from transflow.language.segment import (
        VERSION,  # here, for its patterns take time to compile, and status reads front matter
    )

    data = data.replace(b"\r\n", b"\n") if b"\r" in data else data
    return f"{sha256(data).hexdigest()} {VERSION if _reads_as_before(data) else VERSION + 1}"


def _reads_as_before(data: bytes) -> bool:
    from transflow.report.lists import may_have_texts  # here and below, for most files have no such line

    if not may_have_texts(data.removeprefix(BOM_UTF8).replace(b"\r", b"\n").decode("utf-8", "replace")):
        return True
    from transflow.report.blocks import reads_as_before
    from transflow.report.front import front_matter

    try:
        text = decode(data, "")
    except UnreadableError:
        return True
    return reads_as_before(text[front_matter(text, "")[1] :])


def decode(data: bytes, path: str) -> str:
    r"""The text of a report file or a plain text file: NFC, lines ending in "\n", no byte order mark.

    Raises UnreadableError with path and line for another encoding than UTF-8 and for control characters.
    """
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_ends(data[: error.start]) + 1
        raise UnreadableError(path, line, "this is not UTF-8.", _way_out(data, path)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return clean(text)
    except ValueError:
        raise _unstorable(data, text, path) from None


def named_breaks(data: bytes) -> list[Issue]:
    """The line breaks of other programs in a file that `decode` reads: each is read as a space."""
    text = data.removeprefix(BOM_UTF8).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return [
        Issue("line-breaks", "hint", f"U+{ord(each):04X} ({_BREAKS[each]}) is read as a space.", line=line)
        for line, each in strange_breaks(text)
    ]


_BREAKS = {
    "\x0b": "a vertical tab",
    "\x0c": "a page break",
    "\x85": "a line break of old programs",
    "\u2028": "Unicode's line separator",
    "\u2029": "Unicode's paragraph separator",
}


def _line_ends(data: bytes) -> int:
    """How many line ends the bytes hold, whichever kind they are."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")


def _way_out(data: bytes, path: str) -> str:
    command = "Convert it with: iconv -f {} -t UTF-8 {} > NEW"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "It looks like UTF-16. " + command.format("UTF-16", path)
    try:
        data.decode("cp949")
    except UnicodeDecodeError:
        return "Save it as UTF-8 text in the program that wrote it."
    return "It looks like EUC-KR (CP949). " + command.format("CP949", path)


def _unstorable(data: bytes, text: str, path: str) -> UnreadableError:
    """The error for a text with control characters; many NULs are a file of another kind."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            clean(line)
        except ValueError as error:
            if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")) or "\0" in line:
                return UnreadableError(path, number, "this is not a text file.", "Export it as UTF-8 text or Markdown.")
            return UnreadableError(path, number, f"{error}.", "Delete it in a text editor, or replace it by a space.")
    raise AssertionError("clean() refuses a text of which it accepts every line")

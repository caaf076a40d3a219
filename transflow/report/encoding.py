"""Decoding of a report file.

Invariant: decoded text can be stored in a catalog as it is, and its lines are the lines of the
file.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from hashlib import sha256

from transflow.errors import UnreadableError
from transflow.language.segment import VERSION
from transflow.model.issue import Issue
from transflow.report.front import front_matter
from transflow.text import clean, unusual_breaks


def digest(data: bytes) -> str:
    """Return the value of `X-Report-Digest`: SHA-256 of the bytes in hex, a space, a version.

    Line ends are hashed as LF: git may have converted them to CRLF in a clone (core.autocrlf), and
    the report is the same. The version is the segmenter's, plus one for a file that the first
    Markdown parser read differently: its catalog then counts as outdated, and the next update
    restores what that parser lost. All other catalogs stay as they are.
    """
    data = data.replace(b"\r\n", b"\n") if b"\r" in data else data
    return f"{sha256(data).hexdigest()} {VERSION if _reads_as_before(data) else VERSION + 1}"


def _reads_as_before(data: bytes) -> bool:
    """True if earlier versions read the same. Loads the patterns of blocks, for few files."""
    from transflow.report.lists import may_have_text_lines

    if not may_have_text_lines(data.removeprefix(BOM_UTF8).replace(b"\r", b"\n").decode("utf-8", "replace")):
        return True
    try:
        text = decode(data, "")
    except UnreadableError:
        return True
    from transflow.report.blocks import parses_as_first_version

    return parses_as_first_version(text[front_matter(text, "")[1] :])


def decode(data: bytes, path: str) -> str:
    r"""Decode a report or plain text file to NFC with LF line ends and no byte order mark.

    Raise UnreadableError, with path and line, for an encoding other than UTF-8 and for control
    characters.
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
    """Return an issue for each unusual line break in a file, which `decode` reads as a space."""
    text = data.removeprefix(BOM_UTF8).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return [
        Issue("line-breaks", "hint", f"U+{ord(character):04X} ({_BREAKS[character]}) is read as a space.", line=line)
        for line, character in unusual_breaks(text)
    ]


_BREAKS = {
    "\x0b": "a vertical tab",
    "\x0c": "a page break",
    "\x85": "a line break of old programs",
    "\u2028": "Unicode's line separator",
    "\u2029": "Unicode's paragraph separator",
}


def _line_ends(data: bytes) -> int:
    """Return the number of line ends of any kind."""
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
    """Return the error for a text with control characters; NULs mean that it is not a text file."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            clean(line)
        except ValueError as error:
            if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")) or "\0" in line:
                return UnreadableError(path, number, "this is not a text file.", "Export it as UTF-8 text or Markdown.")
            return UnreadableError(path, number, f"{error}.", "Delete it in a text editor, or replace it by a space.")
    raise AssertionError("clean() refuses a text of which it accepts every line")

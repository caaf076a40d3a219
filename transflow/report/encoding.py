"""Decoding of a report file.

Invariant: decoded text can be stored in a catalog as it is, and its lines are the lines of the
file.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from hashlib import sha256
from shlex import quote

from transflow.errors import UnreadableError
from transflow.file_kinds import check_text
from transflow.invisible import unneeded, without_invisible
from transflow.language.segment import VERSION, may_split_otherwise
from transflow.messages import Message, Messages
from transflow.model.issue import Issue, Location
from transflow.report.front import front_matter
from transflow.text import ControlError, clean, unusual_breaks

MESSAGES = Messages(
    __name__,
    {
        "no-utf-8": "this is not UTF-8.",
        "convert/utf-16": "It looks like UTF-16. Convert it with: iconv -f UTF-16 -t UTF-8 {path} > NEW",
        "convert/cp949": "It looks like EUC-KR (CP949). Convert it with: iconv -f CP949 -t UTF-8 {path} > NEW",
        "convert": "Save it as UTF-8 text in the program that wrote it.",
        "no-text": "this is not a text file.",
        "export": "Export it as UTF-8 text or Markdown.",
        "control-way-out": "Delete it in a text editor, or replace it by a space.",
        "invisible": "An invisible character (U+{code}) stands in this line, and is left out.",
        "break/000B": "U+{code} (a vertical tab) is read as a space.",
        "break/000C": "U+{code} (a page break) is read as a space.",
        "break/0085": "U+{code} (a line break of old programs) is read as a space.",
        "break/2028": "U+{code} (Unicode's line separator) is read as a space.",
        "break/2029": "U+{code} (Unicode's paragraph separator) is read as a space.",
    },
)


def digest(data: bytes) -> str:
    """Return the value of `X-Report-Digest`: SHA-256 of the bytes in hex, a space, a version.

    Line ends are hashed as LF: git may have converted them to CRLF in a clone (core.autocrlf), and
    the report is the same. The version is the segmenter's, plus one for a file that the first
    Markdown parser read, or the first segmenter may have split, differently: its catalog then
    counts as outdated, and the next update restores what was lost. All other catalogs stay as they
    are.
    """
    data = data.replace(b"\r\n", b"\n") if b"\r" in data else data
    return f"{sha256(data).hexdigest()} {VERSION if _reads_as_before(data) else VERSION + 1}"


def _reads_as_before(data: bytes) -> bool:
    """True if earlier versions read the same. Loads the patterns of blocks, for few files."""
    from transflow.report.lists import may_have_text_lines

    text = data.removeprefix(BOM_UTF8).replace(b"\r", b"\n").decode("utf-8", "replace")
    if unneeded(text) or may_split_otherwise(text):
        return False
    if not any(mark in text for mark in ("<", "%%", "{", "-:", " --> ")) and not may_have_text_lines(text):
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
    characters, and without a line for a document or picture.
    """
    check_text(data, path)
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_ends(data[: error.start]) + 1
        raise UnreadableError(path, line, MESSAGES("no-utf-8"), _way_out(data, path)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return without_invisible(clean(text))
    except ValueError:
        raise _unstorable(text, path) from None


def first_lines(data: bytes, count: int) -> str:
    """Return the first lines of a file in UTF-8 with LF line ends, and otherwise as they stand."""
    text = data.removeprefix(BOM_UTF8).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(f"{line}\n" for line in text.split("\n")[:count])


def named_breaks(data: bytes) -> list[Issue]:
    """Return an issue for each unusual line break in a file, which `decode` reads as a space."""
    text = data.removeprefix(BOM_UTF8).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return [
        *_named_invisible(text),
        *(
            Issue("line-breaks", "hint", MESSAGES(f"break/{code}", code=code), location=Location(line=line))
            for line, character in unusual_breaks(text)
            if (code := f"{ord(character):04X}")
        ),
    ]


def _named_invisible(text: str) -> list[Issue]:
    """Return an issue for each line with invisible characters, which `decode` leaves out."""
    lines: dict[int, str] = {}
    for at in unneeded(text):
        lines.setdefault(text.count("\n", 0, at) + 1, f"{ord(text[at]):04X}")
    return [
        Issue("invisible", "warning", MESSAGES("invisible", code=code), location=Location(line=line))
        for line, code in lines.items()
    ]


def _line_ends(data: bytes) -> int:
    """Return the number of line ends of any kind."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")


def _way_out(data: bytes, path: str) -> Message:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return MESSAGES("convert/utf-16", path=quote(path))
    try:
        data.decode("cp949")
    except UnicodeDecodeError:
        return MESSAGES("convert")
    return MESSAGES("convert/cp949", path=quote(path))


def _unstorable(text: str, path: str) -> UnreadableError:
    """Return the error for a text with control characters; NULs mean that it is not a text file."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            clean(line)
        except ControlError as error:
            if "\0" in line:
                return UnreadableError(path, number, MESSAGES("no-text"), MESSAGES("export"))
            return UnreadableError(path, number, error.message, MESSAGES("control-way-out"))
    raise AssertionError("clean() refuses a text of which it accepts every line")

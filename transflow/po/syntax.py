"""Parser and writer of PO entries, for any PO file.

Invariant: the raw texts of a file's entries, joined, are the file, byte for byte, so that writing
without changes changes nothing. Lines end at LF only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from shlex import quote
from typing import NoReturn

from transflow.errors import UnreadableError
from transflow.messages import CommandRef, Message, Messages
from transflow.po import controls
from transflow.po.strings import EscapeError, PoControlError, quoted, unescape

MESSAGES = Messages(
    __name__,
    {
        "byte-order-mark": "the file begins with a byte order mark.",
        "byte-order-mark/way-out": "Save it as UTF-8 without one.",
        "no-utf-8": "this is not UTF-8.",
        "no-utf-8/way-out": "Save it as UTF-8, or take it back from git.",
        "nul": "the file holds NUL bytes: it is no PO file.",
        "nul/way-out": "Take it back from git.",
        "cr": "a line ends with CR.",
        "cr/way-out": "Save it with LF line ends (git: `* text eol=lf`).",
        "incomplete": "the last line is not complete.",
        "incomplete/way-out": "Take the file back from git.",
        "comment-inside": "a comment in the middle of an entry.",
        "conflict": "a conflict marker of git.",
        "conflict/way-out": "Run {command}.",
        "no-po": "a line that is no PO.",
        "string": "a string that is not closed or goes on after its end.",
        "partly-obsolete": "an entry that is obsolete only in part.",
        "out-of-place": "{keyword} out of place.",
        "end-inside": "the file ends in the middle of an entry.",
        "no-msgid": "an entry without msgid or msgstr.",
        "by-hand": "Mend that line by hand, or take the file back: `git checkout -- {path}`.",
    },
)
_TEXT = re.compile(r"(?:(#~)(?:\s*(\|))?|(#\|))?\s*(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]+\])?)\s*(?=\"))?")
"""A line with a keyword or a string, up to the opening quote."""
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BEGINS = re.compile(r"[^\S\n]*(?:#(?!~)|#~\s*\||(?:#~\s*)?msg(?:ctxt|id(?!_plural)))")
"""A line that begins a new entry, if the entry before it has a msgstr."""
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


@dataclass(slots=True)
class Entry:
    """An entry of a PO file. `strings` maps keywords (msgctxt, msgid, msgstr[0] …) to texts."""

    line: int
    """1-based number of its first line."""
    raw: str = ""
    """All its lines, and the blank lines after it."""
    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    previous: dict[str, str] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=dict)
    obsolete: bool = False

    @property
    def is_header(self) -> bool:
        return self.strings.get("msgid") == "" and "msgctxt" not in self.strings and not self.obsolete


def decode(data: bytes, path: str) -> str:
    """Decode a PO file.

    Raise UnreadableError for another encoding, a BOM, CR line ends, a binary file, an incomplete
    last line, or control characters.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise UnreadableError(path, 1, MESSAGES("byte-order-mark"), MESSAGES("byte-order-mark/way-out"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(path, line, MESSAGES("no-utf-8"), MESSAGES("no-utf-8/way-out")) from None
    for byte, key in ((b"\0", "nul"), (b"\r", "cr")):
        if byte in data:  # searching bytes is many times faster than searching Korean text
            line = data.count(b"\n", 0, data.index(byte)) + 1
            raise UnreadableError(path, line, MESSAGES(key), MESSAGES(f"{key}/way-out"))
    if text and not text.endswith("\n"):
        line = text.count("\n") + 1
        raise UnreadableError(path, line, MESSAGES("incomplete"), MESSAGES("incomplete/way-out"))
    controls.check(data, text, path)
    return text


def entries(text: str, path: str) -> tuple[list[Entry], str]:
    """Return the entries of a PO text, and the comments after the last one.

    Raise UnreadableError, with the line, for a text that is not PO.
    """
    result: list[Entry] = []
    position, line = 0, 1
    while position < len(text):
        entry, position = read_entry(text, position, line, path)
        if not entry.strings:
            return result, entry.raw
        line += entry.raw.count("\n")
        result.append(entry)
    return result, ""


def read_entry(text: str, position: int, line: int, path: str) -> tuple[Entry, int]:
    """Return the entry that begins at a position, in a given line, and the position after it.

    Comments at the end of the file are an entry without `strings`. Raise UnreadableError.
    """
    reader = _Reader(path, line, text, position)
    start = position
    while start < len(text) and not (reader.is_complete and _BEGINS.match(text, start)):
        end = text.find("\n", start) + 1 or len(text)
        reader.feed(text[start:end].rstrip("\n"))
        start = end
    return reader.finish(text[position:start]), start


class _Reader:
    """A parser of one entry, line by line.

    `field` is the string that a line of quotes alone continues.
    """

    def __init__(self, path: str, line: int, text: str, position: int) -> None:
        self.path, self.line, self.text, self.position = path, line, text, position
        self.entry = Entry(line)
        self.field: tuple[str, bool, bool] | None = None
        """(keyword, whether after `#|`, whether after `#~`)."""

    @property
    def is_complete(self) -> bool:
        """True if a msgstr was read: the next comment or msgid begins another entry."""
        return self.field is not None and self.field[0].startswith("msgstr")

    def feed(self, line: str) -> None:
        body = line.strip()
        if body.startswith("#") and not body.startswith(("#~", "#|")):
            self._comment(line.lstrip())
        elif body:
            self._text(body)
        self.line += 1

    def _comment(self, line: str) -> None:
        entry = self.entry
        if entry.strings:
            self._fail(MESSAGES("comment-inside"))
        marker, rest = line[1:2], line[2:].removeprefix(" ")
        if marker == ".":
            entry.extracted.append(rest)
        elif marker == ":":
            entry.references.append(rest)
        elif marker == ",":
            entry.flags += [flag.strip() for flag in rest.split(",") if flag.strip()]
        else:
            entry.comments.append(line[1:].removeprefix(" "))
        self.field = None

    def _text(self, body: str) -> None:
        match = _TEXT.match(body)
        assert match  # every part of the pattern is optional
        obsolete, previous, keyword = bool(match[1]), bool(match[2] or match[3]), match[4]
        if _CONFLICT.match(body):
            self._fail(MESSAGES("conflict"), way_out=MESSAGES("conflict/way-out", command=CommandRef("repair")))
        if keyword:
            self._begin(keyword, previous, obsolete)
        if self.field is None or self.field[1:] != (previous, obsolete):
            self._fail(MESSAGES("no-po"))
        string = _STRING.fullmatch(body, match.end())
        if not string:
            self._fail(MESSAGES("string"))
        try:
            self._strings(previous)[self.field[0]] += unescape(string[1])
        except PoControlError as error:
            message = controls.control_message(self.text, self.position, error.character)
            self._fail(message, way_out=controls.remedy())
        except EscapeError as error:
            self._fail(error.message)

    def _strings(self, previous: bool) -> dict[str, str]:
        return self.entry.previous if previous else self.entry.strings

    def _begin(self, keyword: str, previous: bool, obsolete: bool) -> None:
        entry = self.entry
        self.field = keyword, previous, obsolete
        if not previous:
            if entry.strings and obsolete != entry.obsolete:
                self._fail(MESSAGES("partly-obsolete"))
            entry.obsolete = obsolete
        is_in_order = "msgid" in entry.strings if keyword.startswith("msgstr") else not _has_target(entry)
        if keyword in self._strings(previous) or not is_in_order or (previous and entry.strings):
            self._fail(MESSAGES("out-of-place", keyword=keyword))
        self._strings(previous)[keyword] = ""

    def _fail(self, problem: Message, line: int = 0, way_out: Message | None = None) -> NoReturn:
        way_out = way_out or MESSAGES("by-hand", path=quote(self.path))
        raise UnreadableError(self.path, line or self.line, problem, way_out)

    def finish(self, raw: str) -> Entry:
        entry = self.entry
        entry.raw = raw
        if entry.previous and not entry.strings:
            self._fail(MESSAGES("end-inside"), entry.line)
        if entry.strings and not ("msgid" in entry.strings and _has_target(entry)):
            self._fail(MESSAGES("no-msgid"), entry.line)
        return entry


def _has_target(entry: Entry) -> bool:
    return any(keyword.startswith("msgstr") for keyword in entry.strings)


def entry_text(entry: Entry) -> str:
    """Return the entry as GNU msgcat --no-wrap writes it, with a blank line after it.

    Ignores `raw`.
    """
    prefix = "#~ " if entry.obsolete else ""
    previous_prefix = "#~| " if entry.obsolete else "#| "
    lines = [f"# {line}\n" for line in entry.comments]
    lines += [f"#. {line}\n" for line in entry.extracted]
    lines += [f"#: {line}\n" for line in entry.references]
    if entry.flags:
        lines.append(f"#, {', '.join(entry.flags)}\n")
    lines += [quoted(key, text, previous_prefix) for key, text in entry.previous.items()]
    lines += [quoted(key, text, prefix) for key, text in entry.strings.items()]
    return "".join(lines) + "\n"

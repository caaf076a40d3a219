"""PO text to entries and back, for any PO file.

Invariant: the raw texts of the entries of a file, joined, are the file, to the last byte; whoever changes nothing
writes nothing different. Lines end at "\\n" only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from transflow.errors import UnreadableError
from transflow.po.strings import quoted, unescape

_STRING = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*')
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*(?=\")")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


@dataclass(slots=True)
class Entry:
    """One entry as it stands in the file. `strings` maps keywords (msgctxt, msgid, msgstr, msgstr[0] …) to texts."""

    line: int
    """1-based line of its first line."""
    raw: str = ""
    """All its lines, and the empty lines after it."""
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
    """The text of a PO file. Raises UnreadableError for another encoding, a BOM, CR line ends, a binary, half a line."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise UnreadableError(path, 1, "the file begins with a byte order mark.", "Save it as UTF-8 without one.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(path, line, "this is not UTF-8.", "Save it as UTF-8, or take it back from git.") from None
    for bad, problem, way_out in (
        ("\0", "the file holds NUL bytes: it is no PO file.", "Take it back from git."),
        ("\r", "a line ends with CR.", "Save it with LF line ends (git: `* text eol=lf`)."),
    ):
        if bad in text:
            raise UnreadableError(path, text.count("\n", 0, text.index(bad)) + 1, problem, way_out)
    if text and not text.endswith("\n"):
        raise UnreadableError(
            path, text.count("\n") + 1, "the last line is not complete.", "Take the file back from git."
        )
    return text


def entries(text: str, path: str) -> tuple[list[Entry], str]:
    """The entries of a PO text, and what follows the last one (comments without an entry).

    Raises UnreadableError, with the line, for anything that is no PO.
    """
    reader = _Reader(path)
    for number, line in enumerate(_lines(text), 1):
        reader.feed(line, number)
    return reader.finish()


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


class _Reader:
    """Feeds on lines; `_field` is the keyword that a string line continues, `_closed` whether a msgstr was seen."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.done: list[Entry] = []
        self.entry: Entry | None = None
        self._field = ""
        self._target: dict[str, str] = {}
        self._closed = False

    def feed(self, line: str, number: int) -> None:
        body = line[:-1] if line.endswith("\n") else line
        if not body.strip():
            if self.entry is None:
                self._begin(number)
        elif body.startswith("#") and not body.startswith(("#~", "#|")):
            self._comment(body, number)
        else:
            self._text(body, number)
        assert self.entry is not None
        self.entry.raw += line

    def _begin(self, number: int) -> Entry:
        if self.entry is not None:
            self.done.append(self.entry)
        self.entry = Entry(number)
        self._field, self._closed = "", False
        return self.entry

    def _open(self, number: int) -> Entry:
        """The entry that a comment or a keyword belongs to: a new one after a msgstr."""
        if self.entry is None or self._closed:
            return self._begin(number)
        return self.entry

    def _comment(self, body: str, number: int) -> None:
        entry = self._open(number)
        if entry.strings:
            self._fail(number, "a comment in the middle of an entry")
        marker, rest = body[1:2], body[2:].removeprefix(" ")
        if marker == ".":
            entry.extracted.append(rest)
        elif marker == ":":
            entry.references.append(rest)
        elif marker == ",":
            entry.flags += [flag.strip() for flag in rest.split(",") if flag.strip()]
        else:
            entry.comments.append(body[1:].removeprefix(" "))
        self._field = ""

    def _text(self, body: str, number: int) -> None:
        obsolete, previous = False, False
        if body.startswith("#~"):
            obsolete, body = True, body[2:]
        if body.startswith(("#|", "|")):
            previous, body = True, body.removeprefix("#")[1:]
        body = body.strip()
        if keyword := _KEYWORD.match(body):
            self._keyword(keyword[1], previous, obsolete, number)
            body = body[keyword.end() :]
        elif not self._field:
            self._fail(number, "a conflict marker of git" if _CONFLICT.match(body) else "a line that is no PO")
        self._string(body, number)

    def _keyword(self, keyword: str, previous: bool, obsolete: bool, number: int) -> None:
        entry = self._open(number) if previous or keyword in ("msgctxt", "msgid") or self.entry is None else self.entry
        self._target = entry.previous if previous else entry.strings
        if keyword in self._target or (keyword.startswith("msgstr") and "msgid" not in entry.strings):
            self._fail(number, f"{keyword} out of place")
        if not previous:
            if entry.strings and obsolete != entry.obsolete:
                self._fail(number, "an entry that is obsolete only in part")
            entry.obsolete = obsolete
            self._closed = keyword.startswith("msgstr")
        self._field = keyword
        self._target[keyword] = ""

    def _string(self, body: str, number: int) -> None:
        match = _STRING.fullmatch(body)
        if not match:
            marker = _CONFLICT.match(body)
            self._fail(
                number, "a conflict marker of git" if marker else "a string that is not closed or goes on after its end"
            )
        try:
            self._target[self._field] += unescape(match[1]) if match else ""
        except ValueError as error:
            self._fail(number, str(error))

    def _fail(self, number: int, problem: str) -> None:
        way_out = "Run `transflow repair`, or take the file back from git."
        raise UnreadableError(self.path, number, problem + ".", way_out)

    def finish(self) -> tuple[list[Entry], str]:
        if self.entry is not None:
            self.done.append(self.entry)
        tail = ""
        if self.done and not self.done[-1].strings:
            last = self.done.pop()
            if last.previous:
                self._fail(last.line, "the file ends in the middle of an entry")
            tail = last.raw
        for entry in self.done:
            if "msgid" not in entry.strings or not any(key.startswith("msgstr") for key in entry.strings):
                self._fail(entry.line, "an entry without msgid or msgstr")
        return self.done, tail


def entry_text(entry: Entry) -> str:
    """The entry as GNU msgcat --no-wrap writes it, with an empty line after it. `raw` plays no part."""
    mark = "#~ " if entry.obsolete else ""
    before = "#~| " if entry.obsolete else "#| "
    lines = [f"# {line}\n" for line in entry.comments]
    lines += [f"#. {line}\n" for line in entry.extracted]
    lines += [f"#: {line}\n" for line in entry.references]
    if entry.flags:
        lines.append(f"#, {', '.join(entry.flags)}\n")
    lines += [quoted(key, text, before) for key, text in entry.previous.items()]
    lines += [quoted(key, text, mark) for key, text in entry.strings.items()]
    return "".join(lines) + "\n"

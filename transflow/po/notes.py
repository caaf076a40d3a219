"""Notes: the `# @key value` comment lines of a unit, with records that gettext has no fields for.

Invariant: `read(written(unit))` returns all records of the unit; a line that cannot be parsed is
kept verbatim. Lines stay under 78 columns (other programs would wrap them), never contain "#,", and
never end in "#" or a backslash (GNU gettext joins such a line with the next one). A longer note is
continued in lines that begin with `# @+` (after a space) or `# @++` (within a word).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from transflow.json_text import decode_json, encode_json
from transflow.model.unit import (
    ALLOWANCES,
    Act,
    Answer,
    Approval,
    Assignment,
    Authorship,
    Conflict,
    ConflictShare,
    Meta,
    Question,
    Ref,
    Share,
    Sighting,
    Unit,
    Use,
    Waiver,
)
from transflow.po.strings import PoControlError
from transflow.text import first_control

_LIMIT = 75
"""Maximal length of a line, without "# "."""
_NAME = re.compile("[a-z][a-z-]*")
"""Name of a key. A line that begins with another "@word" is a human comment."""
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_WHO = r"[^\s\"]+"

_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "#\u0085\u2028\u2029"}


def quote(text: str) -> str:
    """Return a text as a JSON string that no PO tool misreads."""
    return encode_json(text).translate(_ESCAPED).replace("\\\\", "\\u005c").replace("  ", " \\u0020")


def _quoted_if_needed(text: str) -> str:
    """Return a text verbatim if that is safe, else as a JSON string."""
    plain = text and "#" not in text and text[0] != '"' and text[-1] != "\\" and text == " ".join(text.split())
    return text if plain else quote(text)


def _unquoted(value: str) -> str:
    """Invert `quote` and `_quoted_if_needed`. Raise ValueError."""
    if not value.startswith('"'):
        return value
    if re.fullmatch(r'"[^"\\\x00-\x1f]*"', value):  # most texts need no JSON, which takes time to import
        return value[1:-1]
    text = decode_json(value)
    if not isinstance(text, str):
        raise ValueError(value)
    if (position := first_control(text)) >= 0:
        raise PoControlError(text[position])
    text.encode("utf-8")  # a lone surrogate raises a ValueError too: it could not be written
    return text


_compiled = cache(re.compile)


_SHARE = r"(by|translated):([^\s\"]+?):([0-9]+)"


def _shares(value: str) -> tuple[ConflictShare, ...]:
    """Parse the shares of a conflict: `by:claire:5,translated:leejin:3`. Raise ValueError."""
    if value and not _compiled(rf"{_SHARE}(?:,{_SHARE})*").fullmatch(value):
        raise ValueError(value)
    matches = _compiled(rf"{_SHARE}(?=,(?:by|translated):|\Z)").findall(value)
    return tuple(ConflictShare(role, who, int(count)) for role, who, count in matches)


def _written_shares(shares: tuple[ConflictShare, ...]) -> str:
    return " shares=" + ",".join(f"{role}:{who}:{count}" for role, who, count in shares) if shares else ""


class _Key(NamedTuple):
    """The syntax of one key's notes.

    `pattern` has a group for each field of the record. It is compiled when the first note with the
    key is read, since most files have few of the keys.
    """

    field: str
    """Name of the attribute of `Unit`."""
    many: bool
    pattern: str
    build: Callable[..., Any]
    write: Callable[[Any], str]


def _act_key(field: str) -> _Key:
    return _Key(
        field,
        False,
        rf"({_WHO}) ({_TIME})(?: (.+))?",
        lambda who, time, reason: Act(who, time, _unquoted(reason or "")),
        lambda act: f"{act.who} {act.time}" + (f" {_quoted_if_needed(act.reason)}" if act.reason else ""),
    )


def _word_key(field: str, many: bool) -> _Key:
    return _Key(field, many, r"(\S+)", str, str)


def _addressed_key(field: str, parameter: str, build: Callable[..., Any]) -> _Key:
    """Return the syntax of a question (`to=`) or an answer (`re=`)."""
    return _Key(
        field,
        True,
        rf"({_WHO}) ({_TIME})(?: {parameter}=(\S*))? (\".*\")",
        lambda who, time, aim, text: build(who, time, aim or "", _unquoted(text)),
        lambda each: f"{each[0]} {each[1]}" + (f" {parameter}={each[2]}" if each[2] else "") + f" {quote(each[3])}",
    )


KEYS: dict[str, _Key] = {
    "assigned": _Key(
        "assigned",
        False,
        rf"({_WHO})(?: due=({_TIME}))?",
        lambda who, due: Assignment(who, due or ""),
        lambda each: each.who + (f" due={each.due}" if each.due else ""),
    ),
    "record": _Key("record", False, rf"({'|'.join(ALLOWANCES)}) ({_WHO}) ({_TIME})", Use, " ".join),
    "from": _Key("refs", True, r"(\S+)#(\S+)", Ref, str),
    "cites": _Key("cites", True, r"(.+)", _unquoted, _quoted_if_needed),
    "translated": _Key(
        "translated",
        True,
        rf"({_WHO}) ([0-9]+)",
        lambda who, n: Share(who, int(n)),
        lambda each: f"{each.who} {each.words}",
    ),
    "by": _Key(
        "by",
        True,
        rf"({_WHO}) ({_TIME}) ([0-9]+)",
        lambda who, time, n: Authorship(who, time, int(n)),
        lambda each: f"{each.who} {each.time} {each.words}",
    ),
    "text": _Key("text", False, r"([0-9a-f]{16})", str, str),
    "seen": _Key("seen", True, rf"({_WHO}) ({_TIME}) ([0-9a-f]{{16}})", Sighting, " ".join),
    "approved": _Key("approved", False, rf"({_WHO}) ({_TIME}) ([0-9a-f]{{16}})", Approval, " ".join),
    "omitted": _act_key("omitted"),
    "cut": _act_key("cut"),
    "returned": _act_key("returned"),
    "joined": _word_key("joined", True),
    "split": _word_key("split", False),
    "moved": _Key("moved", False, rf"({_TIME})", str, str),
    "redacted": _act_key("redacted"),
    "waived": _Key(
        "waivers",
        True,
        rf"(\S+) ({_WHO}) ({_TIME}) ([0-9a-f]{{16}}) (.+)",
        lambda check, who, time, mark, reason: Waiver(check, who, time, mark, _unquoted(reason)),
        lambda each: f"{each.check} {each.who} {each.time} {each.digest} {_quoted_if_needed(each.reason)}",
    ),
    "conflict": _Key(
        "conflicts",
        True,
        rf"({_WHO}) ({_TIME})(?: shares=({_WHO}))? (\".*\")",
        lambda who, time, shares, text: Conflict(who, time, _unquoted(text), _shares(shares or "")),
        lambda each: f"{each.who} {each.time}{_written_shares(each.shares)} {quote(each.text)}",
    ),
    "question": _addressed_key("questions", "to", Question),
    "answer": _addressed_key("answers", "re", Answer),
}
"""Syntax of the notes by key, in the order in which they are written."""


def wrapped_note(key: str, value: str) -> Iterator[str]:
    """Yield the lines of a note, without "# "."""
    rest = f"@{key} {value}" if value else f"@{key}"
    while len(rest) > _LIMIT:
        position, within_word = _break(rest)
        yield rest[:position]
        rest = "@++ " + rest[position:] if within_word else "@+ " + rest[position + 1 :]
    yield rest


def _break(text: str) -> tuple[int, bool]:
    """Return where to break a long note, and whether that is within a word.

    Lines are broken only between characters that are safe at the end and start of a line.
    """
    for position in range(_LIMIT, 24, -1):
        if (
            text[position] == " "
            and text[position - 1] not in " \\#"
            and text[position + 1 : position + 2] not in (" ", "")
        ):
            return position, False
    for position in range(_LIMIT, 5, -1):
        if text[position - 1] not in " \\#" and text[position] != " ":
            return position, True
    return _LIMIT, True


def _notes(unit: Unit) -> Iterator[tuple[str, str]]:
    for name, key in KEYS.items():
        value = getattr(unit, key.field)
        if name == "from" and value:
            yield name, " ".join(map(str, value))
        elif key.many:
            yield from ((name, key.write(each)) for each in value)
        elif value:
            yield name, key.write(value)
    yield from unit.other


def _comment(line: str) -> str:
    """Return a human comment that GNU gettext does not join with the next line."""
    return line + " " if line.endswith("\\") else line


def unit_comments(unit: Unit) -> list[str]:
    """Return the comment lines of a unit, without "# ".

    Human comments come first, then notes in the order of `KEYS`.
    """
    lines = [_comment(line) for line in unit.comments if line]
    for key, value in _notes(unit):
        lines += wrapped_note(key, value)
    return lines


def split_notes(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (key, value) of each note, or ("", line) for a human comment.

    Continuation lines are joined.
    """
    key, value = "", ""
    for line in lines:
        name, _, rest = line.partition(" ")
        if key and name in ("@+", "@++"):
            value += ("" if name == "@++" else " ") + rest
            continue
        if key:
            yield key, value
        key, value = name[1:], rest
        if name[:1] != "@" or not (key in KEYS or _NAME.fullmatch(key)):
            key = ""
            yield "", line
    if key:
        yield key, value


def control_in(name: str, value: str) -> str:
    """Return the control character in the parsed value of a note; empty if there is none."""
    key = KEYS.get(name)
    try:
        if key and (match := _compiled(key.pattern).fullmatch(value)):
            key.build(*match.groups())
        elif not key:
            _unquoted(value)
    except PoControlError as error:
        return error.character
    except ValueError:
        return ""
    return ""


def _records(key: _Key, value: str) -> list[Any]:
    """Return the records in the value of a note; empty if it cannot be parsed."""
    records = []
    fullmatch = _compiled(key.pattern).fullmatch
    try:
        for item in value.split(" ") if key.field == "refs" else (value,):
            if (match := fullmatch(item)) is None:
                return []
            records.append(key.build(*match.groups()))
    except ValueError:
        return []
    return records


def read(lines: Iterable[str]) -> dict[str, Any]:
    """Return the fields of a `Unit` in its comment lines; unknown notes are in `other`."""
    fields: dict[str, Any] = {}
    for name, value in split_notes(lines):
        key = KEYS.get(name)
        records = _records(key, value) if key else []
        if key and key.many and records:
            fields[key.field] = (*fields.get(key.field, ()), *records)
        elif key and not key.many and records and key.field not in fields:
            fields[key.field] = records[0]
        elif name:
            fields["other"] = (*fields.get("other", ()), Meta(name, value))
        elif value:
            fields["comments"] = (*fields.get("comments", ()), _comment(value))
    return fields

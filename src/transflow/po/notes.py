"""The "# @key value" lines of a unit: what is known about it beyond gettext's own fields.

Invariant: `read(written(unit))` gives every record of the unit back; a line that cannot be read is kept as it is. The
lines stay under 78 columns (other programs would wrap them), never contain "#,", never end in "#" or in a backslash (GNU
gettext joins such a line with the next one). A longer note goes on in `# @+ …` lines, after a space, or in `# @++ …` lines, without.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from transflow.model import (
    Act,
    Answer,
    Approval,
    Assignment,
    Authorship,
    Conflict,
    Meta,
    Question,
    Ref,
    Share,
    Unit,
    Waiver,
)

_LIMIT = 75
"""Characters of a line after "# "."""
_NOTE = re.compile(r"@([a-z][a-z-]*|\+\+?)(?: (.*))?")
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_WHO = r"[^\s\"]+"


def quote(text: str) -> str:
    """A text as a JSON string that no PO tool stumbles over."""
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("#", "\\u0023")
        .replace("\\\\", "\\u005c")
        .replace("  ", " \\u0020")
    )


def _free(text: str) -> str:
    """A text as it is where that is safe, else as a JSON string."""
    plain = text and "#" not in text and text[0] != '"' and text[-1] != "\\" and text == " ".join(text.split())
    return text if plain else quote(text)


def _text(value: str) -> str:
    """The inverse of `quote` and of `_free`. Raises ValueError."""
    if not value.startswith('"'):
        return value
    text = json.loads(value)
    if not isinstance(text, str):
        raise ValueError(value)
    return text


class _Key(NamedTuple):
    """How the records of one key are written and read. `pattern` has a group for each field of the record."""

    field: str
    """The attribute of `Unit`."""
    many: bool
    pattern: re.Pattern[str]
    build: Callable[..., Any]
    write: Callable[[Any], str]


def _key(field: str, many: bool, pattern: str, build: Callable[..., Any], write: Callable[[Any], str]) -> _Key:
    return _Key(field, many, re.compile(pattern), build, write)


def _act(field: str) -> _Key:
    return _key(
        field,
        False,
        rf"({_WHO}) ({_TIME})(?: (.+))?",
        lambda who, time, reason: Act(who, time, _text(reason or "")),
        lambda act: f"{act.who} {act.time}" + (f" {_free(act.reason)}" if act.reason else ""),
    )


def _word(field: str, many: bool) -> _Key:
    return _key(field, many, r"(\S+)", str, str)


def _aimed(field: str, mark: str, build: Callable[..., Any]) -> _Key:
    """A question (`to=`) or an answer (`re=`)."""
    return _key(
        field,
        True,
        rf"({_WHO}) ({_TIME})(?: {mark}=(\S*))? (\".*\")",
        lambda who, time, aim, text: build(who, time, aim or "", _text(text)),
        lambda each: f"{each[0]} {each[1]}" + (f" {mark}={each[2]}" if each[2] else "") + f" {quote(each[3])}",
    )


KEYS: dict[str, _Key] = {
    "assigned": _key(
        "assigned",
        False,
        rf"({_WHO})(?: due=({_TIME}))?",
        lambda who, due: Assignment(who, due or ""),
        lambda each: each.who + (f" due={each.due}" if each.due else ""),
    ),
    "from": _key("refs", True, r"(\S+)#(\S+)", Ref, str),
    "cites": _key("cites", True, r"(.+)", _text, _free),
    "translated": _key(
        "translated",
        True,
        rf"({_WHO}) (\d+)",
        lambda who, n: Share(who, int(n)),
        lambda each: f"{each.who} {each.words}",
    ),
    "by": _key(
        "by",
        True,
        rf"({_WHO}) ({_TIME}) (\d+)",
        lambda who, time, n: Authorship(who, time, int(n)),
        lambda each: f"{each.who} {each.time} {each.words}",
    ),
    "text": _key("text", False, r"([0-9a-f]{16})", str, str),
    "approved": _key("approved", False, rf"({_WHO}) ({_TIME}) ([0-9a-f]{{16}})", Approval, " ".join),
    "omitted": _act("omitted"),
    "cut": _act("cut"),
    "returned": _act("returned"),
    "joined": _word("joined", True),
    "split": _word("split", False),
    "moved": _key("moved", False, rf"({_TIME})", str, str),
    "redacted": _act("redacted"),
    "waived": _key(
        "waivers",
        True,
        rf"(\S+) ({_WHO}) ({_TIME}) ([0-9a-f]{{16}}) (.+)",
        lambda check, who, time, mark, reason: Waiver(check, who, time, mark, _text(reason)),
        lambda each: f"{each.check} {each.who} {each.time} {each.digest} {_free(each.reason)}",
    ),
    "conflict": _key(
        "conflicts",
        True,
        rf"({_WHO}) ({_TIME}) (\".*\")",
        lambda who, time, text: Conflict(who, time, _text(text)),
        lambda each: f"{each.who} {each.time} {quote(each.text)}",
    ),
    "question": _aimed("questions", "to", Question),
    "answer": _aimed("answers", "re", Answer),
}
"""In the order in which they are written."""


def _lines(key: str, value: str) -> Iterator[str]:
    """The lines, without "# ", of one note."""
    rest = f"@{key} {value}"
    while len(rest) > _LIMIT:
        at, glued = _break(rest)
        yield rest[:at]
        rest = "@++ " + rest[at:] if glued else "@+ " + rest[at + 1 :]
    yield rest


def _break(text: str) -> tuple[int, bool]:
    """Where to break a long note: (position, whether within a word). Only between safe characters."""
    for at in range(_LIMIT, 24, -1):
        if text[at] == " " and text[at - 1] not in " \\#" and text[at + 1 : at + 2] not in (" ", ""):
            return at, False
    for at in range(_LIMIT, 5, -1):
        if text[at - 1] not in " \\#" and text[at] != " ":
            return at, True
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


def written(unit: Unit) -> list[str]:
    """The comment lines of a unit, without "# ": human comments first, then its notes in the order of `KEYS`."""
    lines = [line + " " if line.endswith("\\") else line for line in unit.comments if line]
    for key, value in _notes(unit):
        lines += _lines(key, value)
    return lines


def _gathered(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(key, value) for each note, continuation lines joined; ("", line) for a human comment."""
    key, value = "", ""
    for line in lines:
        match = _NOTE.fullmatch(line)
        if match and match[1][0] == "+" and key:
            value += ("" if match[1] == "++" else " ") + (match[2] or "")
            continue
        if key:
            yield key, value
        key, value = (match[1], match[2] or "") if match and match[1][0] != "+" else ("", "")
        if not key:
            yield "", line
    if key:
        yield key, value


def _records(key: _Key, value: str) -> list[Any]:
    """The records in the value of a note; raises ValueError for what cannot be read."""
    values = value.split(" ") if key.field == "refs" else [value]
    matches = [key.pattern.fullmatch(each) for each in values]
    if not all(matches):
        raise ValueError(value)
    return [key.build(*match.groups()) for match in matches if match]


def read(lines: Iterable[str]) -> dict[str, Any]:
    """The fields of a `Unit` that its comment lines give: the notes, `comments`, and `other` for what is not known."""
    fields: dict[str, Any] = {}
    for name, value in _gathered(lines):
        key = KEYS.get(name)
        try:
            if not name:
                fields.setdefault("comments", []).append(value)
            elif key is None or (not key.many and key.field in fields):
                fields.setdefault("other", []).append(Meta(name, value))
            elif key.many:
                fields.setdefault(key.field, []).extend(_records(key, value))
            else:
                fields[key.field] = _records(key, value)[0]
        except ValueError:
            fields.setdefault("other", []).append(Meta(name, value))
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}

"""Files with git conflict markers.

Invariant: together the sides contain every line of the file except the markers; unpaired markers
are an error.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.errors import UnreadableError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "alone": "a conflict marker of git without its counterparts.",
        "alone/way-out": "Complete the markers by hand, or take the file back from git.",
    },
)
_MARKER = re.compile(r"(<{7,}|\|{7,}|={7,}|>{7,})(?: .*)?\n?")
_LINE = re.compile("[^\n]*\n|[^\n]+")
_NEXT = {"<": "|=", "|": "=", "=": ">"}
"""Markers that may follow a marker within a hunk."""


class Versions(NamedTuple):
    """Whole file as each side has it. `base` is None unless git wrote it (merge.conflictStyle)."""

    base: str | None
    ours: str
    theirs: str


def first_marker(text: str) -> int:
    """Return the line of the first conflict, or 0.

    Only "<" markers are searched for, since a row of "=" may also be a heading.
    """
    for number, line in enumerate(text.split("\n") if "<<<<<<<" in text else (), 1):
        if line.startswith("<<<<<<<") and _MARKER.fullmatch(line):
            return number
    return 0


def versions(text: str, path: str) -> Versions:
    """Return the sides of all conflicts of a file.

    Raise UnreadableError, with the line, for unpaired markers.
    """
    parts: dict[str, list[str]] = {"<": [], "|": [], "=": []}
    section, size, has_base, opened = "", 0, True, 0
    for number, line in enumerate(_LINE.findall(text), 1):
        match = _MARKER.fullmatch(line)
        kind = match[1][0] if match else ""
        if match and (not section or len(match[1]) == size):
            if kind not in (_NEXT[section] if section else "<"):
                _fail(path, number)
            if not section:
                size, opened = len(match[1]), number
            has_base = has_base and (section, kind) != ("<", "=")
            section = "" if kind == ">" else kind
            continue
        for name, lines in parts.items():
            if section in ("", name):
                lines.append(line)
    if section:
        _fail(path, opened)
    base = "".join(parts["|"])
    return Versions(base if has_base and not first_marker(base) else None, "".join(parts["<"]), "".join(parts["="]))


def _fail(path: str, line: int) -> None:
    raise UnreadableError(
        path,
        line,
        MESSAGES("alone"),
        MESSAGES("alone/way-out"),
    )

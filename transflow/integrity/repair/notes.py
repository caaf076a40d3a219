"""Notes ("# @key …" lines) that another program wrapped like prose.

Invariant: lines are put together only where a note cannot be read without the lines after it and can with them, or where
they can be nothing but its rest; no word is changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.po.notes import KEYS, read

_NOTE = re.compile(r"@([a-z][a-z-]*|\+\+?)(?: .*)?")
_MOST_LINES = 40
_RESTS = {
    "assigned": re.compile(r"due=\S+"),
    "from": re.compile(r"[a-z0-9/-]+#[a-z][0-9a-z]{7}(?: [a-z0-9/-]+#[a-z][0-9a-z]{7})*"),
}
"""What can be nothing but the rest of a note that reads without it."""


def rejoined(lines: Sequence[str]) -> tuple[list[str], int]:
    """The comment lines of a unit, without "# ", with wrapped notes on a line again, and how many notes were wrapped."""
    found: list[str] = []
    mended = 0
    at = 0
    while at < len(lines):
        note = lines[at : at + _note_length(lines, at)]
        rest = _rest(note, lines[at + len(note) :]) if note else 0
        if rest:
            whole = _folded(lines[at : at + len(note) + rest])
            mended += 1
        else:
            whole = list(note) or [lines[at]]
        found += whole
        at += max(len(note) + rest, 1)
    return found, mended


def _key(line: str) -> str:
    match = _NOTE.fullmatch(line)
    return match[1] if match else ""


def _note_length(lines: Sequence[str], at: int) -> int:
    """How many lines the note of a known key has that begins here, with its "@+" lines; 0 where none begins."""
    if _key(lines[at]) not in KEYS:
        return 0
    length = 1
    while at + length < len(lines) and _key(lines[at + length]) in ("+", "++"):
        length += 1
    return length


def _rest(note: Sequence[str], after: Sequence[str]) -> int:
    """How many of the lines after a note belong to it."""
    prose = 0
    while prose < min(len(after), _MOST_LINES) and _key(after[prose]) in ("", "+", "++"):
        prose += 1
    if not is_broken(note):
        pattern = _RESTS.get(_key(note[0]))
        count = 0
        while pattern and count < prose and pattern.fullmatch(after[count]):
            count += 1
        return count if count and not is_broken(_folded([*note, *after[:count]])) else 0
    for count in range(1, prose + 1):
        if not is_broken(_folded([*note, *after[:count]])):
            return count
    return 0


def is_broken(note: Sequence[str]) -> bool:
    """Whether the lines of a note do not read as what its key says."""
    return "other" in read(note)


def _folded(lines: Sequence[str]) -> list[str]:
    """A note's lines as they were before wrapping: prose is broken at a space, or after a hyphen between letters."""
    found = [lines[0]]
    for line in lines[1:]:
        if _key(line):
            found.append(line)
        else:
            hyphenated = re.search(r"[^\W\d_]-$", found[-1]) and line[:1].isalpha()
            found[-1] += line if hyphenated else f" {line}"
    return found

"""Notes ("# @key …" lines) that another program wrapped like prose.

Invariant: lines are joined only if a note is invalid without the following lines and valid with
them, or if these can be nothing but its continuation. No word is changed.
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
"""Patterns of continuations of notes that are also valid without them."""


def rejoined(lines: Sequence[str]) -> tuple[list[str], int]:
    """Rejoin the wrapped notes among the comment lines of a unit, which are without "# ".

    Returns the lines and the number of wrapped notes.
    """
    found: list[str] = []
    wrapped = 0
    index = 0
    while index < len(lines):
        note = lines[index : index + _note_length(lines, index)]
        rest_length = _rest_length(note, lines[index + len(note) :]) if note else 0
        if rest_length:
            whole = _unwrapped(lines[index : index + len(note) + rest_length])
            wrapped += 1
        else:
            whole = list(note) or [lines[index]]
        found += whole
        index += max(len(note) + rest_length, 1)
    return found, wrapped


def _key(line: str) -> str:
    match = _NOTE.fullmatch(line)
    return match[1] if match else ""


def _note_length(lines: Sequence[str], index: int) -> int:
    """Return the number of lines of the known note that begins here, or 0.

    Its "@+" lines are included.
    """
    if _key(lines[index]) not in KEYS:
        return 0
    length = 1
    while index + length < len(lines) and _key(lines[index + length]) in ("+", "++"):
        length += 1
    return length


def _rest_length(note: Sequence[str], after: Sequence[str]) -> int:
    """Return the number of lines after a note that belong to it."""
    prose = 0
    while prose < min(len(after), _MOST_LINES) and _key(after[prose]) in ("", "+", "++"):
        prose += 1
    if not is_broken(note):
        pattern = _RESTS.get(_key(note[0]))
        count = 0
        while pattern and count < prose and pattern.fullmatch(after[count]):
            count += 1
        return count if count and not is_broken(_unwrapped([*note, *after[:count]])) else 0
    for count in range(1, prose + 1):
        if not is_broken(_unwrapped([*note, *after[:count]])):
            return count
    return 0


def is_broken(note: Sequence[str]) -> bool:
    """Return True if the lines of a note cannot be parsed as its key requires."""
    return "other" in read(note)


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Undo the wrapping of a note, which breaks at spaces and after hyphens between letters."""
    found = [lines[0]]
    for line in lines[1:]:
        if _key(line):
            found.append(line)
        else:
            hyphenated = re.search(r"[^\W\d_]-$", found[-1]) and line[:1].isalpha()
            found[-1] += line if hyphenated else f" {line}"
    return found

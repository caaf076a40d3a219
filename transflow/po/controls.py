"""Control characters in PO files.

They can command the terminal that shows them, so no file may contain any.

Invariant: a file that `check` accepts has none in a line or in a note, escaped or not; those in
strings are refused when strings are parsed. Tab, newline and U+0085 count as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transflow.errors import UnreadableError
from transflow.messages import CommandRef, Message, Messages
from transflow.po.notes import control_in, split_notes
from transflow.text import first_control, visible

_C0 = tuple(bytes((code,)) for code in (*range(1, 9), 11, 12, *range(14, 32), 127))
"""Searched one by one, which takes a fifth of the time of one search for all of them. NUL and CR
are not listed: `syntax.decode` refuses them before, with other messages.
"""
_C1 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_ESCAPED = re.compile(rb"\n# @[^\n]*\\")
"""A note with an escape. Slow, so `check` first looks for any backslash after the header."""
_COMMENTS = re.compile(r"(?:^# .*\n)+", re.MULTILINE)
_ID = re.compile(r'^(?:#~ )?msgctxt "([^"\n]*)"', re.MULTILINE)
MESSAGES = Messages(
    __name__,
    {
        "control": "there is a control character, {character}.",
        "control/unit": "there is a control character in the unit {unit}, {character}.",
        "remedy": "{command} shows it, and with --controls takes it out.",
    },
)


class Control(NamedTuple):
    """A line with a control character, or a note with one as an escape."""

    position: int
    character: str


def check(data: bytes, text: str, path: str) -> None:
    """Raise UnreadableError for the first control character in a file. `text` is `data` decoded."""
    raw = any(code in data for code in _C0) or (b"\xc2" in data and _C1.search(data))
    if not raw and (data.find(b"\\", data.find(b"\n\n")) < 0 or not _ESCAPED.search(data)):
        return
    position = first_control(text) if raw else -1
    control = Control(position, text[position]) if raw else next(controls_in_notes(text), None)
    if control:
        raise control_error(text, control.position, control.character, path)


def controls_in_notes(text: str) -> Iterator[Control]:
    """Yield the notes that contain a control character as a JSON escape."""
    for block in _COMMENTS.finditer(text):
        if "\\" in block[0]:
            for key, value in split_notes(block[0][2:-1].split("\n# ")):
                if character := control_in(key, value):
                    yield Control(block.start(), character)


def control_error(text: str, position: int, character: str, path: str) -> UnreadableError:
    """Return the error for a control character.

    `position` is that of the character, or the beginning of the note or string that has it escaped.
    """
    line = text.count("\n", 0, position) + 1
    return UnreadableError(path, line, control_message(text, position, character), remedy())


def control_message(text: str, position: int, character: str) -> Message:
    """Return the message about a control character in the entry at a position."""
    if unit := unit_at(text, position):
        return MESSAGES("control/unit", unit=unit, character=visible(character))
    return MESSAGES("control", character=visible(character))


def remedy() -> Message:
    """Return the way out of a file with control characters."""
    return MESSAGES("remedy", command=CommandRef("repair"))


def unit_at(text: str, position: int) -> str:
    """Return the id of the entry at a position; empty if it has none."""
    start = text.rfind("\n\n", 0, position) + 1
    end = text.find("\n\n", position)
    match = _ID.search(text[start : end if end >= 0 else len(text)])
    return match[1] if match else ""

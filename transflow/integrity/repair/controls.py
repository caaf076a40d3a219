"""Control characters in the bytes of a PO file: detection and removal.

Invariant: nothing else changes; a file without control characters stays the same, byte for byte.
"""

from __future__ import annotations

import re

from transflow.integrity.repair.defects import defect
from transflow.messages import NOTHING, Message, Messages
from transflow.model.issue import Issue
from transflow.po.controls import controls_in_notes, unit_at
from transflow.po.notes import control_in, split_notes, wrapped_note
from transflow.po.strings import CONTROLS
from transflow.text import first_control, visible

MESSAGES = Messages(
    __name__,
    {
        "line": "an invisible control character is in “{line}”",
        "note": "an invisible control character is in a note: {character}",
        "repair": "taken out",
    },
)
REMOVED = MESSAGES("repair")
_STRING = re.compile(r'\s*(?:#~?\s*\|?\s*)?(?:msg[a-z_]+(?:\[[0-9]+\])?\s*)?".*"\s*')
_ESCAPE = re.compile(r"\\(.)")
_JSON_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)")
_COMMENTS = re.compile(r"(?:^# .*\n)+", re.MULTILINE)
_LONGEST = 100
"""Maximum length of a quoted line, in characters."""


def without_controls(data: bytes, done: Message = NOTHING) -> tuple[bytes, list[Issue]]:
    """Remove control characters and their escapes, and return a defect for each affected line.

    `done` is the text for `Issue.repair`: `REMOVED` if the result is used.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data, []
    defects: list[Issue] = []
    lines = text.split("\n")
    position = 0
    for number, line in enumerate(lines, 1):
        clean = _cleaned(line)
        if clean != line:
            defects.append(defect("record.control", problem_of_line(line), done, number, unit_at(text, position)))
            lines[number - 1] = clean
        position += len(line) + 1
    text, note_defects = _without_notes(text if not defects else "\n".join(lines), done)
    return (text.encode("utf-8"), defects + note_defects) if defects or note_defects else (data, [])


def problem_of_line(line: str) -> Message:
    """Return the problem of a line with a control character, which it quotes."""
    return MESSAGES("line", line=visible(line.strip())[:_LONGEST])


def _cleaned(line: str) -> str:
    """Return a line without control characters, but with the CR of a CRLF line ending."""
    body, end = (line[:-1], "\r") if line.endswith("\r") else (line, "")
    while (index := first_control(body)) >= 0:
        body = body[:index] + body[index + 1 :]
    if "\\" in body and _STRING.fullmatch(body):
        body = _ESCAPE.sub(lambda found: "" if found[1] in CONTROLS else found[0], body)
    return body + end


def _without_notes(text: str, done: Message) -> tuple[str, list[Issue]]:
    """Rewrite notes whose JSON decodes to a text with a control character."""
    defects = [
        defect(
            "record.control",
            MESSAGES("note", character=visible(found.character)),
            done,
            text.count("\n", 0, found.position) + 1,
            unit_at(text, found.position),
        )
        for found in controls_in_notes(text)
    ]
    return (_COMMENTS.sub(_cleaned_comments, text), defects) if defects else (text, [])


def _cleaned_comments(block: re.Match[str]) -> str:
    notes = list(split_notes(block[0][2:-1].split("\n# ")))
    if not any(key and control_in(key, value) for key, value in notes):
        return block[0]
    lines = [
        line for key, value in notes for line in (wrapped_note(key, _cleaned_value(key, value)) if key else [value])
    ]
    return "".join(f"# {line}\n" for line in lines)


def _cleaned_value(key: str, value: str) -> str:
    """Return the value of a note without escapes of control characters."""
    return _JSON_ESCAPE.sub(_without_control, value) if control_in(key, value) else value


def _without_control(escape: re.Match[str]) -> str:
    code = escape[1]
    if code[0] == "u" and len(code) == 5:
        return "" if first_control(chr(int(code[1:], 16))) >= 0 else escape[0]
    return "" if code in "bfr" else escape[0]

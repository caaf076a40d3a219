"""Quoted strings of PO files.

Invariant: `unescape(escape(text)) == text` for every text without control characters, which are
refused. `quoted` writes a string as GNU msgcat --no-wrap does.
"""

from __future__ import annotations

import re

from transflow.messages import Messages

MESSAGES = Messages(__name__, {"unknown-escape": "\\{character} is no escape of PO files."})
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
CONTROLS = {"r": "\r", "v": "\v", "b": "\b", "f": "\f", "a": "\a"}
"""Escapes of PO that catalogs must not have: control characters can command a terminal."""
_ESCAPE = re.compile(r"\\(.)")
_CHARACTERS = {ord(value): "\\" + key for key, value in (_ESCAPES | CONTROLS).items()}


class PoControlError(ValueError):
    """A control character in a parsed text."""

    def __init__(self, character: str) -> None:
        super().__init__("a control character")
        self.character = character


class EscapeError(ValueError):
    """An escape that PO files do not have."""

    def __init__(self, character: str) -> None:
        self.message = MESSAGES("unknown-escape", character=character)
        super().__init__(self.message)


def _character(match: re.Match[str]) -> str:
    try:
        return _ESCAPES[match[1]]
    except KeyError:
        if match[1] in CONTROLS:
            raise PoControlError(CONTROLS[match[1]]) from None
        raise EscapeError(match[1]) from None


def unescape(text: str) -> str:
    """Return the text between the quotes of a PO string.

    Raise EscapeError for an unknown escape, and PoControlError for a control character.
    """
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def escape(text: str) -> str:
    return text.translate(_CHARACTERS)


def quoted(keyword: str, text: str, prefix: str = "") -> str:
    """Return `keyword "text"` with a newline at its end; several lines are written one per line."""
    if "\n" not in text[:-1]:
        return f'{prefix}{keyword} "{escape(text)}"\n'
    lines = re.findall("[^\n]*\n|[^\n]+", text)  # str.splitlines would break at U+2028 and others too
    return f'{prefix}{keyword} ""\n' + "".join(f'{prefix}"{escape(line)}"\n' for line in lines)

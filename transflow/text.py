"""Texts as the record holds them, how their words are counted, and how they are shown.

Invariant: `clean` is idempotent, and what it returns can be written to any file of the record; what `visible` returns holds
nothing that a terminal obeys or hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from transflow.errors import UnreadableError

_LINE_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]"
_HIDDEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls but tab and newline, what turns the direction of writing, what takes no place on the screen, half characters.
(Joiners stay: some scripts and emoji are not themselves without them.)"""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Han and kana: scripts that do not put spaces between words."""


class ControlError(ValueError):
    """A control character that no text of the record holds: its 1-based line and its 1-based position there."""

    def __init__(self, text: str, at: int) -> None:
        self.line = text.count("\n", 0, at) + 1
        where = f"in line {self.line}, " * ("\n" in text) + f"at position {at - text.rfind(chr(10), 0, at)}"
        super().__init__(f"the control character U+{ord(text[at]):04X} {where} cannot be stored")


def clean(text: str) -> str:
    """`text` in NFC, with the line breaks that only some programs know (vertical tab, page break, U+0085, U+2028, U+2029) as
    spaces and CR LF as LF.

    Raises ControlError, which names the character in words, for controls other than newline and tab.
    """
    return normalize("NFC", spaced(text))


def spaced(text: str) -> str:
    """What `clean` does, but for the letters: those of a file of another program stay as they are. Raises ControlError."""
    text = _LINE_BREAKS.sub(" ", text.replace("\r\n", "\n"))
    if found := _CONTROLS.search(text):
        raise ControlError(text, found.start())
    return text


def first_control(text: str) -> int:
    """Where the first control character is that no file may hold: all but tab, newline and U+0085; -1 for none."""
    found = None if _is_plain(text) else _pattern(_CONTROL).search(text)
    return found.start() if found else -1


def imported(text: str, name: str, lines_before: int = 0) -> str:
    """`spaced` for a file of another program. Raises UnreadableError, with its line."""
    try:
        return spaced(text)
    except ControlError as error:
        way_out = "Take it out in the program that wrote the file."
        raise UnreadableError(name, lines_before + error.line, f"{error}.", way_out) from None


def strange_breaks(text: str) -> Iterator[tuple[int, str]]:
    """The line breaks that `clean` makes spaces of, each with its 1-based line; `text` has LF line ends."""
    if _LINE_BREAKS.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            yield from ((number, each) for each in _LINE_BREAKS.findall(line))


def without_controls(text: str) -> str:
    """`text` without what a terminal or a browser could obey or stumble over; newline and tab stay."""
    return _CONTROLS.sub("", _LINE_BREAKS.sub(" ", text))


def visible(text: str) -> str:
    """`text` as it is shown to people: `^[` for a control that a terminal would obey, `<9B>` for one of C1, `<U+202E>` for what
    turns the direction of writing or cannot be seen. Newline and tab stay."""
    return text if _is_plain(text) else _pattern(_HIDDEN).sub(_named, text)


def hides(text: str) -> bool:
    """Whether `visible` would change `text`."""
    return not _is_plain(text) and _pattern(_HIDDEN).search(text) is not None


def _is_plain(text: str) -> bool:
    """Whether there is nothing in a text but printable ASCII and newlines; quicker than a pattern, and than compiling one."""
    return text.isascii() and text.replace("\n", "").isprintable()


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """Compiled when something else than ASCII is looked at: a short command has no use for it."""
    return re.compile(characters)


def _named(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    return f"<{code:02X}>" if code < 0xA0 and code != 0xAD else f"<U+{code:04X}>"


def escaped_json(document: str) -> str:
    """JSON that says the same, with everything that `visible` would show as an escape (C0 is one in all JSON)."""
    return _pattern(_HIDDEN).sub(lambda found: _json_escape(found[0]), document)


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))


def one_line(text: str) -> str:
    """`text` with every run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """`text` without any white space: what is compared where white space does not count."""
    return "".join(text.split())


def words(text: str) -> list[str]:
    """The words of `text` in order, without punctuation; single characters in scripts without spaces."""
    return _word().findall(text)


@cache
def _word() -> re.Pattern[str]:
    """Compiled when words are first counted: it takes as long as a small command does, and most commands count none."""
    return re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:[-'’.,·/][^\W{_UNSPACED}]+)*")

"""Text as the record stores it, its words, and its safe display.

Invariant: `clean` is idempotent, and its result can be written to any file of the record; the
result of `visible` holds nothing that a terminal interprets or hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from transflow.errors import UnreadableError
from transflow.invisible import unneeded
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "control": "the control character U+{code} at position {at} cannot be stored.",
        "control/line": "the control character U+{code} in line {line}, at position {at} cannot be stored.",
        "control-way-out": "Take it out in the program that wrote the file.",
    },
)
_LINE_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]"
_ESCAPES = "\x1b\\[[0-9;:?<=>]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)"
HIDDEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls other than tab and newline, bidirectional controls, zero-width characters, lone
surrogates. Joiners are not included: some scripts and emoji need them.
"""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Han and kana: scripts without spaces between words."""


class ControlError(ValueError):
    """A control character that cannot be stored; `line` is its 1-based line."""

    def __init__(self, text: str, at: int) -> None:
        self.line = text.count("\n", 0, at) + 1
        code, place = f"{ord(text[at]):04X}", at - text.rfind("\n", 0, at)
        self.message = (
            MESSAGES("control/line", code=code, line=self.line, at=place)
            if "\n" in text
            else MESSAGES("control", code=code, at=place)
        )
        super().__init__(self.message)


def clean(text: str) -> str:
    """Return `text` in NFC, with CR LF as LF and unusual line breaks as spaces.

    Unusual line breaks are vertical tab, form feed, U+0085, U+2028 and U+2029. Raise ControlError,
    whose message names the character, for controls other than newline and tab.
    """
    return normalize("NFC", with_plain_breaks(text))


def with_plain_breaks(text: str) -> str:
    """Do the same as `clean` without NFC, for files of other programs. Raise ControlError."""
    text = _LINE_BREAKS.sub(" ", text.replace("\r\n", "\n"))
    if found := _CONTROLS.search(text):
        raise ControlError(text, found.start())
    return text


def first_control(text: str) -> int:
    """Return the offset of the first control character other than tab, newline and U+0085, or
    -1.
    """
    found = None if _is_plain(text) else _pattern(_CONTROL).search(text)
    return found.start() if found else -1


def clean_import(text: str, name: str, lines_before: int = 0) -> str:
    """Return another program's text with plain line breaks. UnreadableError names the line."""
    try:
        return with_plain_breaks(text)
    except ControlError as error:
        way_out = MESSAGES("control-way-out")
        raise UnreadableError(name, lines_before + error.line, error.message, way_out) from None


def unusual_breaks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (1-based line, character) for each line break that `clean` replaces by a space.

    `text` has LF line ends.
    """
    if _LINE_BREAKS.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            yield from ((number, each) for each in _LINE_BREAKS.findall(line))


def without_controls(text: str) -> str:
    """Return `text` without control characters and lone surrogates; newline and tab stay."""
    return _CONTROLS.sub("", _LINE_BREAKS.sub(" ", text))


def pasted(text: str) -> str:
    """Return a pasted text without control characters, and without the escape sequences of a
    terminal; CR LF and CR are LF.
    """
    return without_controls(without_escapes(text.replace("\r\n", "\n").replace("\r", "\n")))


def without_escapes(text: str) -> str:
    """Return a text without the escape sequences of a terminal, and without single Escapes."""
    return _pattern(_ESCAPES).sub("", text).replace("\x1b", "") if "\x1b" in text else text


def visible(text: str) -> str:
    """Return `text` for display: `^[` for a C0 control, `<9B>` for C1, `<U+202E>` for bidirectional
    controls and invisible characters.

    Newline and tab stay, and so does U+200B in scripts that need it.
    """
    if _is_plain(text):
        return text
    kept = _needed_spaces(text)
    return _pattern(HIDDEN).sub(lambda found: found[0] if found.start() in kept else _visible_form(found), text)


def has_hidden(text: str) -> bool:
    """True if `visible` would change `text`."""
    return bool(hidden_offsets(text))


def hidden_offsets(text: str) -> list[int]:
    """Return the offsets of the characters that `visible` would replace."""
    if _is_plain(text):
        return []
    kept = _needed_spaces(text)
    return [found.start() for found in _pattern(HIDDEN).finditer(text) if found.start() not in kept]


def _needed_spaces(text: str) -> frozenset[int]:
    """Return the offsets of zero-width spaces in scripts that have them between words."""
    if "\u200b" not in text:
        return frozenset()
    return frozenset(at for at, each in enumerate(text) if each == "\u200b").difference(unneeded(text))


def _is_plain(text: str) -> bool:
    """True if a text is printable ASCII and newlines only; faster than compiling and using a
    pattern.
    """
    return text.isascii() and text.replace("\n", "").isprintable()


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """Compile a pattern on first use: most commands meet ASCII only and need none."""
    return re.compile(characters)


def _visible_form(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    return f"<{code:02X}>" if code < 0xA0 and code != 0xAD else f"<U+{code:04X}>"


def escaped_json(document: str) -> str:
    """Return equivalent JSON in which every character that `visible` would replace is escaped.

    C0 controls are always escaped in JSON already. So is the bracket of `##[` and `##vso[`, which
    CI runners obey anywhere in a log.
    """
    if "##" in document:
        document = re.sub(r"(##\w*)\[", r"\1\\u005b", document)
    return _pattern(HIDDEN).sub(lambda found: _json_escape(found[0]), document)


def _json_escape(character: str) -> str:
    code_units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{code_units[index] << 8 | code_units[index + 1]:04x}" for index in range(0, len(code_units), 2))


def one_line(text: str) -> str:
    """Return `text` with each run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def without_spaces(text: str) -> str:
    """Return `text` without white space, for comparisons that ignore it."""
    return "".join(text.split())


def words(text: str) -> list[str]:
    """Return the words of `text` without punctuation; single characters in scripts without
    spaces.
    """
    return _word().findall(text)


@cache
def _word() -> re.Pattern[str]:
    """Compile the pattern on first use: compiling takes as long as a small command."""
    return re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:[-'’.,·/][^\W{_UNSPACED}]+)*")

"""Values of front matter: one line each, verbatim unless quoted.

Invariant: `unquote(quote(value)) == value` for every one-line value in NFC, and a YAML 1.1 or 1.2
parser reads `quote(value)` as the same string. (The converse does not hold: `title: [속보]` is a
title here, and a list in YAML.)
"""

from __future__ import annotations

import re
from unicodedata import normalize

# Patterns are strings: `re` compiles and caches them on first use, and `transflow status` uses few.
_DOUBLE = r'"(?:[^"\\]|\\.)*"'
_SINGLE = r"'(?:[^']|'')*'"
_QUOTED = f"{_DOUBLE}|{_SINGLE}"
_ITEM = rf"[ \t]*({_DOUBLE}|{_SINGLE}|[^,]*)[ \t]*(?:,|$)"

_ESCAPE = r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))"
_PLAIN_ESCAPES = {'"': '"', "\\": "\\", "/": "/", " ": " ", "_": "\xa0", "n": " ", "r": " ", "t": " "}

# Values that YAML does not read as strings: https://yaml.org/type/ (1.1), core schema of 1.2.2.
_WORDS = frozenset(("y", "yes", "n", "no", "true", "false", "on", "off", "null", "~", ".inf", "+.inf", ".nan", "<<"))
_NUMBER = r"[-+]?[.0-9][0-9A-Fa-fxXoO_.:+Ee-]*(?:[Tt \t][0-9Zz.:+ \t-]*)?"
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=")
_INSIDE = r":(?: |$)| #|\t"
_UNPRINTABLE = "[\x00-\x08\n-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
_FLOW = frozenset(",[]{}?:")
"""Characters that need quotes in a list; the last two for PyYAML only."""
_ESCAPABLE = f'[\\\\"\t]|{_UNPRINTABLE}'


def unquote(value: str) -> str:
    """Return the unescaped content of quotes that span the whole value; other values unchanged.

    `"핵 포기" 없다` is another value, though it begins with a quote.
    """
    if not re.fullmatch(_QUOTED, value):
        return value
    if value[0] == "'":
        return value[1:-1].replace("''", "'")
    return normalize("NFC", re.sub(_ESCAPE, _escaped, value[1:-1]))


def _escaped(found: re.Match[str]) -> str:
    """Return the character of an escape; a space for line ends and controls, which no value can
    hold.
    """
    short, code = found[4], found[1] or found[2] or found[3]
    if short:
        return _PLAIN_ESCAPES.get(short, found[0])
    number = int(code, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return found[0]
    fits_a_line = number == 9 or (number >= 32 and not 127 <= number < 160 and number not in (0x2028, 0x2029))
    return chr(number) if fits_a_line else " "


def quote(value: str) -> str:
    """Return `value`, quoted if YAML would not read it as this string."""
    if not _needs_quotes(value):
        return value
    if ("\\" in value or '"' in value) and "'" not in value and not re.search(_UNPRINTABLE, value):
        return f"'{value}'"
    return '"' + re.sub(_ESCAPABLE, _escape, value) + '"'


def _needs_quotes(value: str) -> bool:
    return (
        value.strip(" \t") != value
        or not value
        or value[0] in _INDICATORS
        or value.lower() in _WORDS
        or bool(re.fullmatch(_NUMBER, value) or re.search(_INSIDE, value) or re.search(_UNPRINTABLE, value))
    )


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in '\\"':
        return "\\" + character
    number = ord(character)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}" if number < 65536 else f"\\U{number:08x}"


def read_list(value: str) -> tuple[str, ...]:
    """Return the items of `a, b` or `[a, b]`, quoted or not; empty items are dropped."""
    if value.startswith("[") and value.endswith("]"):
        value = value[1:-1]
    items = (unquote(found[1].strip(" \t")) for found in re.finditer(_ITEM, value))
    return tuple(item for item in items if item)


def write_list(items: tuple[str, ...]) -> str:
    """Return the items as a YAML flow sequence, which `read_list` can parse."""
    return "[" + ", ".join(_flow_item(item) for item in items if item) + "]"


def _flow_item(item: str) -> str:
    written = quote(item)
    if written == item and not _FLOW.isdisjoint(item):
        return f'"{re.sub(_ESCAPABLE, _escape, item)}"'
    return written

"""English numbers in digits that are parts of names: F-16, NW1, 3D, a 6-3 win, 555-0100.

Invariant: a number followed by a unit, and one that ends in -th or -s, is not part of a name.
"""

from __future__ import annotations

import re

from transflow.language.quantities.english_line import TokenLine
from transflow.language.quantities.english_numerals import numeral
from transflow.language.quantities.english_units import NO_UNIT, unit_after

ROMAN = {
    "II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15,
    "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20, "XXI": 21, "XXIII": 23,
}  # fmt: skip
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+|(?<![A-Za-z_])[A-Za-z_]{1,64}\.[a-z]{2,4}/\S*|_[0-9]+|&#?\w+;"
)
IN_ADDRESS = re.compile(r"[/@&_]|www\.")
ORDINAL_ENDINGS = ("st", "nd", "rd", "th")


_VERSION = re.compile(r"\.[0-9]")


def _is_code(number: str) -> bool:
    """True for 0800 and 007."""
    return number[0] == "0" and len(number) > 2 and number.isdigit()


_INDEXES = frozenset("fortune forbes ftse nikkei nasdaq stoxx csi kospi kosdaq russell cac asx topix".split())
"""Words before the number in the name of a stock index or of a list of companies."""


def _is_in_an_index(line: TokenLine, i: int) -> bool:
    """True for the number in FTSE 100, Standard & Poor's 500, S&P 500."""
    before = [line.tokens[j].text for j in (i - 1, i - 2) if j >= 0]
    return bool(before) and (before[0] in _INDEXES or before in (["s", "poor"], ["p", "s"])) and line.word(i) != ""


def is_in_a_name(line: TokenLine, i: int, after: int) -> bool:
    """True if a number in digits is part of a name or a score: F-16, NW1, 3D, 6-3, 555-0100."""
    start, end = line.tokens[i].start, line.tokens[after - 1].end
    before = line.text[start - 1] if start else ""
    if before.isalpha() or (before and before in "_."):
        return True
    if _is_code(line.tokens[i].text) or _VERSION.match(line.text, end):
        return True
    if i and _is_in_an_index(line, i):
        return True
    if before and before in "-/:" and i and _continues_a_name(line, i, after, before):
        return True
    if line.is_glued(after):
        letters = line.tokens[after].text
        is_suffix = letters in (*ORDINAL_ENDINGS, "s", "percent", "ad", "bc", "pm", "am")
        if letters == "g" and line.is_capital(after):  # 5G
            return True
        return not is_suffix and unit_after(line, after) is NO_UNIT
    has_sign = line.text[end : end + 1] in ("-", "/", ":") and after < len(line.tokens)
    if not has_sign or line.tokens[after].start != end + 1 or end - start >= 4:
        return False
    next_number = numeral(line, after) if line.tokens[after].text[0].isdigit() else None
    return next_number is not None and next_number.scale == 1.0 and unit_after(line, next_number.after) is NO_UNIT


def _continues_a_name(line: TokenLine, i: int, after: int, sign: str) -> bool:
    previous = line.tokens[i - 1]
    if previous.end != line.tokens[i].start - 1:
        return False
    name = line.text[previous.start : previous.end]
    if name.isalpha() and (name.isupper() or len(name) == 1):
        return True
    return name[0].isdigit() and unit_after(line, after) is NO_UNIT and (sign != "-" or len(name) < 4)

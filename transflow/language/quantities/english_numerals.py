"""English numerals as values: 3,500, twenty-five, 1.2 million, two hundred and fifty thousand.

Invariant: a numeral is read from adjacent tokens, and ends where its grammar ends: “two three” is
two numerals, “one hundred and five” is one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.language.quantities.english_line import TokenLine

ONES: dict[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS: dict[str, float] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12,
}
SHORT_SCALES: dict[str, float] = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_ABBREVIATED: dict[str, float] = {"mil": 1e6, "mill": 1e6, "bil": 1e9, "bill": 1e9, "tril": 1e12}
"""Scales with a full stop: 100 bil. euros."""
ORDINALS: dict[str, float] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
PARTS: dict[str, float] = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "hundredth": 100,
}  # fmt: skip
"""Denominators of fractions: two-thirds. The plural in -s is implied."""
FRACTION_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_SLASHED = re.compile(
    r"(?<![0-9/.])([0-9]{1,3})/(?:([0-9]{1,4})(?:(st|nd|rd|th)s?\b|(?= (?:of|the|as)\b))|(32|64|128|256)(?![0-9/]))"
)
"""A fraction with a stroke: 1/28th, 1/5 of, and parts of a point in prices of bonds, 14/32."""
VAGUE: dict[str, float] = {
    "dozens": 10, "scores": 10, "tens": 10, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
}  # fmt: skip
SIMPLE: dict[str, tuple[str, float]] = {
    "both": ("count", 2), "couple": ("count", 2), "pair": ("count", 2), "duo": ("count", 2), "twin": ("count", 2),
    "twins": ("count", 2), "twice": ("times", 2), "double": ("times", 2), "doubled": ("times", 2), "doubles": ("times", 2),
    "doubling": ("times", 2), "twofold": ("times", 2), "trio": ("count", 3), "thrice": ("times", 3), "triple": ("times", 3),
    "tripled": ("times", 3), "triples": ("times", 3), "tripling": ("times", 3), "trebled": ("times", 3), "threefold": ("times", 3),
    "quadruple": ("times", 4), "quadrupled": ("times", 4), "fourfold": ("times", 4), "quartet": ("count", 4),
    "fivefold": ("times", 5), "sixfold": ("times", 6), "sevenfold": ("times", 7), "eightfold": ("times", 8), "tenfold": ("times", 10),
    "hundredfold": ("times", 100), "teen": ("count", 10), "teens": ("count", 10), "teenage": ("count", 10),
    "teenager": ("count", 10), "teenagers": ("count", 10), "bilateral": ("count", 2), "trilateral": ("count", 3),
    "centennial": ("count", 100), "centenary": ("count", 100), "bicentennial": ("count", 200), "millennium": ("count", 1000),
    "fortnight": ("week", 2), "clock": ("hour", 24), "noon": ("clock", 0), "midnight": ("clock", 0), "midday": ("clock", 0),
    "naught": ("count", 0),
    "zero": ("count", 0), "once": ("count", 1), "single": ("count", 1), "semiannual": ("count", 2), "biannual": ("count", 2),
    "biennial": ("count", 2), "bimonthly": ("count", 2), "hexagon": ("count", 6), "triangle": ("count", 3), "triplets": ("count", 3),
    "octogenarian": ("count", 80), "septuagenarian": ("count", 70), "decathlon": ("count", 10), "pentagon": ("count", 5),
    "semester": ("month", 6), "neither": ("count", 2), "either": ("count", 2), "overnight": ("count", 1), "century": ("year", 100),
    "decade": ("year", 10), "daylong": ("count", 1), "yearlong": ("count", 1), "monthlong": ("count", 1), "weeklong": ("count", 1),
}  # fmt: skip
"""Words that contain a number without being a numeral, as kind of figure or unit of time, and
value.

They can account for a figure of the other side but never require one.
"""
WORDS: frozenset[str] = frozenset(
    (*ONES, *TENS, *SCALES, *ORDINALS, *PARTS, *(f"{part}s" for part in PARTS), *VAGUE, *SIMPLE, "decades", "centuries")
)


PERIODS = frozenset({"quarter", "half"})
"""Periods of a year or of a match: the second quarter, the first half."""
_DETERMINERS = frozenset("the his her its their this s".split())


class Numeral(NamedTuple):
    value: float
    after: int
    """Index of the first token after it."""
    kind: str = "count"
    """`count`, `fraction`, `vague`; or `perhaps` for “a third”, which may be a fraction or an
    ordinal.
    """
    scale: float = 1.0
    """Scale of its last word: 1e6 for 1.2 million."""
    worded: bool = False
    """True if it has no digit."""
    tolerance: float = 0.0


_ARTICLE_WORDS = frozenset(
    {"a", "an", "several", "few", "some", "many", "half", "quarter", "third", "of", "couple", *SCALES}
)


def is_in_order(line: TokenLine, i: int) -> bool:
    """True if “second” is an ordinal, and not a unit of time: the second, second-largest, second
    quarter.
    """
    following = line.word(i + 1)
    return following in PERIODS or following.endswith("est") or (i > 0 and line.tokens[i - 1].text in _DETERMINERS)


def numeral(line: TokenLine, i: int) -> Numeral | None:
    """Return the numeral that begins at a token, if there is one."""
    word = line.tokens[i].text
    if word[0].isdigit():
        return _with_digits(line, i)
    if word in FRACTION_SIGNS:
        return Numeral(FRACTION_SIGNS[word], i + 1, "fraction")
    if word in ONES or word in TENS:
        return _in_words(line, i)
    if word in _ARTICLE_WORDS:
        return _with_article(line, i)
    return _vague(line, i) if word in VAGUE else None


def _with_digits(line: TokenLine, i: int) -> Numeral:
    text, tokens = line
    value = float(tokens[i].text.replace(",", ""))
    short = _short_scale(line, i)
    if short:
        return Numeral(value * short, i + 2, scale=short)
    after, scale = i + 1, 1.0
    while line.next_in_numeral(after) in SCALES:
        scale *= SCALES[tokens[after].text]
        after += 1
    if scale == 1.0 and line.next_in_numeral(after) in _ABBREVIATED and text[tokens[after].end :][:1] == ".":
        scale, after = _ABBREVIATED[tokens[after].text], after + 1
    if scale == 1.0:
        share = text[tokens[after].start :][:3] if line.is_next(after) else ""
        if share in ("1/2", "1/4", "3/4"):
            return Numeral(value + int(share[0]) / int(share[2]), after + 2)
        part = FRACTION_SIGNS.get(text[tokens[i].end : tokens[i].end + 1])
        if part:
            value, after = value + part, after + 1
        slashed = _SLASHED.match(text, tokens[i].start)
        below = float(slashed[2] or slashed[4]) if slashed else 0.0
        if slashed and 0 < float(slashed[1]) < below:
            return Numeral(float(slashed[1]) / below, i + (3 if slashed[3] else 2), "fraction")
    more, after = _and_a_half(line, after)
    return Numeral((value + more) * scale, after, scale=scale)


def _short_scale(line: TokenLine, i: int) -> float:
    """Return the scale of $1.2bn, $5m, 30k; 0 if there is none, as 5m are meters."""
    text, tokens = line
    word = line.next_in_numeral(i + 1)
    if word not in SHORT_SCALES or text[tokens[i].end] in " -":
        return 0.0
    is_money = text[tokens[i].start - 1 : tokens[i].start] in ("$", "€", "£")
    return SHORT_SCALES[word] if is_money or word not in ("m", "b") else 0.0


def _and_a_half(line: TokenLine, after: int) -> tuple[float, int]:
    """Return 0.5 for “and a half” at `after`, before or after a scale, and the index after it."""
    if line.next_in_numeral(after) != "and":
        return 0.0, after
    words = [line.next_in_numeral(j) for j in range(after, after + 3)]
    if words[:2] == ["and", "half"]:
        return 0.5, after + 2
    if words in (["and", "a", "half"], ["and", "one", "half"]):
        return 0.5, after + 3
    return 0.0, after


class _WordSum:
    """State of a numeral in words while it is read: its value is section + total."""

    def __init__(self) -> None:
        self.total = self.section = 0.0
        self.last = self.scale = 1.0
        self.ones = self.tens = False

    def add(self, word: str) -> bool:
        """Add a word, if it can continue the numeral; return whether it was added."""
        if word in TENS and not self.ones and not self.tens:
            self.section += TENS[word]
            self.tens = True
        elif word in ONES and not self.ones and (not self.tens or ONES[word] < 10):
            self.section += ONES[word]
            self.ones = True
        elif word == "hundred" and 0 < self.section < 100:
            self.section *= 100
            self.last, self.ones, self.tens = 100.0, False, False
        elif word in SCALES and word != "hundred" and (self.section or self.total):
            self.total += self.section * SCALES[word]
            self.scale = self.last = SCALES[word]
            self.section, self.ones, self.tens = 0.0, False, False
        else:
            return False
        return True


def _begins_another(line: TokenLine, i: int, scale: float) -> bool:
    """True if a scale follows that is not smaller: three million and five million."""
    if scale < 1000:
        return False
    while line.next_in_numeral(i) in ONES or line.next_in_numeral(i) in TENS:
        i += 1
    return SCALES.get(line.next_in_numeral(i), 0.0) >= scale


def _in_words(line: TokenLine, i: int) -> Numeral | None:
    tokens, total, index = line.tokens, _WordSum(), i
    while index < len(tokens) and (index == i or line.is_next(index)):
        is_and = (
            tokens[index].text == "and"
            and total.last >= 100
            and (line.next_in_numeral(index + 1) in ONES or line.next_in_numeral(index + 1) in TENS)
            and not _begins_another(line, index + 1, total.scale)
        )
        if not is_and and not total.add(tokens[index].text):
            break
        index += 1
    value, scale = total.total + total.section, total.scale
    part = _fraction(line, index, value)
    if part:
        return part
    if scale == 1.0:
        more, index = _and_a_half(line, index)
        value += more
        if more and line.next_in_numeral(index) in SCALES:
            scale = SCALES[tokens[index].text]
            value, index = value * scale, index + 1
    tolerance = 0.2 if tokens[index - 1].text == "dozen" else 0.0
    return Numeral(value, index, "count", scale * (100.0 if total.last == 100 else 1.0), True, tolerance)


def _fraction(line: TokenLine, j: int, value: float) -> Numeral | None:
    """Return a fraction: two-thirds, one-third, three quarters, one third of."""
    if not line.is_next(j) or not 1 <= value < 100:
        return None
    word = line.tokens[j].text
    plural = word.endswith("s") and word[:-1] in PARTS
    joined = line.text[line.tokens[j].start - 1] == "-"
    following = line.tokens[j + 1].text if j + 1 < len(line.tokens) else ""
    if word in ("half", "halves") and value > 1:
        return None
    if (plural and value > 1) or (value == 1 and word in PARTS and (joined or following == "of")):
        return Numeral(value / PARTS[word[:-1] if plural else word], j + 1, "fraction", 1.0, True)
    if value == 1 and joined and ORDINALS.get(word, 0) > 10:
        return Numeral(1 / ORDINALS[word], j + 1, "fraction", 1.0, True)
    ones = ORDINALS.get(following, 0)
    if value == 1 and word in TENS and 0 < ones < 10 and line.text[line.tokens[j].end] == "-":  # one twenty-seventh
        return Numeral(1 / (TENS[word] + ones), j + 2, "fraction", 1.0, True)
    return None


_VAGUE_QUANTIFIERS = frozenset({"several", "few", "some", "many", "couple"})


_BEFORE_PERIOD = frozenset(
    "straight consecutive successive this last next each every first second fourth previous".split()
)
"""Words before a quarter of a year: the fourth straight quarter of losses."""


def _with_article(line: TokenLine, i: int) -> Numeral | None:
    """Read a hundred, several thousand, half a million, half an hour, a quarter of, a dozen."""
    word = line.tokens[i].text
    words = [word, *_adjacent_words(line, i + 1, 3)]
    if word == "half":
        return _half(words, i)
    if word == "quarter" and i and line.tokens[i - 1].text in _BEFORE_PERIOD:
        return None
    if word in ("a", "an", "quarter", "third") and (word in PARTS or words[1] in PARTS):
        return _single_part(words, i)
    if word in _VAGUE_QUANTIFIERS:
        return _few(words, i)
    if word in ("a", "an"):
        return _a_hundred(line, words, i) if words[1] in SCALES else None
    return Numeral(SCALES[word], i + 1, "count", SCALES[word], True, 0.2) if word in SCALES else None


def _adjacent_words(line: TokenLine, i: int, most: int) -> list[str]:
    """Return the tokens from i on as long as they are adjacent, padded with empty strings."""
    words: list[str] = []
    for j in range(i, i + most):
        words.append(line.next_in_numeral(j) if not words or words[-1] else "")
    return words


def _half(words: list[str], i: int) -> Numeral:
    article = words[1] in ("a", "an")
    if article and words[2] in SCALES:
        scale = SCALES[words[2]]
        return Numeral(0.5 * scale, i + 3, "count", scale, True, 0.1 if words[2] == "dozen" else 0.0)
    return Numeral(0.5, i + 2 if article else i + 1, "fraction", 1.0, True)


def _few(words: list[str], i: int) -> Numeral | None:
    """Read several thousand, a couple of hundred.

    Not “some 3,000”, which is a plain number, nor “some dozen”, which is a dozen.
    """
    scale_index = 2 if words[1] == "of" else 1
    if words[scale_index] not in SCALES or (words[0] == "some" and words[scale_index] == "dozen"):
        return None
    power = 10.0 if words[scale_index] == "dozen" else SCALES[words[scale_index]]
    following = words[scale_index + 1]
    if following in SCALES and words[scale_index] == "hundred":
        return Numeral(power * SCALES[following], i + scale_index + 2, "vague", power, True)
    return Numeral(power, i + scale_index + 1, "vague", power, True)


def _a_hundred(line: TokenLine, words: list[str], i: int) -> Numeral:
    after, value, scale = i + 2, SCALES[words[1]], SCALES[words[1]]
    if words[2] in SCALES and words[1] == "hundred":
        after, value = i + 3, value * SCALES[words[2]]
    more, after = _and_a_half(line, after)
    return Numeral(value * (1 + more), after, "count", scale, True, 0.2 if words[1] == "dozen" else 0.0)


def _single_part(words: list[str], i: int) -> Numeral | None:
    """Read a third of, a quarter of, a half."""
    part_index = 0 if words[0] in PARTS else 1
    if words[part_index] == "half":
        return Numeral(0.5, i + part_index + 1, "fraction", 1.0, True)
    return Numeral(
        1 / PARTS[words[part_index]],
        i + part_index + 1,
        "fraction" if words[part_index + 1] == "of" else "perhaps",
        1.0,
        True,
    )


def _vague(line: TokenLine, i: int) -> Numeral:
    """Read hundreds, tens of thousands, hundreds of millions."""
    value, after = VAGUE[line.tokens[i].text], i + 1
    while line.next_in_numeral(after) == "of" and line.next_in_numeral(after + 1) in VAGUE:
        value, after = value * VAGUE[line.tokens[after + 1].text], after + 2
    return Numeral(value, after, "vague", value, True)

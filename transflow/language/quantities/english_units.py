"""Units after an English numeral: percent, miles, people, times, Canadian dollars.

Invariant: nothing is read across a comma, a full stop or a bracket; won and mark are money only if
nothing else is possible.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.language.quantities import units
from transflow.language.quantities.english_line import TokenLine
from transflow.language.quantities.english_numerals import SCALES, Numeral, numeral
from transflow.language.quantities.quantity import Kind

_PERSONS = frozenset({"people", "persons", "person", "men", "women", "children"})
_BETWEEN = frozenset("more additional further extra full whole long consecutive straight other".split())
"""Words allowed between a numeral and its unit: three more weeks."""
_NATIONS = frozenset(
    "u s us hong kong canadian australian singapore taiwan north south korean chinese japanese american new british of".split()
)


_SCALES = {"c": "degreeC", "f": "degreeF"}
_MONEY = frozenset({*_NATIONS, *units.ENGLISH_MONEY, *(f"{word}s" for word in units.ENGLISH_MONEY)})


class UnitWord(NamedTuple):
    kind: Kind
    unit: str
    after: int
    """Index of the first token after it."""


NO_UNIT = UnitWord("count", "", 0)


def unit_after(line: TokenLine, j: int) -> UnitWord:
    """Return the unit after a numeral; j is the index of the first token after the numeral."""
    end = line.tokens[j - 1].end
    if line.text[end : end + 1] == "%" or line.text[end : end + 2] == " %":
        return UnitWord("percent", "", j)
    if line.text[end : end + 2].strip()[:1] == "°" and j < len(line.tokens) and line.tokens[j].text in _SCALES:
        return UnitWord("measure", _SCALES[line.tokens[j].text], j + 1)
    word = line.word(j)
    if not word:
        return NO_UNIT
    if word in _SCALES and line.is_capital(j) and line.text[end : line.tokens[j].start] in ("", " "):
        return UnitWord("measure", _SCALES[word], j + 1)
    if word in _BETWEEN:
        return unit_after(line, j + 1) if line.word(j + 1) not in _BETWEEN else NO_UNIT
    following = line.word(j + 1)
    if word in ("percent", "pct", "percentage", "per", "point", "points"):
        return _percent(j, word, following)
    if word == "basis" and following in ("point", "points"):
        return UnitWord("points", "basis", j + 2)
    power = _power(word, following)
    if power:
        return UnitWord("measure", power, j + 2)
    if word in _PERSONS:
        return UnitWord("count", "person", j + 1)
    if word in ("times", "fold"):
        return UnitWord("times", "", j + 1)
    return _measure(line, j, word, following) or _money(line, j)


def _percent(j: int, word: str, following: str) -> UnitWord:
    if word == "per":
        return UnitWord("percent", "", j + 2) if following == "cent" else NO_UNIT
    if word in ("point", "points"):
        return UnitWord("count", "", j + 1)
    return UnitWord("points", "", j + 2) if following in ("point", "points") else UnitWord("percent", "", j + 1)


def _power(word: str, following: str) -> str | None:
    stem = word.removesuffix("s")
    return units.ENGLISH_POWERS.get((stem, following.removesuffix("s"))) or units.ENGLISH_POWERS.get((stem, following))


def _measure(line: TokenLine, j: int, word: str, following: str) -> UnitWord | None:
    stem = word.removesuffix("s")
    if stem == "decade" or word in ("century", "centuries"):
        return UnitWord("measure", "decade" if stem == "decade" else "century", j + 1)
    measure = units.ENGLISH_MEASURES.get(word) or units.ENGLISH_MEASURES.get(stem)
    if measure and not (word == "m" and line.text[line.tokens[j - 1].end] == "."):
        return (
            UnitWord("age", "", j + 2)
            if measure == "year" and following == "old"
            else UnitWord("measure", measure, j + 1)
        )
    if stem == "pound":
        sterling = following == "sterling"
        return UnitWord("money" if sterling else "measure", "pound" if sterling else "lb", j + 1)
    return None


def _money(line: TokenLine, j: int) -> UnitWord:
    for index in range(j, j + 4):
        word = line.word(index)
        if word not in _MONEY:
            break
        money = units.ENGLISH_MONEY.get(word) or units.ENGLISH_MONEY.get(word.removesuffix("s"))
        if money and (money not in ("won", "mark") or _is_money(line, index, word)):
            return UnitWord("money", money, index + 1)
    return NO_UNIT


def _is_money(line: TokenLine, index: int, word: str) -> bool:
    """True if “won” or “mark” is money, as both are other words too.

    “2,000 won tickets” is rare enough to ignore.
    """
    if word in ("mark", "marks"):
        return word == "marks"
    before = line.tokens[index - 1].text
    return (
        before[-1:].isdigit() or before in SCALES or before in ("korean", "north", "south") or not line.word(index + 1)
    )


def is_below_zero(line: TokenLine, i: int, after: int) -> bool:
    """True if the temperature from token i to `after` is negative: minus 20 degrees, -4°F, 20
    degrees below zero.
    """
    before = line.text[max(0, line.tokens[i].start - 2) : line.tokens[i].start].strip()
    near = line.tokens[i - 1].text if i else ""
    return before in ("-", "−", "–") or near in ("minus", "negative") or line.word(after) == "below"


def _is_year(number: Numeral) -> bool:
    return not number.worded and number.scale == 1 and 1800 <= number.value <= 2100


class Shared(NamedTuple):
    """Value and unit that a numeral takes from the next: three or four million, 30 to 40
    percent.
    """

    value: float
    others: tuple[float, ...] = ()
    unit: UnitWord | None = None


def with_shared_unit(line: TokenLine, number: Numeral) -> Shared:
    """Return the value of a numeral, its other readings, and the unit that it shares with the next
    numeral.
    """
    unshared = Shared(number.value)
    j = number.after
    if j >= len(line.tokens):
        return unshared
    gap = line.gap(j)
    if line.tokens[j].text in ("to", "or", "and") and gap in (" ", "-"):
        j += 1
    elif gap.strip() not in ("-", "–", "—", "~"):
        return unshared
    next_number = numeral(line, j) if j < len(line.tokens) else None
    if next_number is None:
        return unshared
    unit = unit_after(line, next_number.after)
    shared_unit = None if unit is NO_UNIT else unit
    if line.tokens[j - 1].text == "and" and _is_year(number):
        return unshared
    shares_scale = line.tokens[j - 1].text != "and" and number.scale == 1 and next_number.scale > 1
    if shares_scale and number.value <= next_number.value / next_number.scale:
        return Shared(number.value * next_number.scale, (number.value,), shared_unit)
    return Shared(number.value, (), shared_unit)

"""What stands behind an English numeral and says what is counted: percent, miles, people, times, Canadian dollars.

Invariant: nothing is read across a comma, a full stop or a bracket; won and mark are money only where they can be nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.figures import units
from transflow.figures.english_line import Line
from transflow.figures.english_numerals import SCALES, Numeral, numeral
from transflow.figures.figure import Kind

_PERSONS = frozenset({"people", "persons", "person", "men", "women", "children"})
_BETWEEN = frozenset("more additional further extra full whole long consecutive straight other".split())
"""What may stand between a numeral and what it counts: three more weeks."""
_NATIONS = frozenset(
    "u s us hong kong canadian australian singapore taiwan north south korean chinese japanese american new british of".split()
)


_SCALES = {"c": "degreeC", "f": "degreeF"}
_MONEY = frozenset({*_NATIONS, *units.ENGLISH_MONEY, *(f"{word}s" for word in units.ENGLISH_MONEY)})


class Unit(NamedTuple):
    kind: Kind
    unit: str
    after: int
    """Index of the first token behind it."""


NO_UNIT = Unit("count", "", 0)


def unit_behind(line: Line, j: int) -> Unit:
    """What stands behind a numeral whose first token behind is j."""
    at = line.tokens[j - 1].end
    if line.text[at : at + 1] == "%" or line.text[at : at + 2] == " %":
        return Unit("percent", "", j)
    if line.text[at : at + 2].strip()[:1] == "°" and j < len(line.tokens) and line.tokens[j].text in _SCALES:
        return Unit("measure", _SCALES[line.tokens[j].text], j + 1)
    word = line.word(j)
    if not word:
        return NO_UNIT
    if word in _BETWEEN:
        return unit_behind(line, j + 1) if line.word(j + 1) not in _BETWEEN else NO_UNIT
    following = line.word(j + 1)
    if word in ("percent", "pct", "percentage", "per", "point", "points"):
        return _percent(j, word, following)
    if word == "basis" and following in ("point", "points"):
        return Unit("points", "basis", j + 2)
    power = _power(word, following)
    if power:
        return Unit("measure", power, j + 2)
    if word in _PERSONS:
        return Unit("count", "person", j + 1)
    if word in ("times", "fold"):
        return Unit("times", "", j + 1)
    return _measure(line, j, word, following) or _money(line, j)


def _percent(j: int, word: str, following: str) -> Unit:
    if word == "per":
        return Unit("percent", "", j + 2) if following == "cent" else NO_UNIT
    if word in ("point", "points"):
        return Unit("points", "", j + 1)
    return Unit("points", "", j + 2) if following in ("point", "points") else Unit("percent", "", j + 1)


def _power(word: str, following: str) -> str | None:
    stem = word.removesuffix("s")
    return units.ENGLISH_POWERS.get((stem, following.removesuffix("s"))) or units.ENGLISH_POWERS.get((stem, following))


def _measure(line: Line, j: int, word: str, following: str) -> Unit | None:
    stem = word.removesuffix("s")
    if stem == "decade" or word in ("century", "centuries"):
        return Unit("measure", "decade" if stem == "decade" else "century", j + 1)
    measure = units.ENGLISH_MEASURES.get(word) or units.ENGLISH_MEASURES.get(stem)
    if measure and not (word == "m" and line.text[line.tokens[j - 1].end] == "."):
        return Unit("age", "", j + 2) if measure == "year" and following == "old" else Unit("measure", measure, j + 1)
    if stem == "pound":
        sterling = following == "sterling"
        return Unit("money" if sterling else "measure", "pound" if sterling else "lb", j + 1)
    return None


def _money(line: Line, j: int) -> Unit:
    for at in range(j, j + 4):
        word = line.word(at)
        if word not in _MONEY:
            break
        money = units.ENGLISH_MONEY.get(word) or units.ENGLISH_MONEY.get(word.removesuffix("s"))
        if money and (money not in ("won", "mark") or _is_money(line, at, word)):
            return Unit("money", money, at + 1)
    return NO_UNIT


def _is_money(line: Line, at: int, word: str) -> bool:
    """Won and mark are other words too: “2,000 won tickets” is rare enough."""
    if word in ("mark", "marks"):
        return word == "marks"
    before = line.tokens[at - 1].text
    return before[-1:].isdigit() or before in SCALES or before in ("korean", "north", "south") or not line.word(at + 1)


def is_below_zero(line: Line, i: int, after: int) -> bool:
    """Whether the temperature from token i to `after` is one: minus 20 degrees, -4°F, 20 degrees below zero."""
    before = line.text[max(0, line.tokens[i].start - 2) : line.tokens[i].start].strip()
    near = line.tokens[i - 1].text if i else ""
    return before in ("-", "−", "–") or near in ("minus", "negative") or line.word(after) == "below"


def _is_year(found: Numeral) -> bool:
    return not found.worded and found.scale == 1 and 1800 <= found.value <= 2100


class Shared(NamedTuple):
    """What a numeral gets from the next: three or four million, 30 to 40 percent."""

    value: float
    others: tuple[float, ...] = ()
    unit: Unit | None = None


def shared(line: Line, found: Numeral) -> Shared:
    """The value of a numeral, its other readings, and the unit that it shares with the numeral behind it."""
    alone = Shared(found.value)
    j = found.after
    if j >= len(line.tokens):
        return alone
    gap = line.gap(j)
    if line.tokens[j].text in ("to", "or", "and") and gap in (" ", "-"):
        j += 1
    elif gap.strip() not in ("-", "–", "—", "~"):
        return alone
    other = numeral(line, j) if j < len(line.tokens) else None
    if other is None:
        return alone
    unit = unit_behind(line, other.after)
    behind = None if unit is NO_UNIT else unit
    if line.tokens[j - 1].text == "and" and _is_year(found):
        return alone
    scales = line.tokens[j - 1].text != "and" and found.scale == 1 and other.scale > 1
    if scales and found.value <= other.value / other.scale:
        return Shared(found.value * other.scale, (found.value,), behind)
    return Shared(found.value, (), behind)

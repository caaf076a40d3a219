"""Where the figures of a translation differ from those of its source.

Invariant: a figure that any figure of the other side can account for is never reported. One that is left over on both sides
contradicts; one that is left over on one side only is missing or added; what is in brackets contradicts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from transflow.figures import units
from transflow.figures.english import english
from transflow.figures.figure import DATE_PARTS, Figure, digits_and_power, magnitude, same
from transflow.figures.korean import korean
from transflow.figures.pairing import Fault, alike, magnitudes, sole, vague


class Difference(NamedTuple):
    fault: Fault
    source: Figure | None
    target: Figure | None
    certain: bool = True
    """Not where it stands in brackets, as conversions do."""


MOST = 40_000
"""Pairs of figures, or of dates, that are looked at."""
_MOST = 200
_LONGEST = 20_000
"""Characters: more than any paragraph has."""
_DIGITS = re.compile("[0-9]+")


def is_no_sentence(text: str) -> bool:
    """Whether a text is so long, or has so many figures, that nothing can be said of any: a table, or rubbish."""
    if len(text) > _LONGEST:
        return True
    return len(text) > 1000 and len(_DIGITS.findall(text)) + text.count("일") + text.count(" one ") > _MOST


class Comparison(NamedTuple):
    source: tuple[Figure, ...]
    target: tuple[Figure, ...]
    differences: tuple[Difference, ...]


@lru_cache(maxsize=64)
def compared(source: str, target: str) -> Comparison:
    """The figures of a Korean source and an English target, and how they differ. Kept for the checks that share it."""
    if is_no_sentence(source) or is_no_sentence(target):
        return Comparison((), (), ())
    there, here = korean(source), english(target)
    if len(there) * len(here) > MOST:
        return Comparison((), (), ())
    return Comparison(tuple(there), tuple(here), tuple(differences(there, here)))


def differences(source: Sequence[Figure], target: Sequence[Figure]) -> list[Difference]:
    """Differences in quantities and years; parts of dates only lend their values."""
    wanted, found = left_over(source, target), left_over(target, source)
    result = [*_wrong_points(source, target), *contradicting(wanted, found)]
    wanted = [each for each in wanted if not any(each is difference.source for difference in result)]
    found = [each for each in found if not any(each is difference.target for difference in result)]
    for one, other, fault in sole(wanted, found):
        result.append(Difference(fault, one, other, not one.aside))
        wanted.remove(one)
        found.remove(other)
    result += [Difference("missing", each, None, not each.aside) for each in wanted]
    result += [Difference("added", None, each, not each.aside) for each in found]
    return result


def contradicting(wanted: Sequence[Figure], found: Sequence[Figure]) -> list[Difference]:
    """The figures that are left over on both sides and surely stand for each other: same digits, same unit, same thing counted."""
    result = _wrong_units(wanted, found)
    wanted = [each for each in wanted if not any(each is difference.source for difference in result)]
    found = [each for each in found if not any(each is difference.target for difference in result)]
    for pairing in (magnitudes, vague, alike):
        for one, other, fault in pairing(wanted, found):
            result.append(Difference(fault, one, other, not one.aside))
            wanted.remove(one)
            found.remove(other)
    return result


def left_over(ours: Sequence[Figure], theirs: Sequence[Figure]) -> list[Figure]:
    """The quantities and years that nothing on the other side accounts for."""
    if not ours:
        return []
    values = {value for figure in theirs for value in figure.values}
    return [
        each
        for each in ours
        if each.weight != "weak"
        and each.kind not in DATE_PARTS
        and not (not values.isdisjoint(each.values) and _exact(each, theirs))
        and not any(accounts(each, other) for other in theirs)
    ]


def _exact(figure: Figure, others: Sequence[Figure]) -> bool:
    return any(_comparable(figure, each) and not set(figure.values).isdisjoint(each.values) for each in others)


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether equal values may mean the same: five dollars are no five percent, and 5 kg no 5 km."""
    if one.kind == other.kind == "money":
        return units.is_same_currency(one.unit, other.unit) or "pound" in (one.unit, other.unit)
    if one.kind == other.kind == "measure":
        return not one.unit or not other.unit or one.unit == other.unit or _is_loose(one.unit, other.unit)
    apart = {one.kind, other.kind}
    if apart == {"money", "measure"}:
        return {one.unit, other.unit} == {"pound", "lb"}
    return apart not in ({"money", "percent"}, {"measure", "percent"})


def _is_loose(one: str, other: str) -> bool:
    pair = {one, other}
    return pair <= {"degree", "degreeC", "degreeF"} and pair != {"degreeC", "degreeF"}


def accounts(one: Figure, other: Figure) -> bool:
    """Whether two figures can say the same thing."""
    if "vague" in (one.kind, other.kind):
        return _vaguely(one, other)
    if _comparable(one, other) and any(_near(a, b, one, other) for a in one.values for b in other.values):
        return True
    return _converted(one, other)


def _near(a: float, b: float, one: Figure, other: Figure) -> bool:
    if same(a, b):
        return True
    apart = abs(a - b) / max(abs(a), abs(b), 1e-300)
    if apart <= max(one.tolerance, other.tolerance):
        return True
    if (one.about or other.about) and apart <= 0.055 and min(a, b) >= 10:
        return True
    return apart <= 0.055 and _is_rounded(a, b)


def _is_rounded(a: float, b: float) -> bool:
    """Whether one value is the other, rounded to its own digits: 27만 8600 and 279,000."""
    (one, power), (other, other_power) = digits_and_power(a), digits_and_power(b)
    if len(one) == len(other) or min(len(one), len(other)) < 2 or max(abs(a), abs(b)) < 1000:
        return False
    short, long = sorted((a, b), key=lambda each: len(digits_and_power(each)[0]))
    digits, top = digits_and_power(short)
    unit = 10.0 ** (top - len(digits) + 1)
    return abs(long - short) <= 0.5 * unit and abs(power - other_power) <= 1


def _vaguely(one: Figure, other: Figure) -> bool:
    """Hundreds of thousands are 수십만, and anything from 100,000 to 999,999."""
    if one.kind == other.kind == "vague":
        return one.value == other.value or {one.value, other.value} == {10.0, 12.0}
    vague, exact = (one, other) if one.kind == "vague" else (other, one)
    if exact.kind in DATE_PARTS or exact.kind == "year":
        return False
    value = exact.value
    if exact.unit == "year" and vague.unit == "":
        value = exact.value
    return any(magnitude(each) == magnitude(vague.value) and each >= vague.value for each in (value, *exact.others))


def _converted(one: Figure, other: Figure) -> bool:
    """Whether they are the same in other units: 289 km and 180 miles, 30% and a third, three times and 200 percent."""
    a, b = one.value, other.value
    if one.unit and other.unit and units.convertible(one.unit, other.unit):
        turned = units.converted(a, one.unit, other.unit)
        if {one.unit, other.unit} & {"degreeC", "degreeF"}:
            return abs(turned - b) <= 3
        margin = 0.1 if max(a, b) >= 10 else 0.25
        return any(
            abs(units.converted(x, one.unit, other.unit) - y) <= margin * max(abs(turned), abs(y))
            for x in one.values
            for y in other.values
        )
    if {one.kind, other.kind} == {"percent", "fraction"}:
        percent, share = (a, b) if one.kind == "percent" else (b, a)
        return abs(percent - share * 100) <= 0.12 * percent
    if {one.kind, other.kind} == {"percent", "times"}:
        percent, times = (a, b) if one.kind == "percent" else (b, a)
        return same(percent, times * 100) or same(percent, (times - 1) * 100)
    if one.kind == other.kind == "money" and {one.unit, other.unit} == {"dollar", "cent"}:
        return same(a * (100 if one.unit == "dollar" else 1), b * (100 if other.unit == "dollar" else 1))
    if {one.kind, other.kind} == {"age", "measure"} or {one.kind, other.kind} == {"decade", "age"}:
        return any(same(x, y) for x in one.values for y in other.values)
    if {one.kind, other.kind} == {"ordinal", "decade"}:
        return False
    if {one.kind, other.kind} == {"ordinal", "measure"} and "century" in (one.unit, other.unit):
        return False
    return one.kind == "fraction" and other.kind == "fraction" and abs(a - b) < 0.005


def _wrong_units(wanted: Sequence[Figure], found: Sequence[Figure]) -> list[Difference]:
    """Equal amounts in another currency or unit."""
    result: list[Difference] = []
    for one in wanted:
        for other in found:
            if one.value == 1 or not same(one.value, other.value) or any(each.target is other for each in result):
                continue
            if one.kind == other.kind == "money":
                result.append(Difference("currency", one, other, not one.aside))
                break
            if one.kind == other.kind == "measure" and one.unit and other.unit:
                result.append(Difference("unit", one, other, not one.aside))
                break
    return result


def _wrong_points(source: Sequence[Figure], target: Sequence[Figure]) -> list[Difference]:
    """Percent where percentage points are meant."""
    result: list[Difference] = []
    for one in source:
        alike = [each for each in target if one.kind == "points" and same(one.value, each.value)]
        wrong = [each for each in alike if each.kind == "percent"]
        if wrong and not any(each.kind == "points" for each in alike):
            result.append(Difference("points", one, wrong[0]))
    return result

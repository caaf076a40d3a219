"""Differences between the figures of a translation and of its source.

Invariant: a figure that any figure of the other side can account for is never reported. Figures
left over on both sides contradict; a figure left over on one side only is missing or added; a
figure in brackets contradicts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from transflow.language.quantities import units
from transflow.language.quantities.accounting import accounts, comparable
from transflow.language.quantities.compound import as_shares, as_wholes
from transflow.language.quantities.english import english
from transflow.language.quantities.korean import korean
from transflow.language.quantities.pairing import Fault, alike, magnitudes, mistaken, multiples, ordinals, sole, vague
from transflow.language.quantities.quantity import DATE_PARTS, Kind, Quantity, same


class QuantityDifference(NamedTuple):
    fault: Fault
    source: Quantity | None
    """For a wrong conversion, the other figure of the target."""
    target: Quantity | None
    certain: bool = True
    """False if it is in brackets, as conversions are."""


MOST = 40_000
"""Largest number of pairs of figures, or of dates, that are compared."""
_MOST = 200
_LONGEST = 20_000
"""In characters; longer than any paragraph."""
_DIGITS = re.compile("[0-9]+")


def is_no_sentence(text: str) -> bool:
    """True if a text is too long, or has too many figures, to be compared: a table, or rubbish."""
    if len(text) > _LONGEST:
        return True
    return len(text) > 1000 and len(_DIGITS.findall(text)) + text.count("일") + text.count(" one ") > _MOST


_ENGLISH = re.compile(r"(?:[!-~]{1,30} ){5}")
"""Prose at the beginning, where Korean has names and terms."""
_TOO_LONG = 4.5
"""Ratio of lengths beyond which a target is no translation: English has about two characters for
one of Korean.
"""


def is_no_translation(source: str, target: str) -> bool:
    """True if the source is (also) English, or the target is another text.

    Such as a headline with the story attached, or a translation on the wrong line.
    """
    return bool(_ENGLISH.match(source)) or len(target) > max(100.0, _TOO_LONG * len(source))


class Comparison(NamedTuple):
    source: tuple[Quantity, ...]
    target: tuple[Quantity, ...]
    differences: tuple[QuantityDifference, ...]


@lru_cache(maxsize=64)
def compared(source: str, target: str) -> Comparison:
    """Return the figures of a Korean source and an English target, and their differences.

    Cached for the checks that share it.
    """
    if is_no_sentence(source) or is_no_sentence(target) or is_no_translation(source, target):
        return Comparison((), (), ())
    there, here = korean(source), english(target)
    if len(there) * len(here) > MOST:
        return Comparison((), (), ())
    there, here = as_shares(as_wholes(there, here), source, here), as_wholes(here, there)
    found = [*differences(there, here), *_wrong_types(source, target, there, here)]
    return Comparison(tuple(there), tuple(here), tuple(found))


_TYPE = re.compile(r"(?<![A-Za-z0-9-])([A-Z]{1,5})-?([0-9]{1,4})(?![0-9%.,]*[0-9%])")


def _wrong_types(
    source: str, target: str, there: Sequence[Quantity], here: Sequence[Quantity]
) -> list[QuantityDifference]:
    """Return differences in type designations, written with the same letters in both languages.

    KN-25 for KN-23.
    """
    if not _TYPE.search(source):
        return []
    ours, theirs = (_types(text, figures) for text, figures in ((source, there), (target, here)))
    wanted, found = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    return [
        QuantityDifference("different", ours[one], theirs[other])
        for one in sorted(wanted)
        for other in sorted(found)
        if one[0] == other[0] and sum(each[0] == one[0] for each in (*wanted, *found)) == 2
    ]


def _types(text: str, figures: Sequence[Quantity]) -> dict[tuple[str, str], Quantity]:
    """Return letters and number -> the number as a figure, where it is part of a name."""
    weak = {each.start: each for each in figures if each.weight == "weak"}
    named = (each for each in _TYPE.finditer(text) if each.start(2) in weak)
    return {(each[1], each[2]): weak[each.start(2)]._replace(start=each.start()) for each in named}


def differences(source: Sequence[Quantity], target: Sequence[Quantity]) -> list[QuantityDifference]:
    """Return differences in quantities and years; parts of dates only contribute their values."""
    result = [*_wrong_points(source, target), *_wrong_conversions(target), *contradicting(source, target)]
    wanted = _without(left_over(source, target), [each.source for each in result])
    found = _without(left_over(target, source), [each.target for each in result])
    for one, other, fault in sole(wanted, found):
        result.append(QuantityDifference(fault, one, other, _is_certain(one)))
        wanted.remove(one)
        found.remove(other)
    result += [QuantityDifference("missing", each, None, not each.aside) for each in wanted]
    result += [QuantityDifference("added", None, each, not each.aside) for each in found]
    return result


def contradicting(source: Sequence[Quantity], target: Sequence[Quantity]) -> list[QuantityDifference]:
    """Return figures that certainly stand for each other and differ.

    Same digits, same value, or the same thing counted.
    """
    wanted, found = left_over(source, target), left_over(target, source)
    result = [
        QuantityDifference(fault, one, other, _is_certain(one))
        for one, other, fault in _wrong_units(source, target, wanted, found)
    ]
    for pairing in (magnitudes, mistaken, vague, alike):
        wanted = _without(wanted, [each.source for each in result])
        found = _without(found, [each.target for each in result])
        result += [
            QuantityDifference(fault, one, other, _is_certain(one)) for one, other, fault in pairing(wanted, found)
        ]
    times = multiples([each for each in wanted if each.kind == "times"], source, target)
    return result + [QuantityDifference(fault, one, other) for one, other, fault in (*times, *ordinals(source, target))]


def _without(figures: Sequence[Quantity], taken: Sequence[Quantity | None]) -> list[Quantity]:
    return [each for each in figures if not any(each is other for other in taken)]


def _is_certain(source: Quantity) -> bool:
    """True for a source figure that must be in the translation as it is.

    A figure in brackets is often a conversion (약 56억원), but not an age or a number of people.
    """
    return not source.aside or source.kind in ("count", "age", "ordinal", "year")


def left_over(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities and years that nothing on the other side accounts for.

    A figure with an equal does not account for another that is merely near it: “below $10” does not
    match 9.788달러 if there is also 10달러.
    """
    asking = [each for each in ours if each.weight != "weak" and each.kind not in DATE_PARTS]
    loose = [each for each in asking if not _has_equal(each, theirs)]
    if not loose:
        return []
    free = [each for each in theirs if not _is_rounding(each) or not _has_equal(each, ours)]
    return [each for each in loose if not any(accounts(each, other) for other in free)]


def _has_equal(figure: Quantity, others: Sequence[Quantity]) -> bool:
    return any(not set(figure.values).isdisjoint(each.values) and comparable(figure, each) for each in others)


def _is_rounding(figure: Quantity) -> bool:
    """True if it may account for a near value; conversions and shares may accompany what they stand
    for.
    """
    return figure.kind in ("count", "money")


def _wrong_conversions(target: Sequence[Quantity]) -> list[QuantityDifference]:
    """Return amounts in brackets that do not equal the amount before the brackets: 289 km (18
    miles).
    """
    result = []
    for one, other in pairwise(target):
        close = other.aside and not one.aside and other.start - one.end <= _BRACKET
        if close and units.convertible(one.unit, other.unit) and not accounts(one, other):
            result.append(QuantityDifference("conversion", one, other))
    return result


_BRACKET = 8
"""Longest distance from an amount to its conversion: “ (about ”."""


def _wrong_units(
    source: Sequence[Quantity], target: Sequence[Quantity], wanted: Sequence[Quantity], found: Sequence[Quantity]
) -> Iterator[tuple[Quantity, Quantity, Fault]]:
    """Yield equal amounts in another currency or unit.

    An equal count of another thing does not hide them: two hours for two days is found although
    “two people” is there too, if no time on the other side is the same.
    """
    taken: list[Quantity] = []
    ours = _alone([_as_span(each, source) for each in source], target)
    theirs = _alone(target, source)
    for one in ours:
        for other in theirs:
            if one.kind != other.kind or not same(one.value, other.value) or any(each is other for each in taken):
                continue
            unmatched = any(each is one for each in wanted) and any(each is other for each in found)
            if one.kind == "money" or unmatched or units.convertible(one.unit, other.unit):
                taken.append(other)
                yield one, other, "currency" if one.kind == "money" else "unit"
                break


def _as_span(figure: Quantity, beside: Sequence[Quantity]) -> Quantity:
    """Return 15일 as a duration in days, unless a month shows that it is a date."""
    dated = figure.kind != "day" or any(each.kind == "month" and 0 <= figure.start - each.end <= 1 for each in beside)
    return figure if dated else figure._replace(kind="measure", unit="day")


def _alone(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the amounts with a unit that no amount on the other side equals, whatever other
    figures do.
    """
    amounts = [each for each in theirs if each.kind in ("money", "measure", "age", "day", "vague")]
    return [
        each
        for each in ours
        if each.kind in ("money", "measure") and each.unit and each.value != 1 and each.weight != "weak"
        and not any(accounts(each, other) for other in amounts)
    ]  # fmt: skip


_OTHER_SHARE: dict[Kind, Kind] = {"points": "percent", "percent": "points"}


def _wrong_points(source: Sequence[Quantity], target: Sequence[Quantity]) -> list[QuantityDifference]:
    """Return percent where percentage points are meant, and the reverse."""
    result: list[QuantityDifference] = []
    for one in source:
        other = _OTHER_SHARE.get(one.kind)
        alike = [each for each in target if other and same(one.value, each.value)]
        wrong = [each for each in alike if each.kind == other]
        if wrong and not any(each.kind == one.kind for each in alike):
            result.append(QuantityDifference("points", one, wrong[0]))
    return result

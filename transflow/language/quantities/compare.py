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
from transflow.language.quantities.accounting import can_mean_same, comparable, is_loose_conversion
from transflow.language.quantities.compound import as_odds, as_shares, as_wholes, with_halves
from transflow.language.quantities.english import english_figures
from transflow.language.quantities.few import few, wrong_several
from transflow.language.quantities.korean import korean_figures
from transflow.language.quantities.named_numbers import Named, wrong_names
from transflow.language.quantities.pairing import (
    Fault,
    alike,
    magnitudes,
    multiples,
    only_pair,
    ordinals,
    races,
    shares,
    vague,
    vague_among_others,
    vague_years,
    wrong_first,
    wrong_things,
)
from transflow.language.quantities.quantity import DATE_PARTS, Kind, Quantity, same
from transflow.language.quantities.streaks import as_ordinals
from transflow.language.quantities.type_names import wrong_types


class QuantityDifference(NamedTuple):
    fault: Fault
    source: Quantity | None
    """For a wrong conversion, the other figure of the target."""
    target: Quantity | None
    certain: bool = True
    """False if it is in brackets, as conversions are."""


MAX_PAIRS = 40_000
"""Largest number of pairs of figures, or of dates, that are compared."""
_MAX_NUMBERS = 200
_MAX_LENGTH = 20_000
"""In characters; longer than any paragraph."""
_DIGITS = re.compile("[0-9]+")


def is_no_sentence(text: str) -> bool:
    """True if a text is too long, or has too many figures, to be compared: a table, or rubbish."""
    if len(text) > _MAX_LENGTH:
        return True
    return len(text) > 1000 and len(_DIGITS.findall(text)) + text.count("일") + text.count(" one ") > _MAX_NUMBERS


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
def compare_figures(source: str, target: str) -> Comparison:
    """Return the figures of a Korean source and an English target, and their differences.

    Cached for the checks that share it.
    """
    if is_no_sentence(source) or is_no_sentence(target) or is_no_translation(source, target):
        return Comparison((), (), ())
    source_figures, target_figures = korean_figures(source), english_figures(target)
    if "illion" in target:
        target_figures = with_halves(target_figures, target)
    if "분의" in source:
        target_figures = as_odds(target_figures, target, source_figures)
    if (
        not (source_figures or target_figures or "결승" in source)
        or len(source_figures) * len(target_figures) > MAX_PAIRS
    ):
        return Comparison((), (), ())
    source_figures, target_figures = (
        as_shares(as_wholes(source_figures, target_figures), source, target_figures),
        as_wholes(target_figures, source_figures),
    )
    if "연" in source or "째" in source or "거푸" in source or "내리" in source:
        source_figures = as_ordinals(source_figures, source, target_figures, target)
    all_differences = [
        *differences(source_figures, target_figures, (source, target)),
        *(
            QuantityDifference("different", *pair)
            for pair in wrong_types(source, target, source_figures, target_figures)
        ),
    ]
    all_differences = _with_wrong_names(source, target, all_differences)
    if "도" in source or "℃" in source or "°" in source:
        all_differences += _wrong_signs(source, target, source_figures, target_figures)
    return Comparison(tuple(source_figures), tuple(target_figures), tuple(all_differences))


def _with_wrong_names(source: str, target: str, found: list[QuantityDifference]) -> list[QuantityDifference]:
    """Return the differences with those of numbers in names: 제7조, the Third Brigade."""
    for ours, theirs in wrong_names(source, target):
        about = [each for each in found if _overlaps(each.source, ours) or _overlaps(each.target, theirs)]
        if not any(each.source and each.target for each in about):
            found = [each for each in found if each not in about]
            found.append(QuantityDifference("few", ours.quantity(), theirs.quantity()))
    return found


def _overlaps(figure: Quantity | None, name: Named) -> bool:
    return figure is not None and figure.start < name.end and name.start < figure.end


_COLD = re.compile(r"영하|마이너스|[-−][0-9]|빙점|한파|혹한")
_COLD_IN_ENGLISH = re.compile(r"minus|negative|below|sub-?zero|freezing|frost|[-−–][0-9]", re.IGNORECASE)


def _wrong_signs(
    source: str, target: str, source_figures: Sequence[Quantity], target_figures: Sequence[Quantity]
) -> Iterator[QuantityDifference]:
    """Yield a temperature that is below zero on one side only: 영하 17도, “17 degrees”."""
    ours, theirs = (
        [each for each in figures if each.unit.startswith("degree")] for figures in (source_figures, target_figures)
    )
    if len(ours) > 1 and any(each.others for each in ours) and theirs and not _COLD_IN_ENGLISH.search(target):
        cold = next(each for each in ours if each.others)
        yield from (QuantityDifference("sign", cold, each) for each in theirs if each.value == cold.value)
        return
    if len(ours) == 1 and not theirs:
        theirs = [each for each in target_figures if each.kind == "count" and not each.unit]
    if len(ours) != 1 or not theirs or len(theirs) > 2:
        return
    is_cold, is_cold_in_english = bool(ours[0].others), bool(_COLD_IN_ENGLISH.search(target))
    equal = [each for each in theirs if can_mean_same(ours[0]._replace(others=()), each._replace(others=()))]
    if equal and ((is_cold and not is_cold_in_english) or (not _COLD.search(source) and equal[0].others)):
        yield QuantityDifference("sign", ours[0], equal[0])


def differences(
    source: Sequence[Quantity], target: Sequence[Quantity], texts: tuple[str, str]
) -> list[QuantityDifference]:
    """Return differences in quantities and years; parts of dates only contribute their values."""
    left = unaccounted(source, target), unaccounted(target, source)
    result = [
        *_wrong_points(source, target),
        *_wrong_conversions(source, target),
        *certain_contradictions(source, target, left),
    ]
    source_left = _without(left[0], [each.source for each in result])
    source_left = _without_derived(source_left, source, target)
    target_left = _without(left[1], [each.target for each in result])
    for source_figure, target_figure, fault in only_pair(source_left, target_left):
        result.append(QuantityDifference(fault, source_figure, target_figure, _is_certain(source_figure)))
        source_left.remove(source_figure)
        target_left.remove(target_figure)
    several = wrong_several(texts[0], source, target_left) if target_left else []
    first = wrong_first(*texts, source, target) if "첫" in texts[0] or "최초" in texts[0] else []
    unequal = [*few(source, target, source_left, target_left), *shares(source, target)] if source else []
    unequal += [*several, *first]
    for source_figure, target_figure, fault in unequal:
        result.append(QuantityDifference(fault, source_figure, target_figure))
        source_left, target_left = _without(source_left, [source_figure]), _without(target_left, [target_figure])
    result += [QuantityDifference("missing", each, None, not each.in_brackets) for each in source_left]
    result += [QuantityDifference("added", None, each, not each.in_brackets) for each in target_left]
    return result


def _without_derived(
    source_left: list[Quantity], source: Sequence[Quantity], target: Sequence[Quantity]
) -> list[Quantity]:
    """Return the figures without those that a change and its result imply: 3.5% in 3.5%에서 3.25%로
    0.25%포인트, for “by a quarter of a point to 3.25 percent”.
    """
    points = [each.value for each in source if each.kind == "points"]
    if not points:
        return source_left
    results = [
        each.value
        for each in source
        if each.kind == "percent" and any(same(each.value, other.value) for other in target)
    ]
    implied = [result + sign * change for result in results for change in points for sign in (1, -1)]
    return [each for each in source_left if each.kind != "percent" or not any(same(each.value, v) for v in implied)]


def certain_contradictions(
    source: Sequence[Quantity],
    target: Sequence[Quantity],
    left: tuple[list[Quantity], list[Quantity]] | None = None,
) -> list[QuantityDifference]:
    """Return figures that certainly stand for each other and differ.

    Same digits, same value, or the same thing counted. `left` are the unaccounted figures of both
    sides, if they are known.
    """
    source_left, target_left = left or (unaccounted(source, target), unaccounted(target, source))
    result = [
        QuantityDifference(fault, source_figure, target_figure, _is_certain(source_figure))
        for source_figure, target_figure, fault in _wrong_units(source, target, source_left, target_left)
    ]
    for pairing in (magnitudes, wrong_things, vague, alike) if source_left and target_left else ():
        source_left = _without(source_left, [each.source for each in result])
        target_left = _without(target_left, [each.target for each in result])
        result += [
            QuantityDifference(fault, source_figure, target_figure, _is_certain(source_figure))
            for source_figure, target_figure, fault in pairing(source_left, target_left)
        ]
    times = multiples([each for each in source_left if each.kind == "times" or each.value == 0.5], source, target)
    times += races(source_left, target)
    several = [*vague_among_others(source, target), *vague_years(source, target)]
    return result + [
        QuantityDifference(fault, source_figure, target_figure)
        for source_figure, target_figure, fault in (*times, *ordinals(source, target), *several)
        if fault != "vague" or not any(each.source is source_figure for each in result)
    ]


def _without(figures: Sequence[Quantity], taken: Sequence[Quantity | None]) -> list[Quantity]:
    return [each for each in figures if not any(each is taken_figure for taken_figure in taken)]


def _is_certain(source: Quantity) -> bool:
    """True for a source figure that must be in the translation as it is.

    A figure in brackets is often a conversion (약 56억원), but not an age or a number of people.
    """
    if not source.in_brackets:
        return True
    if source.kind == "count" and source.about and source.value >= 1000:  # (약 1만2000)
        return False
    return source.kind in ("count", "age", "ordinal", "year")


def unaccounted(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities and years that nothing on the other side accounts for.

    A figure with an equal does not account for another that is merely near it: “below $10” does not
    match 9.788달러 if there is also 10달러.
    """
    candidates = [each for each in ours if each.is_missed and each.kind not in DATE_PARTS]
    without_equal = [each for each in candidates if not _has_equal(each, theirs)]
    if not without_equal:
        return []
    available = [each for each in theirs if not _is_rounding(each) or not _has_equal(each, ours)]
    return [each for each in without_equal if not any(can_mean_same(each, counterpart) for counterpart in available)]


def _has_equal(figure: Quantity, others: Sequence[Quantity]) -> bool:
    return any(not set(figure.values).isdisjoint(each.values) and comparable(figure, each) for each in others)


def _is_rounding(figure: Quantity) -> bool:
    """True if it may account for a near value; conversions and shares may accompany what they stand
    for.
    """
    return figure.kind in ("count", "money", "vague")


def _wrong_conversions(source: Sequence[Quantity], target: Sequence[Quantity]) -> list[QuantityDifference]:
    """Return amounts in brackets that do not equal the amount before the brackets: 289 km (18
    miles). Nothing if the source has both amounts.
    """
    result = []
    for amount, conversion in pairwise(target):
        is_conversion = conversion.in_brackets and not amount.in_brackets and conversion.start - amount.end <= _MAX_GAP
        if not is_conversion or not units.convertible(amount.unit, conversion.unit):
            continue
        if not is_loose_conversion(amount, conversion) and not all(
            _has_exactly(source, each) for each in (amount, conversion)
        ):
            result.append(QuantityDifference("conversion", amount, conversion))
    return result


def _has_exactly(figures: Sequence[Quantity], amount: Quantity) -> bool:
    return any(each.unit == amount.unit and same(each.value, amount.value) for each in figures)


_MAX_GAP = 18
"""Longest distance from an amount to its conversion: “ per hour (about ”."""


def _wrong_units(
    source: Sequence[Quantity],
    target: Sequence[Quantity],
    source_left: Sequence[Quantity],
    target_left: Sequence[Quantity],
) -> Iterator[tuple[Quantity, Quantity, Fault]]:
    """Yield equal amounts in another currency or unit.

    An equal count of another thing does not hide them: two hours for two days is found although
    “two people” is there too, if no time on the other side is the same.
    """
    taken: list[Quantity] = []
    source_amounts = _unmatched_amounts([_as_duration(each, source) for each in source], target)
    target_amounts = _unmatched_amounts(target, source)
    for source_amount in source_amounts:
        for target_amount in target_amounts:
            if (
                source_amount.kind != target_amount.kind
                or not same(source_amount.value, target_amount.value)
                or any(each is target_amount for each in taken)
            ):
                continue
            unmatched = any(each is source_amount for each in source_left) and any(
                each is target_amount for each in target_left
            )
            if source_amount.kind == "money" or unmatched or units.convertible(source_amount.unit, target_amount.unit):
                taken.append(target_amount)
                yield source_amount, target_amount, "currency" if source_amount.kind == "money" else "unit"
                break


def _as_duration(figure: Quantity, beside: Sequence[Quantity]) -> Quantity:
    """Return 15일 as a duration in days, unless a month shows that it is a date."""
    is_date = figure.kind != "day" or any(each.kind == "month" and 0 <= figure.start - each.end <= 1 for each in beside)
    return figure if is_date else figure._replace(kind="measure", unit="day")


def _unmatched_amounts(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the amounts with a unit that no amount on the other side equals, whatever other
    figures do.
    """
    amounts = [each for each in theirs if each.kind in ("money", "measure", "age", "day", "vague")]
    return [
        each
        for each in ours
        if each.kind in ("money", "measure") and each.unit and each.value != 1 and each.weight != "weak"
        and not any(can_mean_same(each, amount) for amount in amounts)
    ]  # fmt: skip


_OTHER_SHARE: dict[Kind, Kind] = {"points": "percent", "percent": "points"}


def _wrong_points(source: Sequence[Quantity], target: Sequence[Quantity]) -> list[QuantityDifference]:
    """Return percent where percentage points are meant, and the reverse."""
    result: list[QuantityDifference] = []
    for figure in source:
        other_kind = _OTHER_SHARE.get(figure.kind)
        equal_figures = [each for each in target if other_kind and same(figure.value, each.value)]
        wrong_kind = [each for each in equal_figures if each.kind == other_kind]
        if wrong_kind and not any(each.kind == figure.kind for each in equal_figures):
            result.append(QuantityDifference("points", figure, wrong_kind[0]))
    return result

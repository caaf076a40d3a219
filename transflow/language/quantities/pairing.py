"""Pairs of left-over figures of both sides that are translations of each other, but wrong.

Invariant: only figures of the same thing contradict each other: people and people, won and won, or
a figure that does not say what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from transflow.language.quantities import units
from transflow.language.quantities.accounting import can_mean_same
from transflow.language.quantities.quantity import Quantity, digits_and_power, same

Fault = Literal[
    "magnitude",
    "different",
    "missing",
    "added",
    "vague",
    "points",
    "currency",
    "unit",
    "year",
    "conversion",
    "few",
    "sign",
]
Pairs = list[tuple[Quantity, Quantity, Fault]]


def _pairs(
    source_left: Sequence[Quantity],
    target_left: Sequence[Quantity],
    fault: Fault,
    fits: Callable[[Quantity, Quantity], bool],
) -> Pairs:
    result: Pairs = []
    taken: set[int] = set()
    for source_figure in source_left:
        for i, target_figure in enumerate(target_left):
            if i not in taken and fits(source_figure, target_figure):
                taken.add(i)
                result.append((source_figure, target_figure, fault))
                break
    return result


def magnitudes(source_left: Sequence[Quantity], target_left: Sequence[Quantity]) -> Pairs:
    """Return pairs with the same digits, but another power of ten."""

    def fits(source_figure: Quantity, target_figure: Quantity) -> bool:
        if (
            "vague" in (source_figure.kind, target_figure.kind)
            or "year" in (source_figure.kind, target_figure.kind)
            or not same_class(source_figure, target_figure)
        ):
            return False
        (digits, power), (others, other_power) = (
            digits_and_power(source_figure.value),
            digits_and_power(target_figure.value),
        )
        if digits != others or power == other_power or not digits:
            return False
        return (
            len(digits) > 1 or min(power, other_power) >= 1 or source_figure.kind == target_figure.kind != "count"
        ) and bool(digits)

    return _pairs(source_left, target_left, "magnitude", fits)


def wrong_things(source_left: Sequence[Quantity], target_left: Sequence[Quantity]) -> Pairs:
    """Return pairs with the same value of different things: 22% and 22 people."""

    def fits(source_figure: Quantity, target_figure: Quantity) -> bool:
        kinds = {source_figure.kind, target_figure.kind}
        return (
            same(source_figure.value, target_figure.value)
            and not kinds & {"vague", "year", "decade", "ordinal", "money"}
            and kinds != {"count"}
        )

    return _pairs(source_left, target_left, "different", fits)


def multiples(source_left: Sequence[Quantity], source: Sequence[Quantity], target: Sequence[Quantity]) -> Pairs:
    """Return a wrong multiple: doubled for 세 배.

    Words such as “doubled” count here too, although they are never reported alone.
    """
    source_values = {value for each in source for value in each.values}
    multiples_found = [
        each for each in target if each.kind == "times" and each.weight == "weak" and each.value not in source_values
    ]
    return [(source_left[0], multiples_found[0], "different")] if len(source_left) == len(multiples_found) == 1 else []


def ordinals(source: Sequence[Quantity], target: Sequence[Quantity]) -> Pairs:
    """Return a wrong ordinal: sixth for 7차.

    Ordinals below ten are in many words, so only a single one left on either side is reported.
    """
    odd = _odd_ordinals(source, target)
    source_ordinals = odd if len(odd) < 2 else [each for each in odd if each.value > 1]  # 1위 may be “the top”
    if len(source_ordinals) != 1:
        return []
    perhaps = target if _odd_ordinals(target, source) else [_as_ordinal(each) for each in target]
    target_ordinals = [each for each in _odd_ordinals(perhaps, source) if each.value > 1]  # “first” is in many words
    return (
        [(source_ordinals[0], target_ordinals[0], "different")]
        if len(source_ordinals) == len(target_ordinals) == 1
        else []
    )


def _as_ordinal(figure: Quantity) -> Quantity:
    """Return “an eighth”, which may be a fraction, as the ordinal that it may be."""
    if figure.kind == "fraction" and figure.weight == "weak" and len(figure.others) == 1:
        return figure._replace(kind="ordinal", value=figure.others[0], others=(figure.value,))
    return figure


def _odd_ordinals(figures: Sequence[Quantity], beside: Sequence[Quantity]) -> list[Quantity]:
    values = {value for each in beside for value in each.values}
    return [
        each
        for each in figures
        if each.kind == "ordinal"
        and not each.unit
        and 0 < each.value < 10
        and values.isdisjoint({each.value, 1 / each.value, *each.others})
    ]


_FIRST = re.compile("(?<![가-힣])(?:첫(?: (?=[가-힣])|째(?![가-힣])|번째)|(?:사상|역대) 최초)")
_FIRST_IN_ENGLISH = re.compile(
    r"\b(?:first|1st|new|maiden|initial\w*|opening|only|debut\w*|earliest|inaugural|unprecedented|pioneer\w*"
    r"|never before|start\w*|beg[aiu]n\w*|one|oldest"
    r"|eldest)\b",
    re.IGNORECASE,
)


def wrong_first(source: str, target: str, ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> Pairs:
    """Return “second” for 첫, if no other number of the source is an ordinal."""
    first = _FIRST.search(source)
    if not first or any(each.kind == "ordinal" for each in ours) or _FIRST_IN_ENGLISH.search(target):
        return []
    values = {value for each in ours for value in each.values}
    wrong = [each for each in theirs if each.kind == "ordinal" and not each.unit and values.isdisjoint(each.values)]
    if len(wrong) != 1 or not 1 < wrong[0].value < 10:
        return []
    return [(Quantity("ordinal", 1.0, *first.span()), wrong[0], "few")]


def races(source_left: Sequence[Quantity], target: Sequence[Quantity]) -> Pairs:
    """Return a wrong part of a time that English has with colons: 1:19:30 for 1시간 9분 30초."""
    result: Pairs = []
    for each in source_left:
        parts = [
            other for other in target if other.kind == "measure" and other.weight == "weak" and other.unit == each.unit
        ]
        if each.unit in ("hour", "minute", "second") and len(parts) == 1 and parts[0].value != 1:
            result.append((each, parts[0], "different"))
    return result


def vague_among_others(source: Sequence[Quantity], target: Sequence[Quantity]) -> Pairs:
    """Return the only vague number that differs, of several: “tens of thousands” for one of two
    수천.
    """
    ours, theirs = ([each for each in side if each.kind == "vague"] for side in (source, target))
    if len(ours) < 2 or len(ours) != len(theirs):
        return []
    missing, extra = _surplus(ours, theirs), _surplus(theirs, ours)
    return [(missing[0], extra[0], "vague")] if len(missing) == len(extra) == 1 else []


def _surplus(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the vague figures that have no partner of their own."""
    left = list(theirs)
    result = []
    for each in ours:
        partner = next((other for other in left if can_mean_same(each, other)), None)
        if partner:
            left.remove(partner)
        else:
            result.append(each)
    return result


def vague(source_left: Sequence[Quantity], target_left: Sequence[Quantity]) -> Pairs:
    source_vague = [each for each in source_left if each.kind == "vague"]
    target_vague = [each for each in target_left if each.kind == "vague"]
    if len(source_vague) == len(target_vague) == 1:
        return [(source_vague[0], target_vague[0], "vague")]
    return []


def vague_years(source: Sequence[Quantity], target: Sequence[Quantity]) -> Pairs:
    """Return “centuries” for 수십 년."""
    ours, theirs = (
        [each for each in side if each.kind == "vague" and each.unit == "year"] for side in (source, target)
    )
    if len(ours) != 1 or len(theirs) != 1 or can_mean_same(ours[0], theirs[0]):
        return []
    return [(ours[0], theirs[0], "vague")]


def _family(figure: Quantity) -> str:
    """Return the thing that a figure counts; empty if it is unknown."""
    if figure.kind in ("count", "money", "measure"):
        return figure.unit
    if figure.kind == "ordinal" and figure.unit:
        return figure.unit
    return "calendar year" if figure.kind == "year" else str(figure.kind)


def same_class(source_figure: Quantity, target_figure: Quantity) -> bool:
    """True if two figures may count the same thing: their families are equal, or one is unknown."""
    mine, theirs = _family(source_figure), _family(target_figure)
    if {source_figure.kind, target_figure.kind} == {"count", "times"}:
        return True
    if mine == theirs or not mine or not theirs:
        return True
    if {source_figure.kind, target_figure.kind} <= {"measure"}:
        return units.convertible(mine, theirs)
    return {source_figure.kind, target_figure.kind} in (
        {"age", "measure"},
        {"percent", "points"},
        {"ordinal", "year"},
    ) and source_figure.unit != "day"


def alike(source_left: Sequence[Quantity], target_left: Sequence[Quantity]) -> Pairs:
    """Return pairs of the only figure of a family on each side: people and people, won and won."""
    result: Pairs = []
    for family in {_family(each) for each in source_left if _family(each)}:
        source_figures = [each for each in source_left if _family(each) == family and each.kind != "vague"]
        target_figures = [each for each in target_left if _family(each) == family and each.kind != "vague"]
        if len(source_figures) == len(target_figures) == 1:
            result.append(
                (
                    source_figures[0],
                    target_figures[0],
                    "year" if family == "calendar year" else "different",
                )
            )
    return result


def shares(source: Sequence[Quantity], target: Sequence[Quantity]) -> Pairs:
    """Return a wrong share: “a third” for 절반.

    Such words may be other things, so only a single one left on either side is reported.
    """
    if not any(each.kind == "fraction" for each in source):
        return []
    ours, theirs = (
        [each for each in figures if each.kind == "fraction" and each.value < 1 and not _has_share(each, others)]
        for figures, others in ((source, target), (target, source))
    )
    return [(ours[0], theirs[0], "few")] if len(ours) == len(theirs) == 1 else []


def _has_share(figure: Quantity, others: Sequence[Quantity]) -> bool:
    return any(can_mean_same(figure, each) for each in others)


def only_pair(source_left: Sequence[Quantity], target_left: Sequence[Quantity]) -> Pairs:
    """Return the pair of the only figures left over on each side."""
    source_figures = [each for each in source_left if each.kind != "vague"]
    target_figures = [each for each in target_left if each.kind != "vague"]
    if not len(source_figures) == len(target_figures) == 1:
        return []
    source_figure, target_figure = source_figures[0], target_figures[0]
    if "small" in (source_figure.weight, target_figure.weight) and not (
        source_figure.kind == target_figure.kind == "count" and source_figure.weight == target_figure.weight
    ):
        return []
    if not same_class(source_figure, target_figure):
        return []
    return [(source_figure, target_figure, "year" if source_figure.kind == "year" else "different")]

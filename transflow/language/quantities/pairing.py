"""Pairs of left-over figures of both sides that are translations of each other, but wrong.

Invariant: only figures of the same thing contradict each other: people and people, won and won, or
a figure that does not say what it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from transflow.language.quantities import units
from transflow.language.quantities.quantity import Quantity, digits_and_power, same

Fault = Literal[
    "magnitude", "different", "missing", "added", "vague", "points", "currency", "unit", "year", "conversion"
]
Pairs = list[tuple[Quantity, Quantity, Fault]]


def _pairs(
    wanted: Sequence[Quantity], found: Sequence[Quantity], fault: Fault, fits: Callable[[Quantity, Quantity], bool]
) -> Pairs:
    result: Pairs = []
    taken: set[int] = set()
    for one in wanted:
        for i, other in enumerate(found):
            if i not in taken and fits(one, other):
                taken.add(i)
                result.append((one, other, fault))
                break
    return result


def magnitudes(wanted: Sequence[Quantity], found: Sequence[Quantity]) -> Pairs:
    """Return pairs with the same digits, but another power of ten."""

    def fits(one: Quantity, other: Quantity) -> bool:
        if "vague" in (one.kind, other.kind) or "year" in (one.kind, other.kind) or not _same_class(one, other):
            return False
        (digits, power), (others, other_power) = digits_and_power(one.value), digits_and_power(other.value)
        if digits != others or power == other_power or not digits:
            return False
        return (len(digits) > 1 or min(power, other_power) >= 1 or one.kind == other.kind != "count") and bool(digits)

    return _pairs(wanted, found, "magnitude", fits)


def mistaken(wanted: Sequence[Quantity], found: Sequence[Quantity]) -> Pairs:
    """Return pairs with the same value of different things: 22% and 22 people."""

    def fits(one: Quantity, other: Quantity) -> bool:
        kinds = {one.kind, other.kind}
        return (
            same(one.value, other.value)
            and not kinds & {"vague", "year", "decade", "ordinal", "money"}
            and kinds != {"count"}
        )

    return _pairs(wanted, found, "different", fits)


def multiples(wanted: Sequence[Quantity], source: Sequence[Quantity], target: Sequence[Quantity]) -> Pairs:
    """Return a wrong multiple: doubled for 세 배.

    Words such as “doubled” count here too, although they are never reported alone.
    """
    values = {value for each in source for value in each.values}
    found = [each for each in target if each.kind == "times" and each.weight == "weak" and each.value not in values]
    return [(wanted[0], found[0], "different")] if len(wanted) == len(found) == 1 else []


def ordinals(source: Sequence[Quantity], target: Sequence[Quantity]) -> Pairs:
    """Return a wrong ordinal: sixth for 7차.

    Ordinals below ten are in many words, so only a single one left on either side is reported.
    """
    ours, theirs = _odd_ordinals(source, target), _odd_ordinals(target, source)
    return [(ours[0], theirs[0], "different")] if len(ours) == len(theirs) == 1 else []


def _odd_ordinals(figures: Sequence[Quantity], beside: Sequence[Quantity]) -> list[Quantity]:
    values = {value for each in beside for value in each.values}
    return [
        each
        for each in figures
        if each.kind == "ordinal"
        and not each.unit
        and 0 < each.value < 10
        and values.isdisjoint({each.value, 1 / each.value})
    ]


def vague(wanted: Sequence[Quantity], found: Sequence[Quantity]) -> Pairs:
    ours = [each for each in wanted if each.kind == "vague"]
    theirs = [each for each in found if each.kind == "vague"]
    if len(ours) == len(theirs) == 1:
        return [(ours[0], theirs[0], "vague")]
    return []


def _family(figure: Quantity) -> str:
    """Return the thing that a figure counts; empty if it is unknown."""
    if figure.kind in ("count", "money", "measure"):
        return figure.unit
    if figure.kind == "ordinal" and figure.unit:
        return figure.unit
    return str(figure.kind)


def _same_class(one: Quantity, other: Quantity) -> bool:
    """True if two figures may count the same thing: their families are equal, or one is unknown."""
    mine, theirs = _family(one), _family(other)
    if mine == theirs or not mine or not theirs:
        return True
    if {one.kind, other.kind} <= {"measure"}:
        return units.convertible(mine, theirs)
    return {one.kind, other.kind} in (
        {"age", "measure"},
        {"percent", "points"},
        {"ordinal", "year"},
    ) and one.unit != "day"


def alike(wanted: Sequence[Quantity], found: Sequence[Quantity]) -> Pairs:
    """Return pairs of the only figure of a family on each side: people and people, won and won."""
    result: Pairs = []
    for family in {_family(each) for each in wanted if _family(each)}:
        ours = [each for each in wanted if _family(each) == family and each.kind != "vague"]
        theirs = [each for each in found if _family(each) == family and each.kind != "vague"]
        if len(ours) == len(theirs) == 1:
            result.append((ours[0], theirs[0], "year" if family == "year" and ours[0].kind == "year" else "different"))
    return result


def sole(wanted: Sequence[Quantity], found: Sequence[Quantity]) -> Pairs:
    """Return the pair of the only figures left over on each side."""
    ours = [each for each in wanted if each.kind != "vague"]
    theirs = [each for each in found if each.kind != "vague"]
    if not len(ours) == len(theirs) == 1:
        return []
    one, other = ours[0], theirs[0]
    if "small" in (one.weight, other.weight) and not (one.kind == other.kind == "count"):
        return []
    if not _same_class(one, other):
        return []
    return [(one, other, "year" if one.kind == "year" else "different")]

"""Equivalence of figures: 3만5천 and 35,000, 289 km and 180 miles, 30% and a third, a dozen and 12.

Invariant: `accounts` is symmetric and generous: figures that could be the same are the same. Kinds
that nobody confuses (people and percent, dollars and kilograms, hours and days) are never the same,
whatever their values.
"""

from __future__ import annotations

from transflow.language.quantities import units
from transflow.language.quantities.quantity import DATE_PARTS, Kind, Quantity, digits_and_power, magnitude, same

_KIN: frozenset[tuple[Kind, Kind]] = frozenset(
    {
        ("count", "percent"), ("count", "points"), ("count", "money"), ("count", "measure"), ("count", "times"), ("count", "fraction"),
        ("count", "ordinal"), ("age", "count"), ("count", "decade"), ("count", "year"), ("count", "day"), ("clock", "count"),
        ("day", "measure"), ("age", "measure"), ("measure", "ordinal"), ("measure", "money"), ("fraction", "measure"),
        ("measure", "year"), ("day", "ordinal"), ("decade", "year"), ("age", "decade"), ("percent", "points"),
        ("fraction", "ordinal"), ("age", "ordinal"), ("fraction", "points"), ("measure", "percent"), ("measure", "month"),
    }
)  # fmt: skip
"""Pairs of kinds, in alphabetical order, for which equal values may mean the same."""


def accounts(one: Quantity, other: Quantity) -> bool:
    """True if two figures can mean the same."""
    if "vague" in (one.kind, other.kind):
        return _vaguely(one, other)
    if comparable(one, other) and any(_near(a, b, one, other) for a in one.values for b in other.values):
        return True
    return _converted(one, other)


def comparable(one: Quantity, other: Quantity) -> bool:
    """True if equal values may mean the same: five dollars are not five percent, and 5 kg
    not 5 km.
    """
    if one.kind != other.kind:
        first, second = (one, other) if one.kind < other.kind else (other, one)
        return (first.kind, second.kind) in _KIN and _are_kin(first, second)
    if one.kind == "money":
        return units.is_same_currency(one.unit, other.unit) or "pound" in (one.unit, other.unit)
    if one.kind == "ordinal":
        return one.unit == other.unit or not one.unit or not other.unit
    if one.kind == "measure":
        return not one.unit or not other.unit or one.unit == other.unit or _is_loose(one.unit, other.unit)
    return True


def _are_kin(one: Quantity, other: Quantity) -> bool:
    """True if the units of two kinds allow it. `one` is of the kind that is first in the
    alphabet.
    """
    if (one.kind == "count" and one.unit) or (other.kind == "count" and other.unit):
        return False
    if other.kind == "ordinal" and other.unit:
        return one.kind in ("count", "fraction")
    measure = one if one.kind == "measure" else other
    if measure.kind != "measure" or "count" in (one.kind, other.kind):
        return True
    kinds = {one.kind, other.kind}
    if "money" in kinds:
        return {one.unit, other.unit} == {"pound", "lb"}
    if "day" in kinds:
        return measure.unit == "day"
    if "month" in kinds:  # 10월까지: the first ten months
        return measure.unit == "month"
    if "percent" in kinds:
        return measure.unit == "degree"
    if "ordinal" in kinds:
        return units.dimension(measure.unit) in ("time", "degree")
    return measure.unit == "year" or "fraction" in kinds


def _is_loose(one: str, other: str) -> bool:
    pair = {one, other}
    return pair <= {"degree", "degreeC", "degreeF"} and pair != {"degreeC", "degreeF"}


_ROUNDED: frozenset[Kind] = frozenset({"count", "money", "measure", "percent", "points", "times"})
"""Kinds of figures that people round; they do not round years and ages."""


def _near(a: float, b: float, one: Quantity, other: Quantity) -> bool:
    if same(a, b):
        return True
    if one.kind not in _ROUNDED or other.kind not in _ROUNDED:
        return False
    apart = abs(a - b) / max(abs(a), abs(b), 1e-300)
    return apart <= max(one.tolerance, other.tolerance) or (
        apart <= 0.055 and _is_rounded(a, b, one.about or other.about)
    )


def _is_rounded(a: float, b: float, about: bool) -> bool:
    """True if one value is the other, rounded to its own digits: 27만 8600 and 279,000; 1,980 and
    “about 2,000”.
    """
    (one, power), (other, other_power) = digits_and_power(a), digits_and_power(b)
    if len(one) == len(other) or abs(power - other_power) > 1:
        return False
    fewest = min(len(one), len(other))
    if not about and (fewest < 2 or (fewest == 2 and max(abs(a), abs(b)) < 1000)):
        return False
    short, digits, top = (a, one, power) if len(one) < len(other) else (b, other, other_power)
    return abs(a - b) <= 0.5 * 10.0 ** (top - len(digits) + 1) and (short >= 10 or fewest >= 3)


def _vaguely(one: Quantity, other: Quantity) -> bool:
    """True if a vague figure covers the other: hundreds of thousands are 수십만, and 100,000 to
    999,999.
    """
    if one.kind == other.kind == "vague":
        return one.value == other.value or {one.value, other.value} == {10.0, 12.0}
    vague, exact = (one, other) if one.kind == "vague" else (other, one)
    if exact.kind in DATE_PARTS or exact.kind == "year":
        return False
    if exact.kind in ("money", "measure") and exact.unit != vague.unit:
        return False
    return any(magnitude(each) == magnitude(vague.value) and each >= vague.value for each in exact.values)


def _converted(one: Quantity, other: Quantity) -> bool:
    """True if they are equal in other units: 289 km and 180 miles, 30% and a third, three times and
    200 percent.
    """
    if one.unit and other.unit and units.convertible(one.unit, other.unit):
        return _is_conversion(one, other)
    kinds = {one.kind, other.kind}
    if "percent" in kinds and kinds & {"fraction", "times"}:
        percent, share = (one.value, other.value) if one.kind == "percent" else (other.value, one.value)
        if "fraction" in kinds:
            return abs(percent - share * 100) <= 0.12 * percent
        return same(percent, share * 100) or same(percent, (share - 1) * 100)
    if {one.unit, other.unit} == {"dollar", "cent"}:
        return same(
            one.value * (100 if one.unit == "dollar" else 1), other.value * (100 if other.unit == "dollar" else 1)
        )
    return one.kind == other.kind == "fraction" and abs(one.value - other.value) < 0.005


def _is_conversion(one: Quantity, other: Quantity) -> bool:
    """True if they are equal after conversion with the usual rounding.

    Within 6 percent, or 25 percent for the main values if both are below 10.
    """
    turned = [(units.converted(a, one.unit, other.unit), b) for a in one.values for b in other.values]
    if {one.unit, other.unit} & {"degreeC", "degreeF"}:
        return any(abs(a - b) <= 3 for a, b in turned)
    own, *others = turned
    margin = 0.06 if max(one.value, other.value) >= 10 else 0.25
    return _is_within(margin, *own) or any(_is_within(0.06, a, b) for a, b in others)


def _is_within(margin: float, a: float, b: float) -> bool:
    return abs(a - b) <= margin * max(abs(a), abs(b))

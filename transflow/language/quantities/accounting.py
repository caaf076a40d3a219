"""Equivalence of figures: 3만5천 and 35,000, 289 km and 180 miles, 30% and a third, a dozen and 12.

Invariant: `can_mean_same` is symmetric and generous: figures that could be the same are the same.
Kinds that nobody confuses (people and percent, dollars and kilograms, hours and days) are never the
same, whatever their values.
"""

from __future__ import annotations

from transflow.language.quantities import units
from transflow.language.quantities.quantity import DATE_PARTS, Kind, Quantity, digits_and_power, magnitude, same

_COMPATIBLE_KINDS: frozenset[tuple[Kind, Kind]] = frozenset(
    {
        ("count", "percent"), ("count", "points"), ("count", "money"), ("count", "measure"), ("count", "times"), ("count", "fraction"),
        ("count", "ordinal"), ("age", "count"), ("count", "decade"), ("count", "year"), ("count", "day"), ("clock", "count"),
        ("clock", "measure"),
        ("day", "measure"), ("age", "measure"), ("measure", "ordinal"), ("measure", "money"), ("fraction", "measure"),
        ("measure", "year"), ("day", "ordinal"), ("decade", "year"),
        ("decade", "percent"), ("decade", "measure"), ("age", "decade"), ("percent", "points"),
        ("fraction", "ordinal"), ("age", "ordinal"), ("fraction", "points"), ("measure", "percent"), ("measure", "month"),
        ("month", "ordinal"),
    }
)  # fmt: skip
"""Pairs of kinds, in alphabetical order, for which equal values may mean the same."""


def can_mean_same(left: Quantity, right: Quantity) -> bool:
    """True if two figures can mean the same."""
    if "vague" in (left.kind, right.kind):
        return _is_covered_by_vague(left, right)
    if comparable(left, right) and any(_are_near(a, b, left, right) for a in left.values for b in right.values):
        return True
    return _are_equal_converted(left, right)


def comparable(left: Quantity, right: Quantity) -> bool:
    """True if equal values may mean the same: five dollars are not five percent, and 5 kg
    not 5 km.
    """
    if left.kind != right.kind:
        first, second = (left, right) if left.kind < right.kind else (right, left)
        return (first.kind, second.kind) in _COMPATIBLE_KINDS and _have_compatible_units(first, second)
    if left.kind == "money":
        return units.is_same_currency(left.unit, right.unit)
    if left.kind in ("ordinal", "vague"):
        return left.unit == right.unit or not left.unit or not right.unit
    if left.kind == "measure":
        if not left.unit or not right.unit:  # 3킬로
            return (left.unit or right.unit) not in _NO_KILO
        return left.unit == right.unit or _is_loose(left.unit, right.unit)
    return True


def _have_compatible_units(left: Quantity, right: Quantity) -> bool:
    """True if the units of two kinds allow it. `left` is of the kind that is first in the
    alphabet.
    """
    if (left.kind == "count" and left.unit) or (right.kind == "count" and right.unit):
        return False
    if right.kind == "ordinal" and right.unit:
        return left.kind in ("count", "fraction")
    measure = left if left.kind == "measure" else right
    if measure.kind != "measure" or "count" in (left.kind, right.kind):
        return True
    kind_pair = {left.kind, right.kind}
    if "money" in kind_pair:
        return {left.unit, right.unit} == {"pound", "lb"}
    if "day" in kind_pair:
        return measure.unit == "day"
    if "clock" in kind_pair:  # 3분 35초: 3:35
        return measure.unit in ("minute", "second")
    if "month" in kind_pair:  # 10월까지: the first ten months
        return measure.unit == "month"
    if kind_pair & {"percent", "decade"}:
        return measure.unit.startswith("degree")
    if "ordinal" in kind_pair:
        return units.dimension(measure.unit) in ("time", "degree")
    return measure.unit == "year" or "fraction" in kind_pair


_NO_KILO = frozenset({"mm", "cm", "m", "mg", "g", "inch", "foot"})


def _is_loose(left: str, right: str) -> bool:
    pair = {left, right}
    return pair <= {"degree", "degreeC", "degreeF"} and pair != {"degreeC", "degreeF"}


_ROUNDED: frozenset[Kind] = frozenset({"count", "money", "measure", "percent", "points", "times"})
"""Kinds of figures that people round; they do not round years and ages."""


def _are_near(left_value: float, right_value: float, left: Quantity, right: Quantity) -> bool:
    if same(left_value, right_value):
        return True
    if abs(left_value - right_value) == 0.5 and _is_over(left, right):
        return True
    if left.kind not in _ROUNDED or right.kind not in _ROUNDED:
        return False
    difference = abs(left_value - right_value) / max(abs(left_value), abs(right_value), 1e-300)
    return difference <= max(left.tolerance, right.tolerance) or (
        difference <= 0.055 and _is_rounded(left_value, right_value, left.about or right.about)
    )


def _is_over(left: Quantity, right: Quantity) -> bool:
    """True for “more than two years”, which two and a half are."""
    smaller, greater = sorted((left, right), key=lambda each: each.value)
    return smaller.about and not smaller.value % 1 and greater.value % 1 == 0.5


def _is_rounded(a: float, b: float, about: bool) -> bool:
    """True if one value is the other, rounded to its own digits: 27만 8600 and 279,000; 1,980 and
    “about 2,000”.
    """
    (a_digits, a_power), (b_digits, b_power) = digits_and_power(a), digits_and_power(b)
    if len(a_digits) == len(b_digits) or abs(a_power - b_power) > 1:
        return False
    fewest = min(len(a_digits), len(b_digits))
    if not about and (fewest < 2 or (fewest == 2 and max(abs(a), abs(b)) < 1000)):
        return False
    short, digits, short_power = (a, a_digits, a_power) if len(a_digits) < len(b_digits) else (b, b_digits, b_power)
    return abs(a - b) <= 0.5 * 10.0 ** (short_power - len(digits) + 1) and (short >= 10 or fewest >= 3)


def _is_covered_by_vague(left: Quantity, right: Quantity) -> bool:
    """True if a vague figure covers the other: hundreds of thousands are 수십만, and 100,000 to
    999,999.
    """
    if left.kind == right.kind == "vague":
        if not comparable(left, right):
            return False
        return left.value == right.value or {left.value, right.value} == {10.0, 12.0}
    vague, exact = (left, right) if left.kind == "vague" else (right, left)
    if exact.kind in DATE_PARTS or exact.kind == "year":
        return False
    if exact.kind in ("money", "measure") and exact.unit != vague.unit:
        return False
    least = 2 * vague.value if vague.value == 10 else vague.value * (1 + 1e-9)  # 십여 명 are no dozens
    return any(magnitude(each) == magnitude(vague.value) and each >= least for each in exact.values)


def _are_equal_converted(left: Quantity, right: Quantity) -> bool:
    """True if they are equal in other units: 289 km and 180 miles, 30% and a third, three times and
    200 percent.
    """
    if left.unit and right.unit and units.convertible(left.unit, right.unit) and _is_conversion(left, right):
        return True
    if {left.unit, right.unit} <= {"degree", "degreeC", "degreeF"} and "degree" in (left.unit, right.unit):
        return _is_temperature_in_fahrenheit(left, right)
    if units.convertible(left.unit, right.unit):
        return False
    kinds = {left.kind, right.kind}
    if "percent" in kinds and kinds & {"fraction", "times"}:
        percent, share = (left.value, right.value) if left.kind == "percent" else (right.value, left.value)
        if "fraction" in kinds:
            return abs(percent - share * 100) <= 0.12 * percent
        return same(percent, share * 100) or same(percent, (share - 1) * 100)
    if {left.unit, right.unit} == {"dollar", "cent"}:
        return same(
            left.value * (100 if left.unit == "dollar" else 1), right.value * (100 if right.unit == "dollar" else 1)
        )
    nearest = min(0.005, 0.05 * max(left.value, right.value))
    return left.kind == right.kind == "fraction" and abs(left.value - right.value) < nearest


def _is_conversion(left: Quantity, right: Quantity) -> bool:
    """True if they are equal after conversion with the usual rounding.

    Within 6 percent, or 25 percent for the main values if both are below 10.
    """
    converted_pairs = [(units.converted(a, left.unit, right.unit), b) for a in left.values for b in right.values]
    if {left.unit, right.unit} & {"degreeC", "degreeF"}:
        return any(abs(a - b) <= 3 for a, b in converted_pairs)
    if left.value % 1 and right.value % 1 == 0 and left.unit == "second":  # 1분 58초32 is not a minute
        return False
    main, *others = converted_pairs
    margin = max(0.06 if max(left.value, right.value) >= 10 else 0.25, left.tolerance, right.tolerance)
    return _is_within(margin, *main) or any(_is_within(0.06, a, b) for a, b in others)


def _is_temperature_in_fahrenheit(left: Quantity, right: Quantity) -> bool:
    """True if one is the other in degrees Fahrenheit, and neither says in which scale it is: 39도
    and 102 degrees.
    """
    return any(
        units.converted(celsius, "degreeC", "degreeF") - 1
        <= fahrenheit
        <= units.converted(celsius, "degreeC", "degreeF") + 1
        for one, other in ((left, right), (right, left))
        if one.unit != "degreeF" and other.unit != "degreeC"
        for celsius in one.values
        for fahrenheit in other.values
    )


def is_loose_conversion(left: Quantity, right: Quantity) -> bool:
    """True if two amounts are equal within ten percent, as “25 meters (75 feet)” are."""
    return can_mean_same(left, right) or _is_within(
        0.1, units.converted(left.value, left.unit, right.unit), right.value
    )


def _is_within(margin: float, a: float, b: float) -> bool:
    return abs(a - b) <= margin * max(abs(a), abs(b))

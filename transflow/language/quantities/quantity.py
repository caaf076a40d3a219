"""Figure read from a text: one value with its unit and its span.

Invariant: a figure's span lies inside its text, and a figure of kind `month`, `day`, `weekday`,
`clock` or `half` is part of a date or a time of day, never a quantity.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Literal, NamedTuple

Kind = Literal[
    "count", "percent", "points", "money", "measure", "times", "fraction", "ordinal", "age", "decade", "vague",
    "year", "month", "day", "weekday", "clock", "half",
]  # fmt: skip
DATE_PARTS: frozenset[Kind] = frozenset({"month", "day", "weekday", "clock", "half"})

Weight = Literal["strong", "small", "paired", "weak"]
"""Severity if the other side lacks the figure: strong is a warning, small a hint, paired and weak
nothing; a paired one contradicts another number below ten that nothing explains: 두 자매, “three
sisters”.
"""


class Quantity(NamedTuple):
    """A quantity, a year, or a part of a date."""

    kind: Kind
    value: float
    """Value in the unit.

    0.5 for a half, 12.5 for 12.5 percent, minutes after midnight or noon for a clock, 0–6 from
    Monday for a weekday, 0 and 1 for a.m. and p.m., 10^n for a vague magnitude, 30 for “in her
    30s”, 1990 for “the 1990s”.
    """
    start: int
    end: int
    unit: str = ""
    """A currency, a key of `units.MEASURES`, or `person`; empty for other things that are
    counted.
    """
    weight: Weight = "strong"
    others: tuple[float, ...] = ()
    """Other readings: 1996 and 2096 for ’96, three million and three for “three or four
    million”.
    """
    tolerance: float = 0.0
    """Accepted relative error of an equal value: a dozen may be ten or fourteen."""
    about: bool = False
    """True if the text says “about”, “nearly”, “more than” or the like."""
    in_brackets: bool = False
    """True if it is in brackets."""

    numeral: tuple[int, int] | None = None
    """Span of the numeral itself, in English; None if it is the whole figure."""

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def is_missed(self) -> bool:
        """True if it is reported where the other side lacks it."""
        return self.weight in ("strong", "small")

    @property
    def values(self) -> tuple[float, ...]:
        return (self.value, *self.others)


def digits_and_power(value: float) -> tuple[str, int]:
    """Return the significant digits and the power of ten: 35000 is ("35", 4), and 3.5 is
    ("35", 0).
    """
    if not value or value in (float("inf"), float("-inf")) or value != value:
        return "", 0
    mantissa, exponent = f"{abs(value):.11e}".split("e")
    return mantissa.replace(".", "").rstrip("0"), int(exponent)


def same(left: float, right: float) -> bool:
    """True if two values are equal except for floating-point error: 12조3천억 and 12.3 trillion."""
    return left == right or abs(left - right) <= 1e-9 * max(abs(left), abs(right))


def magnitude(value: float) -> int:
    """Return the power of ten at or below a positive value."""
    return int(log10(value) + 1e-9) if 1 <= value < float("inf") else 0


def format_value(value: float) -> str:
    """Format a value as news English: 35,000, 20.4 million; without a currency sign."""
    if not is_finite(value):
        return "a number too large to name"
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{_format_plain(value / size)} {name}"
    return _format_plain(value)


def is_finite(value: float) -> bool:
    """False for a number that is too large to be one, as text may hold."""
    return value not in (float("inf"), float("-inf")) and value == value


def _format_plain(value: float) -> str:
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"


def surplus(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures that occur more often here than there.

    Of Friday and Friday, it is one if there are Friday and Saturday.
    """
    left = [each.value for each in theirs]
    result = []
    for each in ours:
        if each.value in left:
            left.remove(each.value)
        else:
            result.append(each)
    return result

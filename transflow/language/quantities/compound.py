"""Compound figures: 2년 6개월 is two and a half years, 100명 중 46명 is 46 percent.

Invariant: each part keeps its own value; the whole is only an alternative reading, and is not added
if the other side uses the same two units, as part then matches part.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transflow.language.quantities.quantity import Quantity, same

_PARTS: dict[tuple[str, str], float] = {
    ("year", "month"): 12, ("week", "day"): 7, ("day", "hour"): 24, ("hour", "minute"): 60, ("minute", "second"): 60,
    ("foot", "inch"): 12, ("lb", "oz"): 16, ("m", "cm"): 100, ("dollar", "cent"): 100,
}  # fmt: skip
"""Number of second units in one first unit."""
_OUT_OF = ("중", "가운데", "당", "중에", "중에서", "가운데서")
_FARTHEST = 5
"""Longest distance from one part to the next: “ and ”."""


def as_wholes(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures of one side, with the whole added as a reading of its parts, each in its
    unit.
    """
    result = list(ours)
    for i in range(len(result) - 1):
        one, other = result[i], result[i + 1]
        units = (one.unit, other.unit)
        size = _PARTS.get(units)
        if size and 0 <= other.start - one.end <= _FARTHEST and not _is_told(units, theirs):
            whole = one.value * size + other.value
            result[i] = one._replace(others=(*one.others, whole / size))
            result[i + 1] = other._replace(others=(*other.others, whole))
    return result


def as_shares(ours: Sequence[Quantity], text: str, theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures of a Korean text, with “46 of 100 people” as 46 percent if the other side
    has that.
    """
    result = list(ours)
    for one, other in pairwise(ours):
        if one.value in (10, 100, 1000) and one.kind == other.kind == "count" and 0 < other.value < one.value:
            percent = other.value * 100 / one.value
            told = any(each.kind == "percent" and same(each.value, percent) for each in theirs)
            if told and text[one.end : other.start].strip() in _OUT_OF:
                at = result.index(one)
                result[at : at + 2] = [Quantity("percent", percent, one.start, other.end)]
    return result


def _is_told(units: tuple[str, str], figures: Sequence[Quantity]) -> bool:
    return any((one.unit, other.unit) == units for one, other in pairwise(figures))

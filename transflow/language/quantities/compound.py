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
    ("foot", "inch"): 12, ("lb", "oz"): 16, ("m", "cm"): 100,
}  # fmt: skip
"""Number of second units in one first unit."""
_OUT_OF = ("중", "가운데", "당", "중에", "중에서", "가운데서")
_MAX_GAP = 5
"""Longest distance from one part to the next: “ and ”."""


def as_wholes(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures of one side, with the whole added as a reading of its parts, each in its
    unit.
    """
    result = list(ours)
    for i in range(len(result) - 1, 0, -1):
        first, second = result[i - 1], result[i]
        if _is_sum_of_money(first, second) and not _uses_units(("dollar", "cent"), theirs):
            value = first.value + second.value / 100
            result[i - 1 : i + 1] = [first._replace(value=value, end=second.end, weight="strong")]
    for i in range(len(result) - 1):
        first, second = result[i], result[i + 1]
        units = (first.unit, second.unit)
        size = _PARTS.get(units)
        if size and 0 <= second.start - first.end <= _MAX_GAP and not _uses_units(units, theirs):
            whole = first.value * size + second.value
            result[i] = first._replace(others=(*first.others, whole / size))
            result[i + 1] = second._replace(others=(*second.others, whole))
    return result


def _is_sum_of_money(first: Quantity, second: Quantity) -> bool:
    """True for 1달러 50센트."""
    is_adjacent = 0 <= second.start - first.end <= _MAX_GAP
    return (first.unit, second.unit) == ("dollar", "cent") and is_adjacent and not first.value % 1


def as_shares(ours: Sequence[Quantity], text: str, theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures of a Korean text, with “46 of 100 people” as 46 percent if the other side
    has that.
    """
    result = list(ours)
    for total, part in pairwise(ours):
        if total.value in (10, 100, 1000) and total.kind == part.kind == "count" and 0 < part.value < total.value:
            percent = part.value * 100 / total.value
            is_percent_there = any(each.kind == "percent" and same(each.value, percent) for each in theirs)
            if is_percent_there and text[total.end : part.start].strip() in _OUT_OF:
                index = result.index(total)
                result[index : index + 2] = [Quantity("percent", percent, total.start, part.end)]
    return result


def _uses_units(units: tuple[str, str], figures: Sequence[Quantity]) -> bool:
    return any((first.unit, second.unit) == units for first, second in pairwise(figures))

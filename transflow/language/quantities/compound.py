"""Compound figures: 2년 6개월 is two and a half years, 100명 중 46명 is 46 percent.

Invariant: each part keeps its own value; the whole is only an alternative reading, and is not added
if the other side uses the same two units, as part then matches part.
"""

from __future__ import annotations

import re
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


_ODDS = re.compile(r"[ -](?:in|out of)(?:[ -]every)?[ -]")


def as_odds(theirs: Sequence[Quantity], text: str, ours: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures of an English text, with “one in 500” as a fraction if the Korean has
    one.
    """
    if not any(each.kind == "fraction" for each in ours):
        return list(theirs)
    result = list(theirs)
    for part, total in pairwise(theirs):
        is_share = part.kind == total.kind == "count" and 0 < part.value < total.value
        if is_share and _ODDS.fullmatch(text, part.end, total.start):
            index = next(i for i, each in enumerate(result) if each is part)
            result[index : index + 2] = [Quantity("fraction", part.value / total.value, part.start, total.end)]
    return result


def with_halves(figures: Sequence[Quantity], text: str) -> list[Quantity]:
    """Return the figures of an English text, with “a quarter of a million” and “a million and a
    half” as one.
    """
    result = list(figures)
    for i in range(len(result) - 1, 0, -1):
        first, second = result[i - 1], result[i]
        between = text[first.end : second.start]
        scale = _SCALES.get(text[first.start : first.end].rsplit(" ", 1)[-1].lower(), 0.0)
        if first.kind == "fraction" and between == " of " and second.value in (1e6, 1e9, 1e12):
            value = first.value * second.value
            result[i - 1 : i + 1] = [second._replace(value=value, start=first.start, numeral=None)]
        elif second.kind == "fraction" and second.value == 0.5 and between == " and " and scale:
            result[i - 1 : i + 1] = [first._replace(value=first.value + scale / 2, end=second.end, numeral=None)]
    return result


_SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}


def _uses_units(units: tuple[str, str], figures: Sequence[Quantity]) -> bool:
    return any((first.unit, second.unit) == units for first, second in pairwise(figures))

"""Streaks: 3주 연속 is “a third straight week” as well as “three straight weeks”.

Invariant: a figure becomes an ordinal only if the English counts the same streak with one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.language.quantities.quantity import Quantity

_KOREAN = re.compile(" ?(?:째 ?)?(?:연속|내리|거푸|연거푸)")
_ENGLISH = re.compile(
    r" (?:straight|consecutive|successive|[a-z]+(?: [a-z]+)? (?:in a row|in succession|running|on end))\b"
)


def as_ordinals(ours: Sequence[Quantity], source: str, theirs: Sequence[Quantity], target: str) -> list[Quantity]:
    """Return the figures of a Korean text, with those of streaks as ordinals if English has one."""
    # “a fourth” is read as a fraction
    if not any(each.kind in ("ordinal", "fraction") and _ENGLISH.match(target, each.end) for each in theirs):
        return list(ours)
    return [
        each._replace(kind="ordinal", unit="", others=())
        if each.kind in ("measure", "ordinal", "year", "count", "day") and _KOREAN.match(source, each.end)
        else each
        for each in ours
    ]

"""Streaks: 3주 연속 is “a third straight week” as well as “three straight weeks”.

Invariant: a figure becomes an ordinal only if the English counts the same streak with one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.language.quantities.quantity import Quantity

_KOREAN = re.compile(" ?(?:경기|시즌|대회|분기|해|차례|번)? ?(?:째 ?)?(?:연속|연[승패]|내리|거푸|연거푸)")
_ENGLISH = re.compile(
    r" (?:straight|consecutive|successive|[a-z]+(?: [a-z]+)? (?:in a row|in succession|running|on end))\b"
)
_NTH = re.compile("째(?!로)")
_NTH_IN_ENGLISH = re.compile(r" [a-z]")


def as_ordinals(ours: Sequence[Quantity], source: str, theirs: Sequence[Quantity], target: str) -> list[Quantity]:
    """Return the figures of a Korean text, with those of streaks as ordinals if English has one."""
    # “a fourth” is read as a fraction
    ordinals = [each for each in theirs if each.kind in ("ordinal", "fraction")]
    patterns = [
        korean
        for korean, english in ((_KOREAN, _ENGLISH), (_NTH, _NTH_IN_ENGLISH))
        if any(english.match(target, each.end) for each in ordinals)
    ]
    if not patterns:
        return list(ours)
    return [
        each._replace(kind="ordinal", unit="", others=())
        if each.kind in ("measure", "ordinal", "year", "count", "day")
        and any(pattern.match(source, each.end) for pattern in patterns)
        else each
        for each in ours
    ]

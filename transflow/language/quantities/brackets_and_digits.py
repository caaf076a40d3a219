"""Helpers for both languages: digits of any width, and spans in brackets.

Invariant: nothing here changes the length of a text, so that spans stay valid.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

_WIDE = re.compile("[０-９，．％\u00a0\u2009\u202f]")
_PLAIN = {0xFF10 + i: ord("0") + i for i in range(10)} | {
    ord("，"): ord(","), ord("．"): ord("."), ord("％"): ord("%"), 0xA0: 32, 0x2009: 32, 0x202F: 32,
}  # fmt: skip
_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


def plain_digits(text: str) -> str:
    """Replace full-width digits and signs by ASCII, and non-breaking spaces by spaces."""
    return text.translate(_PLAIN) if _WIDE.search(text) else text


def bracketed(text: str) -> list[tuple[int, int]]:
    """Return the spans in round or square brackets."""
    if "(" not in text and "（" not in text and "[" not in text:
        return []
    return [match.span() for match in _BRACKETED.finditer(text)]


def ordered(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort and merge overlapping spans."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return result


def within(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """True if an offset is in one of the spans, which are in order."""
    i = bisect_right(spans, (offset, offset)) if spans else 0
    return any(start <= offset < end for start, end in spans[max(0, i - 1) : i + 1])

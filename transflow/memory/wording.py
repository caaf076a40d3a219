"""Differences between two sentences, word by word.

Invariant: outside the spans of the differences, both have the same words in the same order.
"""

from __future__ import annotations

import re

from transflow.memory.match import Difference
from transflow.similarity import common_opcodes

_WORD = re.compile(r"\S+")


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """Return the spans of differing words, in order."""
    before, after = ([(match[0], *match.span()) for match in _WORD.finditer(text)] for text in (old, new))
    changes: list[Difference] = []
    i = j = 0
    for block in [
        *common_opcodes([word for word, *_ in before], [word for word, *_ in after]).as_matching_blocks(),
        None,
    ]:
        a, b, size = (len(before), len(after), 0) if block is None else (block.a, block.b, block.size)
        if block is not None and not size:
            continue
        if a > i or b > j:
            changes.append(Difference(_span(before, i, a, len(old)), _span(after, j, b, len(new))))
        i, j = a + size, b + size
    return tuple(changes)


def _span(words: list[tuple[str, int, int]], first: int, end: int, length: int) -> tuple[int, int]:
    """Return the span from the first word to the last; without words, the offset before the next
    one.
    """
    if first < end:
        return words[first][1], words[end - 1][2]
    offset = words[first][1] if first < len(words) else length
    return offset, offset

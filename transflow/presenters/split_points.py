"""The place where a unit is split at first: the seam of two sentences, if its texts have one.

Invariant: an offset is the beginning of a word that is not the first, or for a target also its end:
then the whole target stays with the first half.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_SENTENCE_END = re.compile(r"[.?!…。？！][”’\"')\]]*\s+(?=\S)")


class SplitPoint(NamedTuple):
    """Offsets of the second halves of source and target."""

    source: int
    target: int


def word_starts(text: str) -> list[int]:
    """Return the offsets of every word but the first, where a second half may begin."""
    return [i for i in range(1, len(text)) if text[i - 1].isspace() and not text[i].isspace()]


def seams(text: str) -> list[int]:
    """Return the offsets of every sentence but the first."""
    return [found.end() for found in _SENTENCE_END.finditer(text)]


def proposed(source: str, target: str, cursor: int) -> SplitPoint:
    """Return where a unit is split unless the person says otherwise.

    The target is split at the cursor if that is within it, else at the seam nearest to its middle;
    the source at the seam that corresponds to it.
    """
    target_at = _target_offset(target, cursor)
    share = target_at / len(target) if target_at else 0.5
    own_seams, other_seams = seams(source), seams(target)
    if target_at in other_seams and len(own_seams) == len(other_seams):
        return SplitPoint(own_seams[other_seams.index(target_at)], target_at)
    return SplitPoint(_nearest(own_seams or word_starts(source), share * len(source)), target_at)


def _target_offset(target: str, cursor: int) -> int:
    if 0 < cursor < len(target):
        return _nearest(word_starts(target), cursor)
    return _nearest(seams(target) or word_starts(target), len(target) / 2)


def _nearest(offsets: Sequence[int], wanted: float) -> int:
    """Return the offset nearest to the wanted one; 0 without any."""
    return min(offsets, key=lambda offset: abs(offset - wanted), default=0)

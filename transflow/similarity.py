"""Similarity and alignment of sequences.

The functions load rapidfuzz, which takes a fifth of the time of a short command.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcodes


def common_opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> Opcodes:
    """Return the steps from `old` to `new` along a longest common subsequence."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.opcodes(old, new)


def indel_opcodes(old: str, new: str) -> Opcodes:
    """Return the steps from `old` to `new` with the fewest insertions and deletions."""
    from rapidfuzz.distance import Indel

    return Indel.opcodes(old, new)


def edit_distance(first: str, second: str) -> int:
    """Return the number of letters to insert, delete and replace."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(first, second)


def partial_ratio(short: str, long: str) -> float:
    """Return the similarity of a text to the most similar part of a longer one, in percent."""
    from rapidfuzz.fuzz import partial_ratio as ratio

    return ratio(short, long)


def similar_by_edits(text: str, others: Sequence[str], least: float, limit: int) -> list[tuple[str, float, int]]:
    """Return the texts of this similarity (0 to 1), best first: text, similarity, index."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    return extract(text, others, scorer=Levenshtein.normalized_similarity, score_cutoff=least, limit=limit)


def similar_by_indels(
    text: str, others: Sequence[str], least: float, limit: int | None = None
) -> list[tuple[str, float, int]]:
    """Return the texts that are at least so similar (0 to 1), best first: text, similarity, index.

    An exchanged letter counts as two edits here, a deletion and an insertion.
    """
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extract

    return extract(text, others, scorer=Indel.normalized_similarity, score_cutoff=least, limit=limit)

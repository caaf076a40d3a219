"""Similarity of two texts, word by word.

Invariant: chance matches do not count: only runs of several words do, and a text of a few words is
similar only to an equal text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transflow.attribution.authorship import surviving_words
from transflow.similarity import common_opcodes

_RUN = 3
"""Minimum length, in words, of a run that counts as a match."""
_FEW = 4
"""Minimum number of words of a text that can be similar without being equal."""
_ALIKE = 0.7
_MOST = 0.8


def common_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (start in `old`, start in `new`, length) of the common runs of words, in order."""
    least = min(_RUN, len(old), len(new))
    if not least:
        return
    for each in common_opcodes(old, new):
        if each.tag == "equal" and each.src_end - each.src_start >= least:
            yield each.src_start, each.dest_start, each.src_end - each.src_start


def common_word_count(old: Sequence[str], new: Sequence[str]) -> int:
    """Return the number of words in common runs."""
    return sum(length for _, _, length in common_runs(old, new))


def is_equal(text: Sequence[str], other: Sequence[str]) -> bool:
    return bool(text) and list(text) == list(other)


def is_similar(text: Sequence[str], other: Sequence[str]) -> bool:
    """Return True if a text is another one with some words changed."""
    return min(len(text), len(other)) >= _FEW and 2 * common_word_count(other, text) >= _ALIKE * (
        len(text) + len(other)
    )


def contains_text(text: Sequence[str], other: Sequence[str]) -> bool:
    """Return True if a text contains another text, perhaps with some words changed."""
    return is_equal(text, other) or (len(other) >= _FEW and common_word_count(other, text) >= _MOST * len(other))


def is_part(text: Sequence[str], other: Sequence[str], least: int = _FEW) -> bool:
    """Return True if a text of at least `least` words is taken from another one.

    Some words may be changed.
    """
    return len(text) >= least and common_word_count(other, text) >= _MOST * len(text)


def is_mostly(text: Sequence[str], other: Sequence[str]) -> bool:
    """Return True if most words of a text that is not too short come from another one."""
    return len(text) >= _FEW and 2 * common_word_count(other, text) > len(text)


def run_start(other: Sequence[str], text: Sequence[str]) -> int:
    """Return the index in `text` at which `other` begins, or its length if it does not occur."""
    return next((start for _, start, _ in common_runs(other, text)), len(text))


def words_not_in(text: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return the words of a text that are not from another one."""
    return [word for word, known in zip(text, surviving_words(other, text), strict=True) if not known]

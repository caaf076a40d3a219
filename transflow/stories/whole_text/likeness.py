"""How much of one text stands in another, word by word.

Invariant: words that agree by chance are no likeness: only runs of several words count, and a text of a few words is like
another only where it is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_RUN = 3
"""Words in a row that agree on purpose."""
_FEW = 4
"""Words of a text that can be told from another."""
_ALIKE = 0.7
_MOST = 0.8


def runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where words stand in both in the same order, several in a row: start in each, and how many."""
    from rapidfuzz.distance import LCSseq

    least = min(_RUN, len(old), len(new))
    if not least:
        return
    for each in LCSseq.opcodes(old, new):
        if each.tag == "equal" and each.src_end - each.src_start >= least:
            yield each.src_start, each.dest_start, each.src_end - each.src_start


def kept(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(length for _, _, length in runs(old, new))


def is_equal(text: Sequence[str], other: Sequence[str]) -> bool:
    return bool(text) and list(text) == list(other)


def is_like(text: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a text is another one with some words changed."""
    return min(len(text), len(other)) >= _FEW and 2 * kept(other, text) >= _ALIKE * (len(text) + len(other))


def holds(text: Sequence[str], other: Sequence[str]) -> bool:
    """Whether another text stands in a text, some words changed."""
    return is_equal(text, other) or (len(other) >= _FEW and kept(other, text) >= _MOST * len(other))


def is_part(text: Sequence[str], other: Sequence[str], least: int = _FEW) -> bool:
    """Whether a text, of some words at least, is taken from another one, some words changed."""
    return len(text) >= least and kept(other, text) >= _MOST * len(text)


def is_mostly(text: Sequence[str], other: Sequence[str]) -> bool:
    """Whether most words of a text, of some words at least, are another one's."""
    return len(text) >= _FEW and 2 * kept(other, text) > len(text)


def run_start(other: Sequence[str], text: Sequence[str]) -> int:
    """Where in a text another one begins."""
    return next((start for _, start, _ in runs(other, text)), len(text))


def without(text: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words of a text that are not another one's."""
    from transflow.attribution.authorship import survivors

    return [word for word, known in zip(text, survivors(other, text), strict=True) if not known]

"""Pairing of two sequences: equal or similar members, in order or anywhere.

Invariant: every function returns pairs (old index, new index) in which no index of either side
occurs twice, and the same input gives the same pairs on every machine, so that two clones with
equal updates get equal catalogs.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence

from transflow.similarity import common_opcodes, similar_by_indels

Pair = tuple[int, int]

LARGEST_TABLE = 400_000_000
"""Cells (old times new) up to which the longest common subsequence is exact: 50 MB, 0.25 s."""
LARGEST_COMPARISON = 250_000
"""Comparisons of texts (old times new) up to which all are made; beyond it, only near the
diagonal.
"""
LARGEST_COMPARISON_AWAY = 10 * LARGEST_COMPARISON
"""The same for texts at unrelated positions; their higher threshold ends comparisons sooner."""
NARROWEST = 25
"""Least number of texts on either side of its position that a text is compared with."""

MIN_SIMILARITY = 0.5
"""Similarity from which a sentence counts as a rewording: 1 - insertions and deletions / letters of
both. Measured on 1,700 published Korean sentences: of pairs of different sentences with 15 letters
and more, fewer than 1 in 5,000 reach it (the median is .15; of their English .36, with none at .6);
reworded ones reach .5 to .9.
"""
SHORT = 20
SHORTNESS = 0.25
"""A sentence under SHORT letters must be more similar, by up to SHORTNESS: short ones share endings
by chance. (Of different sentences under 5 letters, 1 pair in 40 reaches .5.)
"""
MIN_SIMILARITY_ANYWHERE = 0.75
"""The threshold for a sentence at another position, so that its position is no evidence."""

_DIGITS = str.maketrans("123456789", "000000000")


def equal_in_order(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the longest common subsequence."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _common_subsequence(old[start : len(old) - end], new[start : len(new) - end])
    head = [(offset, offset) for offset in range(start)]
    tail = [(len(old) - offset, len(new) - offset) for offset in range(end, 0, -1)]
    return head + [(start + before, start + after) for before, after in middle] + tail


def _common_subsequence(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    both = set(old) & set(new)
    if not both:
        return []
    old_indexes = [index for index, text in enumerate(old) if text in both]
    new_indexes = [index for index, text in enumerate(new) if text in both]
    numbers: dict[str, int] = {}
    old_numbers = [numbers.setdefault(old[index], len(numbers)) for index in old_indexes]
    new_numbers = [numbers[new[index]] for index in new_indexes]
    if len(old_numbers) * len(new_numbers) > LARGEST_TABLE:
        return longest_rising(equal_anywhere(old, new))
    return [
        (old_indexes[step.src_start + offset], new_indexes[step.dest_start + offset])
        for step in common_opcodes(old_numbers, new_numbers)
        if step.tag == "equal"
        for offset in range(step.src_end - step.src_start)
    ]


def equal_anywhere(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pair equal texts at any positions: the first with the first, the second with the second."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for index, text in enumerate(old):
        waiting[text].append(index)
    return [(waiting[text].popleft(), index) for index, text in enumerate(new) if waiting.get(text)]


def longest_rising(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the largest subset of pairs that rises on both sides: the others are those that
    moved.
    """
    ordered = sorted(pairs, key=lambda pair: pair[1])
    ends: list[int] = []
    last_index: list[int] = []
    predecessors: list[int] = []
    for index, (old_index, _) in enumerate(ordered):
        length = bisect_left(ends, old_index)
        predecessors.append(last_index[length - 1] if length else -1)
        if length == len(ends):
            ends.append(old_index)
            last_index.append(index)
        else:
            ends[length], last_index[length] = old_index, index
    chain, index = [], last_index[-1] if last_index else -1
    while index >= 0:
        chain.append(ordered[index])
        index = predecessors[index]
    return chain[::-1]


def gaps(pairs: Iterable[Pair], old: Iterable[int], new: Iterable[int]) -> list[tuple[list[int], list[int]]]:
    """Group the indexes of `old` and `new` that lie between the same two of the `pairs` in order.

    The gaps are returned in order; one side of a gap may be empty.
    """
    chain = longest_rising(pairs)
    old_bounds, new_bounds = [pair[0] for pair in chain], [pair[1] for pair in chain]
    grouped: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for index in old:
        grouped[bisect(old_bounds, index)][0].append(index)
    for index in new:
        grouped[bisect(new_bounds, index)][1].append(index)
    return [grouped[gap] for gap in sorted(grouped)]


def within_gaps(
    pairing: Callable[[list[str], list[str]], list[Pair]],
    pairs: Iterable[Pair],
    old: Mapping[int, str],
    new: Mapping[int, str],
) -> list[Pair]:
    """Apply `pairing` within each gap between `pairs`; `old` and `new` map rising indexes to
    texts.
    """
    found: list[Pair] = []
    for olds, news in gaps(pairs, old, new):
        if not olds or not news:
            continue
        inner = pairing([old[index] for index in olds], [new[index] for index in news])
        found += [(olds[before], news[after]) for before, after in inner]
    return found


def similar_in_order(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the rising pairs with the greatest total similarity."""
    return _heaviest_chain(
        [
            (before, after, score - MIN_SIMILARITY + 0.1)
            for before, after, score in _similar_pairs(old, new, MIN_SIMILARITY, LARGEST_COMPARISON)
        ]
    )


def similar_anywhere(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return pairs at any positions, chosen greedily by similarity."""
    ranked = sorted(
        _similar_pairs(old, new, MIN_SIMILARITY_ANYWHERE, LARGEST_COMPARISON_AWAY),
        key=lambda each: (-each[2], each[1], each[0]),
    )
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    found = []
    for before, after, _ in ranked:
        if before not in old_taken and after not in new_taken:
            old_taken.add(before)
            new_taken.add(after)
            found.append((before, after))
    return found


def _similar_pairs(
    old: Sequence[str], new: Sequence[str], threshold: float, largest: int
) -> list[tuple[int, int, float]]:
    """Return candidates (old, new, similarity 0 to 1).

    All digits count as equal: a corrected number is the commonest change.
    """
    folded = [text.translate(_DIGITS) for text in old]
    reach = len(old)
    if len(old) * len(new) > largest:
        reach = max(NARROWEST, largest // len(new) // 2)
    candidates = []
    for after, text in enumerate(new):
        middle = after * len(old) // len(new)
        start = max(0, middle - reach)
        window = folded[start : middle + reach + 1]
        for other, score, index in similar_by_indels(text.translate(_DIGITS), window, threshold):
            if score >= threshold + SHORTNESS * max(0.0, 1 - min(len(text), len(other)) / SHORT):
                candidates.append((start + index, after, score))
    return candidates


def _heaviest_chain(candidates: Iterable[tuple[int, int, float]]) -> list[Pair]:
    """Return the rising chain of greatest total weight.

    A Fenwick tree holds the best chain up to each old index.
    """
    ordered = sorted(candidates, key=lambda each: (each[1], -each[0]))
    size = max((each[0] for each in ordered), default=0) + 2
    best: list[tuple[float, int]] = [(0.0, -1)] * size
    predecessors: list[int] = []
    for index, (old_index, _, weight) in enumerate(ordered):
        total, link = 0.0, -1
        node = old_index
        while node > 0:
            if best[node][0] > total:
                total, link = best[node]
            node &= node - 1
        predecessors.append(link)
        node = old_index + 1
        while node < size:
            if total + weight > best[node][0]:
                best[node] = (total + weight, index)
            node += node & -node
    top, index = 0.0, -1
    for end, link in best:
        if end > top:
            top, index = end, link
    chain = []
    while index >= 0:
        chain.append(ordered[index][:2])
        index = predecessors[index]
    return chain[::-1]

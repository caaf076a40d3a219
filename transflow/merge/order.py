"""Merge of two orders: of units in a catalog, records of a unit, or fields of a header.

Invariant: the result has exactly the keys in `kept`, each once. If only one side differs from the
base, the result has that side's order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
Times = Mapping[K, str]

_NOTHING: Mapping[object, str] = {}


def merged_order(
    base: Sequence[K],
    sides: tuple[Sequence[K], Sequence[K]],
    kept: Collection[K],
    moves: tuple[Mapping[K, str], Mapping[K, str]] | None = None,
    successors: Mapping[K, K] | None = None,
) -> list[K]:
    """Return the keys in `kept`, in an order merged from both sides.

    A key that one side moved has the position that it has there; if both moved it, the later move
    counts. A key that one side added follows its left neighbour on that side; several keys with the
    same neighbour are sorted. `moves` has the times of moves that each side recorded since the
    base; other moves are found by comparison. `successors` maps a key that is not kept to the key
    that replaces it.
    """
    times = moves or ({}, {})
    kept = kept if isinstance(kept, (set, frozenset, dict)) else set(kept)
    moved = [_moved_keys(base, side, marked) for side, marked in zip(sides, times, strict=True)]
    others = set(sides[1])
    unmoved = [key for key in sides[0] if key in kept and key in others and not any(key in each for each in moved)]
    fixed = _longest_common(unmoved, sides[1])
    lefts = tuple(_left_neighbours(side, kept, successors or {}) for side in sides)
    leading = _leading_sides(set(kept) - set(fixed), lefts, moved, times)
    followers = _followers(fixed, sides, lefts, leading)
    result = _in_tree_order(fixed, followers)
    return result + sorted(set(kept).difference(result), key=str)


def merged_set(base: Sequence[K], one: Sequence[K], two: Sequence[K]) -> tuple[K, ...]:
    """Merge three sets of records: additions and removals of both sides hold."""
    if one == two or two == base:
        return tuple(one)
    if one == base:
        return tuple(two)
    old, first, second = set(base), set(one), set(two)
    kept = (first & second) | (first - old) | (second - old)
    return tuple(merged_order(_unique(base), (_unique(one), _unique(two)), kept))


def _unique(keys: Sequence[K]) -> list[K]:
    return list(dict.fromkeys(keys))


def _longest_common(keys: Sequence[K], other: Sequence[K]) -> list[K]:
    """Return the longest subsequence of `keys` that has the same order in `other`.

    Keys that are not in `other` are left out.
    """
    indexes = {key: index for index, key in enumerate(other)}
    ends: list[int] = []
    tails: list[K] = []
    predecessors: dict[K, K | None] = {}
    for key in keys:
        if key not in indexes:
            continue
        length = bisect_left(ends, indexes[key])
        predecessors[key] = tails[length - 1] if length else None
        ends[length : length + 1] = [indexes[key]]
        tails[length : length + 1] = [key]
    chain: list[K] = []
    last = tails[-1] if tails else None
    while last is not None:
        chain.append(last)
        last = predecessors[last]
    return chain[::-1]


def _moved_keys(base: Sequence[K], side: Sequence[K], recorded_moves: Mapping[K, str]) -> set[K]:
    """Return the keys that the side moved: `recorded_moves`, and the fewest others."""
    if not recorded_moves and base == side:
        return set()
    unmoved = _longest_common([key for key in base if key not in recorded_moves], side)
    return set(side).intersection(base).difference(unmoved)


def _left_neighbours(side: Sequence[K], kept: Collection[K], successors: Mapping[K, K]) -> dict[K, K | None]:
    """Return for each key its nearest left neighbour that is kept, or is replaced by a kept key.

    None at the beginning.
    """
    lefts: dict[K, K | None] = {}
    everything = set(side)
    last: K | None = None
    for key in side:
        lefts[key] = last
        successor = successors.get(key)
        if key in kept:
            last = key
        elif successor in kept and (successor in lefts or successor not in everything):
            last = successor
    return lefts


def _leading_sides(
    loose: set[K],
    lefts: tuple[Mapping[K, K | None], ...],
    moved: Sequence[set[K]],
    times: tuple[Mapping[K, str], Mapping[K, str]],
) -> dict[K, int]:
    """Return for each loose key the side, 0 or 1, that decides its position."""

    def claim(key: K, side: int) -> tuple[bool, bool, str, str]:
        return key in lefts[side], key in moved[side], times[side].get(key, ""), str(lefts[side].get(key) or "")

    result = {}
    for key in loose:
        claims = claim(key, 0), claim(key, 1)
        if any(each[0] for each in claims):
            result[key] = int(claims[1] > claims[0])
    return result


def _followers(
    fixed: Sequence[K],
    sides: tuple[Sequence[K], Sequence[K]],
    lefts: tuple[Mapping[K, K | None], ...],
    leading: Mapping[K, int],
) -> dict[K | None, list[K]]:
    """Return the loose keys under the key that each follows.

    Of keys that claim to follow each other, one is placed elsewhere.
    """
    placed: set[K | None] = {None, *fixed}
    followers: dict[K | None, list[K]] = defaultdict(list)
    pending = [key for side_number, side in enumerate(sides) for key in side if leading.get(key) == side_number]
    while pending:
        rest = []
        for key in pending:
            left = lefts[leading[key]][key]
            if left in placed:
                followers[left].append(key)
                placed.add(key)
            else:
                rest.append(key)
        if len(rest) == len(pending):
            key = min(rest, key=str)
            left = lefts[leading[key]][key]
            while left not in placed:
                left = lefts[leading[key]].get(left) if left is not None else None
            followers[left].append(key)
            placed.add(key)
            rest.remove(key)
        pending = rest
    return followers


def _in_tree_order(fixed: Sequence[K], followers: Mapping[K | None, list[K]]) -> list[K]:
    result: list[K] = []
    for root in (None, *fixed):
        stack: list[K | None] = [root]
        while stack:
            key = stack.pop()
            if key is not None:
                result.append(key)
            stack += sorted(followers.get(key, ()), key=str, reverse=True)
    return result

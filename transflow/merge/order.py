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


def in_order(
    base: Sequence[K],
    sides: tuple[Sequence[K], Sequence[K]],
    kept: Collection[K],
    moves: tuple[Mapping[K, str], Mapping[K, str]] | None = None,
    heirs: Mapping[K, K] | None = None,
) -> list[K]:
    """Return the keys in `kept`, in an order merged from both sides.

    A key that one side moved has the position that it has there; if both moved it, the later move
    counts. A key that one side added follows its left neighbour on that side; several keys with the
    same neighbour are sorted. `moves` has the times of moves that each side recorded since the
    base; other moves are found by comparison. `heirs` maps a key that is not kept to the key that
    replaces it.
    """
    times = moves or ({}, {})
    kept = kept if isinstance(kept, (set, frozenset, dict)) else set(kept)
    strayed = [_strayed(base, side, marked) for side, marked in zip(sides, times, strict=True)]
    others = set(sides[1])
    still = [key for key in sides[0] if key in kept and key in others and not any(key in each for each in strayed)]
    fixed = _rising(still, sides[1])
    lefts = tuple(_left_neighbours(side, kept, heirs or {}) for side in sides)
    leading = _leading_sides(set(kept) - set(fixed), lefts, strayed, times)
    followers = _followers(fixed, sides, lefts, leading)
    found = _walked(fixed, followers)
    return found + sorted(set(kept).difference(found), key=str)


def union(base: Sequence[K], one: Sequence[K], two: Sequence[K]) -> tuple[K, ...]:
    """Merge three sets of records: additions of either side are in the result, removals of either
    are not.
    """
    if one == two or two == base:
        return tuple(one)
    if one == base:
        return tuple(two)
    old, first, second = set(base), set(one), set(two)
    kept = (first & second) | (first - old) | (second - old)
    return tuple(in_order(_once(base), (_once(one), _once(two)), kept))


def _once(keys: Sequence[K]) -> list[K]:
    return list(dict.fromkeys(keys))


def _rising(keys: Sequence[K], other: Sequence[K]) -> list[K]:
    """Return the longest subsequence of `keys` that has the same order in `other`.

    Keys that are not in `other` are left out.
    """
    places = {key: place for place, key in enumerate(other)}
    ends: list[int] = []
    tails: list[K] = []
    before: dict[K, K | None] = {}
    for key in keys:
        if key not in places:
            continue
        length = bisect_left(ends, places[key])
        before[key] = tails[length - 1] if length else None
        ends[length : length + 1] = [places[key]]
        tails[length : length + 1] = [key]
    chain: list[K] = []
    last = tails[-1] if tails else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def _strayed(base: Sequence[K], side: Sequence[K], marked: Mapping[K, str]) -> set[K]:
    """Return the keys of both that the side moved: those in `marked`, and the fewest others."""
    if not marked and base == side:
        return set()
    still = _rising([key for key in base if key not in marked], side)
    return set(side).intersection(base).difference(still)


def _left_neighbours(side: Sequence[K], kept: Collection[K], heirs: Mapping[K, K]) -> dict[K, K | None]:
    """Return for each key its nearest left neighbour that is kept, or is replaced by a kept key.

    None at the beginning.
    """
    lefts: dict[K, K | None] = {}
    everything = set(side)
    last: K | None = None
    for key in side:
        lefts[key] = last
        heir = heirs.get(key)
        if key in kept:
            last = key
        elif heir in kept and (heir in lefts or heir not in everything):
            last = heir
    return lefts


def _leading_sides(
    loose: set[K],
    lefts: tuple[Mapping[K, K | None], ...],
    strayed: Sequence[set[K]],
    times: tuple[Mapping[K, str], Mapping[K, str]],
) -> dict[K, int]:
    """Return for each loose key the side, 0 or 1, that decides its position."""

    def claim(key: K, side: int) -> tuple[bool, bool, str, str]:
        return key in lefts[side], key in strayed[side], times[side].get(key, ""), str(lefts[side].get(key) or "")

    found = {}
    for key in loose:
        claims = claim(key, 0), claim(key, 1)
        if any(each[0] for each in claims):
            found[key] = int(claims[1] > claims[0])
    return found


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
    waiting = [key for number, side in enumerate(sides) for key in side if leading.get(key) == number]
    while waiting:
        rest = []
        for key in waiting:
            left = lefts[leading[key]][key]
            if left in placed:
                followers[left].append(key)
                placed.add(key)
            else:
                rest.append(key)
        if len(rest) == len(waiting):
            key = min(rest, key=str)
            left = lefts[leading[key]][key]
            while left not in placed:
                left = lefts[leading[key]].get(left) if left is not None else None
            followers[left].append(key)
            placed.add(key)
            rest.remove(key)
        waiting = rest
    return followers


def _walked(fixed: Sequence[K], followers: Mapping[K | None, list[K]]) -> list[K]:
    found: list[K] = []
    for root in (None, *fixed):
        stack: list[K | None] = [root]
        while stack:
            key = stack.pop()
            if key is not None:
                found.append(key)
            stack += sorted(followers.get(key, ()), key=str, reverse=True)
    return found

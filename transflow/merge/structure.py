"""Groups of units to be merged together, because one side joined or split them.

Invariant: if one of the three catalogs joins an id to another, or splits it off anew, both ids are
in the same group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from transflow.merge.sides import Side
from transflow.merge.words import words_of
from transflow.model.unit import Unit


def groups(base: Side, one: Side, two: Side) -> list[frozenset[str]]:
    """Return the groups of ids in which a side joined, separated or split units since the base."""
    changed = {unit.id for side in (one, two) for unit in side.all_units() if is_restructured(base, unit)}
    if not changed:
        return []
    links = [*_linked_ids(base, (base, one, two)), *_linked_by_words(base, one, two), *_linked_by_words(base, two, one)]
    connected = _connected(links)
    return sorted({connected.get(each, frozenset({each})) for each in changed}, key=min)


def is_restructured(base: Side, unit: Unit) -> bool:
    before = base.find(unit.id)
    joined = before.joined if before else ()
    return set(joined) != set(unit.joined) or is_new_split(base, unit)


def is_new_split(base: Side, unit: Unit) -> bool:
    before = base.find(unit.id)
    return bool(unit.split) and (before is None or before.split != unit.split)


def _linked_ids(base: Side, sides: Iterable[Side]) -> Iterator[tuple[str, str]]:
    for side in sides:
        for unit in side.all_units():
            yield from ((unit.id, gone) for gone in unit.joined)
            if side is not base and is_new_split(base, unit):
                yield unit.id, unit.split


def _linked_by_words(base: Side, side: Side, other: Side) -> Iterator[tuple[str, str]]:
    """Yield pairs of ids in which a new half of one unit was joined to the other.

    The half has no unit of its own on any side, so that only its words show which unit it came
    from.
    """
    for unit in side.live.values():
        if all(each in base.live_ids or base.find(each) or side.find(each) or other.find(each) for each in unit.joined):
            continue
        known = [before.source for each in (unit.id, *unit.joined) if (before := base.find(each))]
        unknown_words = set(words_of(unit.source)).difference(*map(words_of, known))
        for before in (base.live or other.live).values():
            unit_now = side.live.get(before.id)
            if (unit_now is None or unit_now.source != before.source) and unknown_words.intersection(
                words_of(before.source)
            ):
                yield unit.id, before.id


def _connected(links: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, two in links:
        neighbours[one].add(two)
        neighbours[two].add(one)
    result: dict[str, frozenset[str]] = {}
    for start in neighbours:
        if start in result:
            continue
        group, pending = {start}, [start]
        while pending:
            new = neighbours[pending.pop()] - group
            group |= new
            pending += new
        result.update(dict.fromkeys(group, frozenset(group)))
    return result


def same_structure(ids: Iterable[str], one: Side, two: Side) -> bool:
    """True if both sides have the same joins and splits in a group."""
    return all(_shape(one, unit_id) == _shape(two, unit_id) for unit_id in ids)


def _shape(side: Side, unit_id: str) -> tuple[object, ...]:
    unit = side.live.get(unit_id)
    return (set(unit.joined), unit.split) if unit else (side.live_ids.get(unit_id),)


def leading_first(ids: Iterable[str], base: Side, one: Side, two: Side) -> tuple[Side, Side]:
    """Return the two sides, first the one whose joins and splits hold in a group.

    A side that redacted comes first, then one that cut or omitted, then one that joined or split;
    of two that did, the one with the longer target.
    """
    ids = sorted(ids)
    return (two, one) if _rank(ids, base, two) > _rank(ids, base, one) else (one, two)


def _rank(ids: Iterable[str], base: Side, side: Side) -> tuple[bool, bool, bool, bool, int, int]:
    known = [unit for each in ids if (unit := side.find(each))]
    live = [unit for unit in known if unit.id in side.live]
    changed = [unit for unit in live if is_restructured(base, unit)]
    return (
        any(_newly(base, unit, "redacted") for unit in known),
        bool(live),
        any(_newly(base, unit, "cut") or _newly(base, unit, "omitted") for unit in live),
        bool(changed),
        max((len(unit.target) for unit in changed), default=0),
        max((len(unit.source) for unit in changed), default=0),
    )


def is_newly_redacted(base: Side, side: Side, ids: Iterable[str]) -> bool:
    return any(_newly(base, unit, "redacted") for each in ids if (unit := side.find(each)))


def same_units(ids: Iterable[str], one: Side, two: Side) -> bool:
    """True if both sides have the same units of a group, in the same place."""
    return all(one.place_of(each) == two.place_of(each) and one.find(each) == two.find(each) for each in ids)


def _newly(base: Side, unit: Unit, field: str) -> bool:
    before = base.find(unit.id)
    value = getattr(unit, field)
    return bool(value) and value != (getattr(before, field) if before else None)

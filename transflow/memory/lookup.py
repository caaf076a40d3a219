"""Lookup of translations of similar texts.

Invariant: only equal texts score 100, and only equal texts between equal neighbours 101; at equal
scores, approved texts come first, then translated, then the rest, newest first; no translation is
returned twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from transflow.memory.entries import RANKS, TEXT_EDGE, MemoryEntry
from transflow.memory.grams import key, normalised
from transflow.memory.index import Index, IndexedEntry
from transflow.memory.match import Match, Origin
from transflow.memory.nearest import nearest, score
from transflow.memory.wording import differences

THRESHOLD = 70
LIMIT = 5
_PER_SOURCE = 50
"""Entries considered per source: a sentence that occurs in every report has thousands."""


class Query(NamedTuple):
    """A text to look up, with its context."""

    source: str
    threshold: int = THRESHOLD
    limit: int = LIMIT
    neighbours: tuple[str, str] | None = None
    """Sources before and after it, empty at the ends of a text; None if unknown."""
    excluded: tuple[str, str] | None = None
    """Catalog and unit of the text itself, which is not a match for itself."""


def lookup(index: Index, query: Query) -> list[Match]:
    """Return the matches in an index, best first."""
    text = normalised(query.source)
    scored: list[tuple[int, IndexedEntry]] = []
    for source in nearest(index, text, query.threshold, query.limit + 1):
        scored += [(source.score, entry) for entry in index.entries_of_source(source.source_id, _PER_SOURCE)]
    return best_matches(query, scored)


def lookup_among(entries: Iterable[IndexedEntry], query: Query) -> list[Match]:
    """Return the matches in a few entries, without an index."""
    text = normalised(query.source)
    scored = ((score(text, normalised(each.entry.source)), each) for each in entries)
    return best_matches(query, [pair for pair in scored if pair[0] >= query.threshold])


def best_matches(query: Query, scored: Sequence[tuple[int, IndexedEntry]]) -> list[Match]:
    """Return the best matches of scored entries."""
    neighbours = query.neighbours and tuple(_neighbour_key(each) for each in query.neighbours)

    def rank(pair: tuple[int, IndexedEntry]) -> tuple[int, int, str, bool]:
        value, (catalog, entry) = pair
        has_same_neighbours = value == 100 and neighbours == (entry.before, entry.after)
        return value + has_same_neighbours, RANKS.get(entry.state, 0), entry.time, not catalog.startswith("memory/")

    found: dict[tuple[str, str], Match] = {}
    for pair in sorted(scored, key=rank, reverse=True):
        catalog, entry = pair[1]
        text = normalised(entry.source), entry.target
        if query.excluded == (catalog, entry.unit):
            continue
        if text in found:
            found[text] = _of_this_project(found[text], _origin(catalog, entry))
        elif len(found) < query.limit:
            found[text] = match(rank(pair)[0], catalog, entry, query.source)
    return list(found.values())


def _of_this_project(best: Match, other: Origin) -> Match:
    """Return a match with another origin of the same texts, if that says more.

    A catalog of the project knows who wrote which words; another memory has a copy of them.
    """
    is_copy = "/" in best.origin.catalog and "/" not in other.catalog
    return replace(best, origin=other) if is_copy else best


def _origin(catalog: str, entry: MemoryEntry) -> Origin:
    return Origin(catalog, entry.unit, entry.state, entry.who, entry.time)


def match(value: int, catalog: str, entry: MemoryEntry, source: str) -> Match:
    return Match(
        entry.source,
        entry.target,
        value,
        _origin(catalog, entry),
        differences(entry.source, source) if value < 100 else (),
    )


def merge_matches(lists: Iterable[Sequence[Match]], limit: int) -> list[Match]:
    """Merge lists of matches, best first; at equal scores, earlier lists come first."""
    rank: Callable[[Match], tuple[int, int]] = lambda each: (each.score, RANKS.get(each.origin.state, 0))  # noqa: E731
    found: dict[tuple[str, str], Match] = {}
    for each in sorted((each for matches in lists for each in matches), key=rank, reverse=True):
        text = normalised(each.source), each.target
        found[text] = _of_this_project(found.get(text, each), each.origin)
    return list(found.values())[:limit]


def _neighbour_key(source: str) -> int:
    return key(normalised(source)) if source.strip() else TEXT_EDGE

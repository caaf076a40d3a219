"""Concordance in the memory: occurrences of words in sources and targets of the index.

`actions.language.concordance` searches the catalogs instead, stories included.

Invariant: every returned entry contains the text, ignoring case and the number of spaces; no such
entry is missing, except beyond the limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from transflow.memory.grams import folded, inner_grams, normalised
from transflow.memory.index import Index, IndexedEntry
from transflow.memory.nearest import frequencies

_MAX_GRAMS = 3
"""Grams per query: more would hardly exclude more sources."""
_PER_SOURCE = 20
"""Entries per source."""


def concordance(index: Index, text: str, limit: int) -> list[IndexedEntry]:
    """Return the entries whose source or target contains the text, matching sources first."""
    text = normalised(text)
    if not text:
        return []
    return list(islice(_unique(_matches(index, text, limit)), limit))


def concordance_among(entries: Iterable[IndexedEntry], text: str) -> list[IndexedEntry]:
    """Do the same for a few entries, without an index."""
    needle = normalised(text).casefold()
    return [each for each in entries if any(needle in normalised(side).casefold() for side in each.entry[1:3])]


def _matches(index: Index, text: str, limit: int) -> Iterator[IndexedEntry]:
    for source_id in _sources(index, text, limit):
        yield from index.entries_of_source(source_id, _PER_SOURCE)
    yield from index.entries_with_target(text, limit)


def _unique(entries: Iterable[IndexedEntry]) -> Iterator[IndexedEntry]:
    seen: set[tuple[str, str]] = set()
    for each in entries:
        if (each.catalog, each.entry.unit) not in seen:
            seen.add((each.catalog, each.entry.unit))
            yield each


def _sources(index: Index, text: str, limit: int) -> list[int]:
    """Return the ids of sources that contain a text. One or two characters are the prefix of a
    gram.
    """
    needle = text.casefold()
    found: list[int] = []
    for source_id, source in index.sources_with_grams(_query(index, text)):
        if needle in source.casefold():
            found.append(source_id)
            if len(found) >= limit:
                break
    return found


def _query(index: Index, text: str) -> str:
    """Return the FTS5 query for the sources that may contain a text."""
    text_grams = inner_grams(text)
    if not text_grams:
        return f'"{folded(text)}" *'
    frequency = frequencies(index, text)
    rarest = sorted(dict.fromkeys(text_grams), key=lambda gram: frequency.get(gram, 0))[:_MAX_GRAMS]
    return " AND ".join(f'"{gram}"' for gram in rarest)

"""Concordance: occurrences of words in the memory, in sources and targets.

Invariant: every returned entry contains the text, ignoring case and the number of spaces; no such
entry is missing, except beyond the limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from transflow.memory.grams import folded, inner_grams, normalised
from transflow.memory.index import Held, Index
from transflow.memory.nearest import frequencies

_WALKED = 3
"""Grams per query: more would hardly exclude more sources."""
_AT_MOST = 20
"""Entries per source."""


def concordance(index: Index, text: str, limit: int) -> list[Held]:
    """Return the entries whose source or target contains the text, matching sources first."""
    text = normalised(text)
    if not text:
        return []
    return list(islice(_once(_all(index, text, limit)), limit))


def concordance_among(held: Iterable[Held], text: str) -> list[Held]:
    """Do the same for a few entries, without an index."""
    wanted = normalised(text).casefold()
    return [each for each in held if any(wanted in normalised(side).casefold() for side in each.entry[1:3])]


def _all(index: Index, text: str, limit: int) -> Iterator[Held]:
    for source_id in _sources(index, text, limit):
        yield from index.of_source(source_id, _AT_MOST)
    yield from index.with_target(text, limit)


def _once(held: Iterable[Held]) -> Iterator[Held]:
    seen: set[tuple[str, str]] = set()
    for each in held:
        if (each.catalog, each.entry.unit) not in seen:
            seen.add((each.catalog, each.entry.unit))
            yield each


def _sources(index: Index, text: str, limit: int) -> list[int]:
    """Return the ids of sources that contain a text. One or two characters are the prefix of a
    gram.
    """
    wanted = text.casefold()
    found: list[int] = []
    for source_id, source in index.with_grams(_question(index, text)):
        if wanted in source.casefold():
            found.append(source_id)
            if len(found) >= limit:
                break
    return found


def _question(index: Index, text: str) -> str:
    """Return the FTS5 query for the sources that may contain a text."""
    inner = inner_grams(text)
    if not inner:
        return f'"{folded(text)}" *'
    frequency = frequencies(index, text)
    rarest = sorted(dict.fromkeys(inner), key=lambda gram: frequency.get(gram, 0))[:_WALKED]
    return " AND ".join(f'"{gram}"' for gram in rarest)

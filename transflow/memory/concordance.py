"""Where words stand in the memory, on either side.

Invariant: every entry that is returned contains the text, without regard to case and to how many spaces there are; none
that does is missing but for the limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from transflow.memory.grams import folded, inner_grams, normalised
from transflow.memory.index import Held, Index
from transflow.memory.nearest import frequencies

_WALKED = 3
"""Grams that sources are found by: more would hardly leave out more."""
_AT_MOST = 20
"""Entries of one source."""


def concordance(index: Index, text: str, limit: int) -> list[Held]:
    """The entries whose source or target contains the text, those with it in the source first."""
    text = normalised(text)
    if not text:
        return []
    return list(islice(_once(_all(index, text, limit)), limit))


def concordance_among(held: Iterable[Held], text: str) -> list[Held]:
    """The same for a few entries, without an index."""
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
    """The ids of sources that contain a text. One or two characters are the beginning of a gram."""
    wanted = text.casefold()
    found: list[int] = []
    for source_id, source in index.with_grams(_question(index, text)):
        if wanted in source.casefold():
            found.append(source_id)
            if len(found) >= limit:
                break
    return found


def _question(index: Index, text: str) -> str:
    """The FTS5 query for the sources that a text may stand in."""
    inner = inner_grams(text)
    if not inner:
        return f'"{folded(text)}" *'
    frequency = frequencies(index, text)
    rarest = sorted(dict.fromkeys(inner), key=lambda gram: frequency.get(gram, 0))[:_WALKED]
    return " AND ".join(f'"{gram}"' for gram in rarest)

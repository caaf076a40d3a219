"""Concordance in the memory: occurrences of words in sources and targets of the index.

`actions.language.concordance` searches the catalogs instead, stories included.

Invariant: every returned entry has all words, in any order, and phrases in quotation marks as they
stand, ignoring case and the number of spaces, in Korean also whether there are any; no such entry
is missing, except beyond the limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from transflow.memory.grams import folded, inner_grams
from transflow.memory.index import Index, IndexedEntry
from transflow.memory.nearest import frequencies
from transflow.word_search import WordSearch, has_part, is_korean, parse_words, with_any_case

_MAX_GRAMS = 3
"""Grams per query: more would hardly exclude more sources."""
_PER_SOURCE = 20
"""Entries per source."""


def concordance(index: Index, text: str, limit: int) -> list[IndexedEntry]:
    """Return the entries whose source or target contains the words, matching sources first."""
    wanted = parse_words(text)
    if not wanted.parts:
        return []
    found = (each for each in _candidates(index, wanted) if wanted.is_in(*each.entry[1:3]))
    return list(islice(_unique(found), limit))


def concordance_among(entries: Iterable[IndexedEntry], text: str) -> list[IndexedEntry]:
    """Do the same for a few entries, without an index."""
    wanted = parse_words(text)
    return [each for each in entries if wanted.parts and wanted.is_in(*each.entry[1:3])]


def probe(wanted: WordSearch) -> str:
    """Return the longest part, which the fewest texts have."""
    return max(wanted.parts, key=len)


def _candidates(index: Index, wanted: WordSearch) -> Iterator[IndexedEntry]:
    """Yield the entries that have the longest part: in the source, with other spaces, in the
    target.
    """
    part = probe(wanted)
    compact = part.replace(" ", "")
    seen: set[int] = set()
    for source_id in _sources(index, part):
        seen.add(source_id)
        yield from index.entries_of_source(source_id, _PER_SOURCE)
    has_other_forms = is_korean(part) or with_any_case(part, "") != part
    for source_id, source in index.sources_with_letters(compact) if has_other_forms else ():
        if source_id not in seen and has_part(source.casefold(), part):
            yield from index.entries_of_source(source_id, _PER_SOURCE)
    yield from index.entries_with_target(compact if is_korean(part) else part, any_spaces=is_korean(part))


def _unique(entries: Iterable[IndexedEntry]) -> Iterator[IndexedEntry]:
    seen: set[tuple[str, str]] = set()
    for each in entries:
        if (each.catalog, each.entry.unit) not in seen:
            seen.add((each.catalog, each.entry.unit))
            yield each


def _sources(index: Index, text: str) -> Iterator[int]:
    """Yield the ids of sources that contain a case-folded text. One or two characters are the
    prefix of a gram.
    """
    for source_id, source in index.sources_with_grams(_query(index, text)):
        if text in source.casefold():
            yield source_id


def _query(index: Index, text: str) -> str:
    """Return the FTS5 query for the sources that may contain a text."""
    text_grams = inner_grams(text)
    if not text_grams:
        return f'"{folded(text)}" *'
    frequency = frequencies(index, text)
    rarest = sorted(dict.fromkeys(text_grams), key=lambda gram: frequency.get(gram, 0))[:_MAX_GRAMS]
    return " AND ".join(f'"{gram}"' for gram in rarest)

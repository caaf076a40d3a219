"""The sources of an index that are most similar to a text.

Invariant: a score is the edit similarity of two normalised texts in percent, rounded down, and 100
for equal texts only. The choice of candidates may miss some; what is returned is scored exactly.

A threshold bounds the lengths that can reach it, and lengths are ranges of ids, so FTS5 skips the
rest. Rare grams are queried first, at positions apart from each other; those without results (of a
changed word) say nothing, and do not count.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from transflow.memory.grams import grams
from transflow.memory.index import Index, window
from transflow.similarity import edit_distance, similar_by_edits

FEWEST_GRAMS, GRAMS, MOST_GRAMS = 5, 12, 20
"""Numbers of grams with results that are queried. The second is the usual one: of the texts that
are similar enough, hardly any shares just one of a dozen grams. The first suffices if they yield
`PLENTY`, the last is the limit if they do not yield `ENOUGH`.
"""
ENOUGH = 1_000
"""Rows after which a search may end, or a 300th of all sources (`SHARE`) if that is more."""
SHARE = 300
PLENTY = 5
"""Multiple of `ENOUGH` after which a search ends early."""
RERANKED = 200
"""Candidates compared with the text, those with most shared grams first; twice as many for a
`SHORT` text, which shares few grams with any.
"""
RERANKED_SHARE = 2_000
"""Candidates are at least one in this many sources: 500 of a million."""
EVERYWHERE = 60
"""A gram in more than a 60th of all sources (a common sentence ending) costs time and finds little,
except for texts up to `SHORT`, which have few other grams.
"""
SHORT = 20
"""Characters of a short text."""
APART = 2
"""Minimum distance between two queried grams: neighbours share most of their letters, so they tend
to match or fail together.
"""


Row = tuple[int]
"""The id of a source as SQLite returns it: unpacking thousands of rows costs more than the
search.
"""


class ScoredSource(NamedTuple):
    score: int
    source_id: int


def score(first: str, second: str) -> int:
    """Return the edit similarity of two normalised texts in percent, rounded down."""
    longest = max(len(first), len(second))
    return 100 if first == second else (longest - edit_distance(first, second)) * 100 // longest


def nearest(index: Index, text: str, threshold: int, limit: int) -> list[ScoredSource]:
    """Return the sources with at least this score, best first; `text` is normalised."""
    if not text:
        return []
    first, last = window(*length_bounds(len(text), threshold))
    statement = "SELECT rowid FROM gram WHERE gram MATCH ? AND rowid BETWEEN ? AND ?"

    def rows(gram: str) -> list[Row]:
        return index.db.execute(statement, (f'"{gram}"', first, last)).fetchall()

    with index.reading():
        chosen = candidates(grams(text), frequencies(index, text), rows, index.count())
        return rank_sources(text, index.texts(chosen), threshold, limit)


def length_bounds(length: int, threshold: int) -> tuple[int, int]:
    """Return the least and greatest length of texts that can reach a score with one of this
    length.
    """
    threshold = max(threshold, 1)
    return max(-(-length * threshold // 100), 1), length * 100 // threshold


def frequencies(index: Index, text: str) -> dict[str, int]:
    """Return the last counted number of sources with each gram of a text; rare grams are
    missing.
    """
    wanted = json.dumps(list(dict.fromkeys(grams(text))))
    rows = index.db.execute("SELECT gram, sources FROM json_each(?) CROSS JOIN frequency ON gram = value", (wanted,))
    return dict(rows.fetchall())


def candidates(
    found: Sequence[str], frequency: Mapping[str, int], rows: Callable[[str], Sequence[Row]], sources: int
) -> list[int]:
    """Return the ids of the sources that share most grams with a text, in order of id.

    `found` are the grams of the text in order; `rows` returns the ids of the sources that have a
    gram; `sources` is the number of all sources.
    """
    shared: Counter[Row] = Counter()
    productive = in_hand = 0
    enough = max(ENOUGH, sources // SHARE)
    for gram in grams_to_query(found, frequency, max(sources // EVERYWHERE, ENOUGH) if len(found) > SHORT else sources):
        ids = rows(gram)
        if not ids:
            continue
        shared.update(ids)
        productive += 1
        in_hand += len(ids)
        enough_grams = FEWEST_GRAMS if in_hand >= PLENTY * enough else GRAMS if in_hand >= enough else MOST_GRAMS
        if productive >= enough_grams:
            break
    limit = max(RERANKED, sources // RERANKED_SHARE) * (1 if len(found) > SHORT else 2)
    return sorted(row[0] for row in _commonest(shared, limit))


def _commonest(shared: Counter[Row], limit: int) -> Iterable[Row]:
    """Return the keys with the highest counts; among equal ones the first.

    `Counter.most_common` sorts, which takes as long as the search.
    """
    if len(shared) <= limit:
        return shared
    sizes = Counter(shared.values())
    room, threshold = limit, 1
    for threshold in sorted(sizes, reverse=True):
        if sizes[threshold] >= room:
            break
        room -= sizes[threshold]
    best = [row for row, count in shared.items() if count > threshold]
    return [*best, *islice((row for row, count in shared.items() if count == threshold), room)]


def grams_to_query(text_grams: Sequence[str], frequency: Mapping[str, int], max_sources: int) -> Iterator[str]:
    """Yield the distinct grams of a text that occur in at most `max_sources` sources, rarest first.

    Grams apart from all previous ones come first, then the rest.
    """
    positions = sorted(range(len(text_grams)), key=lambda position: frequency.get(text_grams[position], 0))
    is_taken = bytearray(len(text_grams) + 2 * APART)
    postponed: list[str] = []
    seen: set[str] = set()
    for position in positions:
        gram = text_grams[position]
        if gram in seen or frequency.get(gram, 0) > max_sources:
            continue
        if is_taken[position + APART]:
            postponed.append(gram)
            continue
        for neighbour in range(position + 1, position + 2 * APART):
            is_taken[neighbour] = 1
        seen.add(gram)
        yield gram
    yield from (gram for gram in dict.fromkeys(postponed) if gram not in seen)


def rank_sources(text: str, sources: Sequence[tuple[int, str]], threshold: int, limit: int) -> list[ScoredSource]:
    """Return the best of some sources, compared in one call."""
    texts = [source for _, source in sources]
    matches = similar_by_edits(text, texts, (threshold - 0.01) / 100, limit)
    best = [ScoredSource(score(text, source), sources[index][0]) for source, _, index in matches]
    return sorted((each for each in best if each.score >= threshold), key=lambda each: -each.score)

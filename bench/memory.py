"""The translation memory: recall against a full search, and speed beside other memories.

Sizes are in TRANSFLOW_BENCH_SEGMENTS (default: 100000,1000000), seeds of the queries in
TRANSFLOW_BENCH_SEEDS (default: three new ones). Times are CPU times, because
machines are shared: of the thread for our memory, of the server's process for PostgreSQL. The
reference is rapidfuzz over all sources at 75%.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from random import Random, SystemRandom
from statistics import median
from typing import Any, NamedTuple

from bench import SCRATCH, Figure, memory_peers, postgres_memories
from bench.memory_texts import edited, questions, sentences
from transflow.memory.entries import CatalogEntries, MemoryEntry
from transflow.memory.index import BATCH, Index
from transflow.memory.lookup import Query, lookup
from transflow.memory.nearest import score

_EVERYDAY = ("exact", "edited", "unrelated")
_THRESHOLD, _LIMIT = 75, 5
_CATALOG = 50
_TURNS = 8
_LONG_SENTENCES = 45
"""Sentences of a long text; those of Weblate's index end earlier."""
_LONG_TEXTS = 40
_SEEDS = 3
"""Number of stress sets, each with a new seed."""
_TIME = "2024-03-26T03:12:00Z"


class _Wanted(NamedTuple):
    """Queries of each kind for a memory of one size, and the required speed-up over others."""

    questions: int
    brute: float
    peers: float
    asked_of_peers: int


class _Asked(NamedTuple):
    """Queries for the peers."""

    everyday: list[str]
    long: list[str]


class _Ours(NamedTuple):
    """CPU seconds of our memory: the median of everyday and of long queries, and the build."""

    everyday: float
    long: float
    build: float


_SMALL, _LARGE = _Wanted(100, 10, 30, 30), _Wanted(60, 40, 100, 10)


def measure() -> Iterator[Figure]:
    sizes = [int(size) for size in os.environ.get("TRANSFLOW_BENCH_SEGMENTS", "100000,1000000").split(",")]
    middles = []
    for size in sizes:
        middle: list[float] = []
        yield from _measured(size, _LARGE if size > 300_000 else _SMALL, middle)
        middles += middle
    if len(sizes) > 1:
        yield Figure(f"memory: cost from {sizes[0]:,} to {sizes[-1]:,}", middles[-1] / middles[0], 4)


def _measured(size: int, wanted: _Wanted, middle: list[float]) -> Iterator[Figure]:
    texts = _with_long(sentences(size))
    name = f"memory {size:,}"
    SCRATCH.mkdir(exist_ok=True)
    for path in SCRATCH.glob(f"memory-{size}.db*"):
        path.unlink()
    index = Index(SCRATCH / f"memory-{size}.db")
    seconds = _cpu(lambda: _build(index, texts))
    table = memory_peers.Fts5(SCRATCH / f"memory-{size}-fts5.db")
    theirs = _cpu(lambda: table.build(texts, BATCH))
    yield Figure(f"{name}: build / SQLite's own trigrams", seconds / theirs, 2)
    seeds = _seeds()
    asked = [questions(texts, wanted.questions, seed) for seed in seeds]
    for seed, each in zip(seeds, asked, strict=True):
        yield from _recall(f"{name}, seed {seed}", index, texts, each)
    everyday = [text for kind in _EVERYDAY for text in asked[0][kind]]
    times = [_least(partial(_ours, index, text)) for text in everyday]
    middle.append(median(times))
    p95 = sorted(times)[int(len(times) * 0.95)]
    yield Figure(f"{name}: p95 in p50s", p95 / middle[0], 3, note=f"p50 {middle[0] * 1000:.2f} ms")
    long = [edited(text, 0.1, Random(n)) for n, text in enumerate(texts[-_LONG_TEXTS::10])]
    some = _Asked(everyday[:: max(1, len(everyday) // wanted.asked_of_peers)], long)
    brute = median(_cpu(partial(_brute, texts, text)) for text in some.everyday)
    what = f"{name}: times quicker than extract of rapidfuzz {version('rapidfuzz')}"
    yield Figure(what, brute / middle[0], wanted.brute, True, f"{brute * 1000:.1f} ms")
    ours, theirs = _upsert(index, texts), _upsert_peer(table, texts)
    what = f"{name}: a catalog of {_CATALOG} units again / the same rows in SQLite's own trigrams"
    yield Figure(what, ours / theirs, 5, note=f"{ours * 1000:.1f} ms")
    of_ours = _Ours(middle[0], median(_least(partial(_ours, index, text)) for text in long), seconds)
    index.close()
    table.close()
    yield from _peers(name, texts, some.everyday, middle[0], wanted)
    yield from _postgres_peers(name, texts, some, of_ours, wanted)


def _with_long(texts: list[str]) -> list[str]:
    """Return the texts, of which the last ones are joins of many others."""
    starts = range(0, _LONG_TEXTS * _LONG_SENTENCES, _LONG_SENTENCES)
    return [*texts[:-_LONG_TEXTS], *(" ".join(texts[start : start + _LONG_SENTENCES]) for start in starts)]


def _seeds() -> list[int]:
    """Return the seeds of TRANSFLOW_BENCH_SEEDS, else new ones, which the table names."""
    if given := os.environ.get("TRANSFLOW_BENCH_SEEDS"):
        return [int(seed) for seed in given.split(",")]
    return [SystemRandom().randrange(10**6) for _ in range(_SEEDS)]


def _peers(name: str, texts: Sequence[str], some: Sequence[str], ours: float, wanted: _Wanted) -> Iterator[Figure]:
    for peer, asker in (
        (f"translate.search.match {version('translate-toolkit')}", memory_peers.toolkit),
        (f"cdist of rapidfuzz {version('rapidfuzz')}", memory_peers.cdist),
    ):
        ask = asker(texts)
        there = median(_cpu(partial(ask, text)) for text in some)
        yield Figure(f"{name}: times quicker than {peer}", there / ours, wanted.peers, True, f"{there * 1000:.0f} ms")


def _postgres_peers(name: str, texts: Sequence[str], asked: _Asked, ours: _Ours, wanted: _Wanted) -> Iterator[Figure]:
    """Yield speed and recall of the memories in PostgreSQL, also of long texts, and their index."""
    if why_not := postgres_memories.why_not():
        print(f"      {name}: no comparison with PostgreSQL: {why_not}")
        return
    for peer in postgres_memories.PEERS:
        with postgres_memories.opened(peer, texts) as there:
            times, recall = [], []
            for text in asked.everyday:
                took, found = there.ask(text)
                times.append(took)
                recall.append((_truth(texts, text), sorted((score(text, each) for each in found), reverse=True)))
            long = [there.ask(text) for text in asked.long]
        note = f"{median(times) * 1000:.0f} ms, {_found(recall):.1%} of the top five found"
        yield Figure(f"{name}: times quicker than {peer.name}", median(times) / ours.everyday, wanted.peers, True, note)
        if all(found for _, found in long):  # Pontoon finds none of over a thousand characters
            middle = median(took for took, _ in long)
            what = f"{name}: the same, texts of {_LONG_SENTENCES} sentences"
            yield Figure(what, middle / ours.long, wanted.peers, True, f"{middle * 1000:.0f} ms")
        if peer.indexes:
            what = f"{name}: build / indexes of {peer.name}"
            yield Figure(what, ours.build / there.build, 0.5, note=f"{there.build:.0f} s")


# Our side


def _entries(texts: Sequence[str], first: int = 0) -> list[MemoryEntry]:
    return [
        MemoryEntry(
            f"u{first + n}", text, f"The translation of sentence {first + n}.", "translated", "claire", _TIME, n, n + 1
        )
        for n, text in enumerate(texts)
    ]


def _build(index: Index, texts: Sequence[str]) -> None:
    for start in range(0, len(texts), BATCH):
        index.replace_entries([CatalogEntries(f"c{start}", "1", _entries(texts[start : start + BATCH], start))])
    index.recount_if_needed(whole=True)


def _ours(index: Index, text: str) -> list[int]:
    return [match.score for match in lookup(index, Query(text, _THRESHOLD, _LIMIT))]


def _changed(texts: Sequence[str], turn: int) -> list[str]:
    return [f"{text[:-1]} {turn}." for text in texts[turn * 97 : turn * 97 + _CATALOG]]


def _upsert(index: Index, texts: Sequence[str]) -> float:
    """Measure the CPU seconds for a catalog whose sentences all change."""
    changes = (CatalogEntries("changing", str(turn), _entries(_changed(texts, turn))) for turn in range(_TURNS))
    return median([_cpu(partial(index.replace_entries, [change])) for change in changes][1:])


def _upsert_peer(table: memory_peers.Fts5, texts: Sequence[str]) -> float:
    """Measure the same change in a table that holds the texts and nothing else."""
    return median([_cpu(partial(table.replace_last, _changed(texts, turn))) for turn in range(_TURNS)][1:])


# Reference


def _brute(texts: Sequence[str], text: str) -> list[Any]:
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    cutoff = (_THRESHOLD - 0.01) / 100
    return extract(text, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=cutoff, limit=_LIMIT)


def _truth(texts: Sequence[str], text: str) -> list[int]:
    values = sorted((score(text, found) for found, *_ in _brute(texts, text)), reverse=True)
    return [value for value in values if value >= _THRESHOLD]


def _recall(name: str, index: Index, texts: Sequence[str], asked: dict[str, list[str]]) -> Iterator[Figure]:
    """Return the recall of the best match for each kind of query, and of the top five for some."""
    together: dict[str, list[tuple[list[int], list[int]]]] = {"of what people ask": [], "of the stress sets": []}
    for kind, some in asked.items():
        pairs = [(_truth(texts, text), _ours(index, text)) for text in some]
        having = [(truth, found) for truth, found in pairs if truth]
        if not having:  # the unrelated ones
            yield Figure(f"{name}: found where there is nothing, {kind}", sum(bool(found) for _, found in pairs), 0)
            continue
        best = sum(found[:1] == truth[:1] for truth, found in having) / len(having)
        yield Figure(
            f"{name}: best match found, {kind}", best * 100, 100, True, f"{len(having)} of {len(some)} have one"
        )
        together["of what people ask" if kind in _EVERYDAY else "of the stress sets"] += having
    for which, pairs in together.items():
        count = sum(len(truth) for truth, _ in pairs)
        yield Figure(f"{name}: top five found, {which}", _found(pairs) * 100, 99.5, True, f"of {count} matches")


def _found(pairs: Sequence[tuple[list[int], list[int]]]) -> float:
    """Return the share of the reference scores that are among the found ones."""
    there = total = 0
    for truth, found in pairs:
        left = list(found)
        for value in truth:
            total += 1
            if value in left:
                left.remove(value)
                there += 1
    return there / total if total else 1.0


# Time


def _cpu(work: Callable[[], object]) -> float:
    before = time.thread_time()
    work()
    return time.thread_time() - before


def _least(work: Callable[[], object]) -> float:
    """Return the lowest of three times: the first run reads from disk, the others from memory."""
    return min(_cpu(work) for _ in range(3))

"""Other memories in PostgreSQL, with the same queries: those of Weblate and Pontoon.

The SQL is that of their present sources (Weblate's of July 2026, Pontoon's of August 2026), set up
in their favour: one project, no joins for permissions, and Weblate's order by distance only,
without the tie-breaks that make PostgreSQL sort everything.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from psycopg import Connection

_PREFIX = 2048
"""Characters of a source that Weblate's index has."""
_MOST = 50
"""Rows that Weblate asks for."""
_LEAST_QUALITY = 0.7
"""The least similarity of a match in Pontoon."""
_LONGEST = 255
"""Characters that PostgreSQL's `levenshtein` accepts."""

_TABLE = """
CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist; CREATE EXTENSION fuzzystrmatch;
CREATE TABLE memory (
  id serial PRIMARY KEY, from_language int NOT NULL, to_language int NOT NULL, source text NOT NULL, target text NOT NULL
);
SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 0; SET max_parallel_workers_per_gather = 0;
"""
_ROWS = "SELECT source FROM memory WHERE from_language = 1 AND to_language = 2"


class Peer(NamedTuple):
    """A memory: the SQL of its indexes, and a function that returns the sources which it finds."""

    name: str
    indexes: tuple[str, ...]
    ask: Callable[[Connection[Any], str], list[str]]


class Opened(NamedTuple):
    """A memory with rows: CPU seconds of the server for its indexes, and for a query."""

    build: float
    ask: Callable[[str], tuple[float, list[str]]]


def _sources(db: Connection[Any], query: str, values: Sequence[object]) -> list[str]:
    return [row[0] for row in db.execute(query.encode(), values)]


def _weblate(db: Connection[Any], text: str) -> list[str]:
    """Ask for the nearest prefixes; of a longer text also for similar texts, up to five times."""
    query = f"{_ROWS} ORDER BY left(source, {_PREFIX}) <-> %s LIMIT {_MOST}"
    found = _sources(db, query, (text[:_PREFIX],))
    if len(text) > _PREFIX and text not in found and len(found) == _MOST:
        more: dict[str, None] = {}
        for threshold in (0.985, 0.935, 0.885, 0.835, 0.785):
            if len(more) < _MOST:
                db.execute(f"SET pg_trgm.similarity_threshold = {threshold}".encode())
                query = f"{_ROWS} AND source %% %s ORDER BY similarity(source, %s) DESC LIMIT {_MOST}"
                more |= dict.fromkeys(_sources(db, query, (text, text)))
        found += [each for each in more if each not in found]
    return found


def _pontoon(db: Connection[Any], text: str) -> list[str]:
    """Compare the text with all sources of such a length that they may be similar enough."""
    length = len(text)
    quality = (
        f"(length(source) + %s - levenshtein(left(source, {_LONGEST}), %s, 1, 2, 2))::float / (length(source) + %s)"
    )
    window = (math.ceil(max(length * _LEAST_QUALITY, 2)), math.floor(min(length / _LEAST_QUALITY, 1000)))
    measured = (length, text[:_LONGEST], length)
    query = f"{_ROWS} AND length(source) BETWEEN %s AND %s AND {quality} > {_LEAST_QUALITY} ORDER BY {quality} DESC"
    return _sources(db, query, (*window, *measured, *measured))


PEERS = (
    Peer(
        "Weblate's query",
        (
            f"gist (from_language, to_language, left(source, {_PREFIX}) gist_trgm_ops)",
            "gin (source gin_trgm_ops)",
        ),
        _weblate,
    ),
    Peer("Pontoon's query", (), _pontoon),
)


def why_not() -> str:
    """Return the reason why PostgreSQL cannot be asked here, or an empty string."""
    sys.path.append(str(Path("tests").resolve()))
    from support.postgres import why_not

    return why_not()


@contextmanager
def opened(peer: Peer, texts: Sequence[str]) -> Iterator[Opened]:
    """Fill a table with texts, index it as a peer does, and yield what asks it."""
    import psycopg

    from support.postgres import server

    with server() as url, psycopg.connect(url, autocommit=True) as db:
        db.execute(_TABLE.encode())
        with db.cursor().copy("COPY memory (from_language, to_language, source, target) FROM STDIN") as copy:
            for text in texts:
                copy.write_row((1, 2, text, text))
        schedule = Path(f"/proc/{db.info.backend_pid}/schedstat")

        def used() -> float:
            return int(schedule.read_text().split()[0]) / 1e9

        before = used()
        for index in peer.indexes:
            db.execute(f"CREATE INDEX ON memory USING {index}".encode())
        build = used() - before
        db.execute("VACUUM ANALYZE memory")

        def ask(text: str) -> tuple[float, list[str]]:
            before = used()
            found = peer.ask(db, text)
            return used() - before, found

        for text in texts[:5]:
            ask(text)
        yield Opened(build, ask)

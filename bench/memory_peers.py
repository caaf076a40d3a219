"""Other memories with the same queries: translate-toolkit's matcher, PostgreSQL's trigrams.

They are set up in their favour: the matcher without its limit of 70 characters, and with an order
for units of the same score (without it, it raises TypeError); the trigrams as Weblate uses them,
but ordered by distance only, without the tie-breaks that make PostgreSQL sort everything, and after
ANALYZE.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_LONGEST = 10_000


class Fts5:
    """The texts in an SQLite full-text table with trigrams: the least work of a search index."""

    def __init__(self, path: Path) -> None:
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink()
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("CREATE VIRTUAL TABLE texts USING fts5(source, target, tokenize = 'trigram')")
        self._last: list[int] = []

    def build(self, texts: Sequence[str], batch: int) -> None:
        for start in range(0, len(texts), batch):
            self._insert(texts[start : start + batch])

    def replace_last(self, texts: Sequence[str]) -> None:
        """Replace what the last call inserted."""
        self._connection.executemany("DELETE FROM texts WHERE rowid = ?", [(row,) for row in self._last])
        self._last = self._insert(texts)

    def _insert(self, texts: Sequence[str]) -> list[int]:
        rows = []
        for number, text in enumerate(texts):
            values = (text, f"The translation of sentence {number}.")
            rows.append(self._connection.execute("INSERT INTO texts VALUES (?, ?)", values).lastrowid or 0)
        self._connection.commit()
        return rows

    def close(self) -> None:
        self._connection.close()


def toolkit(texts: Sequence[str]) -> Callable[[str], list[str]]:
    """Return a function that asks `translate.search.match.matcher` over sentences."""
    from translate.search.match import matcher
    from translate.storage import base

    base.TranslationUnit.__lt__ = lambda one, other: id(one) < id(other)  # type: ignore[operator] # it has none
    store: Any = base.TranslationStore()
    for text in texts:
        unit = base.TranslationUnit(text)
        unit.target = text
        store.units.append(unit)
    there: Any = matcher(store, max_candidates=5, min_similarity=75, max_length=_LONGEST)
    return lambda text: [unit.source for unit in there.matches(text)]


def why_no_postgresql() -> str:
    sys.path.append(str(Path("tests").resolve()))
    from support.postgres import why_not

    return why_not()


@contextmanager
def trigrams(texts: Sequence[str]) -> Iterator[Callable[[str], tuple[float, list[str]]]]:
    """Create a table with a GiST index over trigrams, and yield a query function.

    The function returns the CPU seconds of the server and the nearest texts.
    """
    import psycopg

    from support.postgres import server

    with server() as url, psycopg.connect(url, autocommit=True) as db:
        db.execute("CREATE EXTENSION pg_trgm")
        db.execute("CREATE TABLE memory (id serial PRIMARY KEY, source text NOT NULL, target text NOT NULL)")
        with db.cursor().copy("COPY memory (source, target) FROM STDIN") as copy:
            for text in texts:
                copy.write_row((text, text))
        db.execute("SET maintenance_work_mem = '1GB'")
        db.execute("CREATE INDEX ON memory USING gist (source gist_trgm_ops)")
        db.execute("VACUUM ANALYZE memory")
        db.execute("SET max_parallel_workers_per_gather = 0")
        schedule = Path(f"/proc/{db.info.backend_pid}/schedstat")

        def used() -> float:
            return int(schedule.read_text().split()[0]) / 1e9

        def ask(text: str) -> tuple[float, list[str]]:
            before = used()
            rows = db.execute("SELECT source FROM memory ORDER BY source <-> %s LIMIT 5", (text,)).fetchall()
            return used() - before, [row[0] for row in rows]

        for text in texts[:5]:
            ask(text)
        yield ask

"""The embedded index: one SQLite file per locale, derived from catalogs and imported memories.

Invariant: every change is one transaction, so a killed process leaves an index that works with what
was committed. A source stands once in `source` and in `gram`, under an id that begins with its
length, for as long as an entry uses it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from transflow.memory.entries import RANKS, CatalogEntries, MemoryEntry
from transflow.memory.grams import grams, key, normalised
from transflow.memory.tables import SCHEMA, VERSION
from transflow.word_search import with_any_case

BATCH = 20_000
"""Entries per transaction of a long load: enough for long runs of ascending ids, few enough to lose
when killed.
"""
_MOST_COUNTED = 100_000
"""Frequencies counted over this many sources suffice for any larger number."""
_RARE = 4
"""Grams in fewer sources have no recorded frequency: all are equally rare."""


class IndexedEntry(NamedTuple):
    """An entry with the name of its catalog."""

    catalog: str
    entry: MemoryEntry


class Index:
    """An open index, for one thread at a time. Raise sqlite3.Error.

    A file that is not an index of this version is recreated.
    """

    def __init__(self, path: Path, patience: float = 10.0) -> None:
        """Open the index; `patience` is the seconds to wait for another process that writes."""
        self.path, self._patience = path, patience
        try:
            self.db = self._open()
            if self.db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                self.clear()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise  # locked, full or unreachable: recreating the file would not help
            self._replace()

    def close(self) -> None:
        self.db.close()

    def _open(self) -> sqlite3.Connection:
        db = self.db = sqlite3.connect(
            self.path, timeout=self._patience, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824"
        )
        return db

    def _replace(self) -> None:
        """Delete a file that is not a database. (A database is never deleted: it may be open
        elsewhere.)
        """
        self.db.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self.db = self._open()
        self.clear()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Run several queries in one transaction.

        SQLite then checks only once for other writers, which takes as long as a query.
        """
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    # Queries

    def stamps(self) -> dict[str, str]:
        """Return catalog -> stamp of the file that it was read from."""
        return dict(self.db.execute("SELECT name, stamp FROM catalog"))

    def stamp(self, catalog: str) -> str:
        """Return the stamp of one catalog; empty if it is not indexed."""
        row = self.db.execute("SELECT stamp FROM catalog WHERE name = ?", (catalog,)).fetchone()
        return str(row[0]) if row else ""

    def entries_of(self, catalog: str) -> list[MemoryEntry]:
        """Return the entries of a catalog."""
        rows = self.db.execute(
            f"SELECT {_COLUMNS} FROM entry JOIN source ON source.id = entry.source"
            " WHERE catalog = (SELECT id FROM catalog WHERE name = ?)",
            (catalog,),
        )
        return [MemoryEntry(*row) for row in rows]

    def all_entries(self) -> Iterator[IndexedEntry]:
        """Yield every entry, by catalog."""
        for name in sorted(self.stamps()):
            for entry in self.entries_of(name):
                yield IndexedEntry(name, entry)

    def entries_of_source(self, source_id: int, limit: int) -> list[IndexedEntry]:
        """Return the entries with a source, best first."""
        rows = self.db.execute(
            f"SELECT catalog.name, {_COLUMNS} FROM entry JOIN source ON source.id = entry.source"
            " JOIN catalog ON catalog.id = entry.catalog WHERE entry.source = ?"
            " ORDER BY rank DESC, time DESC, catalog.name, unit LIMIT ?",
            (source_id, limit),
        )
        return [IndexedEntry(row[0], MemoryEntry(*row[1:])) for row in rows]

    def _sources_of(self, texts: Sequence[str]) -> dict[str, int]:
        """Return normalised text -> id for those texts that are indexed as sources."""
        texts_by_key = {key(text): text for text in texts}
        keys = list(texts_by_key)
        found: dict[str, int] = {}
        for start in range(0, len(keys), _PARAMETERS):
            batch = keys[start : start + _PARAMETERS]
            rows = self.db.execute(_IDS, [*batch, *[0] * (_PARAMETERS - len(batch))])
            found |= {text: source_id for source_id, text in rows}
        return found

    def texts(self, source_ids: Sequence[int]) -> list[tuple[int, str]]:
        """Return ids and normalised texts of sources.

        The list of parameters has a fixed length, so that the statement is prepared once.
        """
        found: list[tuple[int, str]] = []
        for start in range(0, len(source_ids), _PARAMETERS):
            batch = source_ids[start : start + _PARAMETERS]
            found += self.db.execute(_TEXTS, [*batch, *[-1] * (_PARAMETERS - len(batch))]).fetchall()
        return found

    def sources_with_grams(self, query: str) -> Iterator[tuple[int, str]]:
        """Yield ids and texts of the sources that match an FTS5 query over grams."""
        rows = self.db.execute(
            "SELECT source.id, text FROM gram JOIN source ON source.id = gram.rowid WHERE gram MATCH ?", (query,)
        )
        yield from rows

    def sources_with_letters(self, letters: str) -> Iterator[tuple[int, str]]:
        """Yield ids and texts of the sources that contain letters, whatever spaces are between."""
        yield from self.db.execute(
            "SELECT id, text FROM source WHERE replace(text, ' ', '') LIKE ? ESCAPE '\\'", (_like(letters),)
        )

    def entries_with_target(self, part: str, *, any_spaces: bool = False) -> Iterator[IndexedEntry]:
        """Yield the entries whose target contains a text, or its letters with any spaces between.

        SQLite scans every target without holding the GIL: a million take about half a second.
        """
        target = "replace(target, ' ', '')" if any_spaces else "target"
        rows = self.db.execute(
            f"SELECT catalog.name, {_COLUMNS} FROM entry JOIN source ON source.id = entry.source"
            f" JOIN catalog ON catalog.id = entry.catalog WHERE {target} LIKE ? ESCAPE '\\'",
            (_like(part),),
        )
        yield from (IndexedEntry(row[0], MemoryEntry(*row[1:])) for row in rows)

    def sent_stamps(self) -> dict[str, str]:
        """Return catalog -> stamp with which it was last sent to a shared memory."""
        return dict(self.db.execute("SELECT catalog, stamp FROM sent"))

    def record_sent(self, catalog: str, stamp: str) -> None:
        """Record that a shared memory has a catalog or, with an empty stamp, no longer has it."""
        with self._writing():
            if stamp:
                self.db.execute("INSERT OR REPLACE INTO sent VALUES (?, ?)", (catalog, stamp))
            else:
                self.db.execute("DELETE FROM sent WHERE catalog = ?", (catalog,))

    def count(self) -> int:
        """Return the number of distinct sources."""
        return int(self.db.execute("SELECT n FROM count WHERE name = 'sources'").fetchone()[0])

    # Changes

    def replace_entries(self, changes: Sequence[CatalogEntries]) -> None:
        """Replace the entries of catalogs. Only differences are written."""
        with self._writing():
            deleted: list[tuple[int, str]] = []
            new: list[tuple[int, MemoryEntry]] = []
            for change in changes:
                number, present = self._catalog(change.catalog, change.stamp)
                entries_by_unit = {entry.unit: entry for entry in change.entries}
                deleted += [(number, unit) for unit, entry in present.items() if entries_by_unit.get(unit) != entry]
                new += [(number, entry) for unit, entry in entries_by_unit.items() if present.get(unit) != entry]
            sources = self._delete(deleted)
            self._insert(new)
            self._drop_unused(sources)

    def remove(self, catalogs: Iterable[str]) -> None:
        """Remove catalogs with all their entries."""
        with self._writing():
            for name in catalogs:
                row = self.db.execute("SELECT id FROM catalog WHERE name = ?", (name,)).fetchone()
                if row:
                    units = self.db.execute("SELECT catalog, unit FROM entry WHERE catalog = ?", row).fetchall()
                    self._drop_unused(self._delete(units))
                    self.db.execute("DELETE FROM catalog WHERE id = ?", row)

    def purge(self, catalogs: Iterable[str]) -> None:
        """Remove catalogs and overwrite their texts in the file."""
        self.db.execute("UPDATE count SET n = 1 WHERE name = 'unclean'")
        self.db.execute("PRAGMA secure_delete=ON")
        self.remove(catalogs)
        self.clean()

    @property
    def is_unclean(self) -> bool:
        """True if a purge was interrupted."""
        return bool(self.db.execute("SELECT n FROM count WHERE name = 'unclean'").fetchone()[0])

    def clean(self) -> None:
        """Overwrite removed data."""
        self.db.execute("PRAGMA secure_delete=ON")
        # deleted grams stay in old segments until then
        self.db.execute("INSERT INTO gram (gram) VALUES ('optimize')")
        self._count_grams()
        self.db.execute("VACUUM")
        self.db.execute("UPDATE count SET n = 0 WHERE name = 'unclean'")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def clear(self) -> None:
        """Recreate all tables, whatever version wrote them."""
        with self._writing():
            tables = self.db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
            )
            # first: dropping a virtual table drops its shadow tables
            for (name,) in tables.fetchall():
                self.db.execute(f'DROP TABLE "{name}"')
            tables = self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            for (name,) in tables.fetchall():
                self.db.execute(f'DROP TABLE "{name}"')
            for statement in SCHEMA.split(";")[:-1]:
                self.db.execute(statement)
            self.db.execute(f"PRAGMA user_version={VERSION}")

    def recount_if_needed(self, *, whole: bool = False) -> None:
        """Recount gram frequencies after a load, if the number of sources doubled since the last
        count.

        With `whole`, count in any case and optimise the index for the fastest search.
        """
        if whole:
            with self._writing():
                self.db.execute("INSERT INTO gram (gram) VALUES ('optimize')")
        counted = self.db.execute("SELECT n FROM count WHERE name = 'counted'").fetchone()[0]
        if whole or (counted < _MOST_COUNTED and self.count() >= 2 * counted + 100):
            self._count_grams()

    def _count_grams(self) -> None:
        self.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, gram, row)")
        with self._writing():
            self.db.execute("DELETE FROM frequency")
            self.db.execute("INSERT INTO frequency SELECT term, doc FROM temp.vocabulary WHERE doc >= ?", (_RARE,))
            self.db.execute("UPDATE count SET n = ? WHERE name = 'counted'", (self.count(),))

    def _catalog(self, name: str, stamp: str) -> tuple[int, dict[str, MemoryEntry]]:
        """Set the stamp of a catalog; return its id, and its present entries by unit."""
        present = {entry.unit: entry for entry in self.entries_of(name)}
        row = self.db.execute(
            "INSERT INTO catalog (name, stamp) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp"
            " RETURNING id",
            (name, stamp),
        ).fetchone()
        return int(row[0]), present

    def _delete(self, keys: Sequence[tuple[int, str]]) -> set[int]:
        """Delete entries; return their sources, which the caller passes to `_drop_unused`."""
        statement = "DELETE FROM entry WHERE catalog = ? AND unit = ? RETURNING source"
        return {int(self.db.execute(statement, key).fetchone()[0]) for key in keys}

    def _drop_unused(self, sources: set[int]) -> None:
        unused = [
            self.db.execute("SELECT id, text FROM source WHERE id = ?", (source_id,)).fetchone()
            for source_id in sorted(sources)
            if not self.db.execute("SELECT 1 FROM entry WHERE source = ? LIMIT 1", (source_id,)).fetchone()
        ]
        self.db.executemany(
            "INSERT INTO gram (gram, rowid, tokens) VALUES ('delete', ?, ?)",
            [(source_id, _tokens(text)) for source_id, text in unused],
        )
        self.db.executemany("DELETE FROM source WHERE id = ?", [(source_id,) for source_id, _ in unused])
        _count_sources(self.db, -len(unused))

    def _insert(self, entries: Sequence[tuple[int, MemoryEntry]]) -> None:
        ids = self._sources_of([normalised(entry.source) for _, entry in entries])
        new_sources: list[tuple[int, int, str]] = []
        last_ids: dict[int, int] = {}
        rows = []
        for catalog, entry in entries:
            text = normalised(entry.source)
            source_id = ids.get(text)
            if source_id is None:
                source_id = _next_id(self.db, len(text), last_ids)
                new_sources.append((source_id, key(text), text))
            ids[text] = source_id
            written = entry.source if entry.source != text else None
            rows.append((catalog, entry.unit, source_id, written, *entry[2:4], RANKS.get(entry.state, 0), *entry[4:]))
        new_sources.sort()  # FTS5 begins a new segment whenever an id is lower than the previous one
        self.db.executemany("INSERT INTO source VALUES (?, ?, ?)", new_sources)
        self.db.executemany(
            "INSERT INTO gram (rowid, tokens) VALUES (?, ?)",
            [(source_id, _tokens(text)) for source_id, _, text in new_sources],
        )
        self.db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        _count_sources(self.db, len(new_sources))


_PARAMETERS = 200
_TEXTS = f"SELECT id, text FROM source WHERE id IN ({', '.join('?' * _PARAMETERS)})"
_IDS = f"SELECT id, text FROM source WHERE key IN ({', '.join('?' * _PARAMETERS)})"
_COLUMNS = "unit, coalesce(written, text), target, state, who, time, before, after"


def window(shortest: int, longest: int) -> tuple[int, int]:
    """Return the first and the last id of sources with these lengths in characters."""
    return shortest << 32, (longest + 1 << 32) - 1


def _like(part: str) -> str:
    """Return the LIKE pattern of the texts that contain a case-folded text."""
    escaped = "".join("\\" + character if character in "\\%_" else character for character in part)
    return f"%{with_any_case(escaped, '_')}%"


def _tokens(text: str) -> str:
    return " ".join(grams(text))


def _next_id(db: sqlite3.Connection, length: int, last_ids: dict[int, int]) -> int:
    """Return a free id for a source of this length; `last_ids` caches the last id of each
    length.
    """
    if length not in last_ids:
        row = db.execute("SELECT max(id) FROM source WHERE id BETWEEN ? AND ?", window(length, length)).fetchone()
        last_ids[length] = row[0] or length << 32
    last_ids[length] += 1
    return last_ids[length]


def _count_sources(db: sqlite3.Connection, change: int) -> None:
    if change:
        db.execute("UPDATE count SET n = n + ? WHERE name = 'sources'", (change,))

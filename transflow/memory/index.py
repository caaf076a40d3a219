"""The embedded index: one SQLite file for each locale, derived from catalogs and imported memories, always disposable.

Invariant: every change is one transaction, so whoever is killed leaves an index that answers from what was done until
then. A source stands once in `source` and in `gram`, under an id that begins with its length, for as long as an entry has it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from transflow.memory.entries import RANKS, MemoryEntry
from transflow.memory.grams import grams, key, normalised
from transflow.memory.tables import SCHEMA, VERSION

BATCH = 20_000
"""Entries in one transaction of a long load: enough for long runs of ascending ids, few enough to lose when killed."""
_COUNTED_ENOUGH = 100_000
"""Frequencies counted over so many sources serve any number."""
_RARE = 4
"""Grams in fewer sources than that have no frequency: all are equally rare."""


class Held(NamedTuple):
    """An entry with its catalog, as the index has it."""

    catalog: str
    entry: MemoryEntry


class CatalogEntries(NamedTuple):
    """What a catalog is to hold, instead of what it held."""

    catalog: str
    stamp: str
    entries: Sequence[MemoryEntry]


class Index:
    """An open index. Not for two threads at once. Raises sqlite3.Error; a file that is no index of this version is made anew."""

    def __init__(self, path: Path, patience: float = 10.0) -> None:
        """`patience`: seconds to wait for another process that writes."""
        self.path, self._patience = path, patience
        try:
            self.db = self._open()
            if self.db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                self.clear()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise  # locked, full or out of reach: another file would not help
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
        """A file that is no database goes. A database never does: another process may have it open."""
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
        """Several questions in one transaction: SQLite then looks once whether somebody wrote, which takes as long as a question."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    # What is there

    def stamps(self) -> dict[str, str]:
        """Catalog -> stamp of the file that it was read from."""
        return dict(self.db.execute("SELECT name, stamp FROM catalog"))

    def stamp(self, catalog: str) -> str:
        """Of one catalog; empty where it is not there."""
        row = self.db.execute("SELECT stamp FROM catalog WHERE name = ?", (catalog,)).fetchone()
        return str(row[0]) if row else ""

    def held(self, catalog: str) -> list[MemoryEntry]:
        """The entries of a catalog."""
        rows = self.db.execute(
            f"SELECT {_COLUMNS} FROM entry JOIN source ON source.id = entry.source"
            " WHERE catalog = (SELECT id FROM catalog WHERE name = ?)",
            (catalog,),
        )
        return [MemoryEntry(*row) for row in rows]

    def everything(self) -> Iterator[Held]:
        """Every entry, by catalog."""
        for name in sorted(self.stamps()):
            for entry in self.held(name):
                yield Held(name, entry)

    def of_source(self, source_id: int, most: int) -> list[Held]:
        """The entries with a source, best first."""
        rows = self.db.execute(
            f"SELECT catalog.name, {_COLUMNS} FROM entry JOIN source ON source.id = entry.source"
            " JOIN catalog ON catalog.id = entry.catalog WHERE entry.source = ?"
            " ORDER BY rank DESC, time DESC, catalog.name, unit LIMIT ?",
            (source_id, most),
        )
        return [Held(row[0], MemoryEntry(*row[1:])) for row in rows]

    def _sources_of(self, texts: Sequence[str]) -> dict[str, int]:
        """The ids of those normalised sources that are there."""
        wanted = {key(text): text for text in texts}
        keys = list(wanted)
        found: dict[str, int] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            rows = self.db.execute(_IDS, [*some, *[0] * (_AT_ONCE - len(some))])
            found |= {text: source_id for source_id, text in rows}
        return found

    def texts(self, source_ids: Sequence[int]) -> list[tuple[int, str]]:
        """Ids and normalised texts of sources. (A list of a fixed length is one statement, prepared once.)"""
        found: list[tuple[int, str]] = []
        for start in range(0, len(source_ids), _AT_ONCE):
            some = source_ids[start : start + _AT_ONCE]
            found += self.db.execute(_TEXTS, [*some, *[-1] * (_AT_ONCE - len(some))]).fetchall()
        return found

    def with_grams(self, question: str) -> Iterator[tuple[int, str]]:
        """Ids and texts of the sources that answer an FTS5 query over grams."""
        rows = self.db.execute(
            "SELECT source.id, text FROM gram JOIN source ON source.id = gram.rowid WHERE gram MATCH ?", (question,)
        )
        yield from rows

    def with_target(self, part: str, most: int) -> list[Held]:
        """The entries whose target contains a text. It looks at every target, in SQLite: a million take about half a second,
        in which Python is free."""
        rows = self.db.execute(
            f"SELECT catalog.name, {_COLUMNS} FROM entry JOIN source ON source.id = entry.source"
            " JOIN catalog ON catalog.id = entry.catalog WHERE target LIKE ? ESCAPE '\\' LIMIT ?",
            (f"%{_escaped(part)}%", most),
        )
        return [Held(row[0], MemoryEntry(*row[1:])) for row in rows]

    def sent(self) -> dict[str, str]:
        """Catalog -> the stamp that a shared memory has it with."""
        return dict(self.db.execute("SELECT catalog, stamp FROM sent"))

    def was_sent(self, catalog: str, stamp: str) -> None:
        """Notes that a shared memory has a catalog; with an empty stamp, that it has it no more."""
        with self._writing():
            if stamp:
                self.db.execute("INSERT OR REPLACE INTO sent VALUES (?, ?)", (catalog, stamp))
            else:
                self.db.execute("DELETE FROM sent WHERE catalog = ?", (catalog,))

    def count(self) -> int:
        """How many different sources there are."""
        return int(self.db.execute("SELECT n FROM count WHERE name = 'sources'").fetchone()[0])

    # Changes

    def put(self, changes: Sequence[CatalogEntries]) -> None:
        """Makes catalogs hold just these entries. Only what differs is written."""
        with self._writing():
            gone: list[tuple[int, str]] = []
            new: list[tuple[int, MemoryEntry]] = []
            for change in changes:
                number, old = self._catalog(change.catalog, change.stamp)
                wanted = {entry.unit: entry for entry in change.entries}
                gone += [(number, unit) for unit, entry in old.items() if wanted.get(unit) != entry]
                new += [(number, entry) for unit, entry in wanted.items() if old.get(unit) != entry]
            sources = self._delete(gone)
            self._insert(new)
            self._drop_unused(sources)

    def remove(self, catalogs: Iterable[str]) -> None:
        """Forgets catalogs with all their entries."""
        with self._writing():
            for name in catalogs:
                row = self.db.execute("SELECT id FROM catalog WHERE name = ?", (name,)).fetchone()
                if row:
                    units = self.db.execute("SELECT catalog, unit FROM entry WHERE catalog = ?", row).fetchall()
                    self._drop_unused(self._delete(units))
                    self.db.execute("DELETE FROM catalog WHERE id = ?", row)

    def purge(self, catalogs: Iterable[str]) -> None:
        """Forgets catalogs so that no byte of their texts stays in the file."""
        self.db.execute("UPDATE count SET n = 1 WHERE name = 'unclean'")
        self.db.execute("PRAGMA secure_delete=ON")
        self.remove(catalogs)
        self.clean()

    @property
    def is_unclean(self) -> bool:
        """Whether somebody was stopped while he purged."""
        return bool(self.db.execute("SELECT n FROM count WHERE name = 'unclean'").fetchone()[0])

    def clean(self) -> None:
        """Overwrites what was removed."""
        self.db.execute("PRAGMA secure_delete=ON")
        self.db.execute("INSERT INTO gram (gram) VALUES ('optimize')")  # deleted grams stay in old segments until then
        self._count_grams()
        self.db.execute("VACUUM")
        self.db.execute("UPDATE count SET n = 0 WHERE name = 'unclean'")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def clear(self) -> None:
        """Forgets everything, whatever version wrote it."""
        with self._writing():
            tables = self.db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
            )
            for (name,) in tables.fetchall():  # first: a virtual table takes its shadow tables along
                self.db.execute(f'DROP TABLE "{name}"')
            tables = self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            for (name,) in tables.fetchall():
                self.db.execute(f'DROP TABLE "{name}"')
            for statement in SCHEMA.split(";")[:-1]:
                self.db.execute(statement)
            self.db.execute(f"PRAGMA user_version={VERSION}")

    def settle(self, *, whole: bool = False) -> None:
        """After a load: counts how frequent grams are, where there are twice as many sources as at the last count; `whole`
        also orders the index for the quickest search."""
        if whole:
            with self._writing():
                self.db.execute("INSERT INTO gram (gram) VALUES ('optimize')")
        counted = self.db.execute("SELECT n FROM count WHERE name = 'counted'").fetchone()[0]
        if whole or (counted < _COUNTED_ENOUGH and self.count() >= 2 * counted + 100):
            self._count_grams()

    def _count_grams(self) -> None:
        self.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, gram, row)")
        with self._writing():
            self.db.execute("DELETE FROM frequency")
            self.db.execute("INSERT INTO frequency SELECT term, doc FROM temp.vocabulary WHERE doc >= ?", (_RARE,))
            self.db.execute("UPDATE count SET n = ? WHERE name = 'counted'", (self.count(),))

    def _catalog(self, name: str, stamp: str) -> tuple[int, dict[str, MemoryEntry]]:
        """The number of a catalog that gets this stamp, and its present entries by unit."""
        old = {entry.unit: entry for entry in self.held(name)}
        row = self.db.execute(
            "INSERT INTO catalog (name, stamp) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp"
            " RETURNING id",
            (name, stamp),
        ).fetchone()
        return int(row[0]), old

    def _delete(self, gone: Sequence[tuple[int, str]]) -> set[int]:
        """Deletes entries. Returns the sources that they had: whoever asks for this drops those that have none now."""
        remove = "DELETE FROM entry WHERE catalog = ? AND unit = ? RETURNING source"
        return {int(self.db.execute(remove, each).fetchone()[0]) for each in gone}

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
        self._count_sources(-len(unused))

    def _insert(self, new: Sequence[tuple[int, MemoryEntry]]) -> None:
        ids = self._sources_of([normalised(entry.source) for _, entry in new])
        fresh: list[tuple[int, int, str]] = []
        last: dict[int, int] = {}
        rows = []
        for catalog, entry in new:
            text = normalised(entry.source)
            source_id = ids.get(text)
            if source_id is None:
                source_id = self._next_id(len(text), last)
                fresh.append((source_id, key(text), text))
            ids[text] = source_id
            written = entry.source if entry.source != text else None
            rows.append((catalog, entry.unit, source_id, written, *entry[2:4], RANKS.get(entry.state, 0), *entry[4:]))
        fresh.sort()  # FTS5 writes a segment whenever an id is less than the one before it
        self.db.executemany("INSERT INTO source VALUES (?, ?, ?)", fresh)
        self.db.executemany(
            "INSERT INTO gram (rowid, tokens) VALUES (?, ?)",
            [(source_id, _tokens(text)) for source_id, _, text in fresh],
        )
        self.db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._count_sources(len(fresh))

    def _next_id(self, length: int, last: dict[int, int]) -> int:
        """An id that is free, for a source of this length. `last` has the latest of each length."""
        if length not in last:
            row = self.db.execute(
                "SELECT max(id) FROM source WHERE id BETWEEN ? AND ?", window(length, length)
            ).fetchone()
            last[length] = row[0] or length << 32
        last[length] += 1
        return last[length]

    def _count_sources(self, more: int) -> None:
        if more:
            self.db.execute("UPDATE count SET n = n + ? WHERE name = 'sources'", (more,))


_AT_ONCE = 200
_TEXTS = f"SELECT id, text FROM source WHERE id IN ({', '.join('?' * _AT_ONCE)})"
_IDS = f"SELECT id, text FROM source WHERE key IN ({', '.join('?' * _AT_ONCE)})"
_COLUMNS = "unit, coalesce(written, text), target, state, who, time, before, after"


def window(shortest: int, longest: int) -> tuple[int, int]:
    """The first and the last id of sources with these lengths in characters."""
    return shortest << 32, (longest + 1 << 32) - 1


def _escaped(part: str) -> str:
    """A text as a part of a pattern for LIKE."""
    return "".join("\\" + character if character in "\\%_" else character for character in part)


def _tokens(text: str) -> str:
    return " ".join(grams(text))

"""Results of checks by content, in an SQLite database in the user's cache folder.

Invariant: a result is found only under a digest of everything that it depends on. A database that
is damaged, locked or not writable counts as empty, and so does one that others may write. A process
that is killed leaves the results that it had committed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import time
from typing import Any, TypeVar

from transflow.json_text import decode_json, encode_json
from transflow.project.cache import ensure_private_file

_NAME = "verdicts.db"
_TABLE = "CREATE TABLE IF NOT EXISTS verdict (key BLOB PRIMARY KEY, used INTEGER, value TEXT) WITHOUT ROWID"
_PATIENCE = 5.0
"""Seconds to wait for another process that writes."""
_DAY = 86400
_DAYS_KEPT = 30
MOST_BYTES = 64 * 1024 * 1024
"""Size from which on everything is dropped that today's runs did not use."""
_Value = TypeVar("_Value")


class VerdictCache:
    """Results of a project's checks; without a folder, there are none. Not shared by processes."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / _NAME if folder else None
        self._database: sqlite3.Connection | None = None
        self._new: dict[bytes, str] = {}
        self._old: set[bytes] = set()
        """Keys that were found, and not used yet today."""

    @property
    def is_used(self) -> bool:
        return self._path is not None

    def get(self, key: bytes, read: Callable[[Any], _Value]) -> _Value | None:
        """Return what `read` makes of the value of a key; None if it can read none."""
        try:
            database = self._open()
            row = database and database.execute("SELECT value, used FROM verdict WHERE key = ?", (key,)).fetchone()
            if not row:
                return None
            found = read(decode_json(row[0]))
        except sqlite3.Error:
            self._give_up()
            return None
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            return None
        if row[1] != _today():
            self._old.add(key)
        return found

    def put(self, key: bytes, value: Any) -> None:
        """Set the value of a key, which `save` writes."""
        self._new[key] = encode_json(value)

    def save(self) -> None:
        """Write new values, and drop old ones, in one transaction."""
        new, old, self._new, self._old = self._new, self._old, {}, set()
        if not new and not old:
            return
        today = _today()
        try:
            if (database := self._open()) is None:
                return
            with database:
                database.execute("BEGIN IMMEDIATE")
                rows = [(key, today, value) for key, value in new.items()]
                database.executemany("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?)", rows)
                database.executemany("UPDATE verdict SET used = ? WHERE key = ?", [(today, key) for key in old])
                if old or _size(database) > MOST_BYTES:
                    oldest = today if _size(database) > MOST_BYTES else today - _DAYS_KEPT
                    database.execute("DELETE FROM verdict WHERE used < ?", (oldest,))
                if _size(database) > MOST_BYTES:
                    database.execute("DELETE FROM verdict")
        except sqlite3.Error:
            self._give_up()

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self) -> sqlite3.Connection | None:
        if self._database is None and self._path is not None:
            self._database = open_database(self._path, _TABLE)
            if self._database is None:
                self._path = None
        return self._database

    def _give_up(self) -> None:
        """Do without the database; remove it if it is damaged, so that the next run has one."""
        with suppress(sqlite3.Error):
            is_damaged = self._database is not None and not _is_sound(self._database)
            self.close()
            if is_damaged and self._path:
                _remove(self._path)
        self._path = self._database = None


def open_database(path: Path, table: str) -> sqlite3.Connection | None:
    """Open a database in the cache, for the user alone; None if it cannot be used.

    A damaged one is removed, so that the next run has one.
    """
    try:
        return _connect(path, table)
    except (OSError, sqlite3.OperationalError):  # not writable, locked, or somebody else's
        return None
    except sqlite3.DatabaseError:
        _remove(path)
        return None


def _connect(path: Path, table: str) -> sqlite3.Connection:
    """Open the database. Raise OSError, sqlite3.Error."""
    ensure_private_file(path)
    for each in (path, path.parent):
        status = each.lstat()
        if status.st_uid != os.geteuid() or status.st_mode & 0o022:
            raise PermissionError(str(each))
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
        database.execute(table)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _is_sound(database: sqlite3.Connection) -> bool:
    try:
        return bool(database.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def _size(database: sqlite3.Connection) -> int:
    pages, free, size = (
        database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _today() -> int:
    return int(time()) // _DAY

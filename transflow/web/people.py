"""Sessions of people in the browser, in a database of the user who runs the server.

Invariant: the database has digests of tokens only, so that nobody who reads it can enter; a session
ends when its time is over, when the person ends it, and when the person leaves the project.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock

LIFETIME = timedelta(days=14)
"""Time after the last visit when a session ends."""
_SEEN_AGAIN = timedelta(minutes=5)
"""Time after which a visit is noted again."""
_TABLES = """
CREATE TABLE IF NOT EXISTS sessions (
    token TEXT PRIMARY KEY, person TEXT NOT NULL, began TEXT NOT NULL, seen TEXT NOT NULL, browser TEXT NOT NULL
)
"""


class Sessions:
    """Sessions of one server. Each call has its own connection, so threads may share it."""

    def __init__(self, path: Path, clock: Callable[[], str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
        self._path, self._clock = path, clock
        with self._database() as database:
            database.execute(_TABLES)

    def begin(self, person: str, browser: str) -> str:
        """Begin a session, and return its token, which is stored nowhere."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._database() as database:
            database.execute("DELETE FROM sessions WHERE seen < ?", (_before(now, LIFETIME),))
            row = (digest(token), person, now, now, browser[:200])
            database.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", row)
        return token

    def person(self, token: str) -> str:
        """Return the id of the person whose session it is; "" if it is none, or has ended."""
        now = self._clock()
        with self._database() as database:
            query = "SELECT person, seen FROM sessions WHERE token = ?"
            person, seen = database.execute(query, (digest(token),)).fetchone() or ("", "")
            if seen < _before(now, LIFETIME):
                return ""
            if seen < _before(now, _SEEN_AGAIN):
                database.execute("UPDATE sessions SET seen = ? WHERE token = ?", (now, digest(token)))
        return str(person)

    def end(self, token: str) -> None:
        """End a session."""
        with self._database() as database:
            database.execute("DELETE FROM sessions WHERE token = ?", (digest(token),))

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self._path, timeout=10)
        try:
            with database:
                yield database
        finally:
            database.close()


class Entrances:
    """Addresses by which somebody enters once, while the server runs."""

    def __init__(self) -> None:
        self._people: dict[str, str] = {}
        self._lock = Lock()

    def make(self, person: str) -> str:
        """Return a token that lets a person in once."""
        token = secrets.token_urlsafe(32)
        self._people[digest(token)] = person
        return token

    def take(self, token: str) -> str:
        """Return the person whom a token lets in, which is used up then; "" for any other."""
        with self._lock:
            return self._people.pop(digest(token), "")


def digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _before(now: str, time: timedelta) -> str:
    return (datetime.fromisoformat(now) - time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

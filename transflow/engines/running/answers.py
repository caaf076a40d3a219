"""Cache of paid answers.

Invariant: the cache can be deleted at any time; it holds no source text and no key, and no file is
named after either: an answer is looked up by the digest of everything that determines it. Nothing
of a confidential report is stored, and its answers are deleted when a report becomes confidential.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from transflow.engines import EngineItem, Setup

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    mark BLOB NOT NULL, report TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (mark, report)
) WITHOUT ROWID
"""
_PARAMETERS = 500


def cache_key(setup: Setup, prompt: str, item: EngineItem, *context: str) -> bytes:
    """Return the cache key of an answer: a digest of engine, model, languages, prompt, terms and
    text, and of the `context` that the engine reads with it.
    """
    terms = "\x01".join("\x02".join((term.source, term.target, *term.forbidden)) for term in item.terms)
    parts = (setup.engine, setup.model, setup.source, setup.target, prompt, terms, item.text)
    options = "\x01".join(f"{name}={value}" for name, value in sorted(setup.options.items()))
    return sha256("\0".join((*parts, options, *context)).encode("utf-8", "surrogatepass")).digest()


class AnswerCache:
    """Cached answers of a project. For use by one thread.

    A failure of the file while it is in use, such as a full disk, is ignored: every answer can be
    requested again.
    """

    def __init__(self, path: Path) -> None:
        """Open the cache. Raise sqlite3.Error or OSError if the file cannot be used: go on without
        it.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = sqlite3.connect(path, timeout=10.0)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute("PRAGMA secure_delete = ON")
        self._file.execute(_SCHEMA)

    def close(self) -> None:
        self._file.close()

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        texts: dict[bytes, str] = {}
        with suppress(sqlite3.Error):
            for start in range(0, len(keys), _PARAMETERS):
                batch = keys[start : start + _PARAMETERS]
                placeholders = ",".join("?" * len(batch))
                rows = self._file.execute(f"SELECT mark, target FROM answers WHERE mark IN ({placeholders})", batch)
                texts.update((key, text) for key, text in rows if isinstance(text, str))
        return texts

    def store(self, answers: Iterable[tuple[bytes, str, str]]) -> None:
        """Store (key, report, text) triples in one transaction, without lone surrogates.

        An empty text records that the engine has no translation.
        """
        rows = [(key, report, text.encode("utf-8", "ignore").decode()) for key, report, text in answers]
        with suppress(sqlite3.Error), self._file:
            self._file.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)

    def reports(self) -> list[str]:
        return [row[0] for row in self._file.execute("SELECT DISTINCT report FROM answers")]

    def delete_reports(self, reports: Iterable[str]) -> None:
        """Delete the answers of these reports, irrecoverably.

        Raise sqlite3.Error on failure: the cache must not be used then.
        """
        rows = [(report,) for report in reports]
        if rows:
            with self._file:
                self._file.executemany("DELETE FROM answers WHERE report = ?", rows)
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

"""Answers that were paid for, kept for the next time.

Invariant: what is kept can be deleted at any time; no source text and no key is in it, and no file is named after either: a
text is found by the hash of all that decides on its answer. Nothing of a confidential report is put into it, and what is
there goes when a report becomes confidential.
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
_AT_ONCE = 500


def mark(setup: Setup, prompt: str, item: EngineItem) -> bytes:
    """What an answer is kept under: engine, model, languages, prompt, the terms that were demanded, and the text."""
    terms = "\x01".join("\x02".join((term.source, term.target, *term.forbidden)) for term in item.terms)
    parts = (setup.engine, setup.model, setup.source, setup.target, prompt, terms, item.text)
    options = "\x01".join(f"{name}={value}" for name, value in sorted(setup.options.items()))
    return sha256("\0".join((*parts, options)).encode("utf-8", "surrogatepass")).digest()


class Answers:
    """The kept answers of a project. For one thread. A file that fails while it is used, on a full disk say, finds and keeps
    nothing: every answer can be asked for again."""

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.Error and OSError where the file cannot be used: then do without."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = sqlite3.connect(path, timeout=10.0)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute("PRAGMA secure_delete = ON")
        self._file.execute(_SCHEMA)

    def close(self) -> None:
        self._file.close()

    def found(self, marks: Sequence[bytes]) -> dict[bytes, str]:
        found: dict[bytes, str] = {}
        with suppress(sqlite3.Error):
            for start in range(0, len(marks), _AT_ONCE):
                some = marks[start : start + _AT_ONCE]
                places = ",".join("?" * len(some))
                rows = self._file.execute(f"SELECT mark, target FROM answers WHERE mark IN ({places})", some)
                found.update((mark, text) for mark, text in rows if isinstance(text, str))
        return found

    def keep(self, answers: Iterable[tuple[bytes, str, str]]) -> None:
        """Keeps (mark, report, text) as they came, in one transaction, half characters aside; an empty text says that the engine
        has none to give."""
        rows = [(mark, report, text.encode("utf-8", "ignore").decode()) for mark, report, text in answers]
        with suppress(sqlite3.Error), self._file:
            self._file.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)

    def reports(self) -> list[str]:
        return [row[0] for row in self._file.execute("SELECT DISTINCT report FROM answers")]

    def forget(self, reports: Iterable[str]) -> None:
        """Takes out what came from these reports, for good. Raises sqlite3.Error where that fails: it must not be used then."""
        gone = [(report,) for report in reports]
        if gone:
            with self._file:
                self._file.executemany("DELETE FROM answers WHERE report = ?", gone)
            self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

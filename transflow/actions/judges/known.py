"""Judgements so far, in an SQLite database in the user's cache folder.

Invariant: nothing of it is in the record. No text is kept of a report that must not leave this
machine, is gone, or of a sentence that is off the record or on hold: what was kept before is
overwritten. A database that cannot be used counts as empty.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from typing import Any, NamedTuple

from transflow.actions.checks.verdict_cache import open_database
from transflow.errors import UnreadableError
from transflow.json_text import decode_json, encode_json
from transflow.judges import JudgeFinding
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project, kept_reports
from transflow.project.index_sync import may_leave
from transflow.project.places import report_path

_NAME = "judgements.db"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS judgement (catalog TEXT NOT NULL, unit TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY (catalog, unit)) WITHOUT ROWID"
)
_MOST = 10
"""Number of judgements of one unit that are kept, the newest."""


class Judged(NamedTuple):
    """A pair of texts that a judge was asked about, and what it found."""

    judge: str
    """Judge and model: `openai/gpt-5-mini`."""
    version: str
    """Digest of the judge's rules and options."""
    source: str
    target: str
    time: str
    """UTC time of the answer."""
    findings: tuple[JudgeFinding, ...]

    def is_about(self, unit: Unit) -> bool:
        """Return whether a unit has these texts still."""
        return (self.source, self.target) == (unit.source, unit.target)


class KnownJudgements:
    """Judgements by unit. To be closed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._own: dict[tuple[str, str], list[Judged]] = {}
        """Judgements of this run, also where no database can be used."""
        self._unsaved: dict[tuple[str, str], CatalogRef] = {}
        self._database: sqlite3.Connection | None = None
        self.is_kept = project.cache is not None
        """False once the database could not be used."""

    def of(self, place: CatalogRef, unit_id: str) -> list[Judged]:
        """Return the judgements of a unit, oldest first."""
        key = (place.path, unit_id)
        if own := self._own.get(key):
            return own
        rows = self._ask("SELECT value FROM judgement WHERE catalog = ? AND unit = ?", *key)
        try:
            return [judged for (value,) in rows for judged in _read(decode_json(value))]
        except (ValueError, TypeError):
            return []

    def places(self) -> list[str]:
        """Return the paths of the catalogs that have judgements."""
        return [str(path) for (path,) in self._ask("SELECT DISTINCT catalog FROM judgement ORDER BY catalog")]

    def add(self, place: CatalogRef, unit_id: str, judged: Judged) -> None:
        """Add a judgement, which takes the place of the one of the same judge and texts."""
        others = [each for each in self.of(place, unit_id) if each[:4] != judged[:4]]
        self._own[place.path, unit_id] = [*others, judged][-_MOST:]
        self._unsaved[place.path, unit_id] = place

    def save(self) -> None:
        """Write what was added, in one transaction."""
        unsaved, self._unsaved = self._unsaved, {}
        places = {*unsaved.values()}
        kept_reports.note(self._project.root, [path for each in places for path in (each.path, report_path(each.slug))])
        rows = [(*key, encode_json([_values(each) for each in self._own[key]])) for key in unsaved]
        self._write("INSERT OR REPLACE INTO judgement VALUES (?, ?, ?)", rows)

    def units(self, path: str) -> list[str]:
        """Return the ids of the units of a catalog that have judgements."""
        return [str(unit) for (unit,) in self._ask("SELECT unit FROM judgement WHERE catalog = ?", path)]

    def forget(self, path: str, unit_ids: Iterable[str]) -> None:
        """Delete all judgements of units, so that no byte of them remains."""
        rows = [(path, each) for each in unit_ids]
        if rows and self._write("DELETE FROM judgement WHERE catalog = ? AND unit = ?", rows):
            self._ask("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _ask(self, query: str, *values: str) -> list[Any]:
        """Return the rows of a query; none without a database."""
        try:
            database = self._open()
            return database.execute(query, values).fetchall() if database else []
        except sqlite3.Error:
            self.is_kept = False
            return []

    def _write(self, statement: str, rows: Collection[tuple[str, ...]]) -> bool:
        """Write rows; return whether that succeeded."""
        try:
            if rows and (database := self._open(creates=True)):
                with database:
                    database.execute("BEGIN IMMEDIATE")
                    database.executemany(statement, rows)
                return True
        except sqlite3.Error:
            self.is_kept = False
        return False

    def _open(self, *, creates: bool = False) -> sqlite3.Connection | None:
        """Return the database; None if it cannot be used, or if there is none to read."""
        path = self._project.cache / _NAME if self._project.cache else None
        if self._database is None and path is not None and self.is_kept and (creates or path.is_file()):
            self._database = open_database(path, _TABLE)
            self.is_kept = self._database is not None
            if self._database:
                self._database.execute("PRAGMA secure_delete = ON")
        return self._database


def forget_private(project: Project, now: str) -> None:
    """Delete the judgements of reports that must not leave this machine any more, or are gone, and
    those of sentences that may not be printed, or are gone.
    """
    with closing(KnownJudgements(project)) as known:
        if paths := known.places():
            places = {each.path: each for each in project.all_catalogs()}
            for path in paths:
                kept = _kept_units(project, places.get(path), now)
                known.forget(path, [each for each in known.units(path) if kept is not None and each not in kept])


def _kept_units(project: Project, place: CatalogRef | None, now: str) -> Collection[str] | None:
    """Return the units whose judgements may be kept; None where that cannot be told now."""
    if place is None or not may_leave(project, place.slug, now):
        return ()
    try:
        return {unit.id for unit in project.load(place).units if may_be_kept(unit)}
    except UnreadableError:  # `check` names it, and the next command tries again
        return None


def may_be_kept(unit: Unit) -> bool:
    """Return whether texts of a sentence may be kept."""
    return not (unit.redacted or unit.is_unprintable)


def _values(judged: Judged) -> list[Any]:
    return [*judged[:-1], [[*finding] for finding in judged.findings]]


def _read(value: Any) -> list[Judged]:
    return [
        Judged(
            *(judge, version, source, target, time),
            tuple(JudgeFinding(item, (start, end), *rest) for item, (start, end), *rest in findings),
        )
        for judge, version, source, target, time, findings in value
    ]

"""The queue of one person, of which only changed catalogs are read again.

Invariant: what is returned is what reading every catalog now would give.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.project.changed_files import Stamps, catalog_stamps, outdated
from transflow.actions.project.overview import OverviewRow, overview
from transflow.actions.reports.kept_queue import KeptQueue
from transflow.actions.reports.queue import Waiting
from transflow.actions.withheld import may_read
from transflow.errors import TransflowError
from transflow.project import CatalogRef


class QueueNow(NamedTuple):
    """Work that waits, and rows of all catalogs that the person may read."""

    waiting: Sequence[Waiting]
    rows: Sequence[OverviewRow]
    hidden: int
    """Number of catalogs that the person may not read."""


class QueueReading:
    """Reading of one person's queue. Calls may come from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._queue = KeptQueue()
        self._stamps: Stamps = {}
        self._rows: dict[CatalogRef, OverviewRow | None] = {}
        """Row of each catalog; None for one that the person may not read."""
        self._read_for: object = None
        """Settings, person and day that the rows were read for."""

    def read(self, actor: Actor) -> QueueNow:
        """Return the queue, after a look at the stamps of all catalogs."""
        with self._lock:
            self._read_changes(actor)
            rows = {row.place: row for row in self._rows.values() if row is not None}
            hidden = len(self._rows) - len(rows)
        waiting = self._queue.entries(actor, lambda _error: None)  # a row names what cannot be read
        return QueueNow([each for each in waiting if each.place in rows], list(rows.values()), hidden)

    def _read_changes(self, actor: Actor) -> None:
        read_for, now = (actor.project.settings, actor.user, actor.now[:10]), catalog_stamps(actor)
        before: Stamps = self._stamps if read_for == self._read_for else {}
        places = [*outdated(before, now), *(place for place in self._overdue_since(actor) if place in before)]
        rows = {row.place: row for row in overview(actor, [place for place in places if _may_read(actor, place)])}
        kept = now.keys() & before.keys() - set(places)
        self._rows = {place: self._rows[place] if place in kept else rows.get(place) for place in now}
        self._stamps, self._read_for = now, read_for

    def _overdue_since(self, actor: Actor) -> list[CatalogRef]:
        """Return the catalogs with a deadline that passed since they were read."""
        rows = (row for row in self._rows.values() if row is not None)
        return [row.place for row in rows if row.due and row.due < actor.now and not row.overdue]


def _may_read(actor: Actor, place: CatalogRef) -> bool:
    """Return whether a catalog is listed; a damaged one is, with its problem and without a text."""
    try:
        return may_read(actor, place)
    except TransflowError:
        return True

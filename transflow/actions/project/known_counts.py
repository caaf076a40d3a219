"""Counts of report catalogs that are unchanged since an earlier run.

Invariant: known counts are those that counting would give now. They are kept by the stamps of the
catalog's and the report's files. A file is counted anew if it was changed so shortly before the
earlier run that a second change might have left its stamp as it was, and if a deadline has passed.
"""

from __future__ import annotations

import time
from typing import Any

from transflow import __version__
from transflow.actions.checks.verdict_cache import VerdictCache
from transflow.actions.checks.verdict_keys import key_of
from transflow.actions.project.counting import Counts
from transflow.model.unit import STATES
from transflow.project import CatalogRef, Project
from transflow.project.places import report_path
from transflow.project.stamps import file_stamp

_RECENT_NS = 2 * 10**9
"""Age in ns up to which a file is not remembered: the clocks of file systems are coarse."""


class KnownCounts:
    """Counts that this machine knows, with those that are added."""

    def __init__(self, project: Project, now: str) -> None:
        self._root, self._now = project.root, now
        self._cache = VerdictCache(project.cache)

    def stamp(self, place: CatalogRef) -> str:
        """Return the stamp of a catalog and its report, to be taken before they are read."""
        return f"{file_stamp(f'{self._root}/{place.path}')} {file_stamp(f'{self._root}/{report_path(place.slug)}')}"

    def find(self, place: CatalogRef, stamp: str) -> tuple[Counts, bool] | None:
        """Return the counts of a catalog, and whether its report changed; None if unknown."""
        found = self._cache.get(_key(place, stamp), _read)
        return found if found and not (found[0].next_due and found[0].next_due < self._now) else None

    def add(self, place: CatalogRef, stamp: str, counts: Counts, *, is_behind: bool) -> None:
        """Add counts, found after the stamp was taken. `save` writes them."""
        times = [int(part.partition(".")[0]) for part in stamp.split(" ") if part]
        if times and max(times) < time.time_ns() - _RECENT_NS:
            units, words, *numbers, next_due = counts
            value = [[*units.values()], [*words.values()], numbers, next_due, is_behind]
            self._cache.put(_key(place, stamp), value)

    def save(self) -> None:
        """Write what was added, and close the database, so that the process may be copied."""
        self._cache.save()
        self._cache.close()


def _key(place: CatalogRef, stamp: str) -> bytes:
    return key_of("counts", __version__, place.path, stamp)


def _read(value: Any) -> tuple[Counts, bool]:
    units, words, (changed, overdue, questions, conflicts, void), next_due, is_behind = value
    units, words = (dict(zip(STATES, numbers, strict=True)) for numbers in (units, words))
    return Counts(units, words, changed, overdue, questions, conflicts, void, next_due), is_behind

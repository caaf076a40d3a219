"""Counts of report catalogs that are unchanged since an earlier run.

Invariant: known counts are those that counting would give now. A catalog is counted anew if a
deadline has passed.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.project.counting import Counts
from transflow.actions.stamped import StampedResults
from transflow.model.unit import STATES
from transflow.project import CatalogRef, Project
from transflow.project.places import report_path


class KnownCounts(StampedResults):
    """Counts that this machine knows, with those that are added."""

    def __init__(self, project: Project, now: str, *group: str) -> None:
        super().__init__(project, "counts", *group)
        self._now = now

    def stamp_of(self, place: CatalogRef) -> str:
        """Return the stamp of a catalog and its report, to be taken before they are read."""
        return self.stamp(place.path, report_path(place.slug))

    def counts(self, stamp: str) -> tuple[Counts, bool] | None:
        """Return the counts of a catalog, and whether its report changed; None if unknown."""
        found = self.find(stamp, _read)
        return found if found and not (found[0].next_due and found[0].next_due < self._now) else None

    def add_counts(self, stamp: str, counts: Counts, *, is_behind: bool) -> None:
        """Add counts, found after the stamp was taken. `save` writes them."""
        units, words, *numbers, next_due = counts
        self.add(stamp, [is_behind, [*units.values()], [*words.values()], *numbers, next_due])


def _read(value: Any) -> tuple[Counts, bool]:
    is_behind, units, words, *others = value
    return Counts(dict(zip(STATES, units, strict=True)), dict(zip(STATES, words, strict=True)), *others), is_behind

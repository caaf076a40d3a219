"""Catalogs that are up to date with their reports.

Invariant: a catalog is current if it is whole and its header has the digest of the report's file.
"""

from __future__ import annotations

from transflow.errors import UnreadableError
from transflow.po import header
from transflow.project import CatalogRef, Project
from transflow.project.places import report_path
from transflow.project.torn import may_be_torn
from transflow.report.encoding import digest

MANY = 256
"""Number of catalogs from which on it is kept for the next run which of them are current."""


def is_current(project: Project, slug: str, locale: str) -> bool:
    """Return whether the catalog is whole and its header has the digest of the current report.

    Reads as little as possible, since it is called for every report. Raise UnreadableError.
    """
    place = CatalogRef(locale, "reports", slug)
    try:
        catalog = project.raw_bytes(place)
    except UnreadableError:
        if project.exists(place):
            raise
        return False
    return header.report_digest(catalog) == digest(project.report_bytes(slug)) and not may_be_torn(catalog)


class CurrentCatalogs:
    """Answers whether a catalog is current, for some number of catalogs."""

    def __init__(self, project: Project, number: int) -> None:
        """Prepare answers. Loads SQLite if there are many catalogs."""
        self._project, self._known = project, None
        if number >= MANY:
            from transflow.actions.stamped import StampedResults

            self._known = StampedResults(project, "current")

    def has(self, slug: str, locale: str) -> bool:
        """Return whether a catalog is current. Raise UnreadableError."""
        if self._known is None:
            return is_current(self._project, slug, locale)
        stamp = self._known.stamp(CatalogRef(locale, "reports", slug).path, report_path(slug))
        if self._known.find(stamp, bool):
            return True
        found = is_current(self._project, slug, locale)
        if found:
            self._known.add(stamp, [True])
        return found

    def save(self) -> None:
        """Keep what was found for the next run."""
        if self._known is not None:
            self._known.save()

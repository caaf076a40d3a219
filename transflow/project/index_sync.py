"""Entries of the memory's index for each report, updated when a catalog is saved.

Invariant: saving never waits for the index, and never fails because of it: a change that cannot be
written now is read by the next lookup, which compares time and size of every file. Text of a
confidential report is in no index, nor is that of an embargoed report before its time; saving has
no clock, and takes every embargo for one in force.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from transflow.errors import UnreadableError
from transflow.memory.entries import CatalogEntries, entries
from transflow.model.catalog import is_adaptation
from transflow.project.places import CatalogRef, report_path
from transflow.project.stamps import file_stamp
from transflow.report import front
from transflow.report.front import NEVER

if TYPE_CHECKING:
    from transflow.memory.index import Index
    from transflow.model.catalog import Catalog
    from transflow.project.project import Project

CONFIDENTIAL = " confidential"
"""Suffix of the stamp of a catalog whose texts stay out of the index."""
_EMBARGOED_UNTIL = " until "
"""Part of the stamp before the time (UTC) at which an embargo ends."""
_ANY_TIME = "9999"
_PATIENCE = 0.05
"""Seconds for which saving waits for another process to release the index."""


def index_path(project: Project, locale: str) -> Path | None:
    """Return the file of an index; None if indexes are not kept on disk."""
    return project.cache / "memory" / f"{locale}.db" if project.cache else None


def may_write(index: Path) -> bool:
    """True if an index, with the files that SQLite creates beside it, is writable."""
    folder = next(each for each in index.parents if each.exists())
    index_files = (index.with_name(index.name + suffix) for suffix in ("", "-wal", "-shm"))
    return folder.is_dir() and all(os.access(each, os.W_OK) for each in (folder, *index_files) if each.exists())


def catalog_stamp(project: Project, place: CatalogRef) -> str:
    """Return the stamp of a catalog and its report: the index depends on both."""
    return f"{file_stamp(project.root / place.path)} {file_stamp(project.root / report_path(place.slug))}"


def withheld_until(stamp_text: str) -> str:
    """Return the time in a stamp until which texts are withheld.

    Empty if they are not, `front.NEVER` if they always are.
    """
    if stamp_text.endswith(CONFIDENTIAL):
        return NEVER
    return stamp_text.partition(_EMBARGOED_UNTIL)[2]


def base_stamp(stamp_text: str) -> str:
    """Return a stamp without the part about withheld texts."""
    return stamp_text.removesuffix(CONFIDENTIAL).partition(_EMBARGOED_UNTIL)[0]


def free_from(project: Project, slug: str, known_stamp: str = "") -> str:
    """Return the time from which a report's texts may leave: see `front.releasable_from`.

    For a report that is missing or cannot be read, the answer comes from `known_stamp`, its stamp
    in the index; without one it is `front.NEVER`, since the report may have been confidential.
    """
    with suppress(UnreadableError):
        if project.has(report_path(slug)):
            return front.releasable_from(project.front_matter(slug), project.settings.timezone)
    return withheld_until(known_stamp) if known_stamp else NEVER


def may_leave(project: Project, slug: str, now: str) -> bool:
    """True if a report's texts may leave the newsroom now.

    False if its file is missing or cannot be read.
    """
    return project.has(report_path(slug)) and free_from(project, slug) <= now


def current_entries(
    project: Project, place: CatalogRef, known_stamp: str, now: str, catalog: Catalog | None = None
) -> CatalogEntries:
    """Return the entries that the index should have for a catalog.

    Raise UnreadableError, OSError.
    """
    new_stamp = catalog_stamp(project, place)
    until = free_from(project, place.slug, known_stamp)
    if until > now:
        return CatalogEntries(
            place.slug, new_stamp + (CONFIDENTIAL if until == NEVER else _EMBARGOED_UNTIL + until), ()
        )
    catalog = catalog or project.load(place)
    return CatalogEntries(place.slug, new_stamp, () if is_adaptation(catalog) else entries(catalog))


def redacted_units(project: Project, place: CatalogRef) -> list[str]:
    """Return the ids of redacted units, whose old texts must not come back from other clones.

    Fast for catalogs without any.
    """
    try:
        if b"\n# @redacted " not in project.raw_bytes(place):
            return []
        catalog = project.load(place)
    except (UnreadableError, OSError):
        return []
    return [unit.id for unit in (*catalog.units, *catalog.obsolete) if unit.redacted]


def update_index(index: Index, new: CatalogEntries, known_stamp: str) -> None:
    """Write entries to the index.

    If the report may not leave any more, its former entries are purged, so that no byte of them
    remains in the file.
    """
    if withheld_until(new.stamp) and known_stamp and not withheld_until(known_stamp):
        index.purge([new.catalog])
    index.replace_entries([new])


def sync_index(project: Project, place: CatalogRef, catalog: Catalog | None = None) -> None:
    """Update the index, if there is one, after a catalog was saved. Never raises."""
    path = index_path(project, place.locale) if place.folder == "reports" else None
    if path is not None and path.is_file():
        _write_entries(path, project, place, catalog)


def _write_entries(path: Path, project: Project, place: CatalogRef, catalog: Catalog | None) -> None:
    """Write the entries of a catalog to the index. Loads SQLite, where there is one."""
    import sqlite3

    from transflow.memory.index import Index

    try:
        index = Index(path, patience=_PATIENCE)
        try:
            known_stamp = index.stamp(place.slug)
            update_index(
                index,
                current_entries(project, place, known_stamp, _time_of(project, place, known_stamp), catalog),
                known_stamp,
            )
        finally:
            index.close()
    except (sqlite3.Error, OSError, UnreadableError):
        return  # the next lookup updates the index


def _time_of(project: Project, place: CatalogRef, known_stamp: str) -> str:
    """Return the time that a save assumes: one before every embargo.

    If a process with a clock found this report's embargo to be over, and the report is unchanged,
    it is one after every embargo.
    """
    report_stamp = file_stamp(project.root / report_path(place.slug))
    return (
        _ANY_TIME
        if known_stamp and not withheld_until(known_stamp) and base_stamp(known_stamp).split(" ")[-1] == report_stamp
        else ""
    )

"""What the memory of a language is to hold of each report, and keeping it so when a catalog is saved.

Invariant: saving never waits for the memory, and fails for no reason of its: what cannot be told now is read at the next
question, which looks at time and size of every file. Text of a confidential report is in no index, nor is that of one under
embargo until its time has come; a save, which knows no clock, takes every embargo for one that holds.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from transflow.errors import UnreadableError
from transflow.project.places import CatalogRef, report_path

if TYPE_CHECKING:
    from transflow.memory.index import CatalogEntries, Index
    from transflow.model.catalog import Catalog
    from transflow.project.project import Project

CONFIDENTIAL = " confidential"
"""Ends the stamp of a catalog whose texts stay out of the index."""
_UNTIL = " until "
"""Stands before the time (UTC) up to which they do."""
_ANY_TIME = "9999"
_PATIENCE = 0.05
"""Seconds that saving waits for another process to have done with the index."""


def index_path(project: Project, locale: str) -> Path | None:
    """The file of an index; None where none is kept on the disk."""
    return project.cache / "memory" / f"{locale}.db" if project.cache else None


def may_write(index: Path) -> bool:
    """Whether the permissions let us write an index, with the files that SQLite puts beside it."""
    folder = next(each for each in index.parents if each.exists())
    files = (index.with_name(index.name + suffix) for suffix in ("", "-wal", "-shm"))
    return folder.is_dir() and all(os.access(each, os.W_OK) for each in (folder, *files) if each.exists())


def stamp(path: Path) -> str:
    """What tells cheaply whether a file is another one than before; empty where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a third of the time of Path.stat, a thousand times
    except OSError:
        return ""
    return f"{found.st_mtime_ns}.{found.st_size}.{found.st_ino}"


def stamp_of(project: Project, place: CatalogRef) -> str:
    """Of a catalog and its report: either may change what the index is to hold."""
    return f"{stamp(project.root / place.path)} {stamp(project.root / report_path(place.slug))}"


def withheld_until(known: str) -> str:
    """The time from which, by a stamp, the texts may leave; empty where they always may, NEVER for no time."""
    from transflow.report.front import NEVER

    if known.endswith(CONFIDENTIAL):
        return NEVER
    return known.partition(_UNTIL)[2]


def bare(known: str) -> str:
    """A stamp without what it says of leaving."""
    return known.removesuffix(CONFIDENTIAL).partition(_UNTIL)[0]


def free_from(project: Project, slug: str, known: str = "") -> str:
    """When a report's texts may leave: see `front.free_from`. For one whose file is gone or cannot be read it is as it last was, by
    the stamp that the index has; where that is not known, never."""
    from transflow.report import front

    try:
        if project.has(report_path(slug)):
            return front.free_from(project.front(slug), project.settings.timezone)
    except UnreadableError:
        return withheld_until(known) if known else front.NEVER
    return withheld_until(known)


def may_leave(project: Project, slug: str, now: str) -> bool:
    """Whether a report's texts may leave the newsroom now; not where its file is gone or cannot be read."""
    return project.has(report_path(slug)) and free_from(project, slug) <= now


def change(project: Project, place: CatalogRef, known: str, now: str, catalog: Catalog | None = None) -> CatalogEntries:
    """What the index is to hold of a catalog. Raises UnreadableError, OSError."""
    from transflow.memory.entries import entries
    from transflow.memory.index import CatalogEntries
    from transflow.report.front import NEVER

    present = stamp_of(project, place)
    until = free_from(project, place.slug, known)
    if until > now:
        return CatalogEntries(place.slug, present + (CONFIDENTIAL if until == NEVER else _UNTIL + until), ())
    return CatalogEntries(place.slug, present, entries(catalog or project.load(place)))


def redacted_units(project: Project, place: CatalogRef) -> list[str]:
    """The units of a catalog out of which something was taken for good: no clone may offer what it was. Quick where there
    are none."""
    try:
        if b"\n# @redacted " not in project.data(place):
            return []
        catalog = project.load(place)
    except (UnreadableError, OSError):
        return []
    return [unit.id for unit in (*catalog.units, *catalog.obsolete) if unit.redacted]


def put(index: Index, new: CatalogEntries, known: str) -> None:
    """Makes the index hold a change; of a report that may not leave any more, no byte stays."""
    if withheld_until(new.stamp) and known and not withheld_until(known):
        index.purge([new.catalog])
    index.put([new])


def remember(project: Project, place: CatalogRef, catalog: Catalog | None = None) -> None:
    """Brings the index up to a catalog that was saved, where there is an index. Never raises."""
    path = index_path(project, place.locale) if place.folder == "reports" else None
    if path is None or not path.is_file():
        return
    import sqlite3

    from transflow.memory.index import Index

    try:
        index = Index(path, patience=_PATIENCE)
        try:
            known = index.stamp(place.slug)
            put(index, change(project, place, known, _time_of(project, place, known), catalog), known)
        finally:
            index.close()
    except (sqlite3.Error, OSError, UnreadableError):
        return  # stale until somebody asks


def _time_of(project: Project, place: CatalogRef, known: str) -> str:
    """What a save takes for the time: one before every embargo, unless whoever had a clock found that this report's is over."""
    report = stamp(project.root / report_path(place.slug))
    return _ANY_TIME if known and not withheld_until(known) and bare(known).split(" ")[-1] == report else ""

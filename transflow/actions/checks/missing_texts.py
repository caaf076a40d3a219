"""Lost texts: catalogs and texts that git has and the working folder has not.

Invariant: a text that moved with its unit to another catalog or to the obsolete entries is not
lost, and a redacted text is not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from shlex import quote

from transflow.errors import UnreadableError
from transflow.integrity.repair import SEVERITY, defect
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location, Severity
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project, git
from transflow.project.places import FOLDERS, Folder, glossary_path, is_slug
from transflow.project.project import CONFIG
from transflow.units.positions import format_positions

_CATALOG = re.compile(r"locales/([^/]+)/(reports|articles)/(.+)\.po")
MESSAGES = Messages(
    __name__,
    {
        "gone": "the file is missing here, and git has it: {remedy}.",
        "gone/texts": (
            "the file is missing here, with {n} text that is nowhere else, and git has it: {remedy}.",
            "the file is missing here, with {n} texts that are nowhere else, and git has it: {remedy}.",
        ),
        "gone/all-texts": (
            "git has {n} text of this file that is missing here: {remedy}.",
            "git has {n} texts of this file, and all of them are missing here: {remedy}.",
        ),
        "lost/last-commit": (
            "{n} text that the last commit has is missing here{positions}: `git diff -- {path}` shows what changed.",
            "{n} texts that the last commit has are missing here{positions}: `git diff -- {path}` shows what changed.",
        ),
        "lost/history": (
            "{n} text that earlier versions had is missing here{positions}: `git log -p -- {path}` shows it.",
            "{n} texts that earlier versions had are missing here{positions}: `git log -p -- {path}` shows them.",
        ),
        "lost/accepted": (
            "git has {n} text that is not here ({ids}; `git show HEAD:./{path}`)",
            "git has {n} texts that are not here ({ids}; `git show HEAD:./{path}`)",
        ),
        "lost/many-accepted": "git has {number} texts that are not here ({ids}, …; `git show HEAD:./{path}` shows them)",
        "lost/repair": "left out",
        "shallow": "this copy of the repository has only a part of git's history, so it cannot be told whether texts of "
        "earlier versions are gone, or whether a revert brought a withdrawn approval back. `git fetch --unshallow` (in "
        "CI: fetch-depth: 0) brings all of the history.",
    },
)
REMEDIES = Messages(
    __name__,
    {
        "index": "`git checkout -- {path}` restores it",
        "HEAD": "`git checkout HEAD -- {path}` restores it; if it was deleted on purpose, commit that",
        "sparse": "this checkout has only some of the files, and `git sparse-checkout disable` brings all of them",
    },
)
"""Remedies by the place where git has a file."""


def missing_catalogs(project: Project, locale: str) -> Iterator[Issue]:
    """Yield issues for catalogs and the glossary of a locale that git has, but the folder has not.

    Renamed ones are not reported.
    """
    in_git = project.local_git.tracked_files()
    missing = [path for path in in_git if path.startswith(f"locales/{locale}/") and not project.has(path)]
    known_ids: set[str] | None = None
    for path in missing:
        remedy = REMEDIES(in_git[path], path=quote(path))
        severity: Severity = (
            "error" if in_git[path] == "index" else "warning"
        )  # not in the index: removed or left out on purpose
        if path == glossary_path(locale):
            yield _issue("record.gone", path, MESSAGES("gone", remedy=remedy), severity)
        elif place := place_of(path):
            known_ids = _known_ids(project, locale) if known_ids is None else known_ids
            texts = {unit.id for version in project.git_versions(place) for unit in with_text(version)} - known_ids
            if texts or (place.folder == "reports" and place.slug in project.report_slugs()):
                key = "gone/texts" if texts else "gone"
                yield _issue("record.gone", path, MESSAGES(key, n=len(texts), remedy=remedy), severity)


def place_of(path: str) -> CatalogRef | None:
    """Return the catalog that a path is of; None for any other file."""
    match = _CATALOG.fullmatch(path)
    folders: dict[str, Folder] = {each: each for each in FOLDERS}
    return CatalogRef(match[1], folders[match[2]], match[3]) if match and is_slug(match[3]) else None


def _known_ids(project: Project, locale: str) -> set[str]:
    """Return the ids of all units of a locale that have a text, or whose text was redacted."""
    found: set[str] = set()
    for folder in FOLDERS:
        for place in project.catalogs(locale, folder):
            try:
                catalog = project.load(place)
            except UnreadableError:  # reported by itself
                continue
            found.update(unit.id for unit in _all_units(catalog) if unit.target or unit.redacted)
    return found


class UncommittedLosses:
    """Finder of texts of a project's catalogs that git has and the working folder has not."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @cached_property
    def _committed(self) -> dict[str, str]:
        return git.committed_blobs(self._project.root, "locales")

    def issues(self, place: CatalogRef, catalog: Catalog, text: str) -> Iterator[Issue]:
        """Yield an issue for texts that the index or the last commit has and that are missing here.

        If all of them are, the catalog was created from scratch, and the issue is another one.
        """
        if place.path not in self._project.local_git.tracked_files():
            return
        name = self._committed.get(place.path, "")
        if name and git.has_blob_id(name, text.encode("utf-8")):
            return
        earlier: dict[str, Unit] = {}
        for version in self._project.git_versions(place):
            earlier |= {unit.id: unit for unit in with_text(version)}
        lost = units_without_text(catalog, earlier.values())
        if lost and len(lost) == len(earlier):
            remedy = REMEDIES("index", path=quote(place.path))
            yield _issue("record.gone", place.path, MESSAGES("gone/all-texts", n=len(lost), remedy=remedy))
        elif lost:
            shown = positions(catalog, {unit.id for unit in lost})
            message = MESSAGES("lost/last-commit", n=len(lost), positions=shown, path=quote(place.path))
            yield _issue("record.lost", place.path, message)


class LostTextWatcher:
    """Watcher of the committed versions of a catalog, for texts that its units have lost.

    Units are of interest that have no text now, and nothing that explains it.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._unexplained = unexplained(catalog)
        self._lost: dict[str, Unit] = {}
        self._was_watched = False

    def watch(self, versions: Iterable[Catalog]) -> Iterator[Catalog]:
        for version in versions:
            self._was_watched = True
            if self._unexplained:
                candidates = (unit for unit in with_text(version) if unit.id in self._unexplained)
                self._lost |= {unit.id: unit for unit in units_without_text(self._catalog, candidates)}
            yield version

    def issues(self, path: str, versions: Iterable[Catalog]) -> Iterator[Issue]:
        """Yield the issues; reads `versions` if nobody has read them through `watch`."""
        if self._unexplained and not self._was_watched:
            for _ in self.watch(versions):
                pass
        if lost := list(self._lost.values()):
            shown = positions(self._catalog, set(self._lost))
            yield _issue("record.lost", path, MESSAGES("lost/history", n=len(lost), positions=shown, path=quote(path)))


def units_without_text(catalog: Catalog, had: Iterable[Unit]) -> list[Unit]:
    """Return those of the units `had` whose texts are missing in the catalog.

    A unit that was joined or split has its text in the other parts too.
    """
    present = {unit.id: unit for unit in _all_units(catalog)}
    joined = {joined_id for unit in catalog.units for joined_id in unit.joined}
    halves: dict[str, list[str]] = {}
    for unit in catalog.units:
        halves.setdefault(unit.split, []).append(unit.id)

    def is_present(unit: Unit) -> bool:
        return any(_is_accounted_for(present.get(each)) for each in (unit.id, *unit.joined, *halves.get(unit.id, ())))

    return [unit for unit in had if unit.id not in joined and not is_present(unit)]


def _is_accounted_for(unit: Unit | None) -> bool:
    """Return whether a unit exists and has a text, or a note that explains why it has none."""
    return unit is not None and bool(unit.target or unit.redacted or unit.omitted or unit.cut)


def _is_unexplained(unit: Unit) -> bool:
    return not (_is_accounted_for(unit) or unit.by or unit.conflicts)


def unexplained(catalog: Catalog) -> set[str]:
    """Return the ids of the units that have no text, and nothing that says why."""
    return {unit.id for unit in catalog.units if _is_unexplained(unit)}


def _all_units(catalog: Catalog) -> tuple[Unit, ...]:
    return (*catalog.units, *catalog.obsolete)


def with_text(catalog: Catalog) -> Iterator[Unit]:
    """Return the live and obsolete units that have a text which was not redacted."""
    return (unit for unit in _all_units(catalog) if unit.target and not unit.redacted)


def positions(catalog: Catalog, ids: Set[str]) -> str:
    """Return the positions of those units that still exist, as people type them."""
    numbers = format_positions(number for number, unit in enumerate(catalog.units, 1) if unit.id in ids)
    return f" (#{numbers})" if numbers else ""


def _issue(check: str, path: str, message: Message, severity: Severity | None = None) -> Issue:
    return Issue(check, severity or SEVERITY[check], message, location=Location(path, label=path))


def accepted_losses(project: Project, place: CatalogRef, catalog: Catalog) -> list[Issue]:
    """Return the lost texts of a catalog as defects, when the user accepts the catalog as it is."""
    earlier = {unit.id: unit for version in project.git_versions(place) for unit in with_text(version)}
    lost = units_without_text(catalog, earlier.values())
    if not lost:
        return []
    ids = ", ".join(unit.id for unit in lost[:20])
    message = (
        MESSAGES("lost/many-accepted", number=len(lost), ids=ids, path=quote(place.path))
        if len(lost) > 20
        else MESSAGES("lost/accepted", n=len(lost), ids=ids, path=quote(place.path))
    )
    return [defect("record.lost", message, MESSAGES("lost/repair"))]


def shallow_clone(project: Project) -> Iterator[Issue]:
    """Yield an issue if the clone has too little history to find lost texts.

    Withdrawn approvals that a revert brought back cannot be found either.
    """
    if project.local_git.tracked_files() and git.is_shallow(project.root):
        yield _issue("record.shallow", CONFIG, MESSAGES("shallow"))

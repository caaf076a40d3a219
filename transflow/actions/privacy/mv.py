"""Renaming of reports and stories.

Invariant: running an interrupted move again completes it. Every step is done only if it is not done
yet, a file is removed only after its successor is on the disk, and the files that show that
something remains to be done (the report's own file, or the story's catalog, then its output) are
removed last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.privacy import residue
from transflow.actions.stories import reprint
from transflow.actions.stories.render import render
from transflow.attribution.tallies import ready_to_write
from transflow.errors import RefusedError, UnknownNameError, UnreadableError, UsageError
from transflow.model.catalog import Catalog
from transflow.po.catalog import parse
from transflow.privacy import rename
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.beside_git import TrackedFileMissingError
from transflow.project.locks import cache_folder
from transflow.project.places import Folder, report_path
from transflow.report import valid_slug
from transflow.report.encoding import digest
from transflow.stories.publications import addresses

_NOTE = "moving"
"""File in the cache folder that names the move in progress.

It only saves a search: without it, the files themselves show what remains to be done.
"""


class MoveResult(NamedTuple):
    """The changes of a move; paths are relative to the project."""

    files: tuple[tuple[str, str], ...]
    """Old path -> new path, as pairs."""
    references: tuple[str, ...]
    """Catalogs whose references were updated."""
    pages: tuple[str, ...] = ()
    """Addresses where a moved story is published; they do not change."""
    busy: tuple[str, ...] = ()
    """Journals of drafts that an open terminal UI writes to."""


def move(actor: Actor, name: str, new: str) -> MoveResult:
    """Rename a report or a story with all references to it, in every locale.

    `name` may limit a story to one locale. Running it again completes an interrupted move, and
    updates references that came later, for example from a branch. Raises UnknownNameError, and
    UsageError for a name that is invalid or taken.
    """
    locale, _, old = name.rpartition(":")
    if not valid_slug(new):
        raise UsageError(f"“{new}” is no slug: small letters, digits and hyphens, optionally under a year.")
    if new == old:
        raise UsageError(f"it is called {new} already.")
    with actor.project.locked_all(*_paths(actor.project, old, new)):
        note = cache_folder(actor.project.root) / _NOTE
        begun = _record_start(actor.project, note, name, new)
        try:
            if old in actor.project.report_slugs():
                moved = _Report(actor.project, old, new, begun=begun).move()
            elif places := _stories(actor.project, locale, old):
                moved = _move_stories(actor, places, _locales(actor.project, locale), new)
            else:
                moved = _finish_move(actor, locale, old, new, begun=begun)
        except (UsageError, TrackedFileMissingError):  # raised before anything is written
            if not begun:
                note.unlink(missing_ok=True)
            raise
        busy = _rename_drafts(actor.project, old, new)
        note.unlink(missing_ok=True)
    return moved._replace(busy=busy)


def _rename_drafts(project: Project, old: str, new: str) -> tuple[str, ...]:
    """Rename unconfirmed drafts in the journals, and return the journals in use.

    Those are left alone.
    """
    folders: tuple[Folder, ...] = ("reports", "articles")
    places = [CatalogRef(locale, folder, old) for locale in project.settings.locales for folder in folders]
    paths = {place.path: place._replace(slug=new).path for place in places if not project.exists(place)}
    return residue.change_drafts(project.root, lambda text: paths.get(text, text)).busy


def _paths(project: Project, old: str, new: str) -> Iterator[str]:
    """Yield every path with one of these slugs, existing or not."""
    folders: tuple[Folder, ...] = ("reports", "articles")
    for slug in (old, new):
        yield report_path(slug)
        yield from (CatalogRef(locale, folder, slug).path for locale in project.settings.locales for folder in folders)


def _record_start(project: Project, note: Path, name: str, new: str) -> bool:
    """Return whether this same move was interrupted, and record it as begun.

    Raises RefusedError if another one was interrupted.
    """
    try:
        noted = disk.read(note, _NOTE).decode("utf-8", "replace").split()
    except UnreadableError:
        noted = []
    if noted and noted != [name, new]:
        raise RefusedError(
            f"a move was interrupted: first complete it with `transflow mv {' '.join(noted)}`. "
            f"Where that is not wanted any more, delete {note.relative_to(project.root)}."
        )
    disk.write(project.root, note, f"{name} {new}\n".encode())
    return bool(noted)


# Reports


class _Report:
    def __init__(self, project: Project, old: str, new: str, *, begun: bool) -> None:
        self.project, self.old, self.new, self.begun = project, old, new, begun

    def move(self) -> MoveResult:
        catalogs = [pair for locale in self.project.settings.locales if (pair := self._pair(locale))]
        self._check_free(catalogs)
        references = tuple(_update_references(self.project, self.old, self.new))
        for old, new in catalogs:
            _move_catalog(self.project, old, new, rename.report_renamed(self.project.load(old), self.new))
        data = self.project.report_bytes(self.old)
        self.project.write_report(self.new, data)
        disk.remove(self.project.root, self.project.root / report_path(self.old))
        files = [(old.path, new.path) for old, new in catalogs]
        return MoveResult(((report_path(self.old), report_path(self.new)), *files), references)

    def _pair(self, locale: str) -> tuple[CatalogRef, CatalogRef] | None:
        old, new = CatalogRef(locale, "reports", self.old), CatalogRef(locale, "reports", self.new)
        return (old, new) if self.project.exists(old) else None

    def _check_free(self, catalogs: list[tuple[CatalogRef, CatalogRef]]) -> None:
        """Raise UsageError if the new name is taken by something that this move did not create."""
        project = self.project
        _check_not_missing(project, "reports", self.old, self.new)
        if any(project.exists(CatalogRef(locale, "articles", self.new)) for locale in project.settings.locales):
            raise UsageError(f"there is a story “{self.new}”: give the report another name.")
        if project.has(report_path(self.new)) and project.report_bytes(self.new) != project.report_bytes(self.old):
            raise UsageError(f"there is a report “{self.new}” already.")
        old_by_new = {new: old for old, new in catalogs}
        for locale in project.settings.locales:
            new = CatalogRef(locale, "reports", self.new)
            if project.exists(new) and not self._is_from_this_move(new, old_by_new.get(new)):
                raise UsageError(f"there is a catalog {new.path} already, and it is another one's.")
        for old, new in catalogs:
            _check_history(project, old, new)
        if not any(new.path in project.local_git.tracked_files() for _, new in catalogs):
            data = project.report_bytes(self.old)
            project.local_git.check_new_name(report_path(self.new), lambda text: text.encode("utf-8") == data)

    def _is_from_this_move(self, new: CatalogRef, old: CatalogRef | None) -> bool:
        """Return whether an interrupted move created this catalog."""
        existing = self.project.load(new)
        if old is not None:
            return existing == ready_to_write(rename.report_renamed(self.project.load(old), self.new))
        report_digest = digest(self.project.report_bytes(self.old))
        return self.begun or existing.header.get("X-Report-Digest") == report_digest


def _update_references(project: Project, old: str, new: str) -> Iterator[str]:
    """Update the references of articles to a report, and yield the paths of these articles."""
    for locale in project.settings.locales:
        for place in project.catalogs(locale, "articles"):
            article = project.load(place)
            if rename.refers_to_report(article, old):
                project.write(place, rename.with_renamed_report_refs(article, old, new), article)
                yield place.path


def _check_not_missing(project: Project, folder: Folder, old: str, new: str) -> None:
    """Raise AnewError if git has a catalog of the old name that is missing here and was not moved.

    It would be left behind, and a catalog created under the new name would begin empty.
    """
    for locale in project.settings.locales:
        if not project.exists(CatalogRef(locale, folder, new)):
            project.local_git.check_not_tracked(CatalogRef(locale, folder, old).path)


def _check_history(project: Project, old: CatalogRef, new: CatalogRef) -> None:
    """Raise UsageError if git has texts under the new name that the catalog has not."""
    catalog = project.load(old)
    unit_ids = {unit.id for unit in (*catalog.units, *catalog.obsolete) if unit.target}

    def has_all_texts(text: str) -> bool:
        try:
            before = parse(text, new.path, torn_ok=True)
        except UnreadableError:
            return False
        return unit_ids.issuperset(unit.id for unit in (*before.units, *before.obsolete) if unit.target)

    project.local_git.check_new_name(new.path, has_all_texts)


def _move_catalog(project: Project, old: CatalogRef, new: CatalogRef, catalog: Catalog) -> None:
    """Write a catalog under its new name, then remove the old file."""
    if project.load_if_exists(new) != ready_to_write(catalog):
        project.write(new, catalog, None, anew=True)  # `_check_history` has checked it
    disk.remove(project.root, project.root / old.path)


# Stories


def _locales(project: Project, locale: str) -> Sequence[str]:
    return (project.locale(locale),) if locale else project.settings.locales


def _stories(project: Project, locale: str, slug: str) -> list[CatalogRef]:
    return [place for each in _locales(project, locale) if project.exists(place := CatalogRef(each, "articles", slug))]


def _move_stories(actor: Actor, places: list[CatalogRef], locales: Sequence[str], new: str) -> MoveResult:
    project = actor.project
    if new in project.report_slugs():
        raise UsageError(f"there is a report “{new}”: give the story another name.")
    for each in {place.slug for place in places}:
        _check_not_missing(project, "articles", each, new)
    for place in places:
        _check_story_free(project, place, place._replace(slug=new))
        _check_history(project, place, place._replace(slug=new))
    references: list[str] = []
    pages: list[str] = []
    files: list[tuple[str, str]] = []
    for place in places:
        new_place = place._replace(slug=new)
        references += _update_citations(project, place, new)
        _move_catalog(project, place, new_place, rename.article_renamed(project.load(place), new))
        files.append((place.path, new_place.path))
    for place in _places_with_old_output(project, places[0].slug, new, locales):
        _rename_output(actor, place, place._replace(slug=new))
    for place in places:
        pages += [each.address for each in addresses(project.load(place._replace(slug=new)))]
    return MoveResult(tuple(files), tuple(dict.fromkeys(references)), tuple(pages))


def _check_story_free(project: Project, old: CatalogRef, new: CatalogRef) -> None:
    if project.exists(new) and project.load(new) != ready_to_write(rename.article_renamed(project.load(old), new.slug)):
        raise UsageError(f"there is a story {new} already.")


def _update_citations(project: Project, old: CatalogRef, new: str) -> Iterator[str]:
    for place in project.all_catalogs():
        catalog = project.load(place)
        is_same_locale = place.locale == old.locale
        if rename.cites_story(catalog, old.locale, old.slug, here=is_same_locale):
            followed = rename.with_renamed_citations(catalog, old.locale, old.slug, new, here=is_same_locale)
            project.write(place, followed, catalog)
            yield place.path


def _places_with_old_output(project: Project, old: str, new: str, locales: Sequence[str]) -> list[CatalogRef]:
    """Return stories that have the new name already, but still have output under the old one."""
    places = [CatalogRef(locale, "articles", old) for locale in locales]
    moved = [place for place in places if not project.exists(place) and project.exists(place._replace(slug=new))]
    return [place for place in moved if reprint.outputs(project, place)]


def _rename_output(actor: Actor, old: CatalogRef, new: CatalogRef) -> None:
    """Render a story under its new name if it had output and may print; remove the old output."""
    before = reprint.outputs(actor.project, old)
    with suppress(RefusedError):
        render(actor.project, new, [each.form for each in before], actor.now, as_draft=False)
    reprint.remove(actor.project, before)


# Leftovers of an interrupted move, or of a branch


def _finish_move(actor: Actor, locale: str, old: str, new: str, *, begun: bool) -> MoveResult:
    """Update references and output after the report or story itself was moved.

    Raises UnknownNameError if there is nothing to do, because the old name never existed.
    """
    project = actor.project
    references: list[str] = []
    if new in project.report_slugs():
        references = list(_update_references(project, old, new))
    for place in _stories(project, locale, new):
        references += _update_citations(project, place._replace(slug=old), new)
    stale = _places_with_old_output(project, old, new, _locales(project, locale))
    for place in stale:
        _rename_output(actor, place, place._replace(slug=new))
    if not references and not stale and not begun:
        known = {*project.report_slugs(), *(place.slug for place in project.all_catalogs())}
        raise UnknownNameError("report or story", old, known)
    return MoveResult((), tuple(dict.fromkeys(references)))

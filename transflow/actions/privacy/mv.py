"""Renaming of reports and stories.

Invariant: running an interrupted move again completes it, even if its note is lost: the files that
show that something remains to be done (the report's own file, or the story's catalog, then its
output) are removed last, and a file is removed only after its successor is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.privacy import notes
from transflow.actions.privacy.rewrite import RewritePlan, rewrite
from transflow.actions.privacy.transform import Owed, Transform
from transflow.errors import RefusedError, UnknownNameError, UnreadableError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.po.catalog import parse
from transflow.privacy import rename
from transflow.project import CatalogRef, Project
from transflow.project.places import FOLDERS, Folder, report_path
from transflow.report import valid_slug
from transflow.report.encoding import digest
from transflow.stories.publications import addresses

MESSAGES = Messages(
    __name__,
    {
        "no-slug": "“{new}” is no slug: small letters, digits and hyphens, optionally under a year.",
        "same-name": "it is called {new} already.",
        "interrupted": "a move was interrupted: first complete it with {command}. Where that is not wanted any more, "
        "delete {note}.",
        "story-exists": "there is a story “{new}”: give the report another name.",
        "report-exists": "there is a report “{new}” already.",
        "catalog-exists": "there is a catalog {path} already, and it is another one's.",
        "taken-by-report": "there is a report “{new}”: give the story another name.",
        "taken-by-story": "there is a story {new} already.",
    },
)


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


def move(actor: Actor, name: str, new: str, *, dry_run: bool = False) -> MoveResult:
    """Rename a report or a story with all references to it, in every locale.

    `name` may limit a story to one locale. Running it again completes an interrupted move, and
    updates references that came later, for example from a branch. With `dry_run`, return what that
    would change. Raise UnknownNameError, and UsageError for a name that is invalid or taken.
    """
    if not valid_slug(new):
        raise UsageError(MESSAGES("no-slug", new=new))
    if new == name.rpartition(":")[2]:
        raise UsageError(MESSAGES("same-name", new=new))
    project = actor.project
    locks = _paths(project, name.rpartition(":")[2], new)
    done = rewrite(actor, lambda: Renaming(project, name, new), locks=locks, dry_run=dry_run)
    moved = [(each.path, each.new_path) for each in done.of("reports", "catalogs") if each.new_path]
    return MoveResult(
        tuple(moved),
        tuple(each.path for each in done.of("catalogs") if not each.new_path),
        tuple(dict.fromkeys(address for _, address in done.owed.pages)),
        tuple(done.busy()),
    )


def _paths(project: Project, *slugs: str) -> Iterator[str]:
    """Yield every path with one of these slugs, existing or not."""
    for slug in slugs:
        yield report_path(slug)
        yield from (CatalogRef(locale, folder, slug).path for locale in project.settings.locales for folder in FOLDERS)


class Renaming(Transform):
    """A report or story gets another name.

    If it has the new name already, references to the old one are updated, which an interrupted move
    or a branch left.
    """

    note = "moving"

    def __init__(self, project: Project, name: str, new: str) -> None:
        locale, _, self.old = name.rpartition(":")
        self.project, self.name, self.new = project, name, new
        slugs = project.report_slugs()
        self.is_report = self.old in slugs
        self.has_new_report = new in slugs
        self.locales: Sequence[str] = project.settings.locales
        if locale and not self.is_report:
            self.locales = (project.locale(locale),)
        self.stories = [] if self.is_report else self._stories(self.old)
        """Stories that are still to be moved."""
        followed = self.stories or self._stories(new) if not self.is_report else []
        self.followed = [place._replace(slug=self.old) for place in followed]
        """Former names of stories, to which citations are updated."""

    def _stories(self, slug: str) -> list[CatalogRef]:
        places = (CatalogRef(locale, "articles", slug) for locale in self.locales)
        return [place for place in places if self.project.exists(place)]

    def key(self) -> tuple[str, ...]:
        return self.name, self.new

    # Contents and names

    def catalog(self, plan: RewritePlan, place: CatalogRef, catalog: Catalog) -> Catalog:  # noqa: ARG002
        if place.folder == "articles" and (self.is_report or (self.has_new_report and not self.stories)):
            catalog = rename.with_renamed_report_refs(catalog, self.old, self.new)
        for cited in self.followed:
            here = place.locale == cited.locale
            catalog = rename.with_renamed_citations(catalog, cited.locale, self.old, self.new, here=here)
        if self.place(place) == place:
            return catalog
        renamed = rename.report_renamed if place.folder == "reports" else rename.article_renamed
        return renamed(catalog, self.new)

    def place(self, place: CatalogRef) -> CatalogRef:
        is_moved = place in self.followed or (self.is_report and place.folder == "reports" and place.slug == self.old)
        return place._replace(slug=self.new) if is_moved else place

    def slug(self, slug: str) -> str:
        return self.new if self.is_report and slug == self.old else slug

    def draft(self, plan: RewritePlan, text: str) -> str:
        """Return the new path of a catalog; other texts stay."""
        for locale in self.project.settings.locales:
            for folder in FOLDERS:
                place = CatalogRef(locale, folder, self.old)
                if text == place.path and not plan.after.exists(place):
                    return place._replace(slug=self.new).path
        return text

    def former_places(self) -> Iterable[CatalogRef]:
        return [CatalogRef(locale, "articles", self.old) for locale in self.locales if not self.is_report]

    def reprints(self, plan: RewritePlan, place: CatalogRef) -> bool:
        is_moved = place in self.former_places() and not plan.after.exists(place)
        return is_moved and plan.after.exists(place._replace(slug=self.new))

    def owed(self, place: CatalogRef, old: Catalog, new: Catalog) -> Owed:  # noqa: ARG002 - of the interface
        if place.folder == "articles" and self.place(place) != place:
            return Owed(pages=tuple((str(place), page.address) for page in addresses(old)))
        return Owed()

    # Refusals

    def check(self, plan: RewritePlan) -> None:
        if plan.earlier.is_begun and plan.earlier.key != self.key():
            command = CommandRef(" ".join(("mv", *plan.earlier.key)))
            note = notes.path(self.project, self.note).relative_to(self.project.root).as_posix()
            raise RefusedError(MESSAGES("interrupted", command=command, note=note))
        if self.is_report:
            self._check_report(plan)
        elif self.stories:
            self._check_stories(plan)
        elif not plan.changes and not plan.earlier.is_begun:
            known = {*self.project.report_slugs(), *(place.slug for place in self.project.all_catalogs())}
            raise UnknownNameError("report or story", self.old, known)

    def _check_report(self, plan: RewritePlan) -> None:
        """Raise UsageError if the new name is taken by something that this move did not create."""
        project, new = self.project, self.new
        self._check_not_missing("reports")
        if any(project.exists(CatalogRef(locale, "articles", new)) for locale in project.settings.locales):
            raise UsageError(MESSAGES("story-exists", new=new))
        data = project.report_bytes(self.old)
        if self.has_new_report and project.report_bytes(new) != data:
            raise UsageError(MESSAGES("report-exists", new=new))
        moved = self._moved(plan)
        for place in (CatalogRef(locale, "reports", new) for locale in project.settings.locales):
            if project.exists(place) and not self._is_from_this_move(plan, place, moved.get(place)):
                raise UsageError(MESSAGES("catalog-exists", path=place.path))
        for place, (old, _) in moved.items():
            self._check_history(place, old)
        if not any(place.path in project.local_git.tracked_files() for place in moved):
            project.local_git.check_new_name(report_path(new), lambda text: text.encode("utf-8") == data)

    def _moved(self, plan: RewritePlan) -> dict[CatalogRef, tuple[Catalog, Catalog]]:
        """Return new place -> old and new content of the catalogs that are moved."""
        moved = (each for each in plan.changes if each.new_path)
        return {each.place: (each.old, each.catalog) for each in moved if each.place and each.old and each.catalog}

    def _is_from_this_move(self, plan: RewritePlan, place: CatalogRef, moved: tuple[Catalog, Catalog] | None) -> bool:
        """Return whether an interrupted move created this catalog."""
        existing = self.project.load(place)
        if moved is not None:
            return existing == moved[1]
        report_digest = digest(self.project.report_bytes(self.old))
        return plan.earlier.is_begun or existing.header.get("X-Report-Digest") == report_digest

    def _check_stories(self, plan: RewritePlan) -> None:
        if self.has_new_report:
            raise UsageError(MESSAGES("taken-by-report", new=self.new))
        self._check_not_missing("articles")
        for place, (old, new) in self._moved(plan).items():
            if self.project.exists(place) and self.project.load(place) != new:
                raise UsageError(MESSAGES("taken-by-story", new=str(place)))
            self._check_history(place, old)

    def _check_not_missing(self, folder: Folder) -> None:
        """Raise TrackedFileMissingError if git has a catalog of the old name that is missing and
        was not moved.

        It would be left behind, and a catalog created under the new name would begin empty.
        """
        for locale in self.project.settings.locales:
            if not self.project.exists(CatalogRef(locale, folder, self.new)):
                self.project.local_git.check_not_tracked(CatalogRef(locale, folder, self.old).path)

    def _check_history(self, new: CatalogRef, catalog: Catalog) -> None:
        """Raise UsageError if git has texts under the new name that the catalog has not."""
        unit_ids = {unit.id for unit in (*catalog.units, *catalog.obsolete) if unit.target}

        def has_all_texts(text: str) -> bool:
            try:
                before = parse(text, new.path, torn_ok=True)
            except UnreadableError:
                return False
            return unit_ids.issuperset(unit.id for unit in (*before.units, *before.obsolete) if unit.target)

        self.project.local_git.check_new_name(new.path, has_all_texts)

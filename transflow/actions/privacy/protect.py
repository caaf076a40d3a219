"""Protection of a person: an opaque id everywhere, and no name.

Invariant: running an interrupted protection again completes it. The opaque id is added to
transflow.toml, as an alias, before anything else changes; the name is removed from that file last.
A cleared story stays cleared: its text and its contributors are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from transflow import report
from transflow.actions import Actor
from transflow.actions.language.memory import imported_paths
from transflow.actions.privacy import residue
from transflow.actions.stories import reprint
from transflow.actions.stories.print_context import load_print_context, names
from transflow.actions.stories.publish import PublishedPages
from transflow.errors import RefusedError, UnknownNameError, UnreadableError, UsageError
from transflow.glossary import spellings
from transflow.memory.tmx import with_renamed_metadata
from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.model.settings import Person, Settings
from transflow.privacy import pseudonyms, redact, rename
from transflow.privacy.redact import Redaction
from transflow.project import CatalogRef, Project, git
from transflow.project import files as disk
from transflow.project.places import glossary_path, report_path
from transflow.project.project import CONFIG
from transflow.report.encoding import digest
from transflow.settings import config
from transflow.stories import compose, story
from transflow.text import without_spaces

_SHORTEST_ID = 3
"""Letters of an id below which it may be a word of its own, and is left in free text."""


@dataclass(slots=True)
class Protected:
    """The changes made by a protection. No field contains the name."""

    new_id: str = ""
    catalogs: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    """Reports whose byline named the person."""
    output: reprint.RenewedOutput = field(default_factory=reprint.RenewedOutput)
    pages: list[PublishedPages] = field(default_factory=list)
    residues: list[residue.Residue] = field(default_factory=list)
    """Places that still have the name: in texts, or in files that are not the record."""
    journals: residue.Journals = field(default_factory=residue.Journals)
    shared: str = ""
    """Reason why the shared memory still has the old id; empty if it has not."""
    commits: int | None = None
    """Number of commits that added or removed the name or the old id; None outside git."""
    signed: int | None = None
    """Number of commits that name the person as author or committer, or in their message."""
    branches: int = 0
    """Number of branches and tags with the name or the old id in their own."""
    is_git_identity: bool = False
    """True if git would name the person in new commits here."""


def protect(actor: Actor, person_id: str, number: int) -> Protected:
    """Give a person an opaque id, made from the random `number` below 2^20, and remove the name.

    Names in the texts of reports and stories are reported, not changed. Raises UnknownNameError,
    RefusedError and UsageError.
    """
    project = actor.project
    person = project.settings.person(person_id)
    if person is None:
        known = [each.id for each in project.settings.people]
        raise UnknownNameError("person", person_id, known, CONFIG)
    if actor.who != person_id and not actor.user.has_role("editor", actor.now):
        raise RefusedError(f"{actor.who} is no editor: people protect themselves, editors anybody.")
    if person.protected and pseudonyms.is_opaque(person_id) and not pseudonyms.identifying_texts(person):
        raise UsageError(f"{person_id} is protected already, and has no name here.")
    with project.locked_all(CONFIG):
        return _Protecting(actor, person, number).protect()


def resume_protection(actor: Actor, person_id: str, opaque: str) -> Protected:
    """Replace the old id of a protected person that came back from an earlier branch.

    Raises UnknownNameError, RefusedError and UsageError.
    """
    project, people = actor.project, actor.project.settings.people
    person = project.settings.person(opaque)
    if person is None or not person.protected:
        raise UnknownNameError("protected person", opaque, [each.id for each in people if each.protected], CONFIG)
    if actor.who != opaque and not actor.user.has_role("editor", actor.now):
        raise RefusedError(f"{actor.who} is no editor: people protect themselves, editors anybody.")
    if project.settings.person(person_id):
        raise UsageError(f"{person_id} is somebody in transflow.toml: protect that person by themselves.")
    result = Protected(opaque)
    with project.locked_all():
        for place in project.all_catalogs():
            old = project.load(place)
            new = _renamed(old, person_id, opaque, _id_redactions(person_id, opaque))
            if new != old:
                project.write(place, new, old)
                result.catalogs.append(place.path)
    return result


def _id_redactions(person_id: str, opaque: str) -> list[Redaction]:
    """Return a redaction that removes an id from free text, if it is long enough for that."""
    return [Redaction(person_id, opaque, any_case=True)] if len(person_id) >= _SHORTEST_ID else []


def _renamed(catalog: Catalog, person_id: str, opaque: str, in_notes: Iterable[Redaction]) -> Catalog:
    new = rename.person_renamed(catalog, person_id, opaque)
    for each in in_notes:
        new = redact.with_redacted_notes(new, each)
    return new


class _Protecting:
    def __init__(self, actor: Actor, person: Person, number: int) -> None:
        self.actor, self.project, self.person = actor, actor.project, person
        used_ids = {each.id for each in self.project.settings.people}
        self.new_id = pseudonyms.pending_id(person) or pseudonyms.opaque_id(number, used_ids)
        self.config = self.project.read(CONFIG).decode("utf-8")
        self.final = pseudonyms.with_opaque_id(self.config, CONFIG, person.id, self.new_id)
        self.settings = config.parse(self.final, CONFIG)
        self.spellings = pseudonyms.identifying_texts(person)
        usable = [each for each in self.spellings if len(without_spaces(each)) > 1]
        self.names = [Redaction(each, self.new_id) for each in usable]
        self.in_any_case = [replace(each, any_case=True) for each in self.names]
        self.in_notes = [*self.in_any_case, *_id_redactions(person.id, self.new_id)]
        self.result = Protected(self.new_id)

    def protect(self) -> Protected:
        self._count_commits()  # first, since it may refuse before anything is changed
        for place in self.project.all_catalogs():
            # An unreadable catalog is reported before half of the record has another id.
            self.project.load(place)
        self._write_config(pseudonyms.with_pending_id(self.config, CONFIG, self.person.id, self.new_id))
        reports, fronts = self._reports()
        glossaries = self._glossaries()
        self._articles(fronts, glossaries)
        for place in self.project.all_catalogs():
            if place.folder == "reports":
                self._report_catalog(place, reports)
        for slug, data in reports.items():
            self.project.write_report(slug, data)
            self.result.reports.append(report_path(slug))
        for path, text in glossaries.items():
            disk.write(self.project.root, self.project.root / path, text.encode("utf-8"))
        self._memories()
        residue.clear_caches(self.project, self._has_name)
        self._renew_output()
        self.result.journals = residue.protect_drafts(
            self.project.root, self.person.id, self.new_id, self._without_names
        )
        self.result.shared = residue.remove_from_shared_memory(self.project, self.actor.now)
        self._write_config(self.final)  # nothing after this is repeated if the run is killed
        self._find_traces()
        return self.result

    def _count_commits(self) -> None:
        root = self.project.root
        searched = (*self.spellings, self.person.id)
        self.result.signed = git.commits_by(root, self.spellings)
        self.result.branches = git.refs_with(root, [each for each in searched if len(each) >= _SHORTEST_ID])
        self.result.is_git_identity = any(
            each.casefold() in map(str.casefold, self.spellings) for each in git.identity(root) if each
        )
        patterns = [each.git_pattern() for each in self.names]
        patterns += [
            f"(^|[^0-9A-Za-z]){each.git_pattern()}([^0-9A-Za-z]|$)"
            for each in _id_redactions(self.person.id, self.new_id)
        ]
        counts = [git.commits_with(root, each) for each in patterns]
        self.result.commits = None if self.result.signed is None else max((count or 0 for count in counts), default=0)

    def _write_config(self, text: str) -> None:
        disk.write(self.project.root, self.project.root / CONFIG, text.encode("utf-8"))

    # The record

    def _reports(self) -> tuple[dict[str, bytes], dict[str, FrontMatter]]:
        """Return new contents of reports whose byline named the person, and all front matter."""
        new: dict[str, bytes] = {}
        fronts: dict[str, FrontMatter] = {}
        for slug in self.project.report_slugs():
            path = report_path(slug)
            text = report.decode(self.project.report_bytes(slug), path)
            changed = pseudonyms.pseudonymous_report(text, path, self.person, self.new_id)
            fronts[slug] = report.front_matter(changed, path)[0]
            if changed != text:
                new[slug] = changed.encode("utf-8")
        return new, fronts

    def _glossaries(self) -> dict[str, str]:
        """Return the changed texts of glossaries that have the name."""
        changed: dict[str, str] = {}
        for locale in self.project.settings.locales:
            path = glossary_path(locale)
            if old := self.project.glossary_text(locale):
                new = old
                for each in self.names:
                    new = redact.redacted_glossary(new, path, each)[0]
                for each in _id_redactions(self.person.id, self.new_id):
                    new = redact.with_redacted_remarks(new, path, each)
                if new != old:
                    changed[path] = new
        return changed

    def _memories(self) -> None:
        """Replace the person's id in imported memories.

        A name in a text is reported, as elsewhere.
        """
        for locale in self.project.settings.locales:
            for path in imported_paths(self.project, locale):
                with suppress(UnicodeDecodeError, LookupError, UnreadableError):
                    old = self.project.read(path)
                    if (new := with_renamed_metadata(old, self._without_names_in_notes)) != old:
                        disk.write(self.project.root, self.project.root / path, new)

    def _without_names_in_notes(self, text: str) -> str:
        for each in self.in_notes:
            text = each.apply(text)
        return text

    def _renamed(self, catalog: Catalog) -> Catalog:
        return _renamed(catalog, self.person.id, self.new_id, self.in_notes)

    def _report_catalog(self, place: CatalogRef, reports: Mapping[str, bytes]) -> None:
        """Write a report's catalog; it stays up to date if only the report's byline changes."""
        old = self.project.load(place)
        new = self._renamed(old)
        if place.slug in reports:
            before = digest(self.project.report_bytes(place.slug))
            if new.header.get("X-Report-Digest") == before:
                new = new.replace(header=new.header.replace(X_Report_Digest=digest(reports[place.slug])))
        self._save(place, new, old)

    def _save(self, place: CatalogRef, new: Catalog, old: Catalog) -> None:
        if new != old:
            self.project.write(place, new, old)
            self.result.catalogs.append(place.path)

    def _articles(self, fronts: Mapping[str, FrontMatter], glossaries: Mapping[str, str]) -> None:
        for place in self.project.all_catalogs():
            if place.folder == "articles":
                old = self.project.load(place)
                before = load_print_context(self.project, place.locale, old)
                after = self._future_context(place.locale, old, fronts, glossaries, self.settings)
                new = self._renamed(old)
                if story.is_cleared(old, before):
                    new = story.with_renewed_clearance(new, after)
                self._save(place, new, old)

    def _future_context(
        self,
        locale: str,
        article: Catalog,
        fronts: Mapping[str, FrontMatter],
        glossaries: Mapping[str, str],
        settings: Settings,
    ) -> story.PrintContext:
        """Return the context that the article will be printed in."""
        before = load_print_context(self.project, locale, article)
        path = glossary_path(locale)
        spelled = spellings(glossaries[path], path) if path in glossaries else names(self.project, locale)
        front_matter = {slug: fronts.get(slug, FrontMatter()) for slug in compose.report_slugs(article)}
        return story.PrintContext(settings, before.reports, front_matter, spelled)

    # Everything else

    def _has_name(self, text: str) -> bool:
        return any(each.occurs_in(text) for each in self.in_any_case)

    def _has_trace(self, text: str) -> bool:
        """Return whether a text contains a name, or the id as a word.

        A name inside a longer word counts too.
        """
        return any(each.occurs_loosely_in(text) for each in self.names) or any(
            each.occurs_in(text) for each in self.in_notes
        )

    def _renew_output(self) -> None:
        """Render output that has the name again, with the future settings.

        This is done while transflow.toml still has the name, so that a later run finds what
        remains. Files that are not output of a story are removed.
        """
        outputs = [
            each for place in reprint.stories_in_build(self.project) for each in reprint.outputs(self.project, place)
        ]
        paths_with_name = residue.files_in_build(self.project, self._has_name)
        affected = [each for each in outputs if each.path in paths_with_name]
        project = Project(self.project.root)
        project.settings = self.settings
        self.result.output = reprint.rerender(project, affected, reprint.stamped_drafts(affected), self.actor.now)
        for path in set(paths_with_name) - {each.path for each in affected}:
            disk.remove(self.project.root, path)

    def _find_traces(self) -> None:
        project = Project(self.project.root)
        for locale in project.settings.locales:
            for place in project.catalogs(locale, "articles"):
                article = project.load(place)
                pages = story.outdated_publications(article, load_print_context(project, place.locale, article))
                if pages:
                    self.result.pages.append(PublishedPages(place, tuple(page.address for page in pages)))
        self.result.residues = residue.find_residues(project, self._has_trace)

    def _without_names(self, text: str) -> str:
        for each in self.in_any_case:
            text = each.apply(text)
        return text

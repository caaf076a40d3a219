"""Protection of a person: an opaque id everywhere, and no name.

Invariant: the opaque id is added to transflow.toml, as an alias, before anything else changes; the
name is removed from that file last. A cleared story stays cleared: its text and its contributors
are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.identity import remember, remembered
from transflow.actions.privacy import notes
from transflow.actions.privacy.rewrite import RewritePlan, Rewritten, rewrite
from transflow.actions.privacy.signature_holder import refs_of
from transflow.actions.privacy.transform import EditedText, Owed, Transform
from transflow.actions.signatures import lines_without
from transflow.actions.stories.print_context import load_print_context
from transflow.digests import digest as text_digest
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.memory.tmx import with_renamed_metadata
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.settings import Person
from transflow.privacy import pseudonyms, redact, rename
from transflow.privacy.redact import Redaction
from transflow.project import CatalogRef, Project, git
from transflow.project.places import report_path
from transflow.project.project import CONFIG
from transflow.proof.claims import live_claims
from transflow.proof.signature_lines import known_lines
from transflow.report.encoding import digest
from transflow.stories.clearance import with_renewed_clearance
from transflow.stories.printed import outdated_publications
from transflow.text import without_spaces

MESSAGES = Messages(
    __name__,
    {
        "no-editor": "{who} is no editor: people protect themselves, editors anybody.",
        "protected": "{who} is protected already, and has no name here.",
        "somebody": "{who} is somebody in transflow.toml: protect that person by themselves.",
    },
)
_SHORTEST_ID = 3
"""Letters of an id below which it may be a word of its own, and is left in free text."""


class Protected(NamedTuple):
    """The changes made by a protection. Nothing in it is the name, except names of files."""

    new_id: str
    done: Rewritten


def protect(actor: Actor, person_id: str, number: int, *, dry_run: bool = False) -> Protected:
    """Give a person an opaque id, made from the random `number` below 2^20, and remove the name.

    Running an interrupted protection again completes it. With `dry_run`, return what it would
    change. Names in the texts of reports and stories are reported, not changed. Raises
    UnknownNameError, RefusedError and UsageError.
    """
    project = actor.project
    if actor.who != person_id and not actor.user.has_role("editor", actor.now):
        raise RefusedError(MESSAGES("no-editor", who=actor.who))
    new_id = _begun_id(project, person_id)
    person = project.settings.person(person_id)
    if person is None:
        if project.settings.person(new_id):
            return _completed(project, person_id, new_id, dry_run=dry_run)
        raise UnknownNameError("person", person_id, [each.id for each in project.settings.people], CONFIG)
    if person.protected and pseudonyms.is_opaque(person_id) and not pseudonyms.identifying_texts(person):
        raise UsageError(MESSAGES("protected", who=person_id))
    new_id = new_id or pseudonyms.pending_id(person)
    new_id = new_id or pseudonyms.opaque_id(number, {each.id for each in project.settings.people})
    done = rewrite(actor, lambda: _Protecting(project, person, new_id), locks=[CONFIG], dry_run=dry_run)
    if not dry_run:
        _remember(project, person_id, new_id)
    return Protected(new_id, done)


def _remember(project: Project, person_id: str, new_id: str) -> None:
    """Take the user for the new id, if they chose to be the person on this computer."""
    if remembered(project) == person_id:
        remember(project, new_id)


def _key(person_id: str, new_id: str) -> tuple[str, ...]:
    return new_id, text_digest(new_id, person_id)


def _begun_id(project: Project, person_id: str) -> str:
    """Return the opaque id in the note of an interrupted protection of a person, or nothing."""
    key = notes.read(project, _Protecting.note).key
    return key[0] if key and key == _key(person_id, key[0]) else ""


def _completed(project: Project, person_id: str, new_id: str, *, dry_run: bool) -> Protected:
    """Return the result of a protection that was interrupted after its last change."""
    note = notes.read(project, _Protecting.note)
    if not dry_run:
        _remember(project, person_id, new_id)
        notes.delete(project, _Protecting.note)
    return Protected(new_id, Rewritten(note.files, note.owed, [], list(note.residues), dict(note.history)))


def resume_protection(actor: Actor, person_id: str, opaque: str, *, dry_run: bool = False) -> Protected:
    """Replace the old id of a protected person that came back from an earlier branch.

    Raise UnknownNameError, RefusedError and UsageError.
    """
    project, people = actor.project, actor.project.settings.people
    person = project.settings.person(opaque)
    if person is None or not person.protected:
        raise UnknownNameError("protected person", opaque, [each.id for each in people if each.protected], CONFIG)
    if actor.who != opaque and not actor.user.has_role("editor", actor.now):
        raise RefusedError(MESSAGES("no-editor", who=actor.who))
    if project.settings.person(person_id):
        raise UsageError(MESSAGES("somebody", who=person_id))
    return Protected(opaque, rewrite(actor, lambda: _Reprotecting(person_id, opaque), dry_run=dry_run))


class _Reprotecting(Transform):
    """The old id of a protected person is replaced in catalogs."""

    def __init__(self, person_id: str, opaque: str) -> None:
        self.person_id, self.opaque = person_id, opaque
        self.in_notes = _id_redactions(person_id, opaque)

    def catalog(self, plan: RewritePlan, place: CatalogRef, catalog: Catalog) -> Catalog:  # noqa: ARG002
        new = rename.person_renamed(catalog, self.person_id, self.opaque)
        for each in self.in_notes:
            new = redact.with_redacted_notes(new, each)
        return new

    def signatures(self, plan: RewritePlan, place: CatalogRef, text: str) -> str:  # noqa: ARG002
        """Return the file without the lines of the person, whose old id is in what they signed."""
        own = [line for line in known_lines(text) if line.who == self.person_id]
        return lines_without(text, own) if own else text

    def owed(self, place: CatalogRef, old: Catalog, new: Catalog) -> Owed:  # noqa: ARG002
        """Return what the person approved, which becomes the work of whoever commits the new id."""
        own = [claim for claim, _ in live_claims(old, place.locale) if claim.who == self.person_id]
        return Owed(renew=refs_of(place, old, own))


def _id_redactions(person_id: str, opaque: str) -> list[Redaction]:
    """Return a redaction that removes an id from free text, if it is long enough for that."""
    return [Redaction(person_id, opaque, any_case=True)] if len(person_id) >= _SHORTEST_ID else []


class _Protecting(_Reprotecting):
    """An opaque id replaces a person's id, names, e-mail addresses and aliases."""

    note = "protecting"
    removes_text = True

    def __init__(self, project: Project, person: Person, new_id: str) -> None:
        super().__init__(person.id, new_id)
        self.project, self.subject = project, person
        text = project.read(CONFIG).decode("utf-8")
        self.marked_settings = pseudonyms.with_pending_id(text, CONFIG, person.id, new_id)
        self.final_settings = pseudonyms.with_opaque_id(text, CONFIG, person.id, new_id)
        self.spellings = pseudonyms.identifying_texts(person)
        self.names = [Redaction(each, new_id) for each in self.spellings if len(without_spaces(each)) > 1]
        self.in_any_case = [replace(each, any_case=True) for each in self.names]
        self.ids = self.in_notes
        self.in_notes = [*self.in_any_case, *self.ids]

    def key(self) -> tuple[str, ...]:
        return _key(self.subject.id, self.opaque)

    # Contents

    def settings_marker(self, text: str) -> str:  # noqa: ARG002 - of the interface
        return self.marked_settings

    def settings(self, text: str) -> str:  # noqa: ARG002 - of the interface
        return self.final_settings

    def report(self, text: str, path: str) -> EditedText:
        """Return a report with the id in its byline. Its text is left to people."""
        return EditedText(pseudonyms.pseudonymous_report(text, path, self.subject, self.opaque))

    def glossary(self, text: str, path: str) -> EditedText:
        for each in self.names:
            text = redact.redacted_glossary(text, path, each)[0]
        for each in self.ids:
            text = redact.with_redacted_remarks(text, path, each)
        return EditedText(text)

    def memory(self, data: bytes, path: str) -> tuple[bytes, tuple[Message, ...]]:  # noqa: ARG002
        """Return a memory with the id in its metadata. Its texts are left to people."""
        return with_renamed_metadata(data, lambda text: _applied(self.in_notes, text)), ()

    def draft(self, plan: RewritePlan, text: str) -> str:  # noqa: ARG002 - of the interface
        return _applied(self.in_any_case, text)

    def person(self, person_id: str) -> str:
        return self.opaque if person_id == self.subject.id else person_id

    def catalog(self, plan: RewritePlan, place: CatalogRef, catalog: Catalog) -> Catalog:
        new = super().catalog(plan, place, catalog)
        if place.folder == "reports":
            return self._with_report_digest(plan, place, new)
        if plan.was_cleared(place, catalog):
            new = with_renewed_clearance(new, load_print_context(plan.after, place.locale, new))
        pages = outdated_publications(new, load_print_context(plan.after, place.locale, new))
        plan.owe(Owed(pages=tuple((str(place), page.address) for page in pages)))
        return new

    def _with_report_digest(self, plan: RewritePlan, place: CatalogRef, new: Catalog) -> Catalog:
        """Return a report's catalog; it stays up to date if only the report's byline changes."""
        path = report_path(place.slug)
        if plan.after.is_changed(path) and new.header.get("X-Report-Digest") == digest(plan.before.read(path)):
            return new.replace(header=new.header.replace(X_Report_Digest=digest(plan.after.read(path))))
        return new

    # The text that is looked for

    def finds(self, text: str) -> bool:
        return any(each.occurs_in(text) for each in self.in_any_case)

    def finds_loosely(self, text: str) -> bool:
        """Return whether a text contains a name, or the id as a word.

        A name inside a longer word counts too.
        """
        return any(each.occurs_loosely_in(text) for each in self.names) or any(
            each.occurs_in(text) for each in self.in_notes
        )

    def history(self) -> dict[str, int | None]:
        """Return the numbers of commits with the name or the old id in a file, of commits `signed`
        by the person or naming them in the message, and of branches and tags; `identity` is 1 if
        git would name the person in new commits here.
        """
        root, searched = self.project.root, (*self.spellings, self.subject.id)
        long_ids = [each.text for each in self.ids]
        signed = git.commits_by(root, self.spellings, long_ids)
        patterns = [each.git_pattern() for each in self.names]
        patterns += [f"(^|[^0-9A-Za-z]){each.git_pattern()}([^0-9A-Za-z]|$)" for each in self.ids]
        commits = max((git.commits_with(root, each) or 0 for each in patterns), default=0)
        own = {each.casefold() for each in git.identity(root) if each}
        return {
            "commits": None if signed is None else commits,
            "signed": signed,
            "branches": git.refs_with(root, [each for each in searched if len(each) >= _SHORTEST_ID]),
            "identity": int(bool(own & {each.casefold() for each in (*self.spellings, *long_ids)})),
        }


def _applied(redactions: Iterable[Redaction], text: str) -> str:
    for each in redactions:
        text = each.apply(text)
    return text

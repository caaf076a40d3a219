"""Redaction of a text in the whole project, and a report of the places that still have it.

Invariant: a redaction that would change how a report is split into sentences is refused. No message
contains the text.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import pbkdf2_hmac

from transflow import report
from transflow.actions import Actor
from transflow.actions.privacy.rewrite import RewritePlan, Rewritten, rewrite
from transflow.actions.privacy.transform import Change, EditedText, Occurrence, Owed, Transform
from transflow.actions.refs import unit_ref
from transflow.actions.signatures import lines_without
from transflow.attribution.authorship import is_machine
from transflow.engines.setup.spending import engines_used, ledger_folder
from transflow.errors import RefusedError
from transflow.memory.tmx import without_units
from transflow.messages import Joined, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Ref, Unit
from transflow.privacy import redact
from transflow.privacy.redact import Redaction
from transflow.project import CatalogRef, git
from transflow.project.languages import source_of
from transflow.project.places import report_path
from transflow.proof.signature_lines import known_lines
from transflow.report.encoding import digest
from transflow.stories.clearance import without_clearance
from transflow.stories.compose import placement, report_slugs
from transflow.stories.printed import printed_units
from transflow.stories.publications import addresses
from transflow.units import workflow
from transflow.update import update
from transflow.user_folders import project_id

MESSAGES = Messages(
    __name__,
    {
        "no-editor": "{who} is no editor: what is redacted is gone for everybody, so an editor does it.",
        "sentences": "{where} would no longer be the same sentences: the text goes over the end of one, or what is to "
        "stand in its place begins something. Redact the parts one by one, or say another --with. Nothing was changed.",
        "entries": ("{n} entry", "{n} entries"),
        "comment": "comment",
        "header": "header",
    },
)


_ROUNDS = 200_000


@dataclass(slots=True)
class Redacted:
    """The changes that a redaction made, or would make."""

    done: Rewritten
    engines_asked: list[str] = field(default_factory=list)
    """Other engines that received texts of the project from this machine.

    Somebody may have asked for suggestions that were not used.
    """

    @property
    def found(self) -> list[Occurrence]:
        """The places of the record that have the text."""
        return [occurrence for each in self.done.files for occurrence in each.found]

    def __bool__(self) -> bool:
        return bool(self.found or self.done.of("drafts", "output"))


def redact_text(actor: Actor, redaction: Redaction, *, dry_run: bool = False) -> Redacted:
    """Redact the text everywhere, or with `dry_run` return what that would change.

    Running an interrupted redaction again completes it. Raise RefusedError.
    """
    if not actor.user.has_role("editor", actor.now):
        raise RefusedError(MESSAGES("no-editor", who=actor.who))
    root = actor.project.root
    result = Redacted(rewrite(actor, lambda: Redacting(actor, redaction), dry_run=dry_run))
    if result:
        known = {name.partition("/")[0] for name in result.done.owed.engines}
        result.engines_asked = [name for name in engines_used(ledger_folder(), project_id(root)) if name not in known]
    return result


class Redacting(Transform):
    """A text is replaced wherever it is found.

    Glossary entries and units of imported memories that have it are removed.
    """

    note = "redacting"
    removes_text = True

    def __init__(self, actor: Actor, redaction: Redaction) -> None:
        self.actor, self.redaction = actor, redaction

    def key(self) -> tuple[str, ...]:
        return self._key(secrets.token_hex(16))

    def is_same(self, key: tuple[str, ...]) -> bool:
        return len(key) == 2 and key == self._key(key[0])

    def _key(self, salt: str) -> tuple[str, ...]:
        """Return a digest of the redaction that is slow to compute, so that it is hard to guess."""
        parts = (self.redaction.text, self.redaction.replacement, str(self.redaction.any_case))
        hashed = pbkdf2_hmac("sha256", "\0".join(parts).encode("utf-8", "replace"), salt.encode(), _ROUNDS)
        return salt, hashed.hex()

    def finds(self, text: str) -> bool:
        return self.redaction.occurs_in(text)

    def finds_loosely(self, text: str) -> bool:
        return self.redaction.occurs_loosely_in(text)

    def history(self) -> dict[str, int | None]:
        """Return the number of commits that added or removed the text; None outside git."""
        return {"commits": git.commits_with(self.actor.project.root, self.redaction.git_pattern())}

    def report(self, text: str, path: str) -> EditedText:  # noqa: ARG002 - of the interface
        return EditedText(redact.redacted_report(text, self.redaction))

    def glossary(self, text: str, path: str) -> EditedText:
        new, removed = redact.redacted_glossary(text, path, self.redaction)
        return EditedText(new, (MESSAGES("entries", n=removed) if removed else MESSAGES("comment"),))

    def memory(self, data: bytes, path: str) -> tuple[bytes, tuple[Message, ...]]:  # noqa: ARG002
        new, removed = without_units(data, self.finds)
        return new, (MESSAGES("entries", n=removed),)

    def draft(self, plan: RewritePlan, text: str) -> str:  # noqa: ARG002 - of the interface
        return self.redaction.apply(text)

    def signatures(self, plan: RewritePlan, place: CatalogRef, text: str) -> str:
        """Return the file without the lines that name a unit with the text."""
        changes = (each for each in plan.changes if each.place == place and each.old and each.catalog)
        ids = {before.id for each in changes for before, _ in _touched(*_both(each))}
        named = [line for line in known_lines(text) if any(item.about in ids for item in line.items)]
        return lines_without(text, named) if named else text

    def catalog(self, plan: RewritePlan, place: CatalogRef, catalog: Catalog) -> Catalog:
        new = redact.redacted_catalog(catalog, self.redaction, self.actor.who, self.actor.now)
        if place.folder == "reports":
            return self._with_report_digest(plan, place, catalog, new)
        if new is catalog and not plan.changes and not plan.earlier.cleared:
            return new  # nothing that the story is made from changes either
        new = _with_doubts(plan, place, new)
        was_cleared = plan.was_cleared(place, catalog)
        if _prints_differently(catalog, new) or (was_cleared and not plan.stays_cleared(place, new)):
            new = without_clearance(new)
            if was_cleared:
                plan.owe(Owed(clear=(str(place),)))
        return new

    def _with_report_digest(self, plan: RewritePlan, place: CatalogRef, old: Catalog, new: Catalog) -> Catalog:
        """Return a report's catalog with the digest of the redacted report.

        Raise RefusedError if the two would no longer match.
        """
        slug, path = place.slug, report_path(place.slug)
        if not plan.before.has(path):
            return new
        before, after = plan.before.report_bytes(slug), plan.after.report_bytes(slug)
        if new is old and after == before:
            return new
        parsed, _ = report.parse(after, slug, path)
        blocks = [block for block in parsed.blocks if block.text.strip()]
        _, changes = update(blocks, new, self.actor.now, source_of(plan.after, place))
        if not changes:
            return new.replace(header=new.header.replace(X_Report_Digest=parsed.digest))
        if old.header.get("X-Report-Digest") == digest(before):
            ids = [*(each.id for each in changes.changed), *changes.removed] or [new.units[0].id]
            where = Joined(tuple(unit_ref(plan.before, old, place, unit_id) for unit_id in ids[:5]))
            raise RefusedError(MESSAGES("sentences", where=where))
        return new

    def reprints(self, plan: RewritePlan, place: CatalogRef) -> bool:
        """Return whether the story or one of its reports changes.

        A glossary has spellings of names, which every story may print.
        """
        if any(change.holder == "glossaries" for change in plan.changes):
            return True
        slugs = {change.place.slug for change in plan.changes if change.place}
        slugs |= {slug for slug in plan.before.report_slugs() if plan.after.is_changed(report_path(slug))}
        return bool(slugs & {place.slug, *plan.before.load(place).header.get("X-Reports").split()})

    def found(self, place: CatalogRef, old: Catalog, new: Catalog) -> tuple[Occurrence, ...]:
        found = tuple(
            Occurrence(unit_ref(self.actor.project, old, place, before.id), redact.changed_parts(before, after))
            for before, after in _touched(old, new)
        )
        if not found and _without_digest(old, new) != _without_digest(new, new):
            return (Occurrence(place.path, (MESSAGES("header"),)),)
        return found

    def owed(self, place: CatalogRef, old: Catalog, new: Catalog) -> Owed:
        touched = _touched(old, new)
        is_story, doubtful = place.folder == "articles", _doubtful(old, new)
        approve = (
            before
            for before, after in touched
            if not is_story and workflow.is_approved(before) and not after.approved and before in old.units
        )
        ids = {unit.id for unit in doubtful}
        pages = addresses(old) if (touched or ids) and is_story else ()
        engines = dict.fromkeys(name for before, _ in touched for name in _engines(before))

        def refs(units: Iterable[Unit]) -> tuple[str, ...]:
            return tuple(unit_ref(self.actor.project, old, place, unit.id) for unit in units)

        return Owed(
            refs(unit for unit in approve if unit.id not in ids),
            pages=tuple((str(place), page.address) for page in pages),
            engines=tuple(engines),
            translations=() if is_story else refs(doubtful),
            paragraphs=refs(doubtful) if is_story else (),
        )


def _prints_differently(old: Catalog, new: Catalog) -> bool:
    """Return whether the printed texts differ, so that a clearance no longer applies."""
    before, after = ([(unit.source, unit.target) for unit in printed_units(each)] for each in (old, new))
    return before != after


def _touched(old: Catalog, new: Catalog) -> list[tuple[Unit, Unit]]:
    """Return the units in which the text was found, as they were and as they become.

    Units that only lose an approval, with the clearance of their story, are left out.
    """
    after = {unit.id: unit for unit in (*new.units, *new.obsolete)}
    pairs = ((unit, after[unit.id]) for unit in (*old.units, *old.obsolete))
    return [(before, now) for before, now in pairs if _without_marks(before) != _without_marks(now)]


def _without_marks(unit: Unit) -> Unit:
    return unit.replace(approved=None, fuzzy=False)


def _doubtful(old: Catalog, new: Catalog) -> list[Unit]:
    """Return the units with a text that may still say what was redacted.

    Of a report, these are translations of a changed source; of a story, paragraphs made from them.
    """
    after = {unit.id: unit for unit in new.units}
    pairs = [(unit, after[unit.id]) for unit in old.units]
    return [before for before, now in pairs if redact.is_in_doubt(before, now) or _is_made_from_doubtful(before, now)]


def _is_made_from_doubtful(before: Unit, now: Unit) -> bool:
    return bool(now.refs and now.fuzzy and not before.fuzzy)


def _with_doubts(plan: RewritePlan, place: CatalogRef, article: Catalog) -> Catalog:
    """Return a story in which each printed paragraph made from a doubtful translation needs another
    look.
    """
    doubtful: set[Ref] = set()
    for change in plan.changes:
        if change.place and change.catalog and change.place.locale == place.locale:
            doubtful |= {Ref(change.place.slug, unit.id) for unit in _doubtful(*_both(change))}
    if not doubtful:
        return article
    places = (CatalogRef(place.locale, "reports", slug) for slug in report_slugs(article))
    behind = placement(article, {each.slug: plan.before.load(each) for each in places if plan.before.exists(each)})
    for unit in printed_units(article):
        if unit.target and any(each.ref in doubtful for each in behind[unit.id]):
            article = article.map_unit(unit.id, lambda each: each.replace(fuzzy=True, approved=None))
    return article


def _both(change: Change) -> tuple[Catalog, Catalog]:
    assert change.old is not None
    assert change.catalog is not None
    return change.old, change.catalog


def _without_digest(catalog: Catalog, new: Catalog) -> object:
    """Return what a catalog has besides units, without fields that do not contain the text."""
    header = catalog.header.replace(X_Report_Digest=None)
    if not new.header.get("X-Cleared"):
        header = header.replace(X_Cleared=None)
    return header, catalog.tail, set(catalog.raw_entries)


def _engines(unit: Unit) -> Iterator[str]:
    return (each.who.removeprefix("mt:") for each in unit.by if is_machine(each.who))

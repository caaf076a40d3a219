"""Redaction of a text in the whole project, and a report of the places that still have it.

Invariant: nothing is written unless everything can be: a redaction that would change how a report
is split into sentences is refused beforehand. Running an interrupted redaction again completes it.
No message contains the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow import report
from transflow.actions import Actor
from transflow.actions.privacy import residue, unfinished
from transflow.actions.refs import unit_ref
from transflow.actions.stories import reprint
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution.authorship import is_machine
from transflow.errors import RefusedError, UnreadableError
from transflow.memory.tmx import without_units
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.privacy import redact
from transflow.privacy.redact import Redaction
from transflow.project import CatalogRef, Project, git
from transflow.project import files as disk
from transflow.project.places import glossary_path, report_path
from transflow.report.encoding import digest
from transflow.stories import story
from transflow.stories.publications import addresses
from transflow.units import workflow
from transflow.update import update

_MEMORY = re.compile(r"locales/[^/]+/memory/[^/]+\.tmx")


class Occurrence(NamedTuple):
    """A place of the record with the text, and its affected parts in words.

    The place is a unit, `en:un-letter#3`, or a file.
    """

    where: str
    parts: tuple[str, ...]


@dataclass(slots=True)
class Redacted:
    """The changes that a redaction made, or would make."""

    found: list[Occurrence] = field(default_factory=list)
    approve_again: list[str] = field(default_factory=list)
    """Sentences whose approval became void. (Clearing a story approves its paragraphs.)"""
    clear_again: list[CatalogRef] = field(default_factory=list)
    journals: residue.Journals = field(default_factory=residue.Journals)
    caches: list[str] = field(default_factory=list)
    output: reprint.RenewedOutput = field(default_factory=reprint.RenewedOutput)
    # Places out of reach
    residues: list[residue.Residue] = field(default_factory=list)
    """In other files of the project's folder: transflow.toml, templates, notes."""
    near_matches: list[residue.Residue] = field(default_factory=list)
    """With other capitals, or inside longer words."""
    pages: list[tuple[CatalogRef, str]] = field(default_factory=list)
    """Addresses of the stories that had it, or whose reports had it."""
    engines: list[str] = field(default_factory=list)
    """Engines that translated a text with it."""
    engines_asked: list[str] = field(default_factory=list)
    """Other engines that received texts of the project from this machine.

    Somebody may have asked for suggestions that were not used.
    """
    shared: str = ""
    """Reason why the shared memory still has it; empty if it was updated, or if there is none."""
    commits: int | None = None
    """Number of commits that added or removed it; None outside git."""

    def __bool__(self) -> bool:
        return bool(self.found or self.journals.changed or self.output.rendered or self.output.removed)


@dataclass(slots=True)
class _Plan:
    """New contents, before anything is written."""

    reports: dict[str, bytes] = field(default_factory=dict)
    catalogs: dict[CatalogRef, tuple[Catalog, Catalog]] = field(default_factory=dict)
    glossaries: dict[str, bytes] = field(default_factory=dict)
    memories: dict[str, bytes] = field(default_factory=dict)


def redact_text(actor: Actor, redaction: Redaction, *, dry_run: bool = False) -> Redacted:
    """Redact the text everywhere, or with `dry_run` return what that would change.

    Raises RefusedError.
    """
    project = actor.project
    if not actor.user.has_role("editor", actor.now):
        raise RefusedError(f"{actor.who} is no editor: what is redacted is gone for everybody, so an editor does it.")
    result = Redacted()
    with ExitStack() as locks:
        if not dry_run:
            locks.enter_context(project.locked_all())
        plan = _planned(actor, redaction, result)
        pending = unfinished.PendingWork() if dry_run else unfinished.read(project).merged(_pending_work(project, plan))
        result.commits = git.commits_with(project.root, redaction.git_pattern())
        if not dry_run:
            if any(pending):
                unfinished.write(project, pending)
            _write(project, plan)
            result.clear_again = _uncleared(project, pending.cleared)
            result.caches = residue.clear_caches(project, redaction.occurs_in)
    result.journals = residue.change_drafts(project.root, redaction.apply, dry_run=dry_run)
    if not dry_run:
        _clean_build(actor, redaction, pending, result)
        result.shared = residue.remove_from_shared_memory(project, actor.now)
        unfinished.delete(project)
    if result:
        engine_names = {name.partition("/")[0] for name in result.engines}
        result.engines_asked = [name for name in residue.engines_asked(project) if name not in engine_names]
    _find_traces(project, redaction, result, dry_run=dry_run)
    return result


# Planning


def _planned(actor: Actor, redaction: Redaction, result: Redacted) -> _Plan:
    plan, project = _Plan(), actor.project
    for slug in project.report_slugs():
        text = report.decode(project.report_bytes(slug), report_path(slug))
        if (new := redact.redacted_report(text, redaction)) != text:
            plan.reports[slug] = new.encode("utf-8")
            result.found.append(Occurrence(report_path(slug), ("report",)))
    for place in project.all_catalogs():
        old = project.load(place)
        changed = redact.redacted_catalog(old, redaction, actor.who, actor.now)
        if place.folder == "reports":
            changed = _with_report_digest(actor, place, old, changed, plan)
        elif _prints_differently(old, changed):
            changed = story.without_clearance(changed)
        if changed is not old:
            plan.catalogs[place] = (old, changed)
        _record_findings(place, old, changed, result)
    _plan_glossaries(project, redaction, plan, result)
    _plan_memories(project, redaction, plan, result)
    return plan


def _with_report_digest(actor: Actor, place: CatalogRef, old: Catalog, new: Catalog, plan: _Plan) -> Catalog:
    """Return a report's catalog with the digest of the redacted report.

    Raises RefusedError if the two would no longer match.
    """
    project, slug = actor.project, place.slug
    if slug not in project.report_slugs() or (new is old and slug not in plan.reports):
        return new
    before = project.report_bytes(slug)
    data = plan.reports.get(slug, before)
    parsed, _ = report.parse(data, slug, report_path(slug))
    blocks = [block for block in parsed.blocks if block.text.strip()]
    _, changes = update(blocks, new, actor.now, project.settings.source)
    if not changes:
        return new.replace(header=new.header.replace(X_Report_Digest=parsed.digest))
    if old.header.get("X-Report-Digest") == digest(before):
        ids = [*(each.id for each in changes.changed), *changes.removed] or [new.units[0].id]
        where = ", ".join(unit_ref(old, place, unit_id) for unit_id in ids[:5])
        raise RefusedError(
            f"{where} would no longer be the same sentences: the text goes over the end of one, or what is to stand "
            "in its place "
            "begins something. Redact the parts one by one, or say another --with. Nothing was changed."
        )
    return new


def _prints_differently(old: Catalog, new: Catalog) -> bool:
    """Return whether the printed texts differ, so that a clearance no longer applies."""
    before, after = ([(unit.source, unit.target) for unit in story.printed_units(each)] for each in (old, new))
    return before != after


def _record_findings(place: CatalogRef, old: Catalog, new: Catalog, result: Redacted) -> None:
    """Record the affected units of a catalog, and the consequences for people."""
    after = {unit.id: unit for unit in (*new.units, *new.obsolete)}
    touched = [unit for unit in (*old.units, *old.obsolete) if after[unit.id] is not unit]
    for unit in touched:
        ref = f"{place.locale}:{unit_ref(old, place, unit.id)}"
        result.found.append(Occurrence(ref, redact.changed_parts(unit, after[unit.id])))
        if (
            place.folder == "reports"
            and workflow.is_approved(unit)
            and not after[unit.id].approved
            and unit in old.units
        ):
            result.approve_again.append(ref)
        result.engines += [name for name in _engines(unit) if name not in result.engines]
    if not touched and _without_digest(old) != _without_digest(new):
        result.found.append(Occurrence(place.path, ("header",)))
    if touched and place.folder == "articles":
        result.pages += [(place, page.address) for page in addresses(old)]


def _without_digest(catalog: Catalog) -> object:
    return catalog.header.replace(X_Report_Digest=None), catalog.tail, set(catalog.raw_entries)


def _engines(unit: Unit) -> Iterator[str]:
    return (each.who.removeprefix("mt:") for each in unit.by if is_machine(each.who))


def _plan_glossaries(project: Project, redaction: Redaction, plan: _Plan, result: Redacted) -> None:
    for locale in project.settings.locales:
        path = glossary_path(locale)
        text = project.glossary_text(locale)
        if not text:
            continue
        new, removed = redact.redacted_glossary(text, path, redaction)
        if new != text:
            plan.glossaries[path] = new.encode("utf-8")
            description = f"{removed} {'entry' if removed == 1 else 'entries'}" if removed else "comment"
            result.found.append(Occurrence(path, (description,)))


def _plan_memories(project: Project, redaction: Redaction, plan: _Plan, result: Redacted) -> None:
    """Plan imported memories without the units that have the text.

    An unreadable one is reported later with the places that still have it.
    """
    for path in [name for name in disk.files_below(project.root, "locales") if _MEMORY.fullmatch(name)]:
        with suppress(UnicodeDecodeError, LookupError, OSError, UnreadableError):
            plan.memories[path], removed = without_units(project.read(path), redaction.occurs_in)
            if removed:
                description = f"{removed} {'entry' if removed == 1 else 'entries'}"
                result.found.append(Occurrence(path, (description,)))


# Writing


def _write(project: Project, plan: _Plan) -> None:
    """Write the plan, catalogs before reports.

    As long as a report has the text, a second run finds all that remains.
    """
    for place, (old, new) in plan.catalogs.items():
        project.write(place, new, old)
    for path, data in plan.glossaries.items():
        disk.write(project.root, project.root / path, data)
    for path, data in plan.memories.items():
        if project.read(path) != data:
            disk.write(project.root, project.root / path, data)
    for slug, data in plan.reports.items():
        project.write_report(slug, data)


def _stories(project: Project) -> Iterator[CatalogRef]:
    for locale in project.settings.locales:
        yield from project.catalogs(locale, "articles")


def _cleared(project: Project) -> list[CatalogRef]:
    loaded = ((place, project.load(place)) for place in _stories(project))
    return [
        place
        for place, article in loaded
        if story.is_cleared(article, load_print_context(project, place.locale, article))
    ]


def _uncleared(project: Project, before: Collection[CatalogRef]) -> list[CatalogRef]:
    """Return the stories that lost their clearance.

    A clearance that is void but still in the file (a byline changed) is removed.
    """
    lost = sorted(place for place in set(before) - set(_cleared(project)) if project.exists(place))
    for place in lost:
        article = project.load(place)
        project.write(place, story.without_clearance(article), article)
    return lost


def _pending_work(project: Project, plan: _Plan) -> unfinished.PendingWork:
    """Return the current clearances, and the output of stories affected by the plan.

    Empty if the plan affects no story.
    """
    slugs = {place.slug for place in plan.catalogs} | set(plan.reports)
    if not slugs and not plan.glossaries:
        return unfinished.PendingWork()
    output = [
        each
        for place in _stories(project)
        if plan.glossaries or slugs & {place.slug, *project.load(place).header.get("X-Reports").split()}
        for each in reprint.outputs(project, place)
    ]
    return unfinished.PendingWork(
        frozenset(_cleared(project)), frozenset(output), frozenset(reprint.stamped_drafts(output))
    )


def _clean_build(actor: Actor, redaction: Redaction, pending: unfinished.PendingWork, result: Redacted) -> None:
    """Render affected output again, and remove output that still has the text."""
    project = actor.project
    existing = sorted(each for each in pending.output if project.exists(each.place))
    renewed = reprint.rerender(project, existing, pending.stamped, actor.now)
    removed = list(renewed.removed)
    for path in residue.files_in_build(project, redaction.occurs_in):
        disk.remove(project.root, path)
        removed.append(path.relative_to(project.root).as_posix())
    rendered = tuple(path for path in renewed.rendered if path not in removed)
    result.output = reprint.RenewedOutput(rendered, tuple(removed))


def _find_traces(project: Project, redaction: Redaction, result: Redacted, *, dry_run: bool) -> None:
    """Record the places that still have the text."""
    found_places = {found.where for found in result.found}
    skipped = {place.path for place in project.all_catalogs()} | found_places if dry_run else set()
    for trace in residue.find_residues(project, redaction.occurs_loosely_in):
        path = project.root / trace.path
        if trace.path in skipped or (dry_run and trace.path.startswith(("build/", ".transflow/"))):
            continue
        exact = redaction.occurs_in(trace.path) if not trace.line else residue.file_contains(path, redaction.occurs_in)
        (result.residues if exact else result.near_matches).append(trace)

"""The evidence about machines in a story: who drafted each printed unit, and who examined it.

Invariant: everything is computed from the record and the checks; it has no text of a story, and
names nobody who is protected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.checks.cached import CachedChecker
from transflow.actions.refs import unit_ref
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution.machines import engine_words, examinations, is_engine
from transflow.attribution.shown_people import shown_id
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.stories import machine_share
from transflow.stories.clearance import is_cleared, read_clearance
from transflow.stories.compose import placement
from transflow.stories.machine_share import MachineShare, Origin
from transflow.stories.printed import PrintContext
from transflow.text import words
from transflow.units.workflow import is_approved, is_waiver_valid

_AUTHOR = re.compile(r"mt:(?P<engine>[^/]+)(?:/(?P<model>.*?))?(?:@(?P<prompt>[0-9a-f]{4,64}))?")


class AuditedDraft(NamedTuple):
    """A machine's draft that a unit began as, and what is left of it."""

    engine: str
    model: str
    prompt: str
    """Digest of the prompt's version; empty if there is none."""
    time: str
    """UTC; empty where only the sentences behind a paragraph say it."""
    words: int


class DatedAct(NamedTuple):
    """A person's examination or approval of exactly the present text."""

    who: str
    time: str


class AuditedWaiver(NamedTuple):
    check: str
    who: str
    time: str
    reason: str


class AuditedUnit(NamedTuple):
    """A printed paragraph, or a sentence behind one."""

    kind: Literal["paragraph", "sentence"]
    ref: str
    paragraph: str
    """Reference of the paragraph that prints it."""
    words: int
    machine_words: int
    drafts: tuple[AuditedDraft, ...]
    examined: tuple[DatedAct, ...]
    """People who had exactly this text on their screen by itself, and judged it."""
    unexamined: bool
    """True if it has words of a machine that nobody examined, here or in the sentence behind it."""
    approved: DatedAct | None
    warnings: tuple[str, ...]
    """Checks that stand against it, without waived ones."""
    waivers: tuple[AuditedWaiver, ...]


class Audit(NamedTuple):
    """The evidence about machines in a story as it would print now."""

    story: str
    share: MachineShare
    origin: Origin
    label: str
    """The label that it prints; empty for none."""
    cleared: DatedAct | None
    units: tuple[AuditedUnit, ...]
    """Each printed paragraph in order, followed by the sentences behind it."""


def audit(actor: Actor, name: str) -> Audit:
    """Return the evidence about the machines in a story."""
    project = actor.project
    place = project.find_catalog(name, "articles")
    article = project.load(place)
    context = load_print_context(project, place.locale, article)
    clearance = read_clearance(article) if is_cleared(article, context) else None
    return Audit(
        str(place),
        machine_share.machine_share(article, context),
        machine_share.origin(article, context),
        machine_share.label(article, context, clearance.who if clearance else ""),
        DatedAct(shown_id(project.settings, clearance.who), clearance.time) if clearance else None,
        tuple(_units(project, place, article, context)),
    )


def _units(project: Project, place: CatalogRef, article: Catalog, context: PrintContext) -> Iterator[AuditedUnit]:
    placed = placement(article, context.reports)
    of_paragraphs = _by_unit(story_context.warnings(project, place, article, context))
    of_sentences = {
        slug: _sentence_warnings(project, place.locale, slug, each) for slug, each in context.reports.items()
    }
    for unit in machine_share.printed_paragraphs(article):
        ref, behind = unit_ref(project, article, place, unit.id), placed[unit.id]
        count = machine_share.words_of_engines(unit, behind)
        paragraph = _Evidence(
            "paragraph", ref, ref, unit, count, is_examined=bool(machine_share.examiners(unit, behind))
        )
        yield _unit(project.settings, paragraph, of_paragraphs.get(unit.id, ()))
        for each in behind:
            report = CatalogRef(place.locale, "reports", each.report)
            named = unit_ref(project, context.reports[each.report], report, each.unit.id)
            if not each.unit.is_left_out:
                found, count = of_sentences[each.report].get(each.unit.id, ()), engine_words(each.unit)
                is_examined = bool(examinations(each.unit))
                sentence = _Evidence("sentence", named, ref, each.unit, count, is_examined=is_examined)
                yield _unit(project.settings, sentence, found)


def _sentence_warnings(project: Project, locale: str, slug: str, report: Catalog) -> dict[str, tuple[str, ...]]:
    checker = CachedChecker(project, locale)
    found = checker.issues(CatalogRef(locale, "reports", slug), report, {unit.id for unit in report.units})
    checks: dict[str, dict[str, None]] = {}
    for unit, issue in found:
        if issue.severity != "hint":
            checks.setdefault(unit.id, {})[issue.check] = None
    return {unit_id: tuple(each) for unit_id, each in checks.items()}


def _by_unit(issues: Sequence[Issue]) -> dict[str, tuple[str, ...]]:
    checks: dict[str, dict[str, None]] = {}
    for issue in issues:
        checks.setdefault(issue.location.unit, {})[issue.check] = None
    return {unit_id: tuple(each) for unit_id, each in checks.items()}


class _Evidence(NamedTuple):
    """A unit, and what is counted of it."""

    kind: Literal["paragraph", "sentence"]
    ref: str
    paragraph: str
    unit: Unit
    machine_words: int
    is_examined: bool


def _unit(settings: Settings, found: _Evidence, warnings: tuple[str, ...]) -> AuditedUnit:
    unit = found.unit
    approved = unit.approved if is_approved(unit) else None
    return AuditedUnit(
        found.kind,
        found.ref,
        found.paragraph,
        len(words(unit.target)),
        found.machine_words,
        tuple(_drafts(unit)),
        tuple(DatedAct(shown_id(settings, each.who), each.time) for each in examinations(unit)),
        bool(found.machine_words) and not found.is_examined,
        DatedAct(shown_id(settings, approved.who), approved.time) if approved else None,
        warnings,
        tuple(
            AuditedWaiver(each.check, shown_id(settings, each.who), each.time, each.reason)
            for each in unit.waivers
            if is_waiver_valid(each, unit)
        ),
    )


def _drafts(unit: Unit) -> Iterator[AuditedDraft]:
    """Yield the drafts that a unit began as, with the words left of each."""
    times = {each.who: each.time for each in unit.by}
    counts = {each.who: each.words for each in unit.by if is_engine(each.who)}
    for share in unit.translated:
        if is_engine(share.who):
            counts[share.who] = counts.get(share.who, 0) + share.words
    for who, count in counts.items():
        found = _AUTHOR.fullmatch(who)
        engine, model, prompt = found.group("engine", "model", "prompt") if found else (who, "", "")
        yield AuditedDraft(engine, model or "", prompt or "", times.get(who, ""), count)

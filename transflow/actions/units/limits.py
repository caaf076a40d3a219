"""Limits of use: how a sentence, or a whole report, may be used (`@record`).

Invariant: a limit of a sentence holds in every language of its report. A person who did not set it
can make it stricter, and only an editor can make it looser.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from transflow import readers
from transflow.actions import Actor, recording
from transflow.actions.forgetting import forget_now
from transflow.actions.refs import at_unit, parse_ref, unit_ref
from transflow.actions.reports import intake
from transflow.actions.reports.limits import forget_limits, unlimited_copies
from transflow.actions.stories.affected import Dependents, counterparts
from transflow.actions.stories.page import stories_from
from transflow.actions.units import review
from transflow.actions.units.steps import StepResult
from transflow.attribution.shown_people import shown_name
from transflow.errors import RefusedError
from transflow.messages import NOTHING, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import ALLOWANCES, UNPRINTED, Allowance, Ref, Unit, Use
from transflow.project import CatalogRef, Project
from transflow.project.places import report_path
from transflow.report.front_edit import with_record
from transflow.stories.compose import report_slugs
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "looser": "{who} said that it is “{allowance}”: {who} or an editor can make that looser.",
        "looser/report": "the front matter says “record: {allowance}”: an editor can make that looser.",
    },
)
OFF_REASON = "off the record"
"""Reason with which a sentence off the record is omitted: nobody has to translate it."""


class Limited(NamedTuple):
    """The result of a change of limits."""

    place: CatalogRef
    changed: tuple[str, ...]
    """References to the changed units, in every language; the report's slug for a whole report."""
    paragraphs: tuple[str, ...] = ()
    """References to paragraphs that are made from sentences which must not be printed now."""
    copies: tuple[str, ...] = ()
    """References to the same sentences in other reports, which may be printed still."""


def limit(actor: Actor, ref: str, allowance: Allowance) -> Limited:
    """Set how units may be used; a reference to a whole report changes its front matter.

    Raise RefusedError if the user may not make a limit looser.
    """
    if ref.rpartition(":")[2] in actor.project.report_slugs():
        return _limit_report(actor, ref.rpartition(":")[2], allowance)
    parsed = parse_ref(actor.project, ref)
    catalog = actor.project.load(parsed.place)
    ids = parsed.ids(catalog)
    named = [unit for unit in catalog.units if unit.id in ids]
    limited = partial(_limited_units, actor, parsed.place, named, allowance)
    places = _languages(actor.project, parsed.place)
    for place in places:  # so that a refusal in one language changes none
        limited(place, actor.project.load(place))
    changed = [ref for place in places for ref in _changed_units(actor, place, limited)]
    forget_limits(actor.project)
    if changed and allowance in UNPRINTED:
        forget_now(actor.project, actor.now, parsed.place.slug)
    is_unprinted = allowance in UNPRINTED and parsed.place.folder == "reports"
    copies = _copies(actor.project, parsed.place, named) if is_unprinted else ()
    return Limited(parsed.place, tuple(changed), _paragraphs(actor.project, parsed.place, named), copies)


def _copies(project: Project, place: CatalogRef, named: Sequence[Unit]) -> tuple[str, ...]:
    """Return references to the same sentences in other reports that may be printed."""
    found = unlimited_copies(project, place, named)
    return tuple(unit_ref(project, project.load(other), other, unit_id) for other, unit_id in found)


def undo(actor: Actor, place: CatalogRef, before: Catalog, after: Catalog) -> StepResult:
    """Undo a change of limits that changed the catalog `before` into `after`, in every language.

    Raise RefusedError if somebody has changed the same units since.
    """
    done = review.undo(actor, place, before, after)
    changed = [(old, new) for old in before.units if (new := after.find(old.id)) and new.record != old.record]

    def restore(catalog: Catalog) -> Catalog:
        former = {unit.id: pair for pair in changed for unit in counterparts(pair[0], catalog)}
        return catalog.replace(
            units=tuple(_restored(unit, *former[unit.id]) if unit.id in former else unit for unit in catalog.units)
        )

    for other in _languages(actor.project, place)[1:]:
        recording.change(actor, other, restore)
    forget_limits(actor.project)
    return done


def _restored(unit: Unit, old: Unit, new: Unit) -> Unit:
    """Return a unit with its former limit, if it still has the new one."""
    if unit.record != new.record:
        return unit
    is_omitted_so = unit.omitted is not None and unit.omitted.reason == OFF_REASON
    if is_omitted_so != (old.omitted is not None and old.omitted.reason == OFF_REASON):
        unit = unit.replace(omitted=None if is_omitted_so else old.omitted)
    return unit.replace(record=old.record)


def _languages(project: Project, named: CatalogRef) -> list[CatalogRef]:
    """Return a catalog, and those of the same report in the other languages."""
    if named.folder == "articles":
        return [named]
    others = [named._replace(locale=locale) for locale in project.settings.locales]
    return [named, *(place for place in others if place != named and project.exists(place))]


def _limited_units(
    actor: Actor,
    named_in: CatalogRef,
    named: Sequence[Unit],
    allowance: Allowance,
    place: CatalogRef,
    catalog: Catalog,
) -> dict[str, Unit]:
    """Return the named units of a catalog, or the same sentences in another language, with a limit.

    Raise RefusedError.
    """
    same = named if place == named_in else [each for unit in named for each in counterparts(unit, catalog)]
    ids = {unit.id for unit in same}
    return {unit.id: _limited(actor, place, catalog, unit, allowance) for unit in catalog.units if unit.id in ids}


def _changed_units(
    actor: Actor, place: CatalogRef, limited: Callable[[CatalogRef, Catalog], dict[str, Unit]]
) -> list[str]:
    """Change the units of a catalog, and return references to those that changed."""
    changed: tuple[str, ...] = ()

    def change(catalog: Catalog) -> Catalog:
        nonlocal changed
        new = limited(place, catalog)
        changed = tuple(unit.id for unit in catalog.units if new.get(unit.id, unit) != unit)
        return catalog.replace(units=tuple(new.get(unit.id, unit) for unit in catalog.units))

    saved = recording.change(actor, place, change).catalog
    return [unit_ref(actor.project, saved, place, unit_id) for unit_id in changed]


def _limited(actor: Actor, place: CatalogRef, catalog: Catalog, unit: Unit, allowance: Allowance) -> Unit:
    current = unit.record.allowance if unit.record else "on"
    if current == allowance:
        return unit
    if reason := _why_not_looser(actor, unit, allowance):
        raise RefusedError(at_unit(unit_ref(actor.project, catalog, place, unit.id), reason))
    act = workflow.act(unit, actor.who, actor.now, OFF_REASON)
    limited = unit.replace(record=Use(allowance, act.who, act.time))
    if place.folder == "articles":
        return limited
    if allowance == "off":
        return limited.replace(omitted=unit.omitted or act)
    is_omitted_so = unit.omitted is not None and unit.omitted.reason == OFF_REASON
    return limited.replace(omitted=None) if is_omitted_so else limited


def _why_not_looser(actor: Actor, unit: Unit, allowance: Allowance) -> Message:
    record = unit.record
    if record is None or record.who == actor.who or not _is_looser(allowance, record.allowance):
        return NOTHING
    if actor.user.has_role("editor", actor.now):
        return NOTHING
    return MESSAGES("looser", who=shown_name(actor.project.settings, record.who), allowance=record.allowance)


def _is_looser(new: str, old: str) -> bool:
    return ALLOWANCES.index(new) < ALLOWANCES.index(old)


def _limit_report(actor: Actor, slug: str, allowance: Allowance) -> Limited:
    project, path = actor.project, report_path(slug)
    current = project.front_matter(slug).record or "on"
    place = CatalogRef(project.settings.locales[0], "reports", slug)
    if current == allowance:
        return Limited(place, ())
    if _is_looser(allowance, current) and not actor.user.has_role("editor", actor.now):
        raise RefusedError(at_unit(slug, MESSAGES("looser/report", allowance=current)))
    read = readers.read(project.report_bytes(slug), path, "markdown")
    head = with_record(read.head, read.front, allowance)
    intake.new_version(actor, slug, (head + "\n" + read.body.strip("\n") + "\n").encode(), path)
    return Limited(place, (slug,), _paragraphs(project, place, project.load(place).units))


def _paragraphs(project: Project, place: CatalogRef, named: Sequence[Unit]) -> tuple[str, ...]:
    """Return references to the printed paragraphs that are made from these sentences.

    In every language.
    """
    if place.folder == "articles":
        return ()
    reports = {each: project.load(each) for each in _languages(project, place)}
    stories = {each: project.load(each) for report in reports for each in stories_from(project, report)}
    others = {
        CatalogRef(each.locale, "reports", slug) for each, story in stories.items() for slug in report_slugs(story)
    }
    catalogs = (
        stories | {each: project.load(each) for each in others - reports.keys() if project.exists(each)} | reports
    )
    dependents = Dependents(project, catalogs)
    found: dict[str, None] = {}
    for locale in project.settings.locales:
        catalog = reports.get(place._replace(locale=locale), Catalog())
        refs = {Ref(place.slug, each.id): "" for unit in named for each in counterparts(unit, catalog)}
        for paragraph in dependents.paragraphs(locale, refs):
            if not (paragraph.unit.cut or paragraph.unit.omitted):
                found[unit_ref(project, catalogs[paragraph.place], paragraph.place, paragraph.unit.id)] = None
    return tuple(found)

"""The handover of a shift: everything that is open, once, with whoever has it.

Invariant: an open sentence, question or story is in exactly one item. Owners are derived from
assignments; handing over assigns, and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.reports.intake import check_assignee
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution.authorship import is_machine
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.stories import live
from transflow.stories.clearance import article_state, blockers, is_cleared
from transflow.stories.page_state import page_state
from transflow.stories.printed import outdated_publications, printed_units
from transflow.units import workflow

TASKS = (
    "question",
    "translate",
    "look",
    "approve",
    "write",
    "compose",
    "ready",
    "clear",
    "correct",
    "update",
    "take-down",
)
"""Tasks that an item can be open for."""


class OpenItem(NamedTuple):
    """Units of one catalog that one person has, or nobody, with the same task."""

    place: CatalogRef
    task: str
    """One of `TASKS`."""
    numbers: tuple[int, ...]
    """1-based positions in the catalog; empty for a whole story."""
    owner: str
    """Id of a person; empty if nobody has it."""
    due: str = ""
    """The earliest deadline among them, UTC."""


def open_items(actor: Actor) -> list[OpenItem]:
    """Return everything that is open in the languages of the project, the most urgent first.

    Approvals are listed where the gate or `compose` requires them.
    """
    found = [
        item
        for place in actor.project.all_catalogs()
        if place.locale in actor.project.listed_locales
        for item in _items(actor, place)
    ]
    return sorted(found, key=lambda each: (each.due or "9", each.place, each.numbers, TASKS.index(each.task)))


def _items(actor: Actor, place: CatalogRef) -> Iterator[OpenItem]:
    catalog = actor.project.load(place)
    settings = actor.project.settings
    needs_approval = "approved" in (settings.gate_require, settings.compose_requires)
    writer = _writer(actor, place, catalog) if place.folder == "articles" else ""
    groups: dict[tuple[str, str], list[tuple[int, Unit]]] = {}
    for number, unit in enumerate(catalog.units, 1):
        if task := _task(unit, is_story=place.folder == "articles", needs_approval=needs_approval):
            groups.setdefault((task, _owner(unit, task) or writer), []).append((number, unit))
    if place.folder == "articles":
        if _is_over(actor, place, catalog):
            groups.clear()
            task = "take-down" if _has_page_left(actor, place, catalog) else ""
        else:
            task = _story_task(actor, place, catalog, is_begun=not groups)
        if task:
            yield OpenItem(
                place, task, (), _story_owner(catalog) or (writer if task not in ("clear", "take-down") else "")
            )
    for (task, owner), units in groups.items():
        due = min((unit.assigned.due for _, unit in units if unit.assigned and unit.assigned.due), default="")
        yield OpenItem(place, task, tuple(number for number, _ in units), owner, due)


def _task(unit: Unit, *, is_story: bool, needs_approval: bool) -> str:
    """Return what has to be done about a unit; empty if nothing has."""
    if unit.omitted or unit.cut:
        return ""
    if workflow.open_questions(unit):
        return "question"
    state = workflow.state(unit)
    if state == "untranslated":
        return "write" if is_story else "translate"
    if state == "needs-work":
        return "look"
    return "approve" if state == "translated" and needs_approval and not is_story else ""


def _owner(unit: Unit, task: str) -> str:
    """Return who has a unit: whoever is asked, or it is assigned to."""
    asked = next((each.to for each in workflow.open_questions(unit) if each.to), "") if task == "question" else ""
    return asked or (unit.assigned.who if unit.assigned else "")


def _is_over(actor: Actor, place: CatalogRef, article: Catalog) -> bool:
    """Return whether nothing has to be done about a story: it was killed, or is out as it reads."""
    if article.header.get("X-Killed"):
        return True
    context = load_print_context(actor.project, place.locale, article)
    is_out = article_state(article, context) == "published" and not live.is_live(article)
    return is_out and not outdated_publications(article, context)


def _has_page_left(actor: Actor, place: CatalogRef, article: Catalog) -> bool:
    """Return whether a story was killed, and a page of it is still there."""
    context = load_print_context(actor.project, place.locale, article)
    return page_state(article, context) == "killed"


def _story_task(actor: Actor, place: CatalogRef, article: Catalog, *, is_begun: bool) -> str:
    """Return what has to be done about a whole story; empty if nothing has.

    Nothing but composing has, unless `is_begun`: its paragraphs come first.
    """
    context = load_print_context(actor.project, place.locale, article)
    if live.finished(article, context.reports, context.settings.compose_requires):
        return "compose"
    if not is_begun:
        return ""
    state = article_state(article, context)
    if state == "published" and (pages := page_state(article, context)) in ("wrong", "newer"):
        return "correct" if pages == "wrong" else "update"
    if state == "published" and is_cleared(article, context):
        return ""
    if not printed_units(article) and live.is_live(article):
        return ""  # its sentences are listed, with whoever has them
    if blockers(article, context) or not printed_units(article):
        return "write"
    if state == "cleared":
        return ""
    return "clear" if article.header.get("X-Ready") else "ready"


def _story_owner(article: Catalog) -> str:
    """Return who has a whole story: whoever all of its assigned paragraphs are assigned to."""
    owners = {unit.assigned.who for unit in printed_units(article) or article.units if unit.assigned}
    return owners.pop() if len(owners) == 1 else ""


def _writer(actor: Actor, place: CatalogRef, article: Catalog) -> str:
    """Return who writes a story; empty for nobody in particular.

    That is who wrote or confirmed its newest text; of one that nobody has touched, who made it
    live, or the only writer of its language.
    """
    touched = [each for unit in printed_units(article) for each in unit.by if not is_machine(each.who)]
    if touched:
        return max(touched, key=lambda each: each.time).who
    if live.is_live(article):
        return article.header.get(live.FIELD).split(" ")[0]
    people = actor.project.settings.people
    writers = [
        each.id
        for each in people
        if each.has_role("writer", actor.now) and place.locale in (each.locales or (place.locale,))
    ]
    return writers[0] if len(writers) == 1 else ""


def for_person(actor: Actor, items: Sequence[OpenItem], to: str) -> list[OpenItem]:
    """Return the items that a person can have: those of the languages in which they work."""
    person = actor.project.settings.person(to)
    locales = person.locales if person else ()
    return [item for item in items if not locales or item.place.locale in locales]


def hand_over(actor: Actor, items: Sequence[OpenItem], to: str) -> list[OpenItem]:
    """Assign items to a person, and return them with their new owner; deadlines stay.

    Questions stay with whoever is asked; the unit is assigned. Raise UnknownNameError and
    RefusedError for somebody who cannot have them, before anything is changed.
    """
    for locale in dict.fromkeys(item.place.locale for item in items):
        check_assignee(actor, to, locale)
    for item in items:
        actor.project.change(item.place, partial(_assigned, item=item, to=to))
    return [item._replace(owner=to) for item in items]


def _assigned(catalog: Catalog, item: OpenItem, to: str) -> Catalog:
    """Return a catalog with the units of an item, or all printed ones of a story, assigned."""
    numbers = set(item.numbers)
    printed = set(printed_units(catalog)) or set(catalog.units)
    is_named = [(number in numbers) if numbers else unit in printed for number, unit in enumerate(catalog.units, 1)]
    return catalog.replace(
        units=tuple(
            workflow.assign(unit, to, unit.assigned.due if unit.assigned else "") if named else unit
            for unit, named in zip(catalog.units, is_named, strict=True)
        )
    )

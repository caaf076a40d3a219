"""The user's queue: units and stories that wait for them, most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution.credits import main_author
from transflow.attribution.machines import is_unconfirmed
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import State, Unit
from transflow.project import CatalogRef
from transflow.stories import live
from transflow.stories.clearance import article_state, blockers, is_cleared, why_not_clear
from transflow.stories.compose import placement, why_stale
from transflow.stories.page_state import page_state
from transflow.stories.printed import printed_units
from transflow.stories.publications import is_published
from transflow.units import workflow

REASONS = (
    "take-down",
    "correct",
    "update",
    "question",
    "answered",
    "returned",
    "look",
    "translate",
    "compose",
    "write",
    "ready",
    "approve",
    "clear",
    "assign",
)
"""Reasons for waiting, most urgent first."""
_PAGE_REASONS = {"wrong": "correct", "newer": "update", "killed": "take-down"}
"""Reasons by the state of a story's pages."""


class Waiting(NamedTuple):
    """Units of one catalog that wait for the user for one reason."""

    place: CatalogRef
    reason: str
    """One of `REASONS`."""
    numbers: tuple[int, ...]
    """1-based positions in the catalog; empty for a whole story."""
    due: str = ""
    """The earliest deadline among them, UTC."""
    overdue: bool = False


def queue(
    actor: Actor,
    broken: Callable[[UnreadableError], None] | None = None,
    places: Iterable[CatalogRef] | None = None,
) -> list[Waiting]:
    """Return what waits for the user, most urgent first; in these catalogs only, if they are given.

    `broken` is called with errors of unreadable catalogs; without it, the first one is raised.
    """
    found: list[Waiting] = []
    for place in actor.project.all_catalogs() if places is None else places:
        if place.locale not in actor.project.listed_locales:
            continue
        try:
            found += _catalog_entries(actor, place)
        except UnreadableError as error:
            if broken is None:
                raise
            broken(error)
    return sorted(found, key=urgency)


def urgency(each: Waiting) -> tuple[object, ...]:
    """Return the key that sorts waiting work: overdue first, then by deadline, then by reason."""
    return not each.overdue, each.due or "9", REASONS.index(each.reason), each.place


def _catalog_entries(actor: Actor, place: CatalogRef) -> Iterator[Waiting]:
    catalog = actor.project.load(place)
    found: dict[str, list[tuple[int, Unit]]] = {}
    waits = (
        _StoryReasons(actor, place, catalog).reasons
        if place.folder == "articles"
        else partial(_reasons, actor, place.locale)
    )
    for number, unit in enumerate(catalog.units, 1):
        for reason in waits(unit):
            found.setdefault(reason, []).append((number, unit))
    for reason, units in found.items():
        due = min((unit.assigned.due for _, unit in units if unit.assigned and unit.assigned.due), default="")
        yield Waiting(place, reason, tuple(number for number, _ in units), due, bool(due) and due < actor.now)
    if place.folder == "articles":
        yield from _story_entries(actor, place, catalog, is_done=not found)


def _has_question_for(actor: Actor, unit: Unit) -> bool:
    return any(
        question.to in (actor.who, "") and question.who != actor.who for question in workflow.open_questions(unit)
    )


def _reasons(actor: Actor, locale: str, unit: Unit) -> Iterator[str]:
    """Yield the reasons why a sentence waits for the user."""
    is_mine = unit.assigned is not None and unit.assigned.who == actor.who
    if _has_question_for(actor, unit):
        yield "question"
    if workflow.new_answers(unit, actor.who):
        yield "answered"
    state = workflow.state(unit)
    if state == "untranslated" and is_mine:
        yield "translate"
    if state == "needs-work" and (is_mine or (unit.assigned is None and main_author(unit) == actor.who)):
        yield "returned" if unit.returned else "look"
    if state == "translated" and not workflow.why_not_approve(unit, actor.user, actor.now):
        yield "approve"
    if unit.assigned is None and _is_editor_of(actor, locale) and _needs_assignment(actor, unit, state):
        yield "assign"


def _is_editor_of(actor: Actor, locale: str) -> bool:
    """Return whether the user is an editor who works in this language."""
    return actor.user.has_role("editor", actor.now) and locale in (actor.user.locales or (locale,))


def _needs_assignment(actor: Actor, unit: Unit, state: State) -> bool:
    """Return whether an unassigned sentence needs a translator, as machine drafts do too."""
    people = actor.project.settings
    is_draft = is_unconfirmed(unit) or people.person(main_author(unit)) is None
    return state == "untranslated" or (state == "needs-work" and is_draft)


class _StoryReasons:
    """Reasons why paragraphs of an article wait for the user.

    Paragraphs assigned to the user, and unassigned ones if the user writes the story. Of a
    published story, those that somebody began to change: what changed in its reports is an update,
    which waits for an editor.
    """

    def __init__(self, actor: Actor, place: CatalogRef, article: Catalog) -> None:
        self.actor, self.locale = actor, place.locale
        self.is_writer = _is_writer(actor, article)
        composes = self.is_writer and (live.is_live(article) or not is_published(article))
        reports = load_print_context(actor.project, place.locale, article).reports if composes else {}
        self.sources = placement(article, reports) if composes else {}

    def reasons(self, unit: Unit) -> Iterator[str]:
        is_mine = unit.assigned.who == self.actor.who if unit.assigned else self.is_writer
        if _has_question_for(self.actor, unit):
            yield "question"
        if workflow.new_answers(unit, self.actor.who):
            yield "answered"
        if unit.cut or unit.omitted or not is_mine:
            return
        if unit.id in self.sources and why_stale(unit, self.sources[unit.id], self.locale):
            yield "compose"
        elif not unit.target:
            yield "write"
        elif unit.fuzzy:
            yield "returned" if unit.returned else "look"


def _is_writer(actor: Actor, article: Catalog) -> bool:
    """Return whether the user writes this story.

    Writers of a story called it ready or have words in it; until there is one, every writer is. A
    killed story has none.
    """
    if article.header.get("X-Killed") or not actor.user.has_role("writer", actor.now):
        return False
    contributors = {each.who for unit in article.units for each in unit.by} | set(
        article.header.get("X-Ready").split(" ")[:1]
    )
    people = actor.project.settings.people
    return actor.who in contributors or not any(
        each.id in contributors and each.has_role("writer", actor.now) for each in people
    )


def _story_entries(actor: Actor, place: CatalogRef, article: Catalog, *, is_done: bool) -> Iterator[Waiting]:
    """Yield the entries of a whole story; `is_done` is true if no paragraph waits for the user."""
    header = article.header
    if live.is_live(article) and not header.get("X-Killed"):
        yield from _of_live_story(actor, place, article, is_done=is_done)
    elif header.get("X-Killed") and is_published(article):
        yield from _to_take_down(actor, place, article)
    elif is_published(article):
        yield from _to_update(actor, place, article)
    elif header.get("X-Ready") or header.get("X-Killed"):
        yield from _to_clear(actor, place, article)
    elif (
        is_done
        and _is_writer(actor, article)
        and printed_units(article)
        and not blockers(article, load_print_context(actor.project, place.locale, article))
    ):
        yield Waiting(place, "ready", ())


def _of_live_story(actor: Actor, place: CatalogRef, article: Catalog, *, is_done: bool) -> Iterator[Waiting]:
    """Yield a live story that can take sentences, be made ready or cleared, or be updated."""
    context = load_print_context(actor.project, place.locale, article)
    has_new = bool(live.finished(article, context.reports, context.settings.compose_requires))
    if _is_writer(actor, article):
        if has_new:
            yield Waiting(place, "compose", ())
        elif (
            is_done and not article.header.get("X-Ready") and printed_units(article) and not blockers(article, context)
        ):
            yield Waiting(place, "ready", ())
    if (
        actor.user.has_role("editor", actor.now)
        and article.header.get("X-Ready")
        and not is_cleared(article, context)
        and not why_not_clear(article, context, actor.who, actor.now)
    ):
        yield Waiting(place, "clear", ())
    elif _is_editor_of(actor, place.locale) and (reason := _PAGE_REASONS.get(page_state(article, context))):
        yield Waiting(place, reason, ())


def _to_update(actor: Actor, place: CatalogRef, article: Catalog) -> Iterator[Waiting]:
    """Yield a published story that differs from its pages, or from its current translations."""
    if not _is_editor_of(actor, place.locale):
        return
    context = load_print_context(actor.project, place.locale, article)
    sources = placement(article, context.reports)
    stale = tuple(
        number
        for number, unit in enumerate(article.units, 1)
        if unit.id in sources
        and not (unit.cut or unit.omitted)
        and (unit.fuzzy or why_stale(unit, sources[unit.id], place.locale))
    )
    pages = page_state(article, context)
    if reason := _PAGE_REASONS.get(pages):
        yield Waiting(place, reason, stale)
    elif pages and not stale and not why_not_clear(article, context, actor.who, actor.now):
        yield Waiting(place, "clear", ())
    elif pages or stale:
        yield Waiting(place, "look", stale)


def _to_take_down(actor: Actor, place: CatalogRef, article: Catalog) -> Iterator[Waiting]:
    """Yield a killed story of which a page is still there."""
    context = load_print_context(actor.project, place.locale, article)
    if _is_editor_of(actor, place.locale) and (reason := _PAGE_REASONS.get(page_state(article, context))):
        yield Waiting(place, reason, ())


def _to_clear(actor: Actor, place: CatalogRef, article: Catalog) -> Iterator[Waiting]:
    if not actor.user.has_role("editor", actor.now):
        return
    context = load_print_context(actor.project, place.locale, article)
    if article_state(article, context) == "ready" and not why_not_clear(article, context, actor.who, actor.now):
        yield Waiting(place, "clear", ())

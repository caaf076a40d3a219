"""A person's list: what waits for them, most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from transflow import story, workflow
from transflow.actions import Desk
from transflow.actions.rooms import room
from transflow.compose import placement, why_stale
from transflow.credits import main_author
from transflow.errors import UnreadableError
from transflow.model import Catalog, State, Unit
from transflow.project import Place
from transflow.publication import is_out

WHAT = {
    "correct": "correct",
    "question": "answer",
    "returned": "sent back",
    "look": "look again",
    "translate": "translate",
    "compose": "compose again",
    "write": "write",
    "ready": "call ready",
    "approve": "approve",
    "clear": "read and clear",
    "assign": "assign",
}
"""Why something waits -> what people read, most urgent first."""


class Waiting(NamedTuple):
    """Units of one catalog that wait for somebody for one reason."""

    place: Place
    what: str
    """A key of `WHAT`."""
    numbers: tuple[int, ...]
    """1-based places in the catalog; empty for a whole story."""
    due: str = ""
    """The earliest deadline among them, UTC."""
    overdue: bool = False


def queue(desk: Desk, broken: Callable[[UnreadableError], None] | None = None) -> list[Waiting]:
    """What waits for the user: overdue first, then by deadline, then by urgency.

    `broken` is told of catalogs that cannot be read; without it, the first of them is raised.
    """
    found: list[Waiting] = []
    for place in desk.project.all_places():
        try:
            found += _of_catalog(desk, place)
        except UnreadableError as error:
            if broken is None:
                raise
            broken(error)
    order = list(WHAT)
    return sorted(found, key=lambda each: (not each.overdue, each.due or "9", order.index(each.what), each.place))


def _of_catalog(desk: Desk, place: Place) -> Iterator[Waiting]:
    catalog = desk.project.load(place)
    found: dict[str, list[tuple[int, Unit]]] = {}
    waits = _Story(desk, place, catalog).waits if place.folder == "articles" else partial(_waits, desk, place.locale)
    for number, unit in enumerate(catalog.units, 1):
        for what in waits(unit):
            found.setdefault(what, []).append((number, unit))
    for what, units in found.items():
        due = min((unit.assigned.due for _, unit in units if unit.assigned and unit.assigned.due), default="")
        yield Waiting(place, what, tuple(number for number, _ in units), due, bool(due) and due < desk.now)
    if place.folder == "articles":
        yield from _whole_story(desk, place, catalog, is_done=not found)


def _asks(desk: Desk, unit: Unit) -> bool:
    return any(question.to in (desk.who, "") and question.who != desk.who for question in workflow.open_questions(unit))


def _waits(desk: Desk, locale: str, unit: Unit) -> Iterator[str]:
    """Why a sentence waits for the user."""
    mine = unit.assigned is not None and unit.assigned.who == desk.who
    if _asks(desk, unit):
        yield "question"
    state = workflow.state(unit)
    if state == "untranslated" and mine:
        yield "translate"
    if state == "needs-work" and (mine or (unit.assigned is None and main_author(unit) == desk.who)):
        yield "returned" if unit.returned else "look"
    if state == "translated" and not workflow.why_not_approve(unit, desk.user, desk.now):
        yield "approve"
    if unit.assigned is None and _edits(desk, locale) and _is_nobodys(desk, unit, state):
        yield "assign"


def _edits(desk: Desk, locale: str) -> bool:
    """Whether the user is an editor, and works in this language."""
    return desk.user.has("editor", desk.now) and locale in (desk.user.locales or (locale,))


def _is_nobodys(desk: Desk, unit: Unit, state: State) -> bool:
    """Whether a sentence without an assignment is work that waits for no translator: what a machine drafted is, too."""
    people = desk.project.settings
    return state == "untranslated" or (state == "needs-work" and people.person(main_author(unit)) is None)


class _Story:
    """Why paragraphs of an article wait for the user: those assigned to them, and all others where they are its writer."""

    def __init__(self, desk: Desk, place: Place, article: Catalog) -> None:
        self.desk, self.locale = desk, place.locale
        self.is_theirs = _writes(desk, article)
        reports = room(desk.project, place.locale, article).reports if self.is_theirs else {}
        self.behind = placement(article, reports) if self.is_theirs else {}

    def waits(self, unit: Unit) -> Iterator[str]:
        mine = unit.assigned.who == self.desk.who if unit.assigned else self.is_theirs
        if _asks(self.desk, unit):
            yield "question"
        if unit.cut or unit.omitted or not mine:
            return
        if unit.id in self.behind and why_stale(unit, self.behind[unit.id], self.locale):
            yield "compose"
        elif not unit.target:
            yield "write"
        elif unit.fuzzy:
            yield "returned" if unit.returned else "look"


def _writes(desk: Desk, article: Catalog) -> bool:
    """Whether the user is writing this story: they called it ready or have a hand in it; before any writer has, every writer may.

    What changes after publication is corrected, not written.
    """
    if article.header.get("X-Killed") or is_out(article) or not desk.user.has("writer", desk.now):
        return False
    hands = {each.who for unit in article.units for each in unit.by} | set(article.header.get("X-Ready").split(" ")[:1])
    people = desk.project.settings.people
    return desk.who in hands or not any(each.id in hands and each.has("writer", desk.now) for each in people)


def _whole_story(desk: Desk, place: Place, article: Catalog, *, is_done: bool) -> Iterator[Waiting]:
    """`is_done`: whether no paragraph waits for the user."""
    header = article.header
    if is_out(article) and not header.get("X-Killed"):
        yield from _to_correct(desk, place, article)
    elif header.get("X-Ready") or header.get("X-Killed"):
        yield from _to_clear(desk, place, article)
    elif is_done and _writes(desk, article) and not story.unsettled(article, room(desk.project, place.locale, article)):
        yield Waiting(place, "ready", ())


def _to_correct(desk: Desk, place: Place, article: Catalog) -> Iterator[Waiting]:
    """A published story that reads otherwise now, or would with the translations as they are now."""
    if not _edits(desk, place.locale):
        return
    newsroom = room(desk.project, place.locale, article)
    behind = placement(article, newsroom.reports)
    stale = tuple(
        number
        for number, unit in enumerate(article.units, 1)
        if unit.id in behind
        and not (unit.cut or unit.omitted)
        and (unit.fuzzy or why_stale(unit, behind[unit.id], place.locale))
    )
    if stale or story.differing(article, newsroom):
        yield Waiting(place, "correct", stale)


def _to_clear(desk: Desk, place: Place, article: Catalog) -> Iterator[Waiting]:
    if not desk.user.has("editor", desk.now):
        return
    newsroom = room(desk.project, place.locale, article)
    if story.article_state(article, newsroom) == "ready" and not story.why_not_clear(
        article, newsroom, desk.who, desk.now
    ):
        yield Waiting(place, "clear", ())

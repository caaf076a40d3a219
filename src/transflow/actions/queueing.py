"""A person's list: what waits for them, most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from transflow import story, workflow
from transflow.actions import Desk
from transflow.actions.rooms import room
from transflow.credits import main_author
from transflow.errors import UnreadableError
from transflow.model import Catalog, Unit
from transflow.project import Place

WHAT = {
    "question": "answer",
    "returned": "sent back",
    "look": "look again",
    "translate": "translate",
    "approve": "approve",
    "clear": "read and clear",
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
    for number, unit in enumerate(catalog.units, 1):
        for what in _waits(desk, unit, place):
            found.setdefault(what, []).append((number, unit))
    for what, units in found.items():
        due = min((unit.assigned.due for _, unit in units if unit.assigned and unit.assigned.due), default="")
        yield Waiting(place, what, tuple(number for number, _ in units), due, bool(due) and due < desk.now)
    if place.folder == "articles":
        yield from _story(desk, place, catalog)


def _waits(desk: Desk, unit: Unit, place: Place) -> Iterator[str]:
    """Why a unit waits for the user."""
    mine = unit.assigned is not None and unit.assigned.who == desk.who
    if any(question.to in (desk.who, "") and question.who != desk.who for question in workflow.open_questions(unit)):
        yield "question"
    state = workflow.state(unit)
    if state == "untranslated" and mine:
        yield "translate"
    if state == "needs-work" and (mine or (unit.assigned is None and main_author(unit) == desk.who)):
        yield "returned" if unit.returned else "look"
    if state == "translated" and place.folder == "reports" and not workflow.why_not_approve(unit, desk.user, desk.now):
        yield "approve"


def _story(desk: Desk, place: Place, article: Catalog) -> Iterator[Waiting]:
    if not desk.user.has("editor", desk.now) or not article.header.get("X-Ready"):
        return
    newsroom = room(desk.project, place.locale, article)
    if story.article_state(article, newsroom) == "ready" and not story.why_not_clear(
        article, newsroom, desk.who, desk.now
    ):
        yield Waiting(place, "clear", ())

"""A story as somebody reads it who judges it: the mark of what would print, and what the checks say of that.

Invariant: what is judged is what was read, or nothing is.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow import story
from transflow.actions import Desk, whole_story
from transflow.actions.page import page
from transflow.actions.refs import numbered
from transflow.actions.rooms import room
from transflow.article_text import shown_text
from transflow.errors import RefusedError
from transflow.model import Catalog, Issue, Unit
from transflow.project import Place


class StoryChangedError(RefusedError):
    """A story would not print as the person saw it who judges it. Nothing was written. `article` is what is there now."""

    def __init__(self, place: Place, article: Catalog) -> None:
        self.place, self.article = place, article
        super().__init__(f"{place}: not what was seen: it changed after that.")


class Reading(NamedTuple):
    place: Place
    article: Catalog
    mark: str
    warnings: tuple[tuple[str, Issue], ...]
    """What the checks say of it, as it would print: where, as people name it, and the issue."""


def reading(desk: Desk, name: str) -> Reading:
    place = desk.project.place(name, "articles")
    article = desk.project.load(place)
    newsroom = room(desk.project, place.locale, article)
    found = whole_story.warnings(desk.project, place, article, newsroom)
    told = tuple((numbered(article, place, unit_id) if unit_id else place.slug, issue) for unit_id, issue in found)
    return Reading(place, article, mark(article, newsroom), told)


def mark(article: Catalog, newsroom: story.Newsroom) -> str:
    """The mark of what a story would print, whoever clears it."""
    return story.clearing_digest(article, newsroom, "")


def check_story(place: Place, article: Catalog, newsroom: story.Newsroom, seen: str | None) -> None:
    """Raises StoryChangedError for a story that is not what was seen. None: what stands there now is judged."""
    if seen is not None and seen != mark(article, newsroom):
        raise StoryChangedError(place, article)


def lines(desk: Desk, place: Place, article: Catalog) -> list[str]:
    """A story as it would print, a numbered line for each paragraph, to be read by whoever judges it: under an embargo too."""
    around = page(desk, place, article)
    numbers = {unit.id: number for number, unit in enumerate(article.units, 1)}
    told = [f"{numbers[unit.id]:>4}  {_label(unit)}{shown_text(unit)}" for unit in story.printed(article)]
    return [*filter(None, (around.byline, around.dateline)), *told, *filter(None, (around.credit_line,))]


def _label(unit: Unit) -> str:
    kind = "" if unit.kind == "paragraph" else f"[{unit.kind}] "
    return kind if unit.target else f"(draft, not taken) {kind}"

"""A story as its reader judges it: the mark of the printed state, and the warnings of the checks.

Invariant: a judgement applies to exactly the state that was read, or is refused.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.refs import unit_ref
from transflow.actions.stories.page import page
from transflow.actions.stories.print_context import load_print_context
from transflow.errors import RefusedError
from transflow.messages import Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.stories.clearance import clearance_digest
from transflow.stories.printed import PrintContext, printed_units
from transflow.stories.whole_text import shown_text

MESSAGES = Messages(
    __name__,
    {
        "changed": "{place}: not what was seen: it changed after that.",
        "not-taken": "(from the translations, not accepted)",
    },
)


class StoryChangedError(RefusedError):
    """The story differs from what the judging person saw; nothing was written.

    `article` is its current state.
    """

    def __init__(self, place: CatalogRef, article: Catalog) -> None:
        self.place, self.article = place, article
        super().__init__(MESSAGES("changed", place=str(place)))


class Reading(NamedTuple):
    """A story with the mark of what would print, and the warnings of the checks."""

    place: CatalogRef
    article: Catalog
    mark: str
    warnings: tuple[Issue, ...]
    """Issues of the story as it would print, labelled with references as people type them."""


def load_reading(actor: Actor, name: str) -> Reading:
    """Load a story for somebody who will judge it."""
    place = actor.project.find_catalog(name, "articles")
    article = actor.project.load(place)
    context = load_print_context(actor.project, place.locale, article)
    found = story_context.warnings(actor.project, place, article, context)
    return Reading(
        place,
        article,
        story_mark(article, context),
        tuple(_labelled(actor.project, article, place, issue) for issue in found),
    )


def _labelled(project: Project, article: Catalog, place: CatalogRef, issue: Issue) -> Issue:
    """Return the issue of a story with the reference of its paragraph, or the name of the story."""
    unit_id = issue.location.unit
    label = unit_ref(project, article, place, unit_id) if unit_id else project.ref(place)
    return issue.at(issue.location._replace(label=label))


def story_mark(article: Catalog, context: PrintContext) -> str:
    """Return the digest of all that a story would print, whoever clears it."""
    return clearance_digest(article, context, "")


def check_story(place: CatalogRef, article: Catalog, context: PrintContext, seen: str | None) -> None:
    """Raise StoryChangedError if the story is not in the state `seen`; None accepts any state."""
    if seen is not None and seen != story_mark(article, context):
        raise StoryChangedError(place, article)


def numbered_lines(actor: Actor, place: CatalogRef, article: Catalog) -> list[str]:
    """Return the printed story as numbered lines, one for each paragraph.

    For the person who judges it, and therefore also under an embargo.
    """
    surroundings = page(actor, place, article)
    numbers = {unit.id: number for number, unit in enumerate(article.units, 1)}
    paragraphs = [_numbered_line(numbers[unit.id], unit) for unit in printed_units(article)]
    return [
        *filter(None, (surroundings.byline, surroundings.dateline)),
        *paragraphs,
        *filter(None, (surroundings.credit_line, surroundings.label)),
    ]


def _numbered_line(number: int, unit: Unit) -> Message:
    kind = [f"[{unit.kind}]"] if unit.kind != "paragraph" else []
    untaken = [MESSAGES("not-taken")] if not unit.target else []
    return joined([f"{number:>4} ", *untaken, *kind, shown_text(unit)], " ")

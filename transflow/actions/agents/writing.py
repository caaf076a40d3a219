"""Drafts, questions and comments of an agent.

Invariant: with a project that is only tried, everything is judged as it would be, and nothing is
written. A text that stands is only changed if the agent passes the mark of what it read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.agents import guard
from transflow.actions.agents.desk import AgentProject
from transflow.actions.agents.lookups import issues_of_text
from transflow.actions.agents.reading import one_unit
from transflow.actions.units import steps
from transflow.actions.units.remembered import MachineDraft
from transflow.actions.units.texts import stored_text
from transflow.attribution.shown_people import is_shown
from transflow.errors import RefusedError, TransflowError, UnknownNameError
from transflow.messages import NOTHING, Message, Messages
from transflow.model.issue import Issue
from transflow.units.marks import state_digest
from transflow.units.workflow import open_questions

MESSAGES = Messages(
    __name__,
    {
        "no-mark": "it has a text: read it, and pass its mark, so that no text is overwritten that you have not seen.",
        "asked": "you asked that already, and nobody has answered yet.",
        "too-many": "{n} of your questions about it are open: wait for the answers.",
    },
)
_MOST_QUESTIONS = 3
"""Number of open questions of an agent about one unit."""


class DraftItem(NamedTuple):
    """A text for one unit, and the mark of the unit as the agent read it."""

    ref: str
    text: str
    mark: str = ""


class Drafted(NamedTuple):
    """The outcome of a draft."""

    ref: str
    why_not: Message = NOTHING
    """Reason why it was refused, or `NOTHING`."""
    mark: str = ""
    """Mark of the unit with the new text."""
    issues: Sequence[Issue] = ()
    """Issues of the new text."""


def draft(actor: Actor, project: AgentProject, items: Sequence[DraftItem]) -> list[Drafted]:
    """Write drafts, each by itself: one that is refused does not keep the others back."""
    return [_drafted(actor, project, each) for each in items]


def _drafted(actor: Actor, project: AgentProject, item: DraftItem) -> Drafted:
    try:
        place, catalog, number, unit = one_unit(project, item.ref)
        ref = project.ref(place, number)
        if why := guard.why_not_write(unit):
            return Drafted(ref, why)
        if unit.target and not item.mark:
            return Drafted(ref, MESSAGES("no-mark"))
        seen = (item.mark,) if item.mark else ()
        done = steps.draft(actor, place.ref(unit.id), item.text, seen, MachineDraft(actor.who, item.text))
    except TransflowError as error:
        return Drafted(item.ref, error.message if isinstance(error.message, Message) else Message("", str(error), {}))
    new = done.catalog.find(unit.id)
    assert new is not None
    issues = issues_of_text(project, place, catalog, new)
    return Drafted(ref, NOTHING, state_digest(new), issues)


def ask(actor: Actor, project: AgentProject, ref: str, text: str, to: str = "") -> str:
    """Ask a question about one unit, of a person or of anyone. Return the reference of the unit."""
    place, _, number, unit = one_unit(project, ref)
    people = [each.id for each in project.settings.people if is_shown(project.settings, each.id)]
    if to and to not in people:
        raise UnknownNameError("person", to, people)
    own = [each for each in open_questions(unit) if each.who == actor.who]
    if any(each.text == text.strip() for each in own):
        raise RefusedError(MESSAGES("asked"))
    if len(own) >= _MOST_QUESTIONS:
        raise RefusedError(MESSAGES("too-many", n=len(own)))
    steps.ask(actor, place.ref(unit.id), text, to)
    return project.ref(place, number)


def comment(actor: Actor, project: AgentProject, ref: str, text: str) -> str:
    """Add a comment to one unit, each line with the agent's name. Return the unit's reference."""
    place, _, number, unit = one_unit(project, ref)
    name = actor.who.partition("/")[2]
    lines = [f"agent {name}: {line.strip()}" for line in stored_text(text).splitlines() if line.strip()]
    steps.comment(actor, place.ref(unit.id), "\n".join(lines))
    return project.ref(place, number)

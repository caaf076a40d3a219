"""A correction of one published paragraph in one step: it is begun, made, and its note drafted.

Invariant: a run that is interrupted is completed by the same run again, as with `correct`.
"""

from __future__ import annotations

from transflow.actions import Actor
from transflow.actions.refs import unit_ref
from transflow.actions.stories.correct import Corrected, correct
from transflow.actions.units.steps import confirm
from transflow.errors import RefusedError
from transflow.messages import Messages
from transflow.project import CatalogRef
from transflow.stories.corrections import NoteKind

MESSAGES = Messages(
    __name__,
    {
        "same": "the text is as it was: write what the page should have said.",
        "no-note": "The text is written; its note for readers still has the text before it: {why}",
    },
)


def correct_paragraph(
    actor: Actor, place: CatalogRef, unit_id: str, text: str, kind: NoteKind, cause: str, told: str = ""
) -> Corrected:
    """Correct a paragraph to `text`, and draft the note for readers.

    `cause` (one of `CAUSES`) and `told`, the partners that were informed, go into X-Notice. Raise
    UsageError and RefusedError, before anything is changed if the text is the one that stands.
    """
    article = actor.project.load(place)
    unit = article.find(unit_id)
    if unit and not unit.fuzzy and text.strip() == unit.target:
        raise RefusedError(MESSAGES("same"))
    ref = unit_ref(actor.project, article, place, unit_id)
    correct(actor, ref, cause=cause, told=told, kind=kind)
    confirm(actor, ref, text)
    try:
        return correct(actor, ref)
    except RefusedError as error:
        raise RefusedError(MESSAGES("no-note", why=error.message)) from None

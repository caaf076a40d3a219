"""Dialogue that saves a text, and asks if somebody else changed the unit in the meantime.

Invariant: both texts are kept until the person decides. Without an answer, their own text stays
unsaved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal, NamedTuple

from rich.text import Text

from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.actions.units.remembered import MachineDraft
from transflow.actions.units.seen import ChangedMeanwhileError
from transflow.actions.units.steps import StepResult
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import Dialogue, choose, perform
from transflow.presenters.i18n import _, count
from transflow.presenters.journal import UnsavedText
from transflow.presenters.two_texts import Choice, two_texts
from transflow.project import CatalogRef

Step = Callable[..., StepResult]


class Writing(NamedTuple):
    """Text to be saved for a unit, as the person saw it."""

    view: CatalogView
    unit: Unit
    text: str
    machine: MachineDraft | None
    """Machine translation that the text was made from."""
    person: Callable[[str], str]
    """Returns the name of a person."""


class Continued(NamedTuple):
    """Decision to go on from a text in the present catalog; nothing is saved yet."""

    catalog: Catalog
    text: str


def save(writing: Writing, action: Step) -> Dialogue[StepResult | Continued]:
    """Save a text; if somebody else changed the unit, the person chooses between the texts."""
    view, unit, text, machine, _person = writing
    ref = view.ref(unit.id)
    arguments: tuple[object, ...] = (text, (view.base_digest(unit),), machine)
    while True:
        try:
            return (yield from perform(action, ref, *arguments))
        except ChangedMeanwhileError as error:
            theirs = error.unit
        choice = yield from _choose(writing, theirs, waits=True)
        if choice != "both":
            catalog = yield from perform(partial(_load, view.place))
            return Continued(catalog, theirs.target if choice == "theirs" else text)
        action, arguments = steps.keep_both, (text, machine)


def save_at_once(writing: Writing, action: Step, clock: Callable[[], str]) -> Dialogue[StepResult | bool]:
    """Save a text; the person's own text is saved at once if they choose it.

    Return the result, or whether the draft is done with.
    """
    view, unit, text, machine, _person = writing
    while True:
        view.typed(unit, text, clock())
        try:
            return (yield from perform(action, view.ref(unit.id), text, (view.base_digest(unit),), machine))
        except ChangedMeanwhileError as error:
            theirs = error.unit
        choice = yield from _choose(writing, theirs, waits=False)
        if choice == "mine":
            view.rebase_draft(theirs, text, clock())
            unit = theirs
        elif choice == "both":
            return (yield from perform(steps.keep_both, view.ref(theirs.id), text, machine))
        else:
            return choice == "theirs"


def _choose(writing: Writing, theirs: Unit, *, waits: bool) -> Dialogue[Choice | None]:
    """Ask which text it is to be.

    With `waits`, nothing is saved if the person chooses their own, and that is the default.
    """
    view, unit, text, _machine, person = writing
    displayed = view.find(unit.id) or theirs
    decision = two_texts(view.draft_or_new(displayed if waits else unit, text), text, theirs, person, at_once=not waits)
    words = [words for words, _choice in decision.choices]
    chosen = yield from choose(decision.question, words, decision.about, prompt=_("Which one?"))
    if chosen is None:
        return "mine" if waits else None
    return decision.choices[chosen][1]


def text_or_number(text: str) -> Dialogue[Literal["number", "text"] | None]:
    """Ask whether a typed number is the text, or means the sentence with that number."""
    choices = [_("Go to sentence {n}").format(n=text), _("{n} is the text of this one").format(n=text)]
    chosen = yield from choose(_("Which one?"), choices)
    return None if chosen is None else "text" if chosen else "number"


def show_orphaned(view: CatalogView, orphaned: Mapping[str, UnsavedText]) -> Dialogue[None]:
    """Show unsaved texts of units that are no longer in the catalog, and offer to drop them."""
    about = Text()
    for draft in orphaned.values():
        about.append(draft.source + "\n" if draft.source else "", "dim").append(f"→ {draft.text}\n\n")
    question = count(
        "{n} text of yours that is not saved belongs to a sentence that is here no longer.",
        "{n} texts of yours that are not saved belong to sentences that are here no longer.",
        len(orphaned),
    )
    chosen = yield from choose(question, [_("Keep them, to copy from"), _("Throw them away")], about)
    for unit_id in orphaned if chosen == 1 else ():
        view.drop_draft(unit_id)


def _load(place: CatalogRef, actor: Actor) -> Catalog:
    return actor.project.load(place)

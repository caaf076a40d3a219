"""Acts: what a form does to one sentence or paragraph, each by one action.

Invariant: an act about a text has the mark of what the page showed, and is refused without one; a
text that could not be saved stays in the person's drafts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from transflow.actions.stories import article
from transflow.actions.units import steps
from transflow.actions.units.seen import Seen
from transflow.errors import RefusedError, TransflowError, UsageError
from transflow.messages import Messages
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.i18n import mark
from transflow.project.places import Folder
from transflow.units.workflow import open_questions
from transflow.web.visit import Visit

MESSAGES = Messages(
    __name__,
    {
        "no-mark": "the page did not say what it showed: load it again.",
        "not-saved": "what you wrote in it is not saved yet: save it, or give it up.",
        "no-suggestion": "that suggestion is there no longer: look at the new ones.",
    },
)


class PageAct(NamedTuple):
    """An act: what it does, what the page says afterwards, and whether the next unit follows."""

    do: Callable[[Visit, CatalogView, Unit], None]
    words: str
    goes_on: bool = False
    saves: bool = False
    """True if it saves the text of the box, which is a draft until then."""


def _seen(visit: Visit, field: str = "since") -> Seen:
    """Return the mark of what the page showed. Raise UsageError for a form without one."""
    if not visit.form.get(field):
        raise UsageError(MESSAGES("no-mark"))
    return (visit.form[field],)


def _confirm(visit: Visit, view: CatalogView, unit: Unit) -> None:
    drafts = visit.office.drafts(visit.actor.who)
    steps.confirm(visit.actor, view.ref(unit.id), visit.text("text"), _seen(visit), drafts.machine(view, unit))


def _draft(visit: Visit, view: CatalogView, unit: Unit) -> None:
    drafts = visit.office.drafts(visit.actor.who)
    steps.draft(visit.actor, view.ref(unit.id), visit.text("text"), _seen(visit), drafts.machine(view, unit))


def _both(visit: Visit, view: CatalogView, unit: Unit) -> None:
    machine = visit.office.drafts(visit.actor.who).machine(view, unit)
    steps.keep_both(visit.actor, view.ref(unit.id), visit.text("text"), machine)


def _drop(_visit: Visit, _view: CatalogView, _unit: Unit) -> None:
    """Give up the typed text, which `act` forgets."""


def _take(visit: Visit, view: CatalogView, unit: Unit) -> None:
    number = visit.form.get("number", "")
    drafts = visit.office.drafts(visit.actor.who)
    text = drafts.take(view, unit, int(number) if number.isdecimal() else 0)
    if not text:
        raise UsageError(MESSAGES("no-suggestion"))
    drafts.keep(view, unit, text, _seen(visit)[0], visit.actor.now)


def _approve(visit: Visit, view: CatalogView, unit: Unit) -> None:
    steps.approve(visit.actor, view.ref(unit.id), _seen(visit))


def _send_back(visit: Visit, view: CatalogView, unit: Unit) -> None:
    steps.send_back(visit.actor, view.ref(unit.id), visit.text("reason"), _seen(visit))


def _comment(visit: Visit, view: CatalogView, unit: Unit) -> None:
    steps.comment(visit.actor, view.ref(unit.id), visit.text("remark"))


def _ask(visit: Visit, view: CatalogView, unit: Unit) -> None:
    steps.ask(visit.actor, view.ref(unit.id), visit.text("question"), visit.form.get("to", ""))


def _answer(visit: Visit, view: CatalogView, unit: Unit) -> None:
    wanted = visit.form.get("of", "")
    question = next((each for each in open_questions(unit) if each.reference == wanted), None)
    steps.answer(visit.actor, view.ref(unit.id), visit.text("answer"), question, _seen(visit))


def _omit(visit: Visit, view: CatalogView, unit: Unit) -> None:
    steps.omit(visit.actor, view.ref(unit.id), visit.text("reason"), _seen(visit))


def _restore(visit: Visit, view: CatalogView, unit: Unit) -> None:
    steps.restore(visit.actor, view.ref(unit.id), _seen(visit))


def _resolve(visit: Visit, view: CatalogView, unit: Unit) -> None:
    number = visit.form.get("number", "")
    steps.resolve(visit.actor, view.ref(unit.id), int(number) if number.isdecimal() else -1, _seen(visit))


def _waive(visit: Visit, view: CatalogView, unit: Unit) -> None:
    steps.waive(visit.actor, view.ref(unit.id), visit.form.get("check", ""), visit.text("reason"), _seen(visit))


def _still(visit: Visit, view: CatalogView, unit: Unit) -> None:
    _check_saved(view, unit)
    article.confirm_with_drafts(visit.actor, view.ref(unit.id), seen=_seen(visit, "since_draft"))


def _take_new(visit: Visit, view: CatalogView, unit: Unit) -> None:
    _check_saved(view, unit)
    article.confirm_with_drafts(visit.actor, view.ref(unit.id), take_new=True, seen=_seen(visit, "since_draft"))


def _check_saved(view: CatalogView, unit: Unit) -> None:
    """Raise RefusedError while the person has an unsaved text in it."""
    if view.draft(unit.id) is not None:
        raise RefusedError(MESSAGES("not-saved"))


def _cut(visit: Visit, view: CatalogView, unit: Unit) -> None:
    article.cut(visit.actor, view.ref(unit.id), visit.text("reason"), seen=_seen(visit))


def _print(visit: Visit, view: CatalogView, unit: Unit) -> None:
    article.cut(visit.actor, view.ref(unit.id), "", undo=True, seen=_seen(visit))


_SHARED: Mapping[str, PageAct] = {
    "confirm": PageAct(_confirm, mark("Saved."), goes_on=True, saves=True),
    "draft": PageAct(_draft, mark("Saved; it needs another look."), goes_on=True, saves=True),
    "both": PageAct(_both, mark("Both texts are kept; somebody decides."), saves=True),
    "drop": PageAct(_drop, mark("Your text is given up."), saves=True),
    "return": PageAct(_send_back, mark("Sent back."), goes_on=True),
    "comment": PageAct(_comment, mark("Noted.")),
    "ask": PageAct(_ask, mark("Asked.")),
    "answer": PageAct(_answer, mark("Answered.")),
    "resolve": PageAct(_resolve, mark("Decided.")),
    "waive": PageAct(_waive, mark("Waived.")),
}
_ON_REPORTS: Mapping[str, PageAct] = {
    **_SHARED,
    "take": PageAct(_take, mark("The suggestion is in the box, and not saved yet.")),
    "approve": PageAct(_approve, mark("Reviewed."), goes_on=True),
    "omit": PageAct(_omit, mark("It is left out."), goes_on=True),
    "restore": PageAct(_restore, mark("It is translated after all.")),
}
_ON_STORIES: Mapping[str, PageAct] = {
    **_SHARED,
    "still": PageAct(_still, mark("It is still right.")),
    "take-new": PageAct(_take_new, mark("It took the changed translations.")),
    "cut": PageAct(_cut, mark("It is cut.")),
    "print": PageAct(_print, mark("It prints again.")),
}


def acts_on(folder: Folder) -> Mapping[str, PageAct]:
    """Return the acts on sentences of reports, or on paragraphs of stories."""
    return _ON_REPORTS if folder == "reports" else _ON_STORIES


def act(visit: Visit, view: CatalogView, unit: Unit, name: str) -> None:
    """Do what a form asks. Raise TransflowError; a text of the person is kept then."""
    chosen, drafts, since = (
        acts_on(view.place.folder)[name],
        visit.office.drafts(visit.actor.who),
        visit.form.get("since", ""),
    )
    try:
        chosen.do(visit, view, unit)
    except TransflowError:
        if chosen.saves and since and "text" in visit.form:
            drafts.keep(view, unit, visit.text("text"), since, visit.actor.now)
        raise
    if chosen.saves:
        drafts.saved(view, unit, since)

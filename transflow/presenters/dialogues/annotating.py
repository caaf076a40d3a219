"""Dialogues that annotate units: comments, questions and answers, omission, limits, terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from transflow.actions.units import limits, steps
from transflow.actions.units.steps import StepResult
from transflow.model.settings import Settings
from transflow.model.unit import ALLOWANCES, UNPRINTED, Unit
from transflow.presenters.assistants import TermFinder
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import ChangeCatalog, Dialogue, Say, ask, choose, perform
from transflow.presenters.formatting import format_person
from transflow.presenters.i18n import _, count
from transflow.presenters.limit_words import LIMITS, limit_of
from transflow.units.workflow import open_questions


class Remark(NamedTuple):
    """Kind of remark that a person can make about a unit."""

    label: str
    action: Callable[..., StepResult]
    words: str
    """Message after it was made."""


def remarks(unit: Unit, settings: Settings, who: str) -> list[Remark]:
    """Return the kinds of remarks that a person can make; the answer to a question comes first."""
    people = [person.id for person in settings.people if person.id != who and not person.left]
    found = [
        Remark(_("Comment"), steps.comment, _("Noted.")),
        Remark(_("Ask anyone"), partial(steps.ask, to=""), _("Asked.")),
        *(
            Remark(
                _("Ask {who}").format(who=format_person(settings, person)),
                partial(steps.ask, to=person),
                _("Asked."),
            )
            for person in people
        ),
    ]
    if questions := open_questions(unit):
        question = questions[0]
        label = _("Answer {who}: {text}").format(who=format_person(settings, question.who), text=question.text)
        found.insert(0, Remark(label, partial(steps.answer, question=question), _("Answered.")))
    return found


def comment(
    view: CatalogView, unit: Unit, settings: Settings, who: str, *, text: str = "", answer_last: bool = False
) -> Dialogue[None]:
    """Comment, ask a person, or answer a question; a given text is a comment.

    In the linear mode the answer to a question is the last choice.
    """
    ref = view.ref(unit.id)
    if text:
        yield ChangeCatalog(steps.comment, (ref, text), _("Noted."), is_note=True)
        return
    choices = remarks(unit, settings, who)
    if answer_last and open_questions(unit):
        choices = [*choices[1:], choices[0]]
    chosen = yield from choose(_("What do you want to say?"), [each.label for each in choices])
    if chosen is None:
        return
    remark = choices[chosen]
    answer = yield from ask(remark.label, unit.source, prompt=remark.label + ": ")
    if answer:
        yield ChangeCatalog(remark.action, (ref, answer), remark.words, is_note=True)


def omit(view: CatalogView, units: Sequence[Unit], about: str, reason: str | None = "") -> Dialogue[None]:
    """Omit units, with a reason; restore them if all of them are omitted.

    `about` is displayed with the question.
    """
    ids = [unit.id for unit in units]
    ref, number = view.ref(*ids), len(ids)
    if all(unit.omitted for unit in units):
        words = count("{n} sentence is translated after all.", "{n} sentences are translated after all.", number)
        yield ChangeCatalog(steps.restore, (ref,), words, seen_ids=ids)
        return
    words = count("{n} sentence is left out.", "{n} sentences are left out.", number)
    question = count("Why is {n} sentence left out?", "Why are {n} sentences left out?", number)
    reason = reason or (yield from ask(question, about, prompt=question + " "))
    if reason:
        yield ChangeCatalog(steps.omit, (ref, reason), words, seen_ids=ids, goes_on_if_heard=True)


def limit(view: CatalogView, units: Sequence[Unit], how: str = "") -> Dialogue[None]:
    """Set how units may be used, in every language; `how` is one of `ALLOWANCES`."""
    ids = [unit.id for unit in units]
    chosen: int | None = ALLOWANCES.index(how) if how in ALLOWANCES else None
    if chosen is None:
        question = count("How may {n} sentence be used?", "How may {n} sentences be used?", len(ids))
        about = units[0].source if len(ids) == 1 else ""
        at = ALLOWANCES.index(limit_of(units[0]))
        chosen = yield from choose(question, [_(LIMITS[each]) for each in ALLOWANCES], about, at=at)
    if chosen is None:
        return
    allowance = ALLOWANCES[chosen]
    words = count("{n} sentence: {limit}.", "{n} sentences: {limit}.", len(ids), limit=_(LIMITS[allowance]))
    done = yield ChangeCatalog(limits.limit, (view.ref(*ids), allowance), words, undo=limits.undo)
    if done.paragraphs and allowance in UNPRINTED:
        paragraphs = _("Stories print it in {refs}: take in what changed there, or cut that.")
        yield Say(f"{words} {paragraphs.format(refs=', '.join(done.paragraphs))}")


def add_term(terms: TermFinder, unit: Unit, locale: str, pair: str | None = "") -> Dialogue[bool]:
    """Add a term to the glossary. Return whether one was added."""
    pair = pair or (
        yield from ask(_("Term = how it is spelled in the other language"), unit.source, prompt=_("Korean = English: "))
    )
    source, equals, target = (pair or "").partition("=")
    if not (equals and source.strip() and target.strip()):
        return False
    yield from perform(terms.add, locale, source.strip(), target.strip())
    return True

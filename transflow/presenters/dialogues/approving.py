"""Dialogues of an editor: approving one or many units, sending back, confirming as still right.

Invariant: many units are approved only after their number was shown; those that cannot be approved
are named, and not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text

from transflow.actions import Actor
from transflow.actions.units import review, steps
from transflow.actions.units.review import ApprovalCheck
from transflow.actions.units.seen import ChangedMeanwhileError, Seen
from transflow.actions.units.steps import StepResult
from transflow.errors import TransflowError
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import ChangeCatalog, Dialogue, Say, agree, ask, perform, unit_marks
from transflow.presenters.formatting import Formats
from transflow.presenters.i18n import _, count, say
from transflow.units.positions import format_positions


def approve(view: CatalogView, unit: Unit) -> Dialogue[None]:
    """Approve a unit as displayed."""
    words = _("Sentence {n} reviewed. z takes it back.").format(n=view.number(unit.id))
    yield ChangeCatalog(steps.approve, (view.ref(unit.id),), words, _("Reviewed."), seen_ids=[unit.id], goes_on=True)


def approve_marked(view: CatalogView, units: Sequence[Unit], formats: Formats) -> Dialogue[None]:
    """Approve those of the marked units that can be approved."""
    if not units:
        yield Say(_("Mark sentences first: Space for one, v at each end of a range."))
        return
    found = yield from perform(review.approval_checks, view.ref(*(unit.id for unit in units)))
    results = [check._replace(refusal=check.refusal or unsaved_text_problem(view, check.id)) for check in found]
    approvable = [check for check in results if not check.refusal]
    question = count("Is {n} sentence reviewed?", "Are {n} sentences reviewed?", len(approvable))
    about = _approval_preview(view, approvable, [check for check in results if check.refusal], formats)
    agreed = yield from agree(question if approvable else _("None of these can be reviewed."), about)
    if agreed and approvable:
        words = count("{n} sentence reviewed.", "{n} sentences reviewed.", len(approvable))
        ids = [check.id for check in approvable]
        yield ChangeCatalog(steps.approve, (view.ref(*ids),), words, seen_ids=ids, goes_on=True)


def _approval_preview(
    view: CatalogView, approvable: Sequence[ApprovalCheck], refused: Sequence[ApprovalCheck], formats: Formats
) -> Text:
    about = Text()
    if approvable:
        numbers = format_positions([check.number for check in approvable])
        about.append(_("To be reviewed: {numbers}").format(numbers=numbers))
    for check in approvable:
        unit = view.find(check.id)
        about.append(f"\n✓ {check.number}: {unit.target if unit is not None else ''}")
    if refused:
        about.append(("\n\n" if approvable else "") + _("Left out:"), "bold")
    for check in refused:
        about.append(f"\n✗ {check.number}: {say(check.refusal, formats.command)}")
    return about


def approve_each(view: CatalogView, units: Sequence[Unit], issues: Callable[[Unit], Sequence[Issue]]) -> Dialogue[None]:
    """Read units out, ask once, and approve each unit that can be; the others are refused."""
    for unit in units:
        yield Say(f"{view.number(unit.id)}: {unit.source}")
        yield Say(f"→ {unit.target or '–'}")
        for issue in issues(unit):
            yield Say(f"! {issue.check}: {say(issue.message)}")
    units = yield from _judged_together(view, units)
    if not units:
        return
    if not (yield from agree(count("Is {n} sentence reviewed?", "Are {n} sentences reviewed?", len(units)))):
        return
    approved = 0
    for unit in units:
        as_read = partial(_marks_of, unit)
        try:
            yield ChangeCatalog(steps.approve, (view.ref(unit.id),), "", seen_ids=[unit.id], marks=as_read)
        except ChangedMeanwhileError:  # it was read out again
            continue
        except TransflowError as error:
            yield Say(error.message, refused=True)
        else:
            approved += 1
    yield Say(count("{n} sentence is reviewed.", "{n} sentences are reviewed.", approved))


def _judged_together(view: CatalogView, units: Sequence[Unit]) -> Dialogue[Sequence[Unit]]:
    """Return the units without those that the desk has judged by themselves, which are named."""
    if len(units) < 2:
        return units
    found = yield from perform(review.approval_checks, view.ref(*(unit.id for unit in units)))
    alone = {check.id: check for check in found if check.is_judged_alone}
    for check in alone.values():
        yield Say(f"{check.number}: {say(check.refusal)}", refused=True)
    return [unit for unit in units if unit.id not in alone]


def _marks_of(unit: Unit, _displayed: Sequence[Unit]) -> Seen:
    return unit_marks([unit])


def unsaved_text_problem(view: CatalogView, unit_id: str) -> str:
    """Return a reason if an unsaved text is displayed, which would not be approved; else ""."""
    return _("What you wrote in it is not saved yet.") if view.draft(unit_id) is not None else ""


def send_back(view: CatalogView, units: Sequence[Unit], about: str, reason: str | None = "") -> Dialogue[None]:
    """Send units back, with a reason; `about` is displayed with the question."""
    ids = [unit.id for unit in units]
    question = count("What is wrong with {n} sentence?", "What is wrong with {n} sentences?", len(ids))
    reason = reason or (yield from ask(question, about, prompt=_("Why? ")))
    if reason:
        words = count("{n} sentence sent back.", "{n} sentences sent back.", len(ids))
        arguments = (view.ref(*ids), reason)
        yield ChangeCatalog(steps.send_back, arguments, words, _("Sent back."), seen_ids=ids, goes_on=True)


def confirm_unchanged(view: CatalogView, units: Sequence[Unit]) -> Dialogue[None]:
    """Confirm the texts of units under their changed source."""
    ids = [unit.id for unit in units]
    if not any(unit.previous or unit.fuzzy for unit in units):
        yield Say(_("Nothing about it needs another look."))
        return
    if problem := next(filter(None, (unsaved_text_problem(view, unit_id) for unit_id in ids)), ""):
        yield Say(problem, refused=True)
        return
    words = count("{n} sentence is still right.", "{n} sentences are still right.", len(ids))
    yield ChangeCatalog(_still_right, (view.ref(*ids),), words, seen_ids=ids)


def _still_right(actor: Actor, ref: str, seen: Seen) -> StepResult:
    return steps.confirm(actor, ref, seen=seen)

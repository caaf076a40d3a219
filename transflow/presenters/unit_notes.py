"""Comments, questions and history of a unit, as shown beside the text.

Invariant: one line for each; readable without colours.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from transflow.model.unit import Unit
from transflow.presenters.i18n import _, count
from transflow.units.workflow import is_approved, open_questions

Timed = Callable[[str], str]
"""Format a UTC time for the user."""


def notes(unit: Unit, at: Timed) -> Text:
    """Return comments, questions and answers, conflicts and history, with a heading."""
    text = Text(_("Comments and history"), style="bold")
    said = lines(unit, at)
    for line in said or [_("Nothing yet.")]:
        text.append(f"\n{line}", "not bold" if said else "not bold dim")
    return text


def lines(unit: Unit, at: Timed) -> list[str]:
    """Return comments, questions and answers, conflicts and history, one line each."""
    return [*_said(unit), *_done(unit, at)]


def _said(unit: Unit) -> list[str]:
    lines = list(unit.comments)
    still = open_questions(unit)
    for question in unit.questions:
        sign = "?" if question in still else "✓"
        whom = _("{who} asks {to}: {text}") if question.to else _("{who} asks: {text}")
        lines.append(f"{sign} " + whom.format(who=question.who, to=question.to, text=question.text))
    lines += [_("{who} answers: {text}").format(who=answer.who, text=answer.text) for answer in unit.answers]
    lines += [_("≠ {who} wrote: {text}").format(who=each.who, text=each.text) for each in unit.conflicts]
    return lines


def _done(unit: Unit, at: Timed) -> list[str]:
    lines = []
    acts = (
        (unit.returned, _("sent back by {who}, {time}: {why}")),
        (unit.omitted, _("left out by {who}, {time}: {why}")),
        (unit.cut, _("cut by {who}, {time}: {why}")),
    )
    lines += [phrase.format(who=act.who, time=at(act.time), why=act.reason) for act, phrase in acts if act]
    if unit.approved:
        phrase = _("approved by {who}, {time}") if is_approved(unit) else _("approved by {who}, {time}; changed since")
        lines.append(phrase.format(who=unit.approved.who, time=at(unit.approved.time)))
    for each in sorted(unit.by, key=lambda each: each.time, reverse=True):
        time = at(each.time)
        lines.append(
            count(
                "written by {who}, {time}: {n} word",
                "written by {who}, {time}: {n} words",
                each.words,
                who=each.who,
                time=time,
            )
        )
    lines += [_("words of {who}: {n}").format(who=share.who, n=share.words) for share in unit.translated]
    lines += [
        _("{check} waived by {who}: {why}").format(check=each.check, who=each.who, why=each.reason)
        for each in unit.waivers
    ]
    if unit.assigned:
        phrase = _("assigned to {who}, due {time}") if unit.assigned.due else _("assigned to {who}")
        lines.append(phrase.format(who=unit.assigned.who, time=at(unit.assigned.due) if unit.assigned.due else ""))
    return lines

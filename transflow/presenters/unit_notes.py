"""Comments, questions and history of a unit, as shown beside the text.

Invariant: one line for each; readable without colours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from transflow.attribution.authorship import is_machine
from transflow.attribution.machines import is_engine, machine_label
from transflow.messages import CommandRef
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, count, say
from transflow.presenters.limit_words import LIMITS
from transflow.units.workflow import is_approved, open_questions

FormatTime = Callable[[str], str]
"""Format a UTC time for the user."""
FormatPerson = Callable[[str], str]
"""Format the id of a person for the user."""


def notes(unit: Unit, format_time: FormatTime, person: FormatPerson = str) -> Text:
    """Return comments, questions and answers, conflicts and history, with a heading; empty if there
    are none.
    """
    comments, history = _comment_lines(unit, person), _history_lines(unit, format_time, person)
    if not comments and not history:
        return Text()
    text = Text(_("Comments and history"), style="bold")
    for style, entries in (("not bold", comments), ("not bold dim", history)):
        for line in entries:
            text.append(f"\n{line}", style)
    return text


def lines(unit: Unit, format_time: FormatTime, person: FormatPerson = str) -> list[str]:
    """Return comments, questions and answers, conflicts and history, one line each."""
    return [*_comment_lines(unit, person), *_history_lines(unit, format_time, person)]


def _comment_lines(unit: Unit, person: FormatPerson) -> list[str]:
    lines = list(unit.comments)
    open_now = open_questions(unit)
    for question in unit.questions:
        sign = "?" if question in open_now else "✓"
        phrase = _("{who} asks {to}: {text}") if question.to else _("{who} asks: {text}")
        lines.append(f"{sign} " + phrase.format(who=person(question.who), to=person(question.to), text=question.text))
    lines += [_("{who} answers: {text}").format(who=person(answer.who), text=answer.text) for answer in unit.answers]
    lines += [_("≠ {who} wrote: {text}").format(who=person(each.who), text=each.text) for each in unit.conflicts]
    return lines


def _history_lines(unit: Unit, format_time: FormatTime, person: FormatPerson) -> list[str]:
    lines = []
    decisions = (
        (unit.returned, _("sent back by {who}, {time}: {why}")),
        (unit.omitted, _("left out by {who}, {time}: {why}")),
        (unit.cut, _("cut by {who}, {time}: {why}")),
    )
    lines += [
        phrase.format(who=person(decision.who), time=format_time(decision.time), why=decision.reason)
        for decision, phrase in decisions
        if decision
    ]
    lines += _limit_lines(unit, format_time, person)
    if unit.approved:
        phrase = _("reviewed by {who}, {time}") if is_approved(unit) else _("reviewed by {who}, {time}; changed since")
        lines.append(phrase.format(who=person(unit.approved.who), time=format_time(unit.approved.time)))
    lines += _accepted_lines(unit, person) or _author_lines(unit, format_time, person)
    lines += [
        _("{check} waived by {who}: {why}").format(check=each.check, who=person(each.who), why=each.reason)
        for each in unit.waivers
    ]
    if unit.assigned:
        phrase = _("assigned to {who}, due {time}") if unit.assigned.due else _("assigned to {who}")
        lines.append(
            phrase.format(
                who=person(unit.assigned.who), time=format_time(unit.assigned.due) if unit.assigned.due else ""
            )
        )
    return lines


def _accepted_lines(unit: Unit, person: FormatPerson) -> list[str]:
    """Return who took a machine's draft as it was; empty if a person has words in the text."""
    shares = [*((each.who, each.words) for each in unit.by), *((each.who, each.words) for each in unit.translated)]
    machines = dict.fromkeys(who for who, count in shares if count and is_engine(who))
    people = dict.fromkeys(who for who, _count in shares if not is_machine(who))
    if not machines or not people or any(count for who, count in shares if who not in machines):
        return []
    phrase, who = _("Machine draft ({machine}), accepted unchanged by {who}."), ", ".join(map(person, people))
    return [phrase.format(machine=machine_label(machine), who=who) for machine in machines]


def _author_lines(unit: Unit, format_time: FormatTime, person: FormatPerson) -> list[str]:
    """Return who has how many words in a text, those who wrote last first."""
    lines = [
        count(
            "written by {who}, {time}: {n} word",
            "written by {who}, {time}: {n} words",
            each.words,
            who=person(each.who),
            time=format_time(each.time),
        )
        for each in sorted(unit.by, key=lambda each: each.time, reverse=True)
    ]
    return lines + [_("words of {who}: {n}").format(who=person(share.who), n=share.words) for share in unit.translated]


def _limit_lines(unit: Unit, format_time: FormatTime, person: FormatPerson) -> list[str]:
    """Return who said how a unit may be used; empty if nobody did."""
    if unit.record is None:
        return []
    limit, who, time = _(LIMITS[unit.record.allowance]), person(unit.record.who), format_time(unit.record.time)
    return [_("{limit}, said {who}, {time}").format(limit=limit, who=who, time=time)]


def with_whole(line: str, key: str) -> str:
    """Return a line of warnings that has no room, with the key that shows all of it in front."""
    return _("! {key} shows all of this: {warnings}").format(key=key, warnings=line.removeprefix("! "))


def warning_line(issues: Sequence[Issue], command: Callable[[CommandRef], str] = str) -> str:
    """Return the number of warnings and their messages, in one line.

    `command` formats the commands that they name.
    """
    words = count("{n} warning", "{n} warnings", len(issues))
    return f"! {words}: " + "  ".join(
        f"{number}) {say(issue.message, command)}" for number, issue in enumerate(issues, 1)
    )

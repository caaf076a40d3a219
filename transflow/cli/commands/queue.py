"""The `transflow queue` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.reports.queue import Waiting
from transflow.actions.reports.queue import queue as list_waiting
from transflow.attribution.clocks import on_clocks
from transflow.cli.actors import pass_reader
from transflow.cli.notices import notify, print_error, print_text
from transflow.cli.options import format_option, names_locale_option
from transflow.cli.streams import write_json
from transflow.errors import UnreadableError
from transflow.messages import Message, Messages
from transflow.project import Project
from transflow.units.positions import format_positions

MESSAGES = Messages(
    __name__,
    {
        "nothing": "Nothing waits for {who}.",
        "line": "{place}  {what}",
        "line/due": "{place}  {what}  due {time}",
        "line/overdue": "{place}  {what}  due {time}  OVERDUE",
        "counted": "{n} {what}",
        "returned": "sent back",
        "take-down": "killed: its page is to be taken down",
        "correct": "to correct",
        "update": "to update on its page",
        "question": "to answer",
        "answered": "answered for you",
        "look": "to look again",
        "translate": "to translate",
        "compose": "to compose again",
        "write": "to write",
        "ready": "to call ready",
        "approve": "to approve",
        "clear": "to read and clear",
        "assign": "to assign",
    },
)


@click.command()
@format_option
@names_locale_option
@pass_reader
def queue(actor: Actor, form: str) -> int:
    """List the work that waits for you, overdue first.

    \b
    Examples:
      transflow queue
      transflow queue --as leejin
      transflow queue --format json
    """
    unreadable: list[UnreadableError] = []
    waiting = list_waiting(actor, unreadable.append)
    for error in unreadable:
        print_error(error.message)
    if form == "json":
        write_json(list(map(_values, waiting)))
    else:
        for entry in waiting:
            print_text(_line(entry, actor.project, actor.who))
        if not waiting:
            notify(MESSAGES("nothing", who=actor.who))
    return UnreadableError.exit_code if unreadable else 0


def _values(entry: Waiting) -> dict[str, object]:
    ref = entry.place.ref(format_positions(entry.numbers))
    deadline = {"due": entry.due, "overdue": entry.overdue} if entry.due else {}
    return {"ref": ref, "what": entry.reason, **deadline}


def _line(entry: Waiting, project: Project, who: str) -> Message:
    """Return a line of the queue; `MESSAGES` has what is to be done for each reason."""
    place, what = project.ref(entry.place, format_positions(entry.numbers)), MESSAGES(entry.reason)
    if entry.numbers:
        what = MESSAGES("counted", n=len(entry.numbers), what=what)
    if not entry.due:
        return MESSAGES("line", place=place, what=what)
    time = on_clocks(entry.due, project.settings.zones(who))
    return MESSAGES("line/overdue" if entry.overdue else "line/due", place=place, what=what, time=time)

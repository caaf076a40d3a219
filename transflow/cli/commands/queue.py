"""The `transflow queue` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.reports.queue import REASONS, Waiting
from transflow.actions.reports.queue import queue as list_waiting
from transflow.attribution.assignment import format_positions
from transflow.cli.actors import pass_actor
from transflow.cli.formatting import local_time
from transflow.cli.notices import notify, print_error
from transflow.cli.options import format_option
from transflow.cli.streams import write_json
from transflow.errors import UnreadableError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "nothing": "Nothing waits for {who}.",
    },
)


@click.command()
@format_option
@pass_actor
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
            click.echo(_line(entry, actor.project.settings.timezone))
        if not waiting:
            notify(MESSAGES("nothing", who=actor.who))
    return UnreadableError.exit_code if unreadable else 0


def _values(entry: Waiting) -> dict[str, object]:
    ref = f"{entry.place}#{format_positions(entry.numbers)}" if entry.numbers else str(entry.place)
    deadline = {"due": entry.due, "overdue": entry.overdue} if entry.due else {}
    return {"ref": ref, "what": entry.reason, **deadline}


def _line(entry: Waiting, timezone: str) -> str:
    ref, what = entry.place.slug, f"to {REASONS[entry.reason]}"
    if entry.numbers:
        ref += f"#{format_positions(entry.numbers)}"
        what = f"{len(entry.numbers)} {'sent back' if entry.reason == 'returned' else what}"
    due = f"  due {local_time(entry.due, timezone)}" if entry.due else ""
    return f"{entry.place.locale}  {ref}  {what}{due}{'  OVERDUE' if entry.overdue else ''}"

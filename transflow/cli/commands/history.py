"""The `transflow history` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories import blame as action
from transflow.cli.history_output import event_line, event_values, one_line
from transflow.cli.history_progress import reading_history, warn_if_shallow
from transflow.cli.notices import print_text
from transflow.cli.options import format_option, pass_anonymous_actor, ref_argument
from transflow.cli.streams import write_json
from transflow.messages import Messages

MESSAGES = Messages(__name__, {"unit": "{ref}  {text}"})


@click.command()
@ref_argument
@format_option
@click.option("--json", "as_json", is_flag=True, hidden=True)
@pass_anonymous_actor
def history(actor: Actor, ref: str, form: str, as_json: bool) -> None:
    """Show what was done to sentences and paragraphs.

    Who wrote, changed, approved and sent back each of them, newest first, with the commit, the time
    and the text before, from the git history. A renamed report keeps its history. What is not
    committed yet is marked as such.

    \b
    Examples:
      transflow history un-letter#3
      transflow history un-letter#3-9 --format json
    """
    with reading_history() as progress:
        units, is_shallow = action.history(actor, ref, progress)
    if as_json or form == "json":
        rows = [
            {"ref": each.ref, "id": each.unit.id, "text": each.unit.target, "events": [*map(event_values, each.events)]}
            for each in units
        ]
        write_json({"shallow": is_shallow, "units": rows})
    else:
        timezone = actor.project.settings.timezone
        for each in units:
            print_text(MESSAGES("unit", ref=each.ref, text=one_line(each.unit.target or each.unit.source)))
            for event in each.events:
                print_text(event_line(event, timezone))
    warn_if_shallow(is_shallow)

"""The `transflow kill` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories import publish
from transflow.cli.actors import pass_actor
from transflow.cli.notices import print_text
from transflow.cli.options import story_argument
from transflow.cli.story_output import print_affected
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "killed": "{place} is killed.",
        "undone": "{place} may go out again.",
        "pages": "Take these pages down:",
        "pages/undone": "Look at these pages:",
    },
)


@click.command()
@story_argument
@click.argument("reason", default="")
@click.option("--undo", is_flag=True, help="Take that back: the story may be published.")
@pass_actor
def kill(actor: Actor, name: str, reason: str, undo: bool) -> None:
    """Kill a story: it is not published (editors).

    Its rendered files are removed.

    \b
    Examples:
      transflow kill un-story "the source took it back"
      transflow kill un-story --undo
    """
    done = publish.kill(actor, name, reason, undo=undo)
    print_text(MESSAGES("undone" if undo else "killed", place=str(done.stories[0].place)))
    print_affected(done, MESSAGES("pages/undone" if undo else "pages"))

"""The `transflow kill` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories import publish
from transflow.cli.actors import pass_actor
from transflow.cli.options import story_argument
from transflow.cli.story_output import print_affected


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
    click.echo(f"{done.stories[0].place} {'may go out again' if undo else 'is killed'}.")
    print_affected(done, "Take these pages down:" if not undo else "Look at these pages:")

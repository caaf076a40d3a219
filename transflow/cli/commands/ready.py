"""The `transflow ready` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories import clearance
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import story_argument, story_seen_option
from transflow.cli.story_judging import reading_story
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "ready": "{place} is ready: an editor reads it and clears it.",
        "cleared": "{place} is cleared already, as it reads now.",
        "undone": "{place} is being composed again.",
    },
)


@click.command()
@story_argument
@click.option("--undo", is_flag=True, help="Mark the story as not ready.")
@story_seen_option
@pass_actor
def ready(actor: Actor, name: str, undo: bool, seen: str | None) -> None:
    """Mark a story as ready for an editor.

    The issues of the checks are listed. In a terminal, the page is shown, and you are asked once.

    \b
    Examples:
      transflow ready un-story
      transflow ready un-story --seen 5d7c0f1e9a3b2c48
      transflow ready un-story --undo
    """
    if undo:
        decision = clearance.ready(actor, name, undo=True)
    else:
        with reading_story(actor, name, seen, "ready") as mark:
            decision = clearance.ready(actor, name, seen=mark)
    key = "undone" if undo else "cleared" if decision.is_cleared else "ready"
    print_text(MESSAGES(key, place=str(decision.place)))
    if decision.unsigned:
        notify(decision.unsigned)

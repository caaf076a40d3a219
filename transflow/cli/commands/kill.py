"""The `transflow kill` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories import publish
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import cause_option, story_argument, told_option
from transflow.cli.story_output import print_affected
from transflow.messages import CommandRef, Messages

MESSAGES = Messages(
    __name__,
    {
        "killed": "{place} is killed.",
        "undone": "{place} may go out again.",
        "pages": "Take these pages down:",
        "pages/undone": "Look at these pages:",
        "cancellation": "{command} prints its cancellation, for whoever received the story as ninjs.",
    },
)


@click.command()
@story_argument
@click.argument("reason", default="")
@click.option("--undo", is_flag=True, help="Take that back: the story may be published.")
@cause_option
@told_option
@pass_actor
def kill(actor: Actor, name: str, reason: str, undo: bool, cause: str | None, told: str) -> None:
    """Kill a story: it is not published (editors).

    Its rendered files are removed; one in ninjs (json) becomes a canceled item. --cause and --told
    are for a story that was published, and go into the register of `transflow notices`.

    \b
    Examples:
      transflow kill un-story "the source took it back"
      transflow kill un-story "the source took it back" --cause reporting --told "Yonhap"
      transflow kill un-story --undo
    """
    done = publish.kill(actor, name, reason, cause or "", told, undo=undo)
    print_text(MESSAGES("undone" if undo else "killed", place=str(done.stories[0].place)))
    print_affected(done, MESSAGES("pages/undone" if undo else "pages"))
    place = done.stories[0].place
    if not undo and done.stories[0].addresses and not any(path.endswith(".json") for path in done.output.rendered):
        notify(MESSAGES("cancellation", command=CommandRef(f"render {actor.project.ref(place)} --format json")))

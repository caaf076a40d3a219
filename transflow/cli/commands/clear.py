"""The `transflow clear` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories import clearance
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import story_argument, story_seen_option
from transflow.cli.story_judging import reading_story
from transflow.messages import CommandRef, Messages

MESSAGES = Messages(
    __name__,
    {
        "cleared": "{place} is cleared by {who}.",
        "cleared/note": "{place} is cleared by {who} — {note}.",
        "stays": "Nothing is to come, and the story stays live, because a headline of its reports announces more: {command} "
        "ends that.",
        "ended": "Nothing is to come: the story is no longer live. {command} makes it live again.",
    },
)


@click.command()
@story_argument
@click.option(
    "--alone", default="", metavar="REASON", help="Clear your own story, with the reason; a second read is owed."
)
@story_seen_option
@pass_actor
def clear(actor: Actor, name: str, alone: str, seen: str | None) -> None:
    """Clear a story for publication (editors).

    The issues of the checks are listed. In a terminal, the page is shown, and you are asked once.
    A live story is no longer live when nothing is to come.

    \b
    Examples:
      transflow clear un-story
      transflow clear un-story --seen 5d7c0f1e9a3b2c48
      transflow clear un-story --alone "The desk is closed on Chuseok."
    """
    with reading_story(actor, name, seen, "clear") as mark:
        decision = clearance.clear(actor, name, alone, mark)
    key = "cleared/note" if decision.note else "cleared"
    print_text(MESSAGES(key, place=str(decision.place), who=actor.who, note=decision.note))
    if decision.has_ended_live:
        command = CommandRef(f"compose {actor.project.ref(decision.place)} --live")
        notify(MESSAGES("ended", command=command))
    if decision.stays_live:
        notify(MESSAGES("stays", command=CommandRef(f"settle {actor.project.ref(decision.place)}")))
    if decision.unsigned:
        notify(decision.unsigned)

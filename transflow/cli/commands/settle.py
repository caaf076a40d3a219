"""The `transflow settle` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories.live_end import settle as settle_story
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import story_argument
from transflow.messages import CommandRef, Messages

MESSAGES = Messages(
    __name__,
    {
        "settled": "{place} is no longer live: {command} brings in what is missing.",
        "not-live": "Nothing to do: {place} is not live.",
    },
)


@click.command()
@story_argument
@pass_actor
def settle(actor: Actor, name: str) -> None:
    """End a live story: its reports have to be finished from now on.

    A clearance ends it too, when nothing is to come.

    \b
    Examples:
      transflow settle un-story
    """
    place, was_live = settle_story(actor, name)
    if was_live:
        print_text(MESSAGES("settled", place=str(place), command=CommandRef(f"compose {actor.project.ref(place)}")))
    else:
        notify(MESSAGES("not-live", place=str(place)))

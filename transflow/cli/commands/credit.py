"""The `transflow credit` commands: withhold."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories import publish
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import complete_articles, complete_people, names_argument
from transflow.cli.story_output import print_affected
from transflow.messages import CommandRef, Messages

MESSAGES = Messages(
    __name__,
    {
        "withheld": "{place}: does not print the name",
        "printed": "{place}: prints the name again",
        "none": "No story would print it.",
        "pages": "Change these pages, then record it with {command}:",
        "mentions": "The text itself has the name here; edit it, or redact it:",
    },
)


@click.group()
def credit() -> None:
    """Withhold names from what is printed.

    \b
    Examples:
      transflow credit withhold claire un-story
    """


@credit.command()
@click.argument("person", metavar="PERSON", shell_complete=complete_people)
@names_argument("name", metavar="[STORY]", default="", shell_complete=complete_articles)
@click.option("--undo", is_flag=True, help="Print the name again.")
@pass_actor
def withhold(actor: Actor, person: str, name: str, undo: bool) -> None:
    """Withhold a person's name from a story, or from all.

    The name is printed neither in the credit line nor in metadata. Without STORY, this applies to
    every story that would print it.

    Files in build/ are rendered again. The record still says who made the story. If somebody must
    not be named in later stories either, use `transflow person protect`.

    \b
    Examples:
      transflow credit withhold claire un-story
      transflow credit withhold claire
      transflow credit withhold claire un-story --undo
    """
    done = publish.withhold(actor, person, name, undo=undo)
    for story in done.stories:
        print_text(MESSAGES("printed" if undo else "withheld", place=str(story.place)))
    if not done.stories:
        notify(MESSAGES("none"))
    print_affected(done, MESSAGES("pages", command=CommandRef("published")))
    if done.mentions and not undo:
        print_text(MESSAGES("mentions"))
        for ref in done.mentions:
            click.echo(f"  {ref}")

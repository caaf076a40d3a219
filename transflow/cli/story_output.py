"""Output of stories: their paragraphs, and the pages and files that a decision touches."""

from __future__ import annotations

import click

from transflow.actions.refs import position_of
from transflow.actions.stories.publish import PublishedStory
from transflow.cli.formatting import padded
from transflow.cli.notices import print_text
from transflow.cli.unit_output import label, state_name
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.presenters import i18n
from transflow.stories.whole_text import shown_text

MESSAGES = Messages(
    __name__,
    {
        "rendered": "{path}: rendered anew",
        "removed": "{path}: removed",
    },
)


def print_paragraphs(catalog: Catalog) -> None:
    """Print the paragraphs of a story, one line each."""
    for unit in catalog.units:
        text = " ".join(shown_text(unit).split())
        kind = "" if unit.kind == "paragraph" else f" [{i18n.say(label(unit.kind))}]"
        number = position_of(catalog, unit.id)
        click.echo(
            f"{number:>4}  {unit.id}  {padded(i18n.say(state_name(unit)), 18)}{kind} {text[:90]}{'…' if len(text) > 90 else ''}"
        )


def print_affected(done: PublishedStory, heading: str) -> None:
    """Print the output files that were changed, and a heading with the published pages."""
    for path in done.output.rendered:
        print_text(MESSAGES("rendered", path=path))
    for path in done.output.removed:
        print_text(MESSAGES("removed", path=path))
    addresses = [address for story in done.stories for address in story.addresses]
    if addresses:
        print_text(heading)
        for address in addresses:
            click.echo(f"  {address}")

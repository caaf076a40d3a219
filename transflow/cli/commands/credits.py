"""The `transflow credits` command."""

from __future__ import annotations

import click

from transflow.actions.stories.render import credit_line
from transflow.actions.stories.render import explain_credits as explain_credits
from transflow.attribution.assignment import format_positions
from transflow.cli.formatting import pluralize
from transflow.cli.options import story_argument
from transflow.cli.session import find_project


@click.command()
@story_argument
@click.option("--explain", is_flag=True, help="List the paragraphs behind every name.")
@click.pass_context
def credits(ctx: click.Context, name: str, explain: bool) -> None:
    """Print the credit line of a story.

    \b
    Examples:
      transflow credits un-story
      transflow credits un-story --explain
    """
    project = find_project(ctx)
    click.echo(credit_line(project, name))
    if explain:
        for person in explain_credits(project, name):
            paragraphs = f"{name}#{format_positions(person.paragraphs)}"
            work = f", {person.role}: {pluralize(person.words, 'word')} in {paragraphs}" if person.role else ""
            reason = f"  (not printed: {person.why_not})" if person.why_not else ""
            click.echo(f"  {person.name}{work}{reason}")

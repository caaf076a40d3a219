"""The `transflow names` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.language.names import people as people_in
from transflow.attribution.assignment import format_positions
from transflow.cli.formatting import pluralize
from transflow.cli.options import complete_reports, format_option, pass_anonymous_actor
from transflow.cli.streams import write_json


@click.command()
@click.argument("report", shell_complete=complete_reports)
@format_option
@pass_anonymous_actor
def names(actor: Actor, report: str, form: str) -> None:
    """List the people in a report, with their spellings.

    A spelling is approved if it is in the glossary, or is the name of a person in transflow.toml.
    Names without an approved spelling are listed too.

    \b
    Examples:
      transflow names un-letter
      transflow names un-letter --format json
    """
    people = people_in(actor.project, report)
    if form == "json":
        values = [
            {"name": each.name, "sentences": list(each.numbers), "spelling": each.spelling or None}
            | ({"proposed": each.proposed} if each.proposed else {})
            for each in people
        ]
        write_json(values)
        return
    for each in people:
        place = f"#{format_positions(each.numbers)}" if each.numbers else "byline"
        proposed = f"none yet; “{each.proposed}” needs another look" if each.proposed else "none yet"
        click.echo(f"{each.name}  {each.spelling or proposed}  {place}")
    missing = sum(not each.spelling for each in people)
    if missing:
        click.echo(
            f"{pluralize(missing, 'name')} without a spelling: `transflow glossary add NAME SPELLING --kind person`.",
            err=True,
        )
    if not people:
        click.echo("No person is named there, as far as can be seen.", err=True)

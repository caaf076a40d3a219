"""The `transflow names` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.language.names import people as people_in
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_text
from transflow.cli.options import complete_reports, format_option, names_argument, pass_anonymous_actor
from transflow.cli.streams import write_json
from transflow.messages import CommandRef, Messages
from transflow.units.positions import format_positions

MESSAGES = Messages(
    __name__,
    {
        "line": "{name}  {spelling}  {place}",
        "none": "none yet",
        "proposed": "none yet; “{spelling}” needs another look",
        "byline": "byline",
        "missing": "{names} without a spelling: {command}.",
        "nobody": "No person is named there, as far as can be seen.",
    },
)


@click.command()
@names_argument("report", shell_complete=complete_reports)
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
        place = f"#{format_positions(each.numbers)}" if each.numbers else MESSAGES("byline")
        proposed = MESSAGES("proposed", spelling=each.proposed) if each.proposed else MESSAGES("none")
        print_text(MESSAGES("line", name=each.name, spelling=each.spelling or proposed, place=place))
    missing = sum(not each.spelling for each in people)
    if missing:
        command = CommandRef("glossary add NAME SPELLING --kind person")
        notify(MESSAGES("missing", names=pluralize(missing, "name"), command=command))
    if not people:
        notify(MESSAGES("nobody"))

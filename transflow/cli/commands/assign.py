"""The `transflow assign` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.reports import intake
from transflow.attribution.clocks import on_clocks
from transflow.cli.actors import pass_actor
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_text
from transflow.cli.options import comma_separated, complete_people, complete_reports, names_argument
from transflow.messages import Messages
from transflow.units.positions import format_positions

MESSAGES = Messages(
    __name__,
    {
        "share": "{person}: {positions} ({sentences}, {characters})",
        "nothing": "nothing",
        "due": "Due {time}.",
    },
)


@click.command()
@names_argument("report", shell_complete=complete_reports)
@click.option(
    "--to",
    "people",
    required=True,
    metavar="ID,ID",
    help="The translators, in the order of the text.",
    shell_complete=complete_people,
)
@click.option("--units", default="", metavar="1-9,14", help="Only these sentences.")
@click.option(
    "--due", default="", metavar="WHEN", help="The deadline: “2024-03-26 18:00”, “tomorrow 09:00”, “18:00 EST”, “+3h”."
)
@pass_actor
def assign(actor: Actor, report: str, people: str, units: str, due: str) -> None:
    """Assign the sentences of a report to translators.

    Each gets a run of sentences of about the same length.

    \b
    Examples:
      transflow assign un-letter --to claire,leejin
      transflow assign un-letter --to claire --units 1-9 --due "tomorrow 09:00"
      transflow assign un-letter --to leejin --due "18:00 America/New_York"
    """
    shares = intake.assign(actor, report, comma_separated(people), units, due)
    catalog = actor.project.load(actor.project.find_catalog(report.partition("#")[0]))
    numbers = {unit.id: number for number, unit in enumerate(catalog.units, 1)}
    for person, ids in shares.items():
        characters = sum(len(unit.source) for unit in catalog.units if unit.id in ids)
        print_text(
            MESSAGES(
                "share",
                person=person,
                positions=format_positions(numbers[unit_id] for unit_id in ids) or MESSAGES("nothing"),
                sentences=pluralize(len(ids), "sentence"),
                characters=pluralize(characters, "character"),
            )
        )
    shared = {unit_id for ids in shares.values() for unit_id in ids}
    times = {unit.assigned.due for unit in catalog.units if unit.assigned and unit.id in shared}
    if deadline := max(times, default=""):
        notify(MESSAGES("due", time=on_clocks(deadline, actor.project.settings.zones(*shares))))

"""The `transflow stats` command."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import NamedTuple

import click

from transflow.actions import Actor
from transflow.actions.project import stats as figures
from transflow.cli.actors import pass_reader
from transflow.cli.formatting import cell_width, padded
from transflow.cli.notices import notify
from transflow.cli.options import RenamedOption, locale_option
from transflow.cli.streams import machine_stream, write_json
from transflow.csv_text import quoted
from transflow.messages import Messages
from transflow.presenters import i18n

MESSAGES = Messages(
    __name__,
    {
        "nothing": "Nothing in {month}.",
        "few": "Under {n} sentences nothing is said of an engine.",
    },
)

HEADINGS = Messages(
    __name__,
    {
        "person": "person",
        "story": "story",
        "engine": "engine",
        "sentences": "sentences",
        "words": "words",
        "written": "own words",
        "reviewed": "reviewed",
        "corrected": "corrected",
        "sent_back": "sent back",
        "turnaround": "hours",
        "drafted": "drafted",
        "survived": "survived",
        "share": "share",
    },
)
"""Field -> heading of its column."""


@click.command()
@click.option("--month", default="", metavar="YYYY-MM", help="The month. Default: the present one.")
@click.option("--by", type=click.Choice(["person", "story", "engine"]), default="person", show_default=True)
@locale_option
@click.option(
    "--format",
    "form",
    cls=RenamedOption,
    old=("--to",),
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
)
@pass_reader
def stats(actor: Actor, month: str, by: str, locale: str, form: str) -> None:
    """Print the statistics of a month.

    They count the sentences and words that were confirmed for the first time, the words that were
    reviewed, the time that it took, the corrections by others, and how much of each engine's drafts
    remains. You see your own figures; editors see those of everybody.

    \b
    Examples:
      transflow stats --month 2024-03
      transflow stats --month 2024-03 --by story --format csv > march.csv
      transflow stats --by engine
    """
    period = figures.month(month, actor.project.settings.timezone, actor.now)
    if locale:
        actor.project.locale(locale)
    rows: Sequence[NamedTuple]
    if by == "engine":
        rows = figures.by_engine(actor, period, locale)
    else:
        rows = (figures.by_story if by == "story" else figures.by_person)(actor, period, locale)
    if form == "json":
        values = {"month": period.name, "by": by, "rows": [row._asdict() for row in rows]}
        write_json(values)
    elif form == "csv":
        _write_csv(by, rows, (figures.EngineRow if by == "engine" else figures.EffortRow)._fields)
    else:
        _print_table(by, rows, period.name)


def _write_csv(by: str, rows: Sequence[NamedTuple], fields: Sequence[str]) -> None:
    writer = csv.writer(machine_stream(), lineterminator="\n")
    writer.writerow([by, *fields[1:]])
    for row in rows:
        writer.writerow([quoted(value) if isinstance(value, str) else "" if value is None else value for value in row])


def _print_table(by: str, rows: Sequence[NamedTuple], month: str) -> None:
    if not rows:
        notify(MESSAGES("nothing", month=month))
        return
    headings = [i18n.say(HEADINGS(name)) for name in (by, *list(rows[0]._asdict())[1:])]
    lines = [headings, *(_cells(row) for row in rows)]
    widths = [max(cell_width(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        first, *rest = (
            padded(cell, width) if not at else " " * (width - cell_width(cell)) + cell
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        click.echo("  ".join([first, *rest]).rstrip())
    if by == "engine" and any(row[-1] is None for row in rows):
        notify(MESSAGES("few", n=figures.ENOUGH))


def _cells(row: NamedTuple) -> list[str]:
    share = row._asdict().get("share")
    cells = ["–" if value is None else str(value) for value in row]
    return [*cells[:-1], f"{share}%"] if share is not None else cells

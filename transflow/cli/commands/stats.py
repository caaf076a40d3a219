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
from transflow.cli.long_progress import long_progress
from transflow.cli.notices import notify
from transflow.cli.options import RenamedOption, locale_option
from transflow.cli.streams import machine_stream, write_json
from transflow.csv_text import quoted
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.presenters import i18n

MESSAGES = Messages(
    __name__,
    {
        "nothing": "Nothing in {month}.",
        "nothing/checks": "No check and no judge has found anything.",
        "reading": "Reading the history",
        "silent": "{check} of {judge} is right too seldom and is not shown: see [judges] in transflow.toml.",
        "all-time": "--checks counts all of the record, by check: leave out {option}.",
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
        "check": "check",
        "found": "found",
        "waived": "waived",
        "ignored": "ignored",
        "open": "open",
    },
)
"""Field -> heading of its column."""


class CheckLine(NamedTuple):
    """Line about one check, or one kind of a judge's findings."""

    check: str
    found: int
    corrected: int
    waived: int
    ignored: int
    open: int
    share: int | None
    """Percent of the decided ones that were corrected."""


@click.command()
@click.option("--month", default="", metavar="YYYY-MM", help="The month. Default: the present one.")
@click.option("--checks", "of_checks", is_flag=True, help="How often each check and judge was right, of all time.")
@click.option("--by", type=click.Choice(["person", "story", "engine"]), help="What a line is about. Default: person.")
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
def stats(actor: Actor, month: str, of_checks: bool, by: str | None, locale: str, form: str) -> None:
    """Print the statistics of a month.

    They count the sentences and words that were confirmed for the first time, the words that were
    reviewed, the time that it took, the corrections by others, and how much of each engine's drafts
    remains. You see your own figures; editors see those of everybody.

    --checks counts what became of each warning: corrected, waived, approved as it was (ignored), or
    open; so a check that cries wolf is seen.

    \b
    Examples:
      transflow stats --month 2024-03
      transflow stats --month 2024-03 --by story --format csv > march.csv
      transflow stats --by engine
      transflow stats --checks
    """
    if of_checks:
        if month or by:
            raise UsageError(MESSAGES("all-time", option="--month" if month else "--by"))
        _print_checks(actor, actor.project.locale(locale) if locale else "", form)
        return
    by = by or "person"
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


def _print_checks(actor: Actor, locale: str, form: str) -> None:
    """Print what became of the warnings of each check, and of the findings of judges.

    Loads SQLite.
    """
    from transflow.actions.checks.track_record import track_record

    with long_progress(MESSAGES("reading")) as progress:
        found = track_record(actor.project, locale, progress)
    rows = [
        CheckLine(
            f"{row.check} ({row.judge})" if row.judge else row.check,
            row.tally.found,
            *row.tally,
            None if row.tally.precision is None else int(100 * row.tally.precision),
        )
        for row in found
    ]
    if form == "json":
        values = [{**row._asdict(), "silent": each.is_silent} for row, each in zip(rows, found, strict=True)]
        write_json({"by": "check", "rows": values})
    elif form == "csv":
        _write_csv("check", rows, CheckLine._fields)
    else:
        _print_table("check", rows, "")
        for each in found:
            if each.is_silent:
                notify(MESSAGES("silent", check=each.check, judge=each.judge))


def _write_csv(by: str, rows: Sequence[NamedTuple], fields: Sequence[str]) -> None:
    writer = csv.writer(machine_stream(), lineterminator="\n")
    writer.writerow([by, *fields[1:]])
    for row in rows:
        writer.writerow([quoted(value) if isinstance(value, str) else "" if value is None else value for value in row])


def _print_table(by: str, rows: Sequence[NamedTuple], month: str) -> None:
    if not rows:
        notify(MESSAGES("nothing", month=month) if month else MESSAGES("nothing/checks"))
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

"""`transflow export`: catalogs for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from transflow.cli import streams
from transflow.cli.session import complete_catalogs, complete_locales, project


@click.command()
@click.argument("names", metavar="[SLUG]…", nargs=-1, shell_complete=complete_catalogs)
@click.option("--to", type=click.Choice(["po", "mo"]), default="po", show_default=True, help="The format.")
@click.option(
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write. It is made where it is missing.",
)
@click.option(
    "--locale",
    "locales",
    multiple=True,
    metavar="L",
    help="Only this language. May be given more than once.",
    shell_complete=complete_locales,
)
@click.option("--notes", is_flag=True, help="With comments: whose words, approvals, questions. PO only.")
@click.pass_context
def export(
    ctx: click.Context,
    names: tuple[str, ...],
    to: Literal["po", "mo"],
    folder: Path,
    locales: tuple[str, ...],
    notes: bool,
) -> None:
    """Write catalogs for other programs, with the full header of gettext. Without SLUG: all of them.

    What is left out on purpose is not exported, and an MO has finished texts only. Protected and withheld people are named
    nowhere; without --notes no comment leaves.

    \b
    Examples:
      transflow export --to po --output out
      transflow export un-letter --to po --output out --notes
      transflow export --to mo --output out --locale en
    """
    from transflow.actions import exporting

    if notes and to == "mo":
        raise click.UsageError("an MO file has no comments: --notes goes with --to po.")
    found = project(ctx)
    places = exporting.chosen(found, names, locales)
    with streams.progress(places, label="Exporting", hidden=len(places) < 20) as bar:
        for place in bar:
            click.echo(exporting.export(found, place, to, folder, notes=notes))

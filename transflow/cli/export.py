"""`transflow export`: catalogs for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from transflow.cli import streams
from transflow.cli.session import complete_catalogs, complete_locales, many, now, project
from transflow.errors import RefusedError


@click.command()
@click.argument("names", metavar="[SLUG]…", nargs=-1, shell_complete=complete_catalogs)
@click.option("--to", type=click.Choice(["po", "mo", "omegat"]), default="po", show_default=True, help="The format.")
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
@click.option("--withheld", is_flag=True, help="Confidential reports too, and those under embargo.")
@click.option("--notes", is_flag=True, help="With comments: whose words, approvals, questions. No MO.")
@click.pass_context
def export(
    ctx: click.Context,
    names: tuple[str, ...],
    to: Literal["po", "mo", "omegat"],
    folder: Path,
    locales: tuple[str, ...],
    withheld: bool,
    notes: bool,
) -> None:
    """Write catalogs for other programs, with the full header of gettext. Without SLUG: all of them.

    What is left out on purpose is not exported, and an MO has finished texts only. Protected and withheld people are named
    nowhere; without --notes no comment leaves. Confidential reports, reports under embargo and stories made of them stay here.

    OmegaT, in a project that it makes by itself, empties finished texts of several sentences: --to omegat makes one that does not,
    DIR/<language>, to be opened as it is.

    \b
    Examples:
      transflow export --to po --output out
      transflow export un-letter --to po --output out --notes
      transflow export --to mo --output out --locale en
      transflow export un-letter --to omegat --output out
      transflow export un-letter --output out --withheld
    """
    from transflow.actions.project import export as exporting

    if notes and to == "mo":
        raise click.UsageError("an MO file has no comments: --notes goes with --to po.")
    found = project(ctx)
    places = exporting.chosen(found, names, locales)
    stays = [] if withheld else exporting.kept_back(found, places, now())
    if stays and names:
        raise RefusedError(f"{stays[0]} is confidential or under embargo. Where it may leave all the same: --withheld.")
    for place in stays:
        click.echo(f"{place} is confidential or under embargo, and stays here.", err=True)
    places = [place for place in places if place not in stays]
    with streams.progress(places, label="Exporting", hidden=len(places) < 20) as bar:
        for place in bar:
            click.echo(exporting.export(found, place, to, folder, notes=notes))
    if to == "po" and (lost := exporting.emptied_by_omegat(found, places)):
        click.echo(
            f"OmegaT would empty {many(lost, 'finished text')} of these, of several sentences or equal to their source: for OmegaT, "
            "--to omegat.",
            err=True,
        )

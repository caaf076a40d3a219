"""The `transflow export` command."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from transflow.actions.project import export as exporting
from transflow.cli import streams
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify
from transflow.cli.options import RenamedOption, complete_catalogs, locales_option
from transflow.cli.session import find_project, now
from transflow.errors import RefusedError
from transflow.messages import Messages
from transflow.presenters import i18n
from transflow.project import CatalogRef, Project

MESSAGES = Messages(
    __name__,
    {
        "notes": "an MO file has no comments: --notes goes with --format po.",
        "exporting": "Exporting",
        "emptied": "OmegaT would empty {texts} of these, of several sentences or equal to their source: for OmegaT, "
        "--format omegat.",
        "withheld/named": "{place} is confidential or under embargo. Where it may leave all the same: --withheld.",
        "leaves": "{place} is confidential or under embargo, and is exported all the same (--withheld).",
        "withheld": "{place} is confidential or under embargo, and stays here.",
    },
)


@click.command()
@click.argument("names", metavar="[SLUG]…", nargs=-1, shell_complete=complete_catalogs)
@click.option(
    "--format",
    "form",
    cls=RenamedOption,
    old=("--to",),
    type=click.Choice(["po", "mo", "omegat"]),
    default="po",
    show_default=True,
    help="The format.",
)
@click.option(
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write to; it is created if it is missing.",
)
@locales_option
@click.option("--withheld", is_flag=True, help="Export confidential reports and those under embargo too.")
@click.option("--notes", is_flag=True, help="With comments: authors, approvals, questions. Not for MO.")
@click.pass_context
def export(
    ctx: click.Context,
    names: tuple[str, ...],
    form: Literal["po", "mo", "omegat"],
    folder: Path,
    locales: tuple[str, ...],
    withheld: bool,
    notes: bool,
) -> None:
    """Write catalogs for other programs.

    Without SLUG: all catalogs. They have the full header of gettext.

    Units that are omitted or cut are not exported, and an MO file contains finished texts only.
    Protected and withheld people are not named; without --notes no comments are exported, and
    without --withheld no confidential reports, no reports under embargo, and no stories made from
    them.

    A project that OmegaT creates itself loses finished texts of several sentences. --format
    omegat creates a project that keeps them, DIR/<language>; open it in OmegaT.

    \b
    Examples:
      transflow export --format po --output out
      transflow export un-letter --format po --output out --notes
      transflow export --format mo --output out --locale en
      transflow export un-letter --format omegat --output out
      transflow export un-letter --output out --withheld
    """
    if notes and form == "mo":
        raise click.UsageError(MESSAGES("notes"))
    project = find_project(ctx)
    places = exporting.selected_catalogs(project, names, locales)
    places = _with_withheld(project, places) if withheld else _without_withheld(project, places, named=bool(names))
    with streams.progress_bar(places, label=i18n.say(MESSAGES("exporting")), hidden=len(places) < 20) as bar:
        for place in bar:
            click.echo(exporting.export(project, place, form, folder, notes=notes))
    if form == "po" and (count := exporting.emptied_by_omegat(project, places)):
        notify(MESSAGES("emptied", texts=pluralize(count, "finished text")))


def _with_withheld(project: Project, places: list[CatalogRef]) -> list[CatalogRef]:
    """Return the catalogs, and print those that leave although they should not."""
    for place in exporting.kept_back(project, places, now()):
        notify(MESSAGES("leaves", place=str(place)))
    return places


def _without_withheld(project: Project, places: list[CatalogRef], *, named: bool) -> list[CatalogRef]:
    """Return the catalogs that may leave, and print the others.

    Raise RefusedError for one that was named.
    """
    kept_back = exporting.kept_back(project, places, now())
    if kept_back and named:
        raise RefusedError(MESSAGES("withheld/named", place=str(kept_back[0])))
    for place in kept_back:
        notify(MESSAGES("withheld", place=str(place)))
    return [place for place in places if place not in kept_back]

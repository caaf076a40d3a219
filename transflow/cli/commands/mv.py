"""The `transflow mv` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.privacy.mv import move
from transflow.cli.actors import pass_actor
from transflow.cli.options import complete_catalogs


@click.command()
@click.argument("name", metavar="REPORT|STORY", shell_complete=complete_catalogs)
@click.argument("new", metavar="NEW")
@pass_actor
def mv(actor: Actor, name: str, new: str) -> None:
    """Rename a report or a story.

    Everything that refers to it is renamed too, in every language.

    To complete an interrupted rename, or to rename references that a branch adds later, run it
    again. git sees plain renames: commit them with `git add -A`.

    \b
    Examples:
      transflow mv un-letter 2024/un-letter
      transflow mv en:un-story un-china-refugees      the story in one language only
    """
    moved = move(actor, name, new)
    for old_path, new_path in moved.files:
        click.echo(f"{old_path} -> {new_path}")
    for path in moved.references:
        click.echo(f"{path} refers to {new} now")
    if not moved.files and not moved.references:
        click.echo("Nothing was left to do.", err=True)
    for path in moved.busy:
        click.echo(f"An open terminal UI has drafts of it: close that, and do it again.\n  {path}", err=True)
    if moved.pages:
        click.echo("Published pages stay where they are:", err=True)
        for address in moved.pages:
            click.echo(f"  {address}", err=True)
        click.echo(
            "A system that takes ninjs files will take the story for a new one: replace the old item there.", err=True
        )

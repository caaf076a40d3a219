"""The `transflow git` commands: setup."""

from __future__ import annotations

import click

from transflow.actions.project.git_merge import set_up
from transflow.cli.session import find_project


@click.group()
def git() -> None:
    """Sharing the project through git.

    \b
    Examples:
      transflow git setup
    """


@git.command()
@click.pass_context
def setup(ctx: click.Context) -> None:
    """Let git merge catalogs sentence by sentence in this clone. Once for every clone; twice does
    no harm.

    \b
    Examples:
      git clone newsroom.git; cd newsroom; transflow git setup
    """
    done = list(set_up(find_project(ctx)))
    for line in done:
        click.echo(line)
    if not done:
        click.echo("Nothing to do: git merges catalogs sentence by sentence here already.")

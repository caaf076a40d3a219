"""The `transflow git` commands: setup."""

from __future__ import annotations

import click

from transflow.actions.project.git_merge import set_up
from transflow.cli.notices import print_text
from transflow.cli.session import find_project
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "nothing-to-do": "Nothing to do: git merges catalogs sentence by sentence here already.",
    },
)


@click.group()
def git() -> None:
    """Set up git for a clone of the project.

    \b
    Examples:
      transflow git setup
    """


@git.command()
@click.pass_context
def setup(ctx: click.Context) -> None:
    """Make transflow the merge driver of this clone.

    git then merges catalogs sentence by sentence. Run it once for every clone; running it twice
    does no harm.

    \b
    Examples:
      git clone newsroom.git; cd newsroom; transflow git setup
    """
    done = list(set_up(find_project(ctx)))
    for line in done:
        print_text(line)
    if not done:
        print_text(MESSAGES("nothing-to-do"))

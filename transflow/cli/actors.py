"""The user of a command, and the option --as."""

from __future__ import annotations

import functools
from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.identity import identify
from transflow.cli.options import Command, complete_people
from transflow.cli.session import find_project, now
from transflow.project.writes import write_as

as_option = click.option("--as", "as_id", metavar="ID", default="", help="Who you are.", shell_complete=complete_people)

_RECORDS_NOTHING = ("dry_run", "export_to")
"""Parameters with which a command only looks."""


def current_actor(ctx: click.Context, as_id: str = "", *, records: bool = True) -> Actor:
    """Return the user: by `as_id`, else by --as before the command, the environment or git."""
    project = find_project(ctx)
    user = identify(project, as_id or ctx.find_root().obj["as"], records=records)
    write_as(user.id, in_all_threads=True)
    return Actor(project, user, now())


def pass_actor(command: Command) -> Command:
    """Decorate a command to have the option --as, and to take the user as its first argument.

    With one of the options that record nothing, it may be anybody.
    """

    @as_option
    @click.pass_context
    @functools.wraps(command)
    def wrapped(ctx: click.Context, /, *args: Any, as_id: str, **options: Any) -> Any:
        records = not any(options.get(name) not in (None, False) for name in _RECORDS_NOTHING)
        return command(current_actor(ctx, as_id, records=records), *args, **options)

    return wrapped


def pass_reader(command: Command) -> Command:
    """Decorate a command that records nothing like `pass_actor`."""

    @as_option
    @click.pass_context
    @functools.wraps(command)
    def wrapped(ctx: click.Context, /, *args: Any, as_id: str, **options: Any) -> Any:
        return command(current_actor(ctx, as_id, records=False), *args, **options)

    return wrapped

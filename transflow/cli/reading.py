"""The option of commands that read a report from a file of any kind, and the issues of reading."""

from __future__ import annotations

from collections.abc import Iterable

import click

from transflow import readers
from transflow.cli.notices import notify
from transflow.cli.options import complete_from
from transflow.messages import joined
from transflow.model.issue import Issue

reader_option = click.option(
    "--reader",
    default="",
    metavar="NAME",
    help=f"How to read the file: {', '.join(readers.names())}. Default: by its content (see `transflow readers`).",
    shell_complete=complete_from(readers.names),
)


def print_issues(path: str, issues: Iterable[Issue]) -> None:
    """Print issues about a file to standard error, with their lines if they have one."""
    for issue in issues:
        line = f"{issue.location.line}:" if issue.location.line else ""
        notify(joined([f"{path}:{line}", issue.message], " "))

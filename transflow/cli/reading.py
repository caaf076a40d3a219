"""The option of commands that read a report from a file of any kind, and the issues of reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from transflow import readers
from transflow.cli.notices import notify
from transflow.cli.options import complete_from
from transflow.cli.session import read_input
from transflow.messages import joined
from transflow.model.issue import Issue

if TYPE_CHECKING:
    from transflow.actions.reports.fetching import Fetcher

reader_option = click.option(
    "--reader",
    default="",
    metavar="NAME",
    help=f"How to read the file: {', '.join(readers.names())}. Default: by its content (see `transflow readers`).",
    shell_complete=complete_from(readers.names),
)


class Sources:
    """Reads what the user names: files, addresses, and standard input ("-")."""

    def __init__(self) -> None:
        self._fetcher: Fetcher | None = None

    def read(self, name: str) -> bytes:
        """Return the content of one. Raise UsageError and UnreadableError.

        Loads the network, for addresses only.
        """
        if not readers.is_address(name):
            return read_input(name)
        from transflow.actions.reports.fetching import Fetcher

        self._fetcher = self._fetcher or Fetcher()
        return self._fetcher.fetch(name)


def print_issues(path: str, issues: Iterable[Issue]) -> None:
    """Print issues about a file to standard error, with their lines if they have one."""
    for issue in issues:
        line = f"{issue.location.line}:" if issue.location.line else ""
        notify(joined([f"{path}:{line}", issue.message], " "))

"""The option of commands that read a report from a file of any kind."""

from __future__ import annotations

import click

from transflow import readers
from transflow.cli.options import complete_from

reader_option = click.option(
    "--reader",
    default="",
    metavar="NAME",
    help=f"How to read the file: {', '.join(readers.names())}. Default: by its content (see `transflow readers`).",
    shell_complete=complete_from(readers.names),
)

"""The `transflow review` command."""

from __future__ import annotations

from typing import Any

import click

from transflow.cli.actors import as_option
from transflow.cli.options import ref_argument
from transflow.cli.screen import open_screen, screen_options


@click.command()
@ref_argument
@screen_options
@as_option
@click.pass_context
def review(ctx: click.Context, /, ref: str, as_id: str, **options: Any) -> int:
    """Review a report on the screen.

    \b
    Examples:
      transflow review un-letter
      transflow review un-letter#3 --theme ansi-dark
    """
    return open_screen(ctx, "review", ref, as_id, **options)

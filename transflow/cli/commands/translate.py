"""The `transflow translate` command."""

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
def translate(ctx: click.Context, /, ref: str, as_id: str, **options: Any) -> int:
    """Translate a report on the screen.

    \b
    Examples:
      transflow translate un-letter
      transflow translate un-letter#12 --lang ko
      transflow translate un-letter --plain       by prompts, for a screen reader
    """
    return open_screen(ctx, "translate", ref, as_id, **options)

"""The `transflow story` command."""

from __future__ import annotations

from typing import Any

import click

from transflow.cli.actors import as_option
from transflow.cli.options import story_argument
from transflow.cli.screen import open_screen, screen_options


@click.command()
@story_argument
@screen_options
@as_option
@click.pass_context
def story(ctx: click.Context, /, name: str, as_id: str, **options: Any) -> int:
    """Write or read a story on the screen.

    \b
    Examples:
      transflow story un-story
      transflow story un-story#4 --plain
    """
    return open_screen(ctx, "story", name, as_id, **options)

"""Lines that commands print about output that a change rendered again or removed."""

from __future__ import annotations

import click

from transflow.actions.privacy.rewrite import Rewritten


def print_output(done: Rewritten) -> None:
    for path in done.rendered:
        click.echo(f"{path}: rendered anew")
    for path in done.removed:
        click.echo(f"{path}: removed; render it again when the story is cleared")

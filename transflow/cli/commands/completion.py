"""The `transflow completion` command."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from transflow.cli import cli


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print completion for a shell.

    \b
    Examples:
      transflow completion bash >> ~/.bashrc
      transflow completion zsh >> ~/.zshrc
      transflow completion fish > ~/.config/fish/completions/transflow.fish
    """
    shell_class = get_completion_class(shell)
    assert shell_class is not None
    if shell == "bash":  # which otherwise completes the part of en:un-letter behind the colon only
        click.echo("COMP_WORDBREAKS=${COMP_WORDBREAKS//:}")
    click.echo(shell_class(cli, {}, "transflow", "_TRANSFLOW_COMPLETE").source())

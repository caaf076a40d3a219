"""The `transflow help` command."""

from __future__ import annotations

import click

from transflow.cli.usage_errors import unknown_command


def _complete(ctx: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
    """Return the commands that continue the words typed so far."""
    command: click.Command = ctx.find_root().command
    for word in ctx.params.get("words") or ():
        command = (isinstance(command, click.Group) and command.get_command(ctx, word)) or command
    known = command.list_commands(ctx) if isinstance(command, click.Group) else []
    return [name for name in known if name.startswith(incomplete)]


@click.command("help")
@click.argument("words", metavar="[COMMAND]…", nargs=-1, shell_complete=_complete)
@click.pass_context
def help(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Explain a command.

    \b
    Examples:
      transflow help
      transflow help unit approve
    """
    context = ctx.find_root()
    for word in words:
        group = context.command
        found = group.get_command(context, word) if isinstance(group, click.Group) else None
        if found is None:
            raise unknown_command(word, context)
        context = click.Context(found, parent=context, info_name=word)
    click.echo(context.get_help())

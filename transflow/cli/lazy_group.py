"""The group of all commands, which imports the module of a command only when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from transflow.cli.commands import COMMANDS, GROUPS
from transflow.cli.usage_errors import problem_of
from transflow.errors import similar_name
from transflow.messages import Messages

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

MESSAGES = Messages(__name__, {"close": "{problem} Did you mean {close}?"})


class LazyGroup(click.Group):
    """A group of the commands in `COMMANDS`.

    The help of the program and the completion of a command's name are written from that table, so
    that they import no command.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"transflow.cli.commands.{cmd_name}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        _take_user(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the commands in `GROUPS`, each with the whole first sentence of its help."""
        width = max(map(len, COMMANDS))
        for heading, names in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), COMMANDS[name]) for name in names.split()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        return [*_completions(incomplete), *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if not (similar := similar_name(args[0], COMMANDS)):
                raise
            raise click.UsageError(MESSAGES("close", problem=problem_of(error), close=similar), ctx) from None


def _take_user(command: click.Command) -> None:
    """Let a command take --as. Loads the options, which the help of the program does not need."""
    from transflow.cli.options import take_user

    take_user(command)


def _completions(incomplete: str) -> list[CompletionItem]:
    """Return the commands that begin so. Loads click's completion, which only a shell asks for."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(name, help=COMMANDS[name]) for name in COMMANDS if name.startswith(incomplete)]

"""The group of all commands, which imports the module of a command only when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from transflow.cli.commands import COMMANDS
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
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        limit = formatter.width - 6 - max(map(len, COMMANDS))  # as click computes it
        with formatter.section("Commands"):
            formatter.write_dl([(name, _short_help(name, limit)) for name in COMMANDS])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        return [*_completions(incomplete), *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if not (similar := similar_name(args[0], COMMANDS, cutoff=0.65)):
                raise
            raise click.UsageError(MESSAGES("close", problem=problem_of(error), close=similar), ctx) from None


def _short_help(name: str, limit: int = 45) -> str:
    """Return the line of a command in the help, shortened as click shortens it."""
    return click.Command(name, help=COMMANDS[name]).get_short_help_str(limit)


def _completions(incomplete: str) -> list[CompletionItem]:
    """Return the commands that begin so. Loads click's completion, which only a shell asks for."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(name, help=_short_help(name)) for name in COMMANDS if name.startswith(incomplete)]

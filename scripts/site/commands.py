"""Reference of the command line: a page for each command, with its help, options and examples."""

from __future__ import annotations

from collections.abc import Iterator

import click

from scripts.site.text import code, escaped, help_pages, table
from transflow.cli import cli
from transflow.cli.commands import COMMANDS

_EXIT_CODES = (
    ("0", "done; of `check`: passed"),
    ("1", "refused by the workflow; of `check`: the gate failed"),
    ("2", "wrong usage or configuration"),
    ("3", "a file that cannot be read or written"),
    ("70", "an error in transflow itself"),
    ("130", "interrupted with Ctrl+C"),
    ("141", "the program that reads the output ended"),
)


def pages() -> Iterator[tuple[str, str, str]]:
    """Yield file, title and text of each page, in the order of the program's help."""
    root = click.Context(cli, info_name="transflow", **cli.context_settings)
    yield "index.md", "Commands", _index(root)
    for name in COMMANDS:
        command = cli.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root, **command.context_settings)
        yield f"{name}.md", name, f"# transflow {name}\n\n{_body(command, context)}{_subcommands(command, context)}"


def _index(root: click.Context) -> str:
    rows = [(f"[{name}]({name}.md)", escaped(summary)) for name, summary in COMMANDS.items()]
    return (
        "# Commands\n\nEvery command has these pages as `--help`, too.\n\n"
        + table(("command", "what it does"), rows)
        + "\n## Without a command\n\n"
        + _body(cli, root)
        + "\n## Exit codes\n\n"
        + table(("code", "meaning"), _EXIT_CODES)
    )


def _subcommands(command: click.Command, context: click.Context) -> str:
    """Return a section for each subcommand of a group."""
    if not isinstance(command, click.Group):
        return ""
    found = ""
    for name in command.list_commands(context):
        sub = command.get_command(context, name)
        assert sub is not None
        below = click.Context(sub, info_name=name, parent=context, **sub.context_settings)
        found += f"\n## {context.info_name} {name}\n\n{_body(sub, below)}"
    return found


def _body(command: click.Command, context: click.Context) -> str:
    usage = f"```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```\n"
    rows = [
        (code(record[0]), escaped(" ".join(record[1].split())))
        for parameter in command.get_params(context)
        if (record := parameter.get_help_record(context)) and record[1]
    ]
    options = f"\n{table(('option', 'meaning'), rows)}" if rows else ""
    return "\n".join((usage, *help_pages(command.help or ""))) + options

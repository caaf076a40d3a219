"""The `transflow mcp` command."""

from __future__ import annotations

import sys

import click

from transflow.actions import Actor
from transflow.agents.desk import Desk
from transflow.cli.actors import pass_reader
from transflow.cli.notices import notify
from transflow.errors import UsageError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "not-installed": "{library} is not installed: pip install 'transflow[mcp]'.",
        "waiting": "Waiting for an agent on standard input. A program starts this command by itself, see docs/agents.md; "
        "Ctrl+C ends it.",
    },
)


@click.command()
@click.option(
    "--name", default="", metavar="NAME", help="The agent's name in the record. Default: what it calls itself."
)
@click.option("--local", "is_local", is_flag=True, help="The agent's model runs on this machine.")
@pass_reader
def mcp(actor: Actor, name: str, is_local: bool) -> None:
    """Let an agent work at the desk: read, search, check, draft, ask (Model Context Protocol).

    A program such as a desktop assistant starts this command, and speaks with it on standard input
    and output. The agent sees no confidential or embargoed text and nothing off the record. It
    approves, clears and publishes nothing. What it changes needs another look, and is undone by
    `transflow undo`. Needs pip install 'transflow[mcp]'.

    \b
    Examples:
      transflow mcp
      transflow -C ~/newsroom --as claire mcp --name desk-helper
      transflow mcp --local                    where texts go to local programs only
    """
    desk = Desk(actor.project.root, actor.user, name, is_local=is_local)
    desk.check_allowed()
    if sys.stdin.isatty():
        notify(MESSAGES("waiting"))
    _serve(desk)


def _serve(desk: Desk) -> None:
    """Serve the protocol. Loads the SDK, which other commands do not need."""
    try:
        from transflow.agents.server import serve
    except ModuleNotFoundError as error:
        raise UsageError(MESSAGES("not-installed", library=error.name or "mcp")) from None
    serve(desk)

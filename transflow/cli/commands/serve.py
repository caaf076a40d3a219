"""The `transflow serve` command."""

from __future__ import annotations

from collections.abc import Callable

import click

from transflow.actions import Actor
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.session import now
from transflow.errors import UsageError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "not-installed": "{library} is not installed: pip install 'transflow[web]'.",
        "open": "Open this address in a browser on this machine. It lets {who} in once; Ctrl+C ends the server.",
        "ended": "Ended. What was saved is saved, and what was only typed is kept.",
    },
)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="The port. Default: a free one.")
@click.option("--open", "opens_browser", is_flag=True, help="Open the address in your browser.")
@pass_actor
def serve(actor: Actor, port: int, opens_browser: bool) -> int:
    """Serve the project to a browser on this machine: queue, translation, review, stories.

    It prints an address that lets you in once, as the person that you are here, and listens to this
    machine only. What you do on its pages is what the commands and the terminal UI do, on the same
    files. Ctrl+C ends it. Needs pip install 'transflow[web]'.

    \b
    Examples:
      transflow serve
      transflow serve --open
      transflow -C ~/newsroom --as claire serve --port 8400
    """
    notify(MESSAGES("open", who=actor.user.name or actor.who))
    return _serve(actor, now, port, print_text, opens_browser)


def _serve(actor: Actor, clock: Callable[[], str], port: int, tell: Callable[[str], None], opens_browser: bool) -> int:
    """Serve until the end, and return the exit code. Loads the server, which other commands do not
    need.
    """
    try:
        from transflow.web import server
    except ModuleNotFoundError as error:
        raise UsageError(MESSAGES("not-installed", library=error.name or "starlette")) from None
    try:
        server.serve(actor, clock, port, tell, opens_browser=opens_browser)
    except server.Terminated:
        return 128 + 15
    notify(MESSAGES("ended"))
    return 0

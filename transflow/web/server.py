"""The server of one person, on their own machine.

Invariant: it listens on the loopback address only, and is entered by an address that is used once;
however it ends, what was typed is on the disk.
"""

from __future__ import annotations

import signal
import socket
import webbrowser
from collections.abc import Callable
from types import FrameType

import uvicorn

from transflow.actions import Actor
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.user_folders import project_id, state_folder
from transflow.web.app import create_app
from transflow.web.office import Office
from transflow.web.people import Sessions

MESSAGES = Messages(
    __name__,
    {"no-port": "port {port} cannot be used ({why}): say another --port, or leave it out for a free one."},
)
HOST = "127.0.0.1"
_GRACE = 5
"""Seconds that requests in progress have at the end."""


class Terminated(BaseException):
    """Arrival of SIGTERM."""


def open_office(actor: Actor, clock: Callable[[], str]) -> Office:
    """Return the office of a project, with the sessions of its server."""
    name = project_id(actor.project.root)
    sessions = Sessions(state_folder() / "serve" / f"{name}.sqlite", clock)
    return Office(actor.project.root, clock, sessions, f"transflow-{name[:8]}")


def serve(
    actor: Actor, clock: Callable[[], str], port: int, tell: Callable[[str], None], *, opens_browser: bool = False
) -> None:
    """Serve the project until Ctrl+C or SIGTERM. `tell` prints the address to enter by.

    Raise UsageError for a port that cannot be used, Terminated after SIGTERM.
    """
    with _listening(port) as listening:
        office = open_office(actor, clock)
        number = listening.getsockname()[1]
        names = [f"{host}:{number}" for host in ("localhost", HOST)]
        config = uvicorn.Config(
            create_app(office, names),
            lifespan="off",
            http="h11",
            ws="none",
            log_level="warning",
            access_log=False,  # addresses hold tokens
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
        )
        server = uvicorn.Server(config)
        office.is_ending = lambda: server.should_exit
        previous = signal.signal(signal.SIGTERM, _raise)
        try:
            address = f"http://{names[0]}/enter?token={office.entrances.make(actor.who)}"
            tell(address)
            if opens_browser:
                webbrowser.open(address)
            server.run(sockets=[listening])
        except KeyboardInterrupt:  # the usual end
            pass
        finally:
            signal.signal(signal.SIGTERM, previous)
            office.close()


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on a port of this machine; on a free one for 0."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise UsageError(MESSAGES("no-port", port=port, why=str(error.strerror))) from None
    return listening


def _raise(_number: int, _frame: FrameType | None) -> None:
    raise Terminated

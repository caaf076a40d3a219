"""Debian's Chromium, and a server on loopback for it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn

from support.browsers import new_office
from transflow.web.app import create_app
from transflow.web.office import Office

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
WITHOUT = f"{CHROMIUM} is not there: install Debian's package chromium"


@contextmanager
def serving(room: Path) -> Iterator[tuple[str, Office]]:
    """Serve a project on a free port; yield the address of the server and its office."""
    office = new_office(room)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = f"localhost:{listening.getsockname()[1]}"
        config = uvicorn.Config(
            create_app(office, [host]), lifespan="off", http="h11", ws="none", log_level="error", access_log=False,
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = uvicorn.Server(config)
        office.is_ending = lambda: server.should_exit
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://{host}", office
        finally:
            server.should_exit = True
            thread.join(20)
            office.close()

"""A private PostgreSQL server on the loopback interface, for the duration of a test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from transflow.memory import upkeep


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None if it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def why_not() -> str:
    """Return the reason why a server cannot be started here, or an empty string."""
    if programs() is None:
        return "PostgreSQL is not installed (Debian's package: postgresql)"
    if os.getuid() == 0 and _user() is None:
        return "PostgreSQL does not run as root, and there is no user postgres or nobody"
    return ""


def _user() -> str | None:
    """Return the user that runs the server if root runs the tests; None for the present user."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def set_up(url: str, *names: str, role: str = "transflow") -> str:
    """Make the tables of a shared memory anew, and let a role write under the names of projects."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("DROP SCHEMA IF EXISTS transflow CASCADE")
    upkeep.set_up(url)
    upkeep.grant(url, role, names or ("Herald", "Times"))
    return url


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of an empty, temporary server, which is not durable, for speed."""
    folder, binaries, user = Path(tempfile.mkdtemp(prefix="pg-")), programs(), _user()
    assert binaries is not None
    if user:
        shutil.chown(folder, user)

    def run(*words: str) -> None:
        done = subprocess.run(words, user=user, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = str(folder / "data")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
    try:
        run(
            str(binaries / "initdb"),
            "-D",
            data,
            "-U",
            "transflow",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )
        log = str(folder / "log")
        run(str(binaries / "pg_ctl"), "-D", data, "-w", "-l", log, "-o", options, "start")
        yield f"postgresql://transflow@127.0.0.1:{port}/postgres"
    finally:
        stop = [str(binaries / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop"]
        subprocess.run(stop, user=user, cwd=folder, capture_output=True, check=False, timeout=120)
        shutil.rmtree(folder, ignore_errors=True)

"""Connections to the server of a shared memory, and its version."""

from __future__ import annotations

from typing import Any, NamedTuple

from transflow.memory.errors import MemoryUnavailableError, UnavailableErrors
from transflow.memory.schema import MIGRATIONS
from transflow.messages import CommandRef, Messages

MESSAGES = Messages(
    __name__,
    {
        "not-installed": "psycopg is not installed (`pip install transflow[postgresql]`).",
        "newer": "its tables are of a newer transflow; bring yours up to date.",
        "older": "its tables are of an older transflow: whoever keeps the database runs {command}.",
        "no-tables": "it has no tables yet: whoever keeps the database runs {command}.",
    },
)
PATIENCE = 3
"""Seconds to wait for a server: a translator waits as long."""
STATEMENT_MS = 5_000


class ServerConnection(NamedTuple):
    """A connection, and the exceptions that its driver raises."""

    db: Any
    errors: type[Exception]


def connect(url: str, statement_ms: int = STATEMENT_MS) -> ServerConnection:
    """Connect to a server. Loads psycopg where it is installed.

    The search path is that of the system alone: nobody's tables stand in front of it.
    """
    try:
        import psycopg
    except ImportError:
        raise MemoryUnavailableError(MESSAGES("not-installed")) from None
    options = f"-c statement_timeout={statement_ms} -c search_path=pg_catalog"
    with UnavailableErrors(psycopg.Error):
        db = psycopg.connect(url, connect_timeout=PATIENCE, autocommit=True, options=options)
    return ServerConnection(db, psycopg.Error)


def version(db: Any) -> int:
    """Return the version of the tables; 0 if there are none."""
    if not db.execute("SELECT to_regclass('transflow.version') IS NOT NULL").fetchone()[0]:
        return 0
    return int(db.execute("SELECT coalesce(max(n), 0) FROM transflow.version").fetchone()[0])


def check_version(db: Any) -> None:
    """Raise MemoryUnavailableError for tables of another version."""
    present = version(db)
    if present != len(MIGRATIONS):
        key = "newer" if present > len(MIGRATIONS) else "older" if present else "no-tables"
        raise MemoryUnavailableError(MESSAGES(key, command=CommandRef("memory setup")))

"""The owner's work on a shared memory: its tables, and the roles that may use them.

Invariant: the tables are made and changed here only, by their owner; nothing that another role left
in the schema runs with the owner's rights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from transflow.errors import RefusedError, UnknownNameError
from transflow.memory.connecting import MESSAGES as CONNECTING
from transflow.memory.connecting import check_version, connect, version
from transflow.memory.errors import MemoryUnavailableError, UnavailableErrors
from transflow.memory.schema import FOREIGN_OBJECTS, MIGRATIONS, READING, TAKING_BACK, WRITING
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "foreign": "the schema transflow has something that transflow did not make, and that could run with your "
        "rights. Look at it, and remove it.",
        "owned": "the tables belong to the role {owner}: run this as that role.",
    },
)
_LOCK = 7_230_541
"""Number of the advisory lock under which the schema is migrated."""


class WithheldCatalog(NamedTuple):
    """A report that is withheld from the shared memory, and the role that withheld it."""

    project: str
    locale: str
    catalog: str
    until: str
    """Time (UTC) until which it is; empty for good."""
    who: str
    """Empty for what was withheld before this was recorded."""
    time: str


@contextmanager
def _owner(url: str) -> Iterator[Any]:
    """Connect without a limit for statements, in one transaction."""
    db, errors = connect(url, 0)
    try:
        with UnavailableErrors(errors), db.transaction():
            yield db
    finally:
        db.close()


def set_up(url: str) -> tuple[int, int]:
    """Create or upgrade the tables; return their versions before and now.

    The present role becomes the owner of tables of 0.1.0 that another one owns, if it may. Raise
    MemoryUnavailableError, RefusedError.
    """
    with _owner(url) as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        if not db.execute("SELECT to_regclass('transflow.writer') IS NOT NULL").fetchone()[0]:
            _take_over(db)
        elif owner := _other_owner(db):
            raise RefusedError(MESSAGES("owned", owner=owner))
        present = version(db)
        if present > len(MIGRATIONS):
            raise MemoryUnavailableError(CONNECTING("newer"))
        for n, statements in enumerate(MIGRATIONS[present:], present + 1):
            db.execute(statements)
            db.execute("INSERT INTO transflow.version VALUES (%s)", (n,))
        return present, len(MIGRATIONS)


def _take_over(db: Any) -> None:
    """Create the schema, or own the one that is there with its tables.

    They are locked before it is checked that nothing else is in it: then nobody can add anything.
    """
    db.execute("CREATE SCHEMA IF NOT EXISTS transflow")
    if _other_owner(db):
        db.execute("ALTER SCHEMA transflow OWNER TO CURRENT_USER")
    tables = db.execute(
        "SELECT format('transflow.%I', relname), pg_get_userbyid(relowner) <> current_user FROM pg_class"
        " WHERE relnamespace = 'transflow'::regnamespace AND relkind = 'r'"
    ).fetchall()
    for table, has_other_owner in tables:
        db.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        if has_other_owner:
            db.execute(f"ALTER TABLE {table} OWNER TO CURRENT_USER")
    if db.execute(FOREIGN_OBJECTS).fetchone():
        raise RefusedError(MESSAGES("foreign"))
    db.execute("CREATE TABLE IF NOT EXISTS transflow.version (n int NOT NULL)")


def _other_owner(db: Any) -> str:
    """Return the role that owns the schema; empty if it is the present one."""
    owner = db.execute(
        "SELECT pg_get_userbyid(nspowner)::text FROM pg_namespace WHERE nspname = 'transflow'"
    ).fetchone()
    return "" if owner[0] == db.execute("SELECT current_user::text").fetchone()[0] else str(owner[0])


def grant(url: str, role: str, names: Sequence[str]) -> None:
    """Let a role read everything, and write under the names of projects.

    Raise UnknownNameError, MemoryUnavailableError.
    """
    with _owner(url) as db:
        check_version(db)
        quoted = _quoted(db, role)
        db.execute(READING.format(role=quoted))
        if names:
            db.execute(WRITING.format(role=quoted))
        for name in names:
            db.execute("INSERT INTO transflow.project (name) VALUES (%s) ON CONFLICT DO NOTHING", (name,))
            db.execute(
                "INSERT INTO transflow.writer SELECT id, %s FROM transflow.project WHERE name = %s ON CONFLICT DO NOTHING",
                (role, name),
            )


def revoke(url: str, role: str, names: Sequence[str]) -> None:
    """Take the names of projects from a role; without names, everything."""
    with _owner(url) as db:
        check_version(db)
        if names:
            known = [row[0] for row in db.execute("SELECT name FROM transflow.project").fetchall()]
            for name in names:
                if name not in known:
                    raise UnknownNameError("project", name, known)
        else:
            db.execute(TAKING_BACK.format(role=_quoted(db, role)))
        db.execute(
            "DELETE FROM transflow.writer USING transflow.project WHERE project.id = writer.project AND role = %s"
            " AND (%s OR project.name = ANY(%s))",
            (role, not names, list(names)),
        )


def _quoted(db: Any, role: str) -> str:
    """Return a role as an identifier. Raise UnknownNameError if there is none."""
    known = [row[0] for row in db.execute("SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'").fetchall()]
    if role not in known:
        raise UnknownNameError("database role", role, known)
    return str(db.execute("SELECT quote_ident(%s)", (role,)).fetchone()[0])


def withheld(url: str, now: str) -> list[WithheldCatalog]:
    """Return the reports that are withheld now, and by which role. Any role may ask."""
    with _owner(url) as db:
        check_version(db)
        rows = db.execute(
            "SELECT project.name, catalog.locale, catalog.name, until, withheld_by::text, withheld_at FROM transflow.catalog"
            " JOIN transflow.project ON project.id = catalog.project WHERE withheld AND (until = '' OR until > %s)"
            " ORDER BY 1, 2, 3",
            (now,),
        ).fetchall()
    return [WithheldCatalog(*row) for row in rows]

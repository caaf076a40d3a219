"""Actions: one function per command, used by the command line and the terminal UI alike.

Invariant: an action either does all that it promises, or raises and leaves the record unchanged; it
asks the workflow rules before it acts, and holds the lock of what it changes. It prints nothing,
and takes the user and the time from its `Actor`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from transflow.attribution.machines import is_agent
from transflow.model.settings import Person
from transflow.project import Project


def utc_now() -> str:
    """Return the current time in UTC, to the second, for callers that are given no clock."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Actor(NamedTuple):
    """The user who runs an action, the project that it works on, and the time."""

    project: Project
    user: Person
    now: str
    """UTC time, to the second."""

    @property
    def who(self) -> str:
        return self.user.id

    @property
    def is_agent(self) -> bool:
        """True for a program that works at the desk, which may draft and ask (`actions.agents`)."""
        return is_agent(self.who)

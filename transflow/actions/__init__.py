"""One function per verb, the same for the command line and the terminal UI.

Invariant: an action either does all that it says, or raises and changes nothing of the record; it asks the workflow
before it acts, under the lock of what it changes. It prints nothing, and takes user and time from its `Actor`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from transflow.model.settings import Person
from transflow.project import Project


def utc_now() -> str:
    """The time, in UTC, to the second: for whoever is given no clock."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Actor(NamedTuple):
    """Who does something, where and when."""

    project: Project
    user: Person
    now: str
    """UTC, to the second."""

    @property
    def who(self) -> str:
        return self.user.id

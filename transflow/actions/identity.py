"""The identity of the user of a command."""

from __future__ import annotations

import os

from transflow.model.settings import Person
from transflow.project import Project, git
from transflow.settings import config


def identify(project: Project, as_id: str) -> Person:
    """Return the user: `--as ID`, else TRANSFLOW_USER, else the person with git's user.email.

    Raise UsageError where none of them names a person of the project.
    """
    from_environment = os.environ.get("TRANSFLOW_USER", "")
    email = "" if as_id or from_environment else git.user_email(project.root)
    return config.identify(project.settings, as_id, from_environment, email)

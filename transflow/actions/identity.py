"""The identity of the user of a command, and the person whom they chose to be in a project.

Invariant: a choice is kept in the user's own configuration, one file for each project, and never
in the project.
"""

from __future__ import annotations

import os
from pathlib import Path

from transflow.errors import RefusedError, UnreadableError
from transflow.messages import Messages
from transflow.model.settings import Person
from transflow.project import Project, git
from transflow.project import files as disk
from transflow.project.git_dir import index_lock
from transflow.settings import config
from transflow.user_folders import config_folder, project_id

MESSAGES = Messages(
    __name__,
    {
        "foreign": "git's e-mail address here belongs to {owner}, so nothing is recorded in the name of {person}. For a "
        "shared computer, write act_as = true under [workflow] in transflow.toml.",
    },
)


def identify(project: Project, as_id: str, *, records: bool = True) -> Person:
    """Return the user: `--as ID`, else TRANSFLOW_USER, else the person with git's user.email, else
    the one who was chosen.

    Raise UsageError if none of them names a person of the project; and RefusedError for a command
    that `records` something, in a clone whose address belongs to another person.
    """
    from_environment = os.environ.get("TRANSFLOW_USER", "")
    is_named = bool(as_id or from_environment)
    email = "" if is_named else git.user_email(project.root)
    chosen = "" if is_named else remembered(project)
    person = config.identify(project.settings, as_id, from_environment, email, chosen)
    if records and is_named and not project.settings.act_as and index_lock(project.root):
        _refuse_another(project, person)
    return person


def remembered(project: Project) -> str:
    """Return the id that the user chose in a project; an empty string if they chose none."""
    try:
        path = _choice_file(project)
        return disk.read(path, str(path)).decode("utf-8").strip()
    except (UnreadableError, UnicodeDecodeError):
        return ""


def remember(project: Project, person_id: str) -> None:
    """Take the user for this person from now on, where nothing else names them."""
    path = _choice_file(project)
    disk.write(path.parent, path, f"{person_id}\n".encode(), mode=0o600)


def _choice_file(project: Project) -> Path:
    return config_folder() / "people" / project_id(project.root)


def _refuse_another(project: Project, person: Person) -> None:
    owner = config.person_with_email(project.settings.people, git.user_email(project.root))
    if owner and owner.id != person.id:
        raise RefusedError(MESSAGES("foreign", owner=owner.id, person=person.id))

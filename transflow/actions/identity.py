"""The identity of the user of a command."""

from __future__ import annotations

import os

from transflow.errors import RefusedError
from transflow.messages import Messages
from transflow.model.settings import Person
from transflow.project import Project, git
from transflow.project.beside_git import index_lock
from transflow.settings import config

MESSAGES = Messages(
    __name__,
    {
        "foreign": "git's e-mail address here belongs to {owner}, so nothing is recorded in the name of {person}. For a "
        "shared computer, write act_as = true under [workflow] in transflow.toml.",
    },
)


def identify(project: Project, as_id: str, *, records: bool = True) -> Person:
    """Return the user: `--as ID`, else TRANSFLOW_USER, else the person with git's user.email.

    Raise UsageError if none of them names a person of the project; and RefusedError for a command
    that `records` something, in a clone whose address belongs to another person.
    """
    from_environment = os.environ.get("TRANSFLOW_USER", "")
    is_named = bool(as_id or from_environment)
    email = "" if is_named else git.user_email(project.root)
    person = config.identify(project.settings, as_id, from_environment, email)
    if records and is_named and not project.settings.act_as and index_lock(project.root):
        _refuse_another(project, person)
    return person


def _refuse_another(project: Project, person: Person) -> None:
    owner = config.person_with_email(project.settings.people, git.user_email(project.root))
    if owner and owner.id != person.id:
        raise RefusedError(MESSAGES("foreign", owner=owner.id, person=person.id))

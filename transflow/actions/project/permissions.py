"""The user's permissions for a project, and its name in the shared memory.

Invariant: a project's own files give no permission. What the user has not decided is refused, with
the way out; the answer to a question is kept in projects.toml.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from transflow import user_projects
from transflow.actions.agents.guard import check_person
from transflow.errors import ConfigError
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.project import Project, files, git
from transflow.toml_text.schema import user_file
from transflow.user_projects import UserProject, config_path, shown_path, shown_remote

MESSAGES = Messages(
    __name__,
    {
        "unasked": "nobody said yet that this project may write to the shared memory as “{name}”: {command} does, and is "
        "kept in {path}. Nothing was sent.",
        "renamed": "this project calls itself “{name}” now, and may write to the shared memory as “{known}” only: "
        "{command} allows the new name. Nothing was sent.",
        "not-kept": "the answer cannot be kept: {path}: {why}.",
    },
)


class MemoryPermission(NamedTuple):
    """The name under which a project may write to the shared memory."""

    name: str = ""
    """Empty if it may not write."""
    is_undecided: bool = False
    """True if the user is to be asked."""
    why_not: Message = NOTHING
    """Empty if the user refused: then nothing needs to be said again."""


def user_project(project: Project) -> UserProject:
    """Return what the user decided about a project. Raise ConfigError."""
    return user_projects.load(project.root, partial(_remote, project))


def _remote(project: Project) -> str:
    return git.config(project.root, "remote.origin.url")


def own_name(project: Project) -> str:
    """Return the name that a project gives itself."""
    return project.settings.name or project.root.name


def memory_permission(project: Project) -> MemoryPermission:
    """Return whether a project may write to the shared memory, and under which name."""
    known, name = user_project(project).memory, own_name(project)
    command = CommandRef("memory allow")
    if known is None:
        why = MESSAGES("unasked", name=name, command=command, path=str(config_path()))
        return MemoryPermission("", True, why)
    if known and known != name:
        return MemoryPermission("", True, MESSAGES("renamed", name=name, known=known, command=command))
    return MemoryPermission(known)


def allow_memory(project: Project, *, allowed: bool = True) -> str:
    """Let the project write to the shared memory under its present name, or forbid it.

    Return the name. Raise ConfigError.
    """
    name = own_name(project)
    keep_answer(project, memory=name if allowed else "")
    return name


def keep_answer(project: Project, **answer: Any) -> None:
    """Add an answer to projects.toml. Raise ConfigError."""
    check_person(project)
    path = config_path()
    entry = UserProject(shown_path(project.root), shown_remote(_remote(project)), **answer)
    text = user_projects.with_entry(user_file(path), entry)
    user_projects.parse(text, str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_named(path, text.encode("utf-8"), 0o600)
    except OSError as error:
        raise ConfigError(str(path), "", MESSAGES("not-kept", path=str(path), why=str(error.strerror))) from None

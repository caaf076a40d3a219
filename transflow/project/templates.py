"""Templates of a project, which replace those of the program."""

from __future__ import annotations

from functools import partial

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.project import files
from transflow.project.project import Project
from transflow.renderers import Templates

MESSAGES = Messages(
    __name__,
    {
        "no-templates": "there is no such folder of templates.",
        "hidden-template": "there is no such template: no part of its name may begin with a dot.",
    },
)


def template_reader(project: Project) -> Templates | None:
    """Return a reader of a project's templates; None if it has none.

    Raise UnreadableError.
    """
    folder = project.settings.templates
    if not folder:
        return None
    files.check_no_links(project.root, f"{folder}/")
    if not (project.root / folder).is_dir():
        raise UnreadableError(folder, 0, MESSAGES("no-templates"))
    return partial(_read, project, folder)


def _read(project: Project, folder: str, name: str) -> tuple[bytes, str] | None:
    path = f"{folder}/{name}"
    if any(part.startswith(".") for part in path.split("/")):  # .git and .env have secrets
        raise UnreadableError(path, 0, MESSAGES("hidden-template"))
    return (project.read(path), path) if project.has(path) else None

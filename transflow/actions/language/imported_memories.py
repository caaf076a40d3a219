"""Files of imported translation memories, which are part of the record."""

from __future__ import annotations

from transflow.project import Project, files


def imported_folder(locale: str) -> str:
    """Return the folder of imported memories, which are part of the record."""
    return f"locales/{locale}/memory"


def imported_paths(project: Project, locale: str) -> list[str]:
    """Return the paths of imported memories.

    Names that are not valid Unicode are skipped: no import made them. Raise UnreadableError if the
    folder is a symbolic link.
    """
    folder = imported_folder(locale)
    names = (each.name for each in files.entries(project.root, folder) if each.name.endswith(".tmx"))
    return [f"{folder}/{name}" for name in names if name.encode(errors="ignore").decode() == name]

"""A project as it will be when planned changes are written."""

from __future__ import annotations

from pathlib import Path

from transflow.actions.privacy.transform import Change
from transflow.model.catalog import Catalog
from transflow.po.catalog import serialize
from transflow.project import CatalogRef, Project


class PlannedProject(Project):
    """A project that reads planned changes in place of the files. Listings are those of the disk.

    Paths of changes in the user's own folders are absolute, so they hide no file of the project.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._changes: dict[str, Change | None] = {}
        """Path -> the change with its new content, or None for a file that will be gone."""

    def add(self, change: Change) -> None:
        if change.new_path:
            self._changes[change.path] = None
        self._changes[change.new_path or change.path] = None if change.is_removed else change

    def is_changed(self, name: str) -> bool:
        return name in self._changes

    def contents(self) -> dict[str, bytes | None]:
        """Return the new content of every planned file; None for a file that will be gone."""
        return {path: None if change is None else _content(change) for path, change in self._changes.items()}

    def has(self, name: str) -> bool:
        return self._changes[name] is not None if name in self._changes else super().has(name)

    def read(self, name: str) -> bytes:
        change = self._changes.get(name)
        return _content(change) if change else super().read(name)

    def load(self, place: CatalogRef) -> Catalog:
        change = self._changes.get(place.path)
        return change.catalog if change and change.catalog else super().load(place)


def _content(change: Change) -> bytes:
    return serialize(change.catalog).encode("utf-8") if change.catalog else change.data or b""

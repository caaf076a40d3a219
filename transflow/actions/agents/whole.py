"""The whole project as the process of an agent keeps it, to judge what the agent sees.

Invariant: what was read is used again only while time, size and inode of its file are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.project import CatalogRef, Project
from transflow.project.places import report_path
from transflow.project.project import CONFIG
from transflow.project.stamps import file_stamp

_MOST_KEPT = 256
_T = TypeVar("_T")


class WholeProject(Project):
    """A project whose catalogs and front matter are read again only if they changed."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._config = file_stamp(root / CONFIG)
        self._kept: dict[str, tuple[str, object]] = {}

    @property
    def is_current(self) -> bool:
        """False once the settings changed."""
        return file_stamp(self.root / CONFIG) == self._config

    def front_matter(self, slug: str) -> FrontMatter:
        return self._current(report_path(slug), lambda: super(WholeProject, self).front_matter(slug))

    def load(self, place: CatalogRef) -> Catalog:
        return self._current(place.path, lambda: super(WholeProject, self).load(place))

    def _current(self, path: str, read: Callable[[], _T]) -> _T:
        stamp = file_stamp(self.root / path)
        known = self._kept.get(path)
        if known is None or known[0] != stamp or not stamp:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            known = self._kept[path] = stamp, read()
        return known[1]  # type: ignore[return-value]

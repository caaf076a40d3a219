"""The whole project as the process of an agent keeps it, to judge what the agent sees.

Invariant: what was read is used again only while time, size and inode of its file are the same.
"""

from __future__ import annotations

from pathlib import Path

from transflow.model.report import FrontMatter
from transflow.project import Project
from transflow.project.kept import KeptCatalogs
from transflow.project.places import report_path
from transflow.project.project import CONFIG
from transflow.project.stamps import file_stamp

_MOST_KEPT = 256


class WholeProject(Project):
    """A project whose catalogs and front matter are read again only if they changed."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._config = file_stamp(root / CONFIG)
        self.kept = KeptCatalogs()
        self._fronts: dict[str, tuple[str, FrontMatter]] = {}

    @property
    def is_current(self) -> bool:
        """False once the settings changed."""
        return file_stamp(self.root / CONFIG) == self._config

    def front_matter(self, slug: str) -> FrontMatter:
        stamp = file_stamp(self.root / report_path(slug))
        known = self._fronts.get(slug)
        if known is None or known[0] != stamp or not stamp:
            if len(self._fronts) >= _MOST_KEPT:
                self._fronts.clear()
            known = self._fronts[slug] = stamp, super().front_matter(slug)
        return known[1]

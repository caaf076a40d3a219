"""Catalogs that stay parsed while their files are unchanged, for a process that serves many.

Invariant: a kept catalog is the one that its file would give. What is written is compared with the
bytes of the file under its lock all the same (`Project.write`). Threads may share the catalogs:
they are immutable.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from transflow.project.stamps import file_stamp

if TYPE_CHECKING:
    from transflow.model.catalog import Catalog
    from transflow.project.places import CatalogRef


class KeptCatalogs:
    """The catalogs that were asked for last."""

    def __init__(self, most_units: int = 200_000) -> None:
        """Keep catalogs with so many units together: a unit takes some 2 kB."""
        self._most_units = most_units
        self._units = 0
        self._lock = Lock()
        self._kept: dict[tuple[str, CatalogRef], tuple[str, Catalog]] = {}
        """(folder, place) -> stamp and catalog; the one that was asked for last comes last."""

    def load(self, root: Path, place: CatalogRef, parse: Callable[[CatalogRef], Catalog]) -> Catalog:
        """Return a catalog; `parse` reads it from the disk."""
        path = f"{root}/{place.path}"
        key, stamp = (str(root), place), file_stamp(path)
        with self._lock:
            if (known := self._kept.get(key)) and known[0] == stamp:
                self._kept[key] = self._kept.pop(key)
                return known[1]
        catalog = parse(place)
        if stamp and stamp == file_stamp(path):
            with self._lock:
                self._drop(key)
                self._kept[key] = stamp, catalog
                self._units += len(catalog.units)
                while self._units > self._most_units and len(self._kept) > 1:
                    self._drop(next(iter(self._kept)))
        return catalog

    def _drop(self, key: tuple[str, CatalogRef]) -> None:
        if dropped := self._kept.pop(key, None):
            self._units -= len(dropped[1].units)

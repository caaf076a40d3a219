"""Results about files that are unchanged since an earlier run, found by the stamps of the files.

Invariant: a known result is the one that the files would give now. It is not kept if a file was
changed so shortly before that a second change might have left its stamp as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from transflow import __version__
from transflow.actions.checks.verdict_cache import VerdictCache
from transflow.actions.checks.verdict_keys import key_of
from transflow.project import Project
from transflow.project.stamps import file_stamp

_RECENT_NS = 2 * 10**9
"""Age in ns up to which a file is not remembered: the clocks of file systems are coarse."""
_Result = TypeVar("_Result")


class StampedResults:
    """Results of one kind for the files of a project, kept in the user's cache folder.

    They are one record, which is read and written as a whole: a project has thousands of files, and
    mostly none of them changed. The record keeps what this run asked for.
    """

    def __init__(self, project: Project, kind: str, *group: str) -> None:
        """Prepare results. `group` are the words that tell records of the same kind apart."""
        self._root = project.root
        self._cache = VerdictCache(project.cache)
        self._key = key_of(kind, __version__, *group)
        self._known: dict[str, Any] | None = None
        self._kept: dict[str, Any] = {}
        self._has_new = False

    def stamp(self, *paths: str) -> str:
        """Return the stamp of files, to be taken before they are read."""
        return " ".join([f"{path} {file_stamp(f'{self._root}/{path}')}" for path in paths])

    def find(self, stamp: str, read: Callable[[Any], _Result]) -> _Result | None:
        """Return what `read` makes of the result for a stamp; None if there is none."""
        if self._known is None:
            self._known = self._cache.get(self._key, dict) or {}
        if (result := self._known.get(stamp)) is None:
            return None
        try:
            found = read(result)
        except (ValueError, TypeError, KeyError):
            return None
        self._kept[stamp] = result
        return found

    def add(self, stamp: str, result: Any) -> None:
        """Add a result that was found after the stamp was taken. `save` writes it."""
        times = [int(part.partition(".")[0] or 0) for part in stamp.split(" ")[1::2]]
        if any(times) and max(times) < time.time_ns() - _RECENT_NS:
            self._kept[stamp] = result
            self._has_new = True

    def save(self) -> None:
        """Write what was added, and close the database, so that the process may be copied."""
        if self._has_new:
            self._cache.put(self._key, self._kept)
            self._has_new = False
        self._cache.save()
        self._cache.close()

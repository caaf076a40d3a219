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
    """Results of one kind for the files of a project, kept in the user's cache folder."""

    def __init__(self, project: Project, kind: str) -> None:
        self._root, self._kind = project.root, kind
        self._cache = VerdictCache(project.cache)

    def stamp(self, *paths: str) -> str:
        """Return the stamp of files, to be taken before they are read."""
        return " ".join(f"{path} {file_stamp(f'{self._root}/{path}')}" for path in paths)

    def find(self, stamp: str, read: Callable[[Any], _Result]) -> _Result | None:
        """Return what `read` makes of the result for a stamp; None if there is none."""
        return self._cache.get(self._key(stamp), read)

    def add(self, stamp: str, result: Any) -> None:
        """Add a result that was found after the stamp was taken. `save` writes it."""
        times = [int(part.partition(".")[0] or 0) for part in stamp.split(" ")[1::2]]
        if any(times) and max(times) < time.time_ns() - _RECENT_NS:
            self._cache.put(self._key(stamp), result)

    def save(self) -> None:
        """Write what was added, and close the database, so that the process may be copied."""
        self._cache.save()
        self._cache.close()

    def _key(self, stamp: str) -> bytes:
        return key_of(self._kind, __version__, stamp)

"""Files of the record while git, or another program that writes in pieces, may be writing them.

Whoever looks during a checkout finds a file missing, empty, or a part of it.

Invariant: what is read was seen when git was not at work, or is older than git's lock, or git did not end for `PATIENCE`
seconds; in the usual case that costs a look for the lock and one at the file's size.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from transflow.errors import UnreadableError
from transflow.project import files
from transflow.project.beside_git import BesideGit

PATIENCE = 2.0
"""Seconds for which a reader waits for whoever is writing."""
_PAUSE = 0.005
_T = TypeVar("_T")


class _UnsettledError(Exception):
    """What was read is perhaps not whole."""


class Looking:
    """What is asked of the files of one project."""

    def __init__(self, root: Path, git: BesideGit) -> None:
        self._root, self._git = root, git
        self._outwaited: object = None
        """A lock for which PATIENCE was not enough: one that a crash left, or of a commit that is being described in an editor.
        Nobody waits for it a second time."""

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises UnreadableError."""
        if not self._git.lock:
            return files.read_own(self._root, name)
        try:
            return files.read_own(self._root, name, settle=self._settle)
        except (UnreadableError, _UnsettledError):
            return self._read_again(name)

    def _settle(self, descriptor: int, size: int) -> None:
        """Raises _UnsettledError for a file of which so much was read, where git may be writing it.

        A file that is older than git's lock is not among those that git wrote since. Whether one grew is asked after git is known
        to be done: before, it would prove nothing.
        """
        if self._git.is_at_work() and os.fstat(descriptor).st_mtime_ns >= self._git.lock_stamp()[0]:
            raise _UnsettledError
        if os.fstat(descriptor).st_size != size:
            raise _UnsettledError

    def _read_again(self, name: str) -> bytes:
        why: UnreadableError | None = None

        def look() -> bytes | None:
            nonlocal why
            try:
                why = None
                return files.read_own(self._root, name, settle=self._settle)
            except UnreadableError as error:
                if self._is_undisturbed((self._root / name).parent):
                    raise
                why = error
            except _UnsettledError:
                pass
            return None

        data = self.in_peace(look)
        if data is not None:
            return data
        if why is not None:
            raise why
        return files.read_own(self._root, name)

    def is_there(self, name: str) -> bool:
        """Whether there is anything of this name."""
        if files.has(self._root, name):
            return True

        def look() -> bool | None:
            return files.has(self._root, name) or (False if self._is_undisturbed((self._root / name).parent) else None)

        return bool(self._git.lock) and bool(self.in_peace(look))

    def _is_undisturbed(self, folder: Path) -> bool:
        """Whether nothing came or went in a folder since git took its lock."""
        return _last_changed(folder) < self._git.lock_stamp()[0]

    def listed(self, folder: str, make: Callable[[], _T]) -> _T:
        """What `make` reads off a folder and those in it: git takes a file away before it writes the new one."""
        before = self._git.moment()
        found = make()
        if before is not None and before == self._git.moment():
            return found

        def look() -> _T | None:
            nonlocal found
            found = make()
            inner = (entry for entry in files.entries(self._root, folder) if entry.is_dir(follow_symlinks=False))
            return found if all(map(self._is_undisturbed, (self._root / folder, *map(Path, inner)))) else None

        self.in_peace(look)
        return found

    def in_peace(self, look: Callable[[], _T | None]) -> _T | None:
        """What `look` finds; None only from a look during which git was not at work, or after waiting long enough for that."""
        end = time.monotonic() + PATIENCE
        while True:
            before = self._git.moment()
            found = look()
            if found is not None or (before is not None and before == self._git.moment()):
                return found
            lock = self._git.lock_stamp()
            if time.monotonic() > end or (lock[0] and lock == self._outwaited):
                self._outwaited = lock
                return None
            time.sleep(_PAUSE)

    def is_fresh(self, name: str) -> bool:
        """Whether a file may be being written just now."""
        changed = _changed(f"{self._root}/{name}") / 1e9
        return self._git.is_at_work() or abs(time.time() - changed) < PATIENCE


def _last_changed(folder: Path) -> int:
    """When a folder's names last changed, in ns; for one that is not there, those of the folder that it would be in."""
    return next((changed for each in (folder, *folder.parents) if (changed := _changed(str(each)))), 0)


def _changed(path: str) -> int:
    """When a file or folder was last written, in ns; 0 for one that is not there."""
    try:
        return os.lstat(path).st_mtime_ns
    except OSError:
        return 0

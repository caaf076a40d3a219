"""Reads of files that git, or another program that writes in pieces, may be writing.

During a checkout, a file may be missing, empty or incomplete.

Invariant: a result was read while git was not running, or from a file older than git's lock, or git
did not finish within `GIVE_UP_AFTER` seconds. In the usual case this costs a check of the lock, and
one of the file's size.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from transflow.errors import UnreadableError
from transflow.project import files
from transflow.project.beside_git import LocalGit

GIVE_UP_AFTER = 2.0
"""Seconds for which a reader waits for a writer."""
_PAUSE = 0.005
_T = TypeVar("_T")


class _UnsettledError(Exception):
    """The bytes read may be incomplete."""


class SettledFiles:
    """Reads of the files of one project."""

    def __init__(self, root: Path, git: LocalGit) -> None:
        self._root, self._git = root, git
        self._stale_lock: object = None
        """Stamp of a lock that was not released in time: left by a crash, or of a commit whose
        message is being edited. It is not waited for again.
        """

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raise UnreadableError."""
        if not self._git.lock:
            return files.read_own(self._root, name)
        try:
            return files.read_own(self._root, name, settle=self._check_settled)
        except (UnreadableError, _UnsettledError):
            return self._read_again(name)

    def _check_settled(self, descriptor: int, size: int) -> None:
        """Raise _UnsettledError if git may be writing the file, of which `size` bytes were read.

        git has not written a file that is older than its lock. The size is compared only after git
        is known not to run: before that, it would prove nothing.
        """
        if self._git.is_locked() and os.fstat(descriptor).st_mtime_ns >= self._git.lock_stamp()[0]:
            raise _UnsettledError
        if os.fstat(descriptor).st_size != size:
            raise _UnsettledError

    def _read_again(self, name: str) -> bytes:
        error_seen: UnreadableError | None = None

        def look() -> bytes | None:
            nonlocal error_seen
            try:
                error_seen = None
                return files.read_own(self._root, name, settle=self._check_settled)
            except UnreadableError as error:
                if self._is_unchanged((self._root / name).parent):
                    raise
                error_seen = error
            except _UnsettledError:
                pass
            return None

        data = self.retry_while_busy(look)
        if data is not None:
            return data
        if error_seen is not None:
            raise error_seen
        return files.read_own(self._root, name)

    def exists(self, name: str) -> bool:
        """True if this name exists."""
        if files.has(self._root, name):
            return True

        def look() -> bool | None:
            return files.has(self._root, name) or (False if self._is_unchanged((self._root / name).parent) else None)

        return bool(self._git.lock) and bool(self.retry_while_busy(look))

    def _is_unchanged(self, folder: Path) -> bool:
        """True if no file of a folder was added or removed since git took its lock."""
        return _last_changed(folder) < self._git.lock_stamp()[0]

    def list_settled(self, folder: str, make: Callable[[], _T]) -> _T:
        """Return the result of `make`, which lists a folder and its subfolders.

        It is called again if git was running: git removes a file before it writes the new one.
        """
        before = self._git.index_stamp()
        result = make()
        if before is not None and before == self._git.index_stamp():
            return result

        def look() -> _T | None:
            nonlocal result
            result = make()
            subfolders = (entry for entry in files.entries(self._root, folder) if entry.is_dir(follow_symlinks=False))
            return result if all(map(self._is_unchanged, (self._root / folder, *map(Path, subfolders)))) else None

        self.retry_while_busy(look)
        return result

    def retry_while_busy(self, look: Callable[[], _T | None]) -> _T | None:
        """Call `look` until it finds something, and return that.

        Returns None only if git was not running during the call, or did not finish in time.
        """
        end = time.monotonic() + GIVE_UP_AFTER
        while True:
            before = self._git.index_stamp()
            found = look()
            if found is not None or (before is not None and before == self._git.index_stamp()):
                return found
            lock = self._git.lock_stamp()
            if time.monotonic() > end or (lock[0] and lock == self._stale_lock):
                self._stale_lock = lock
                return None
            time.sleep(_PAUSE)

    def may_be_changing(self, name: str) -> bool:
        """True if a program may be writing a file just now."""
        changed = _changed(f"{self._root}/{name}") / 1e9
        return self._git.is_locked() or abs(time.time() - changed) < GIVE_UP_AFTER


def _last_changed(folder: Path) -> int:
    """Return the time in ns at which entries of a folder last changed.

    For a missing folder, it is that of the nearest one above it.
    """
    return next((changed for each in (folder, *folder.parents) if (changed := _changed(str(each)))), 0)


def _changed(path: str) -> int:
    """Return the modification time of a file or folder in ns; 0 if it does not exist."""
    try:
        return os.lstat(path).st_mtime_ns
    except OSError:
        return 0

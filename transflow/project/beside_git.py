"""git in the same folder: whether it is running, and which files it tracks.

git does not know our locks, and writes a file in pieces under its final name. It holds `index.lock`
from before the first piece until after the last.

Invariant: nothing is written while git holds its lock, and no file is created in place of a missing
one that git tracks.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from transflow.errors import RefusedError, UsageError
from transflow.messages import Messages
from transflow.project import files
from transflow.project.git_dir import index_lock
from transflow.project.waiting import WaitLimits, process

if TYPE_CHECKING:
    from transflow.project.git import TrackedState

MESSAGES = Messages(
    __name__,
    {
        "waiting": "waiting for git, which is changing this folder ({lock}).",
        "locked": "git is changing this folder ({lock} is there), so nothing was written. Let it end (a commit whose editor "
        "is open, a pull, a checkout), and do it again. If no git runs (`pgrep -a git` lists those that do), one that was "
        "killed left the file: rm '{lock}'",
        "locked/since": "git is changing this folder since {time} ({lock} is there), so nothing was written. Let it end (a "
        "commit whose editor is open, a pull, a checkout), and do it again. If no git runs (`pgrep -a git` lists those that "
        "do), one that was killed left the file: rm '{lock}'",
        "missing/index": "{path} is not here, but git has it. A new one would have nothing of what is in it, and the next "
        "merge would take that from everybody. `git checkout -- {path}` takes it back. If it is to begin anew, commit first "
        "that it is gone; `add`, `update` and `compose` take --anew too.",
        "missing/HEAD": "{path} was removed here, but the last commit has it. A new one would have nothing of what is in it, "
        "and the next merge would take that from everybody. `git checkout HEAD -- {path}` takes it back. If it is to begin "
        "anew, commit first that it is gone; `add`, `update` and `compose` take --anew too.",
        "missing/sparse": "{path} is left out of this sparse checkout. A new one would have nothing of what is in it, and the "
        "next merge would take that from everybody. `git sparse-checkout disable` brings back what was left out. If it is to "
        "begin anew, commit first that it is gone; `add`, `update` and `compose` take --anew too.",
        "name-taken": "git has another {path}, which is not here: the next merge would take what is in it from everybody. "
        "Take another name, or commit first that it is gone.",
    },
)

GIVE_UP_AFTER = 10.0
"""Seconds for which a writer waits for git."""
REPORT_AFTER = WaitLimits().report_after
_PAUSE = 0.005


class GitLockedError(RefusedError):
    """git did not release its lock. Nothing was written."""

    def __init__(self, lock: str) -> None:
        message = MESSAGES("locked", lock=lock)
        with suppress(OSError):
            since = datetime.fromtimestamp(os.stat(lock).st_mtime).astimezone()  # noqa: PTH116
            message = MESSAGES("locked/since", lock=lock, time=f"{since:%H:%M:%S}")
        super().__init__(message)


class TrackedFileMissingError(RefusedError):
    """A file would be created anew though git tracks it. Nothing was written."""

    def __init__(self, path: str, kept: TrackedState) -> None:
        super().__init__(MESSAGES(f"missing/{kept}", path=quote(path)))


class LocalGit:
    """The git repository of a project. Outside git there is no lock, and no file is tracked."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._kept: tuple[object, dict[str, TrackedState]] = (None, {})

    @cached_property
    def _lock_path(self) -> str:
        return index_lock(self._root)

    @cached_property
    def lock(self) -> str:
        """The path of git's lock; empty outside git, and in a process that git started.

        git sets GIT_PREFIX for programs that it runs in a work tree: the lock that exists while a
        hook or a merge driver runs belongs to their parent.
        """
        return "" if "GIT_PREFIX" in os.environ else self._lock_path

    def is_locked(self) -> bool:
        """True if git holds its lock."""
        return bool(self.lock) and os.access(self.lock, os.F_OK)

    def index_stamp(self) -> tuple[int, int] | None:
        """Return a value that is equal as long as git changed nothing; None while it is locked.

        git replaces its index after it has written its files.
        """
        return None if self.is_locked() else _stamp(self._lock_path.removesuffix(".lock"))

    def lock_stamp(self) -> tuple[int, int]:
        """Return the modification time of the lock in ns, and its inode; zeros if there is none."""
        return _stamp(self.lock)

    def wait(self) -> None:
        """Wait until git has released its lock, before something is written.

        Raise GitLockedError.
        """
        if not self.is_locked():
            return
        start, is_reported = time.monotonic(), False
        while self.is_locked():
            waited = time.monotonic() - start
            if waited > GIVE_UP_AFTER or process.is_overdue:
                raise GitLockedError(self.lock)
            if waited > REPORT_AFTER and not is_reported:
                is_reported = True
                process.tell(MESSAGES("waiting", lock=self.lock))
            process.sleep(_PAUSE)
        if is_reported:
            process.tell("")

    # Tracked files

    def tracked_files(self) -> dict[str, TrackedState]:
        """Return the files of the project that git's index or last commit has.

        The result is kept until the index changes. It is empty for a repository that is not
        trusted. Loads the commands of git.
        """
        if not self._lock_path:
            return {}
        from transflow.project import git
        from transflow.project.git_command import UntrustedRepositoryError

        stamp = _stamp(self._lock_path.removesuffix(".lock"))
        if self._kept[0] != stamp:
            self._kept = stamp, {}
            with suppress(UntrustedRepositoryError):
                self._kept = stamp, git.tracked_files(self._root)
        return self._kept[1]

    def check_not_tracked(self, *paths: str) -> None:
        """Raise TrackedFileMissingError if git tracks one of these files and it is missing."""
        for path in paths:
            if not files.has(self._root, path) and (kept := self.tracked_files().get(path)):
                raise TrackedFileMissingError(path, kept)

    def check_new_name(self, path: str, holds: Callable[[str], bool]) -> None:
        """Raise UsageError if a file is to get a name under which git tracks a missing file.

        This is allowed if the file `holds` the content of all git's versions, for example if it
        gets its old name back.
        """
        if files.has(self._root, path) or path not in self.tracked_files() or all(map(holds, self.versions(path))):
            return
        raise UsageError(MESSAGES("name-taken", path=path))

    def versions(self, path: str) -> Iterator[str]:
        """Yield the texts of a file in the last commit and the index. Loads the commands of git."""
        from transflow.project import git

        for revision in ("HEAD", ""):
            if (text := git.text_at(self._root, revision, path)) is not None:
                yield text


def _stamp(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_ino

"""Lock files under `.transflow/locks`, one for each file of the record: one writer at a time.

Invariant: two processes never hold the lock of one name at once. If the lock folder is deleted, a
process that waits for a lock on a file that is no longer at its path tries again, and one that held
a lock can see with `is_held` that it is void.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

from transflow.errors import RefusedError
from transflow.messages import Messages
from transflow.project.waiting import WaitLimits, acquire, release

MESSAGES = Messages(
    __name__,
    {
        "unusable": "{path} cannot be used: {why}. Nothing was written. Mend that, and do it again.",
        "link": ".transflow is a symbolic link; transflow keeps its locks in a real folder of the project only.",
        "folder-is-link": "its folder is a symbolic link",
        "no-file": "it is no ordinary file",
        "no-flock": "this file system has no file locks (flock), so two people could overwrite each other. Keep the project "
        "on a local disk, and share it through git.",
    },
)

IGNORED = "# locks of transflow: may be deleted at any time\n*\n"


class NotLockedError(RefusedError):
    """The lock folder cannot be used. Nothing was written."""

    exit_code = 3

    def __init__(self, shown: str, why: str) -> None:
        super().__init__(MESSAGES("unusable", path=shown, why=why))


_descriptors: dict[tuple[Path, int], int] = {}
"""Locks of this process: (path, thread) -> file descriptor."""


def cache_folder(root: Path) -> Path:
    """Create `.transflow` if it is missing, ignored by git, and return it."""
    folder = root / ".transflow"
    if folder.is_symlink():
        raise RefusedError(MESSAGES("link"))
    _make(folder)
    _write_ignore_file(folder / ".gitignore")
    return folder


def _write_ignore_file(path: Path) -> None:
    """Write the file if it is missing, or empty after a full disk; never to a link or a pipe."""
    status = path.lstat() if os.path.lexists(path) else None
    if status is None or (stat.S_ISREG(status.st_mode) and not status.st_size):
        path.write_text(IGNORED, encoding="utf-8")


def _make(folder: Path) -> None:
    """Create a folder if it is missing.

    (`mkdir(exist_ok=True)` checks once more, and fails if somebody deletes the folder in between.)
    """
    with suppress(FileExistsError):
        folder.mkdir()


def lock_path(root: Path, name: str) -> Path:
    return root / ".transflow" / "locks" / (name.replace("/", "~") + ".lock")


@contextmanager
def locked(root: Path, name: str, patience: WaitLimits = WaitLimits()) -> Iterator[None]:  # noqa: B008 - a value
    """Hold the lock of `name`, a path in the project, after waiting for it.

    Raise LockHeldError if another process did not release it, NotLockedError if there can be no
    lock, and RefusedError on a file system without flock.
    """
    path = lock_path(root, name)
    try:
        descriptor = _acquire(root, path, name, patience)
    except OSError as error:
        raise NotLockedError(path.relative_to(root).as_posix(), error.strerror or str(error)) from None
    _descriptors[path, get_ident()] = descriptor
    try:
        yield
    finally:
        del _descriptors[path, get_ident()]
        try:
            release(descriptor)
        finally:
            os.close(descriptor)


def is_held(root: Path, name: str) -> bool:
    """True if this thread has the lock of `name`, and the lock file is still at its path."""
    path = lock_path(root, name)
    descriptor = _descriptors.get((path, get_ident()))
    return descriptor is not None and _is_at(descriptor, path)


def _acquire(root: Path, path: Path, name: str, patience: WaitLimits) -> int:
    while True:
        try:
            if cache_folder(root).joinpath(path.parent.name).is_symlink():
                raise OSError(errno.ELOOP, MESSAGES("folder-is-link"))
            _make(path.parent)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        except FileNotFoundError:  # the folder was deleted in between
            if root.is_dir():
                continue
            raise
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EPERM, MESSAGES("no-file"))
            acquire(descriptor, name, patience)
            if _is_at(descriptor, path):
                return descriptor
        except OSError as error:
            os.close(descriptor)
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS):
                raise RefusedError(MESSAGES("no-flock")) from None
            raise
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    """True if the open file is still the one at its path."""
    try:
        at_path = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return False
    opened = os.fstat(descriptor)
    return (opened.st_dev, opened.st_ino) == (at_path.st_dev, at_path.st_ino)

"""One writer at a time: a lock file for each file of the record, under `.transflow/locks`.

Invariant: two processes never hold the lock of one name at once, even where somebody deletes the lock folder in
between: whoever gets a lock on a file that is no longer the one at its path tries again.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from transflow.errors import RefusedError

IGNORED = "# a cache and locks of transflow: may be deleted at any time\n*\n"


def cache_folder(root: Path) -> Path:
    """`.transflow`, made where it is missing, and kept out of git."""
    folder = root / ".transflow"
    if folder.is_symlink():
        raise RefusedError(
            ".transflow is a symbolic link; transflow keeps its locks in a real folder of the project only."
        )
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text(IGNORED, encoding="utf-8")
    return folder


@contextmanager
def locked(root: Path, name: str) -> Iterator[None]:
    """Holds the lock of `name` (a path in the project); waits for it. Raises RefusedError without flock."""
    folder = cache_folder(root) / "locks"
    path = folder / (name.replace("/", "~") + ".lock")
    descriptor = _acquire(folder, path)
    try:
        yield
    finally:
        os.close(descriptor)


def _acquire(folder: Path, path: Path) -> int:
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_at(descriptor, path):
                return descriptor
        except OSError as error:
            os.close(descriptor)
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS):
                raise RefusedError(
                    "this file system has no file locks (flock), so two people could overwrite each other. "
                    "Keep the project on a local disk, and share it through git."
                ) from None
            raise
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is still the one at its path."""
    try:
        found = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return False
    mine = os.fstat(descriptor)
    return (mine.st_dev, mine.st_ino) == (found.st_dev, found.st_ino)

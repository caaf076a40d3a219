"""One file of the record: safe paths, durable reads and writes.

Invariant: after `write` returns, the new bytes are on the disk under the name; before, the old ones are, whole. An
error leaves the old file and no litter.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path

from transflow.errors import RefusedError, UnreadableError

_FULL = (errno.ENOSPC, errno.EDQUOT)


class NotWrittenError(RefusedError):
    """A file could not be written. The old one is as it was."""

    exit_code = 3

    def __init__(self, path: str, why: str, way_out: str) -> None:
        super().__init__(f"{path} was not written: {why} The old file is as it was. {way_out}")


def read(path: Path, shown: str) -> bytes:
    """The bytes of a file. Raises UnreadableError; `shown` is its name for people."""
    try:
        with FileIO(path) as file:  # without a buffer, which a file that is read whole has no use for
            return file.readall()
    except FileNotFoundError:
        raise UnreadableError(shown, 0, "the file is not there.", "Take it back from git, or name another.") from None
    except OSError as error:
        raise UnreadableError(
            shown, 0, f"the file cannot be read: {error.strerror}.", "Look at its permissions."
        ) from None


def read_own(path: Path, shown: str) -> bytes:
    """The bytes of a file of the record, which is no link: a link could show what lies outside the project. See `read`."""
    try:
        with FileIO(path, opener=_unlinked) as file:
            return file.readall()
    except OSError as error:
        if error.errno != errno.ELOOP:
            return read(path, shown)
    raise UnreadableError(
        shown, 0, "it is a symbolic link, and only real files of the project are read.", "Put the file itself there."
    )


def _unlinked(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW)


def start(path: str, size: int) -> bytes:
    """The first bytes of a file, without the cost of a path or a buffer. Raises OSError."""
    with FileIO(path) as file:
        return file.read(size)


def check_path(root: Path, path: Path) -> None:
    """Raises RefusedError where writing would go through a symbolic link, out of the project, or to a read-only file."""
    if not path.is_relative_to(root) or ".." in path.relative_to(root).parts:
        raise RefusedError(f"{path} leads out of the project.")
    inside = path.relative_to(root)
    shown = inside.as_posix()
    for below in (inside, *inside.parents[:-1]):
        if (root / below).is_symlink():
            raise RefusedError(
                f"{shown} was not written: {below.as_posix()} is a symbolic link, and transflow writes to real files of the "
                "project only. Put the file itself there, and do it again."
            )
    if path.exists() and not path.is_file():
        raise RefusedError(f"{shown} is no ordinary file.")
    if path.exists() and not path.stat().st_mode & 0o222:
        raise NotWrittenError(shown, "it is read-only.", "Make it writable (chmod u+w) and do it again.")


def write(root: Path, path: Path, data: bytes, still: Callable[[], None] | None = None) -> None:
    """Puts `data` in place of the file, atomically and durably. Raises RefusedError, NotWrittenError.

    `still` is asked when nothing but the change of names is left to do, and may raise: then the old file stays. What killed
    processes left of this file goes.
    """
    check_path(root, path)
    shown = path.relative_to(root).as_posix()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(path)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        _write_whole(temporary, data, mode)
        if still is not None:
            still()
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        why = "the disk is full." if error.errno in _FULL else f"{error.strerror}."
        raise NotWrittenError(shown, why, "Mend that, and do it again.") from error
    finally:
        with suppress(OSError):  # what cannot be removed either must not hide why
            temporary.unlink(missing_ok=True)


def _clear_away(path: Path) -> None:
    """Removes the temporary files of this file that belong to no living process: those of killed ones, and one under our own
    number, which a process before us had (in a container all have the same)."""
    first = f".{path.name}."
    for name in [entry.name for entry in os.scandir(path.parent)]:
        if name.startswith(first) and name.endswith(".tmp"):
            number = name[len(first) : -len(".tmp")]
            if number.isdigit() and (int(number) == os.getpid() or not _is_alive(int(number))):
                (path.parent / name).unlink(missing_ok=True)


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def remove(root: Path, path: Path) -> None:
    """Removes a file of the record, durably."""
    check_path(root, path)
    path.unlink()
    _sync_folder(path.parent)


def _write_whole(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

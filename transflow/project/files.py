"""Single files of the project: safe paths, durable reads and writes.

All other modules read and write through this one.

Invariant: when `write` returns, the new bytes are on disk under the name; before that, the old ones
are, complete. An error leaves the old file and no temporary one. Symbolic links below the project's
folder are not followed, because their target would be printed or published; only regular files are
read, because a pipe would block, and none that is larger than `LARGEST`, because a few bytes in a
clone can become gigabytes on disk.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from io import FileIO
from pathlib import Path
from threading import get_native_id
from typing import Protocol

from transflow.errors import RefusedError, UnreadableError
from transflow.messages import Message, Messages
from transflow.project import writes
from transflow.project.waiting import is_alive

MESSAGES = Messages(
    __name__,
    {
        "not-written": "{path} was not written: {why} The old file is as it was. {way_out}",
        "not-written/link": "{path} was not written: {link} is a symbolic link, and transflow writes to real files of the "
        "project only. Put the file itself there, and do it again.",
        "read-only": "it is read-only.",
        "make-writable": "Make it writable (chmod u+w) and do it again.",
        "disk-full": "the disk is full.",
        "os-error": "{why}.",
        "mend": "Mend that, and do it again.",
        "link": "it is a symbolic link, and only real files and folders of the project are read.",
        "put-file": "Put the file itself there.",
        "link-above": "{link} is a symbolic link, and only real files and folders of the project are read.",
        "put-folder": "Put the folder itself there.",
        "missing": "the file is not there.",
        "take-back": "Take it back from git, or name another.",
        "no-access": "the file cannot be read: {why}.",
        "permissions": "Look at its permissions.",
        "no-file": "it is no ordinary file.",
        "large": "it is larger than {most} MB.",
        "split": "Take out what does not belong there, or split it.",
        "put-or-remove": "Put a file there, or remove it.",
        "no-folder": "it is no folder.",
        "put-folder-or-remove": "Put the folder there, or remove it.",
        "deep": "folders are nested more than {most} deep here.",
        "move": "Move them elsewhere.",
        "outside": "it leads out of the project.",
        "path-outside": "{path} leads out of the project.",
        "path-no-file": "{path} is no ordinary file.",
    },
)
_DISK_FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT)
LARGEST = 64 * 2**20
"""Bytes of the largest file that is read: a book has a hundredth of it."""
LARGEST_MEMORY = 2**30
"""Bytes of the largest memory of another program (TMX, pairs of texts)."""
_MOST_FOLDERS = 200
"""Depth of the deepest folder that is read: each one costs a step for all those above it."""
_LINK_ERRORS = (errno.ELOOP, errno.EMLINK)


_CHUNK = 2**20


class SupportsRead(Protocol):
    """A binary file or stream."""

    def read(self, size: int, /) -> bytes | None: ...


class NotWrittenError(RefusedError):
    """A file could not be written. The old one is unchanged."""

    exit_code = 3

    def __init__(self, path: str, why: Message, way_out: Message) -> None:
        super().__init__(MESSAGES("not-written", path=path, why=why, way_out=way_out))


class LinkError(UnreadableError):
    """A symbolic link in the path of a project's file."""

    def __init__(self, name: str, link: str) -> None:
        problem, way_out = (
            (MESSAGES("link"), MESSAGES("put-file"))
            if link == name
            else (MESSAGES("link-above", link=link), MESSAGES("put-folder"))
        )
        super().__init__(name, 0, problem, way_out)

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[str, int, str, str]]:
        return UnreadableError, (self.path, self.line, self.problem, self.way_out)


def read(path: Path, shown: str, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file that the user named; one of a project as `read_own` reads it.

    Raise UnreadableError, also for a file of more bytes than `largest`.
    """
    if root := _project_above(path):
        return read_own(root, _absolute(path).relative_to(root).as_posix(), shown)
    try:
        with FileIO(path) as file:  # unbuffered: the file is read in one piece
            return read_limited(file, shown, largest)
    except OSError as error:
        raise _unreadable(shown, error) from None


def read_limited(file: SupportsRead, shown: str, largest: int = LARGEST) -> bytes:
    """Return all bytes of an open file or stream. Raise UnreadableError if they are too many."""
    chunks, size = list[bytes](), 0
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > largest:
            raise _too_large(shown, largest)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _too_large(shown: str, largest: int) -> UnreadableError:
    return UnreadableError(shown, 0, MESSAGES("large", most=largest // 2**20), MESSAGES("split"))


def _unreadable(shown: str, error: OSError) -> UnreadableError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UnreadableError(shown, 0, MESSAGES("missing"), MESSAGES("take-back"))
    return UnreadableError(shown, 0, MESSAGES("no-access", why=str(error.strerror)), MESSAGES("permissions"))


def read_own(root: Path, name: str, shown: str = "", settle: Callable[[int, int], None] | None = None) -> bytes:
    """Return the bytes of a project's file, given its name relative to the project's folder.

    `settle` is called with the open descriptor and the number of bytes read, and may raise. Raises
    UnreadableError, with `shown` as the name in messages.
    """
    try:
        with FileIO(open_own(root, name)) as file:
            largest = LARGEST_MEMORY if name.endswith(".tmx") else LARGEST
            if os.fstat(file.fileno()).st_size > largest:
                raise _too_large(shown or name, largest)
            data = file.readall()
            if settle is not None:
                settle(file.fileno(), len(data))
            return data
    except OSError as error:
        if error.errno in _LINK_ERRORS:
            raise LinkError(shown or name, shown or name) from None
        raise _unreadable(shown or name, error) from None


def open_own(root: Path, name: str) -> int:
    """Open a project's file for reading, and return its descriptor.

    Raise UnreadableError for anything but a regular file, and for a path with a symbolic link;
    OSError.
    """
    check_no_links(root, name)
    descriptor = os.open(f"{root}/{name}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError(name, 0, MESSAGES("no-file"), MESSAGES("put-or-remove"))
    return descriptor


def check_no_links(root: Path, name: str) -> None:
    """Raise LinkError if a folder in the path of a project's file is a symbolic link.

    Raise UnreadableError for a name that leads out of the project.
    """
    if ".." in name and ".." in name.split("/"):
        raise UnreadableError(name, 0, MESSAGES("outside"))
    path_start = f"{root}/"
    start, end = len(path_start), name.find("/")
    while end > 0:
        path = path_start + name[:end]
        try:
            if stat.S_ISLNK(os.lstat(path).st_mode):
                raise LinkError(name, path[start:])
        except (FileNotFoundError, NotADirectoryError):
            return  # opening the file will report it
        end = name.find("/", end + 1)


def has(root: Path, name: str) -> bool:
    """True if this name exists in the project. A link counts: reading it reports the error."""
    return os.path.lexists(f"{root}/{name}")


def entries(root: Path, name: str) -> list[os.DirEntry[str]]:
    """Return the entries of a project's folder, sorted by name; none if it does not exist.

    Raise UnreadableError.
    """
    check_no_links(root, f"{name}/")
    try:
        with os.scandir(f"{root}/{name}") as scan:
            return sorted(scan, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise UnreadableError(name, 0, MESSAGES("no-folder"), MESSAGES("put-folder-or-remove")) from None


def files_below(root: Path, name: str = "", skipped: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the names of all regular files below a project's folder, in order.

    Links are skipped. Raise LinkError if the folder itself is reached through a link, and
    UnreadableError for folders that are nested too deep.
    """
    pending = [name]
    while pending:
        folder = pending.pop()
        if folder.count("/") > _MOST_FOLDERS:
            raise UnreadableError(folder[:100], 0, MESSAGES("deep", most=_MOST_FOLDERS), MESSAGES("move"))
        subfolders = []
        for entry in entries(root, folder) if folder else sorted(os.scandir(root), key=lambda entry: entry.name):
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_file(follow_symlinks=False):
                yield path
            elif entry.is_dir(follow_symlinks=False) and entry.name not in skipped:
                subfolders.append(path)
        pending += reversed(subfolders)


def _project_above(path: Path) -> Path | None:
    """Return the outermost project that a path lies in, without resolving links."""
    return next((each for each in reversed(_absolute(path).parents) if has(each, "transflow.toml")), None)


def _absolute(path: Path) -> Path:
    """Make a path absolute without resolving links."""
    return Path(os.path.normpath(path.absolute()))


def check_path(root: Path, path: Path) -> None:
    """Raise RefusedError if a file must not be written.

    That is a path with a symbolic link, one outside the project, or a read-only file.
    """
    if not path.is_relative_to(root) or ".." in path.relative_to(root).parts:
        raise RefusedError(MESSAGES("path-outside", path=str(path)))
    inside = path.relative_to(root)
    shown = inside.as_posix()
    for below in (inside, *inside.parents[:-1]):
        if (root / below).is_symlink():
            raise RefusedError(MESSAGES("not-written/link", path=shown, link=below.as_posix()))
    if path.exists() and not path.is_file():
        raise RefusedError(MESSAGES("path-no-file", path=shown))
    if path.exists() and not path.stat().st_mode & 0o222:
        raise NotWrittenError(shown, MESSAGES("read-only"), MESSAGES("make-writable"))


def write(root: Path, path: Path, data: bytes, check: Callable[[], None] | None = None, *, mode: int = 0o666) -> None:
    """Replace a file atomically and durably by `data`. `mode` is the mode of a new file.

    `check` is called just before the file is renamed, and may raise: then the old file stays.
    Temporary files that killed processes left are removed. Raise RefusedError, NotWrittenError.
    """
    check_path(root, path)
    shown = path.relative_to(root).as_posix()
    temporary = temporary_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(path)
        temporary.unlink(missing_ok=True)  # of a killed process that had our id in another container
        _write_whole(temporary, data, mode, _present_mode(path))
        if check is not None:
            check()
        writes.note(root, shown, data)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        is_full = error.errno in _DISK_FULL_ERRORS
        why = MESSAGES("disk-full") if is_full else MESSAGES("os-error", why=str(error.strerror))
        raise NotWrittenError(shown, why, MESSAGES("mend")) from error
    finally:
        with suppress(OSError):  # a failure to remove it must not hide the first error
            temporary.unlink(missing_ok=True)


def _remove_leftovers(path: Path) -> None:
    """Remove temporary files of this file that belong to no other living process.

    They are from killed processes. Those of processes that are killed after our first write to the
    folder are left to the next process: a folder with thousands of files is listed only once.
    """
    prefix = f".{path.name}."
    for name in _temporary_names(path.parent):
        if name.startswith(prefix):
            pid = name[len(prefix) : -len(".tmp")].rpartition(".")[2]
            if pid.isdecimal() and not is_alive(int(pid)):
                (path.parent / name).unlink(missing_ok=True)


@lru_cache(maxsize=256)
def _temporary_names(folder: Path) -> tuple[str, ...]:
    """Return the names of temporary files at the first write of this process to a folder."""
    with os.scandir(folder) as entries:
        return tuple(entry.name for entry in entries if entry.name.endswith(".tmp"))


def remove(root: Path, path: Path) -> None:
    """Remove a file of the record, durably."""
    check_path(root, path)
    writes.note(root, path.relative_to(root).as_posix(), None)
    path.unlink()
    _sync_folder(path.parent)


def check_named_path(path: Path) -> None:
    """Raise RefusedError if a file that the user named is in a project, behind a symbolic link."""
    if root := _project_above(path):
        check_path(root, _absolute(path))


def write_named(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Replace a file that the user named atomically by `data`.

    Anything but a regular file, such as /dev/stdout, is written to directly. Raise RefusedError
    for a project's file behind a symbolic link; OSError.
    """
    check_named_path(path)
    if path.exists() and not path.is_file():  # /dev/stdout, a pipe
        with path.open("wb") as file:
            file.write(data)
        return
    path = path.resolve()
    temporary = temporary_path(path)
    try:
        temporary.unlink(missing_ok=True)
        _write_whole(temporary, data, mode, _present_mode(path))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def temporary_path(path: Path) -> Path:
    """Return the path of the temporary file with which this thread replaces a file.

    It ends in the id of the process, by which leftovers of dead processes are known.
    """
    return path.with_name(f".{path.name}.{get_native_id()}.{os.getpid()}.tmp")


def _write_whole(path: Path, data: bytes, mode: int, present_mode: int | None = None) -> None:
    """Write a new file durably.

    It gets the mode of the file that it replaces, or else `mode` without the umask's bits. (The
    umask can be asked for only by changing it, which other threads would notice.)
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        if present_mode is not None and os.fstat(descriptor).st_mode & 0o777 != present_mode:
            os.fchmod(descriptor, present_mode)
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


def _present_mode(path: Path) -> int | None:
    """Return the mode of a file; None if it does not exist."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return None

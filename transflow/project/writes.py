"""The queue of writes of a clone: which file of the record was written, and by whom.

It is kept only where `transflow sync` or a server was used once (`start`), because it costs one
more write to the disk each time. `transflow.sync` makes commits from it.

Invariant: a write is in the queue before the file has its name. If somebody else wrote a file since
the last write in the queue, or another person follows, the content before is kept in git, so that
each gets a commit of their own. The queue itself has no texts.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from transflow.json_text import decode_json, encode_json
from transflow.project.git_dir import index_lock
from transflow.user_folders import sync_folder

_RECORD = ("sources/", "locales/", "templates/")
_RECORD_FILES = ("transflow.toml", ".gitattributes", ".gitignore")
_MARKER = "transflow-shared"
_MOST_SETTLED = 500
"""Number of files of which it is kept what was committed last."""

_writer: ContextVar[str] = ContextVar("writer", default="")
_everywhere = ""
_is_placing: ContextVar[bool] = ContextVar("is_placing", default=False)


class QueuedWrite(NamedTuple):
    """One write of a file. Contents are named by their digest, a missing file by nothing."""

    path: str
    before: str
    after: str
    who: str
    """Id of the person; empty if it is unknown."""
    time: float
    kept: str = ""
    """Name in git of the content before, if it has to be committed by itself."""
    with_others: tuple[str, ...] = ()
    """Ids of people who have words in it that could not be told apart."""
    settled: bool = False
    """True for a content that was committed, which is no write."""


def write_as(who: str, *, in_all_threads: bool = False) -> None:
    """Name the person who writes from now on in this thread, or request of a server.

    With `in_all_threads`, also in those for which nobody is named.
    """
    global _everywhere
    _writer.set(who)
    if in_all_threads:
        _everywhere = who


def writer() -> str:
    """Return the id of the person who writes; empty if nobody was named."""
    return _writer.get() or _everywhere


@contextmanager
def placing() -> Iterator[None]:
    """Put nothing into the queue: what is written comes from a commit."""
    token = _is_placing.set(True)
    try:
        yield
    finally:
        _is_placing.reset(token)


def is_record(name: str) -> bool:
    """True for the path of a file of the record, relative to the project's folder."""
    return name.startswith(_RECORD) or name in _RECORD_FILES


def digest(data: bytes | None) -> str:
    """Return the digest of a content; empty for a missing file. Line ends make no difference."""
    return "" if data is None else sha256(data.replace(b"\r\n", b"\n")).hexdigest()


class WriteQueue:
    """The queue of one clone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._marker = index_lock(root).removesuffix("index.lock")

    @cached_property
    def folder(self) -> Path:
        """The folder of the queue, in the user's own state folder."""
        return sync_folder(self._root)

    @property
    def _path(self) -> Path:
        return self.folder / "writes"

    @property
    def is_on(self) -> bool:
        """True if sync or a server was used in this clone: a file in the folder of git says so."""
        return bool(self._marker) and os.access(self._marker + _MARKER, os.F_OK)

    def start(self) -> bool:
        """Start the queue; return whether it was off."""
        if self.is_on:
            return False
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
        os.close(os.open(self._marker + _MARKER, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
        return True

    def all(self) -> list[QueuedWrite]:
        """Return the lines of the queue in order. A torn one, after a power cut, is left out."""
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        found = []
        for line in lines:
            with suppress(ValueError, TypeError):
                path, before, after, who, at, kept, others, settled = decode_json(line)
                found.append(QueuedWrite(path, before, after, who, at, kept, tuple(others), settled))
        return found

    def pending(self) -> dict[str, list[QueuedWrite]]:
        """Return the writes that are not committed yet, by path."""
        found: dict[str, list[QueuedWrite]] = {}
        for each in self.all():
            if not each.settled:
                found.setdefault(each.path, []).append(each)
        return found

    def add(self, name: str, before: bytes | None, after: bytes | None, keep: Callable[[bytes], str]) -> None:
        """Add a write of the present person. `keep` stores a content, and returns its name."""
        with self._locked():
            last = next((each for each in reversed(self.all()) if each.path == name), None)
            who, old = writer(), digest(before)
            follows = last is not None and last.after == old and (last.settled or last.who == who)
            kept = keep(before) if before is not None and not follows else ""
            self._append([QueuedWrite(name, old, digest(after), who, time.time(), kept)])

    def replace(self, change: Callable[[list[QueuedWrite]], Iterable[QueuedWrite]]) -> None:
        """Replace the lines of the queue, atomically."""
        with self._locked():
            lines = list(change(self.all()))
            settled = [each for each in lines if each.settled]
            dropped = set(settled[:-_MOST_SETTLED])
            temporary = self._path.with_name(f"writes.{os.getpid()}.tmp")
            temporary.unlink(missing_ok=True)
            _write(temporary, [each for each in lines if each not in dropped], os.O_EXCL)
            temporary.replace(self._path)

    def _append(self, lines: Iterable[QueuedWrite]) -> None:
        _write(self._path, lines, os.O_APPEND)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "writes.lock").open("ab") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
            yield


def _write(path: Path, lines: Iterable[QueuedWrite], flag: int) -> None:
    """Write lines durably. Each begins with a line end, because the last one may be torn."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | flag, 0o600)
    try:
        rest = memoryview("".join(f"\n{encode_json(list(each))}" for each in lines).encode("utf-8", "surrogatepass"))
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def note(root: Path, name: str, after: bytes | None) -> None:
    """Put a write of a file that is about to happen into the queue, if there is one.

    `after` is the new content; None if the file is removed. The caller holds its lock.
    """
    if not is_record(name) or _is_placing.get():
        return
    queue = WriteQueue(root)
    if queue.is_on:
        queue.add(name, _content(root / name), after, lambda data: _kept(root, data))


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _kept(root: Path, data: bytes) -> str:
    """Keep a content in git, and return its name; empty where that fails: no write waits for it.

    Loads git, which few writes need.
    """
    from transflow.errors import TransflowError
    from transflow.project.git_writing import write_blob

    try:
        return write_blob(root, data)
    except (TransflowError, OSError):
        return ""

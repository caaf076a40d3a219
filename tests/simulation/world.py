"""The clock and the disk of the simulation.

The clock moves only when the simulation says so; whoever sleeps moves it too. The disk keeps what
was written, but not synced, apart: after a power cut it may be lost or torn.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from stat import S_ISREG
from typing import Any
from unittest import mock

from support.dying import DiedError, dying
from transflow.project import beside_git, looking, torn, waiting

_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
START = datetime(2024, 1, 2, tzinfo=UTC)


class Clock:
    """Simulated time. It stands in for the module `time` where transflow waits."""

    def __init__(self) -> None:
        self._now = START
        self._slept = 0.0
        self.on_sleep: Callable[[], None] | None = None
        """Called once when somebody sleeps: another process goes on then."""

    def advance(self, seconds: int) -> None:
        self._now += timedelta(seconds=seconds)

    def next_day(self) -> None:
        """Go on to the next working day, 9 o'clock."""
        day = self._now + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        self._now = day.replace(hour=9, minute=0, second=0)

    def stamp(self, skew: int = 0) -> str:
        """Return the time as the record has it, on a machine that is ahead by `skew` seconds."""
        return (self._now + timedelta(seconds=skew)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def date_in(self, days: int) -> str:
        return f"{self._now + timedelta(days=days):%Y-%m-%d}"

    @property
    def days(self) -> int:
        return (self._now - START).days

    # The interface of the module `time`

    def time(self) -> float:
        return self._now.timestamp() + self._slept

    def monotonic(self) -> float:
        return self._slept

    def sleep(self, seconds: float) -> None:
        self._slept += max(seconds, 0.001)
        if (goes_on := self.on_sleep) is not None:
            self.on_sleep = None
            goes_on()


@dataclass
class Disk:
    """A disk that can be full, lose power, or pretend to sync."""

    root: Path
    random: Random
    writes: list[str] = field(default_factory=list)
    """Names of the files that were replaced since this was emptied."""
    free_writes: int = -1
    """Number of writes before the disk is full; -1 for any number."""
    lies: bool = False
    """True if a sync does nothing."""
    before_read: Callable[[], None] | None = None
    """Called once, before `read_path` is opened for reading."""
    read_path: Path = Path()
    _open: dict[int, Path] = field(default_factory=dict)
    _unsynced: dict[Path, bytes] = field(default_factory=dict)
    """Path -> what was written to it since the last sync."""
    _renamed: dict[Path, bytes | None] = field(default_factory=dict)
    """Path -> content before it was replaced; the folder is not synced since."""

    def owns(self, path: object) -> bool:
        shown = os.fspath(path) if isinstance(path, str | os.PathLike) else ""
        return isinstance(shown, str) and shown.startswith(f"{self.root}/") and "/.git" not in shown

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """Replace the functions of the module `os` that write files by those of this disk."""
        real_open, real_write, real_close, real_replace = os.open, os.write, os.close, os.replace

        def open_(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
            if self.before_read and not flags & _CHANGES and str(path) == str(self.read_path):
                begin, self.before_read = self.before_read, None
                begin()
            descriptor = real_open(path, flags, mode, dir_fd=dir_fd)
            self._open.pop(descriptor, None)
            if self.owns(path):
                self._open[descriptor] = Path(path)
            return descriptor

        def write(descriptor: int, data: Any) -> int:
            path = self._open.get(descriptor)
            if path is not None and S_ISREG(os.fstat(descriptor).st_mode):  # not a pipe that has the number now
                if self.free_writes == 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                self.free_writes -= self.free_writes > 0
                self._unsynced[path] = self._unsynced.get(path, b"") + bytes(data)
            return real_write(descriptor, data)

        def close(descriptor: int) -> None:
            self._open.pop(descriptor, None)
            real_close(descriptor)

        def sync(descriptor: int) -> None:
            path = self._open.get(descriptor)
            if path is not None and not self.lies:
                self._unsynced.pop(path, None)
                for each in [each for each in self._renamed if each.parent == path]:
                    del self._renamed[each]

        def replace(source: Any, target: Any) -> None:
            if self.owns(target):
                old, new = Path(target), Path(source)
                self._renamed.setdefault(old, old.read_bytes() if old.exists() else None)
                if new in self._unsynced:
                    self._unsynced[old] = self._unsynced.pop(new)
                self.writes.append(old.relative_to(self.root).as_posix())
            real_replace(source, target)

        with ExitStack() as stack:
            for name, function in (
                ("open", open_), ("write", write), ("close", close), ("fsync", sync), ("replace", replace),
            ):  # fmt: skip
                stack.enter_context(mock.patch.object(os, name, function))
            yield

    def settle(self) -> None:
        """Let everything reach the disk, as it does after a while."""
        self._unsynced.clear()
        self._renamed.clear()

    def lose_power(self) -> dict[Path, bytes | None]:
        """Lose or tear what was not synced. Return the files that changed, as they were before."""
        changed: dict[Path, bytes | None] = {}
        for path, before in sorted(self._renamed.items()):
            if self.random.random() < 0.3:
                put_back({path: before})
                changed[path] = before
                self._unsynced.pop(path, None)
        for path, data in sorted(self._unsynced.items()):
            if path.exists():
                changed[path] = self._renamed.get(path)
                path.write_bytes(torn_at(data, self.random))
        self.settle()
        return changed


def put_back(files: dict[Path, bytes | None]) -> None:
    """Give files their former content; None for a file that was not there."""
    for path, data in files.items():
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data)


def torn_at(data: bytes, random: Random) -> bytes:
    """Return a beginning of a file: anywhere, or up to the end of an entry."""
    ends = [at + 1 for at in range(len(data)) if data.startswith(b"\n\n", at)]
    if ends and random.random() < 0.7:
        return data[: random.choice(ends)]
    return data[: random.randrange(len(data))] if data else b""


class World:
    """Everything that is not transflow: randomness, time and disk."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.seed, self.random = seed, Random(seed)
        self.clock = Clock()
        self.disk = Disk(folder, Random(f"disk {seed}"))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run transflow in this world: with its clock, its disk, and no settings of a user."""
        environment = {
            "XDG_CACHE_HOME": f"{self.folder}/cache", "XDG_STATE_HOME": f"{self.folder}/state",
            "XDG_CONFIG_HOME": f"{self.folder}/config", "HOME": f"{self.folder}/homes/nobody",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip
        with ExitStack() as stack:
            stack.enter_context(mock.patch.dict(os.environ, environment))
            for name in [
                each
                for each in os.environ
                if each in ("CI", "SSH_AUTH_SOCK", "TRANSFLOW_USER", "GIT_DIR", "GIT_PREFIX")
            ]:
                del os.environ[name]
            for module in (looking, torn, beside_git):
                stack.enter_context(mock.patch.object(module, "time", self.clock))
            stack.enter_context(mock.patch.object(waiting, "monotonic", self.clock.monotonic))
            stack.enter_context(mock.patch.object(waiting.process, "sleep", self.clock.sleep))
            stack.enter_context(mock.patch.object(looking, "GIVE_UP_AFTER", 2.0))
            stack.enter_context(self.disk.mounted())
            yield

    @contextmanager
    def dying_at(self, change: int, folder: Path) -> Iterator[None]:
        """Let the process die before its nth change of a folder. What it began stays as it is."""
        try:
            with dying(change, folder):
                yield
        except DiedError:
            self.disk._open.clear()

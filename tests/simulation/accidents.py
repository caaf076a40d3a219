"""Dying processes, full disks, power cuts, and git or another program in the same folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from os import utime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.oracle import BrokenRuleError
from simulation.world import put_back, torn_at
from support.dying import dying
from transflow.errors import RefusedError, TransflowError

if TYPE_CHECKING:
    from simulation.clones import Clone
    from simulation.newsroom import Newsroom

_LONG_AFTER = 4_000_000_000
"""Time of files in the middle of being written: later than that of any other file."""


def strikes(room: Newsroom, chance: float) -> bool:
    return room.random.random() < chance * room.accident_rate


def died(room: Newsroom) -> bool:
    """True if a process died in this run: its temporary file stays until the next write."""
    return room.counts["deaths"] + room.counts["power cuts"] > 0


def perhaps(room: Newsroom, at: Clone, name: str, do: Callable[[], Any]) -> None:
    """Do something to a catalog, in most cases without an accident."""
    if not strikes(room, 0.12):
        do()
        return
    accident = room.random.choice([_death, _full_disk, _power_cut, _lying_disk, _second_program, _git_meanwhile])
    accident(room, at, name, do)


def _death(room: Newsroom, at: Clone, name: str, do: Callable[[], Any]) -> None:
    room.counts["deaths"] += 1
    with room.world.dying_at(room.random.randrange(3), at.root):
        do()
    _check_whole(at, name)


def _full_disk(room: Newsroom, at: Clone, name: str, do: Callable[[], Any]) -> None:
    room.counts["full disks"] += 1
    before = at.path(name).read_bytes()
    room.world.disk.free_writes = room.random.randrange(2)
    try:
        do()
    except RefusedError:
        if at.path(name).read_bytes() != before:
            raise BrokenRuleError("torn file", f"{name} changed though the disk was full") from None
        raise
    finally:
        room.world.disk.free_writes = -1


def _power_cut(room: Newsroom, at: Clone, name: str, do: Callable[[], Any]) -> None:
    room.counts["power cuts"] += 1
    room.world.disk.settle()
    before = at.path(name).read_bytes()
    with room.world.dying_at(room.random.randrange(4), at.root):
        do()
    now = at.path(name).read_bytes()
    room.world.disk.lose_power()
    if at.path(name).read_bytes() not in (before, now):
        raise BrokenRuleError("torn file", f"{name} was torn by a power cut")
    _check_whole(at, name)


def _lying_disk(room: Newsroom, at: Clone, name: str, do: Callable[[], Any]) -> None:
    """The disk says that it has written what it has not, and the power goes: a part may be left."""
    room.counts["lying disks"] += 1
    disk, path = room.world.disk, at.path(name)
    disk.settle()
    before, disk.lies = path.read_bytes(), True
    try:
        do()
        now = path.read_bytes()
        changed = disk.lose_power()
    finally:
        disk.lies = False
    if path.read_bytes() not in (before, now):
        with suppress(TransflowError):
            if at.load(name) is not None and _entries(path.read_bytes()) < _entries(now):
                raise BrokenRuleError("torn file", f"a part of {name} is taken for the whole file")
    put_back(changed)  # from the backup


def _entries(data: bytes) -> int:
    return data.count(b'\nmsgid "')


def _second_program(room: Newsroom, at: Clone, name: str, do: Callable[[], Any]) -> None:
    """Somebody has two windows open: the other one also writes, in the middle of this step."""
    room.counts["second programs"] += 1
    begun: list[bool] = []

    def other() -> None:
        if not begun:
            begun.append(True)
            with suppress(RefusedError):
                room.other_window(at, name)

    with dying(room.random.randrange(4), at.root, die=other):
        do()


def _git_meanwhile(room: Newsroom, at: Clone, name: str, do: Callable[[], Any]) -> None:
    """git brings a new version of the catalog at the moment at which it is read."""
    at.git("fetch", "-q", "origin", "main")
    path = at.place(name).path
    is_ahead = at.run("merge-base", "--is-ancestor", "HEAD", "FETCH_HEAD").returncode == 0
    new = at.git("show", f"FETCH_HEAD:{path}", fails=None).encode()
    file = at.root / path
    if not is_ahead or at.git("status", "--porcelain") or new in (b"", file.read_bytes()):
        do()
        return
    room.counts["checkouts"] += 1
    _Checkout(room, at, file, new).beside(do)


class _Checkout:
    """git in the middle of a checkout: it has its lock, and one file is written in part."""

    def __init__(self, room: Newsroom, at: Clone, file: Path, new: bytes) -> None:
        self.room, self.at, self.file = room, at, file
        self.old, self.part = file.read_bytes(), torn_at(new, room.random)
        self.lock = at.root / ".git" / "index.lock"
        self.is_over = False

    def beside(self, do: Callable[[], Any]) -> None:
        disk, clock = self.room.world.disk, self.room.clock
        disk.before_read, disk.read_path = self._begin, self.file
        try:
            do()
        finally:
            disk.before_read, clock.on_sleep = None, None
            if self.lock.exists():
                self.end()

    def _begin(self) -> None:
        self.lock.touch()
        with self.file.open("wb") as file:
            file.write(self.part)
        for each in (self.lock, self.file):
            utime(each, (_LONG_AFTER, _LONG_AFTER))
        self.room.clock.on_sleep = self.end

    def end(self) -> None:
        """Let git finish. If somebody wrote into the file meanwhile, that stays."""
        theirs = self.file.read_bytes()
        self.file.write_bytes(self.old)
        self.lock.unlink()
        self.at.git("merge", "-q", "--ff-only", "FETCH_HEAD")
        if theirs != self.part:
            self.file.write_bytes(theirs)


def _check_whole(at: Clone, name: str) -> None:
    try:
        at.load(name)
    except TransflowError as error:
        raise BrokenRuleError("torn file", f"{name}: {error}") from None


def killed_pull(room: Newsroom, at: Clone) -> None:
    """git is killed with everything that it started, while it merges."""
    room.counts["killed pulls"] += 1
    room.driver.kill_at = room.random.randrange(2)
    at.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main", fails=None)
    room.driver.kill_at = -1
    if at.is_merging() or list((at.root / ".git").rglob("*.lock")):
        at.recover()

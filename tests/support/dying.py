"""Simulation of a process that dies before its nth change of the disk."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NAMES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}


class DiedError(BaseException):
    """The death of the process; only handlers of every exception catch it."""


def died() -> None:
    raise DiedError


class _Watch:
    """Counter of the changes of one thread below some folders.

    It uses `sys.addaudithook`, and hooks cannot be removed.
    """

    def __init__(self) -> None:
        self.folders: tuple[str, ...] = ()
        self.thread = 0
        self.left = 0
        self.counted = 0
        self.die: Callable[[], object] = died

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.folders or threading.get_ident() != self.thread or not self._changes(event, arguments):
            return
        self.counted += 1
        self.left -= 1
        if self.left < 0:
            self.die()

    def _changes(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            path, mode, flags = arguments
            if not (flags or 0) & _CHANGES and not set(str(mode or "")) & set("wax+"):
                return False
        elif event in _NAMES:
            path = arguments[0]
        else:
            return False
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        shown = os.fsdecode(path)
        return shown.startswith(self.folders) and "/.transflow/locks" not in shown and "/.git/" not in shown


_watch = _Watch()
_added: list[bool] = []


@contextmanager
def dying(after: int, *folders: Path, die: Callable[[], object] = died) -> Iterator[_Watch]:
    """Make this thread die at its change number `after`, from 0, and at every later one."""
    if not _added:
        _added.append(True)
        sys.addaudithook(_watch)
    _watch.thread, _watch.left, _watch.counted, _watch.die = threading.get_ident(), after, 0, die
    _watch.folders = tuple(str(folder) for folder in folders)
    try:
        yield _watch
    finally:
        _watch.folders = ()


def deaths(
    folder: Path,
    scratch: Path,
    prepare: Callable[[Path], object],
    do: Callable[[Path], object],
    *more: Path,
    every: int = 1,
) -> Iterator[tuple[int, Path]]:
    """Yield a copy of a project for every change, or every nth change, at which `do` can die."""
    for step in range(every // 2, 1000, every):
        copy = scratch / "copy" / folder.name
        shutil.copytree(folder, copy, symlinks=True)
        prepare(copy)
        try:
            with dying(step, copy, *more):
                do(copy)
        except DiedError:
            yield step, copy
            shutil.rmtree(copy)
            continue
        shutil.rmtree(copy)
        return
    raise AssertionError("it never ends")

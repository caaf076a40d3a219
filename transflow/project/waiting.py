"""Waiting for a lock that somebody else holds: who that is, when it is told, when the wait is given up.

Invariant: nobody waits without end, nor long without a word. A lock file says process, machine and command of whoever holds it, and
nothing that a person typed. It is the lock of the file that counts, never what stands in it: a killed process leaves that.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from time import monotonic
from typing import NamedTuple

from transflow.errors import RefusedError

_MOST = 512
"""Bytes of a lock file that are read."""
_FIRST, _LONGEST = 0.001, 0.1
"""Seconds between two tries."""


class Patience(NamedTuple):
    """Seconds after which a wait is told, and after which it is given up."""

    told: float = 2.0
    ended: float = 30.0


class Process:
    """What this process says of itself in locks, and whom it tells that it waits. Set once, at the start of a command."""

    def __init__(self) -> None:
        self.command = "transflow"
        self.tell: Callable[[str], None] = lambda text: None  # noqa: ARG005
        """Called from any thread; with nothing when a wait that was told is over."""
        self._leaving = Event()
        self._ends_at = 0.0

    def leave(self, seconds: float) -> None:
        """The process is about to end: nothing is waited for any longer than so many seconds from now."""
        self._ends_at = monotonic() + seconds
        self._leaving.set()

    def rest(self, seconds: float) -> None:
        """Sleeps; a process that is leaving less."""
        if not self._leaving.is_set():
            self._leaving.wait(seconds)
        else:
            Event().wait(min(seconds, max(0.0, self._ends_at - monotonic())))

    @property
    def is_over(self) -> bool:
        """Whether it was to have ended by now."""
        return self._leaving.is_set() and monotonic() >= self._ends_at


process = Process()


class HeldError(RefusedError):
    """Somebody else held a lock all the time. Nothing was written."""


def acquire(descriptor: int, name: str, patience: Patience) -> None:
    """Gets the lock of an open file. Tells of a long wait. Raises HeldError after a longer one, OSError without flock."""
    start, pause, is_told = monotonic(), _FIRST, False
    while not _is_free(descriptor):
        waited = monotonic() - start
        if waited >= patience.ended or process.is_over:
            raise HeldError(f"{name} is in use by {_holder(descriptor)}. Nothing was written. {_WAY_OUT}")
        if waited >= patience.told and not is_told:
            is_told = True
            process.tell(f"waiting for {name}, which is in use by {_holder(descriptor)}.")
        process.rest(pause)
        pause = min(pause * 2, _LONGEST)
    _say_who(descriptor)
    if is_told:
        process.tell("")


_WAY_OUT = "Do it again when that is done, or end that process first."


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def release(descriptor: int) -> None:
    """Takes our name out of a lock file."""
    os.ftruncate(descriptor, 0)


def _say_who(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    with suppress(OSError):  # a full disk: the lock holds all the same, and what is to be written says so
        os.pwrite(descriptor, f"{os.getpid()} {_machine()} {process.command}\n".encode("utf-8", "replace"), 0)


def _machine() -> str:
    return os.uname().nodename.replace(" ", "-") or "?"


def _holder(descriptor: int) -> str:
    """Who holds a lock, as far as its file says."""
    said = os.pread(descriptor, _MOST, 0).decode("utf-8", "replace").partition("\n")[0]
    number, _, rest = said.partition(" ")
    machine, _, command = rest.partition(" ")
    if not number.isdecimal() or not command:
        return "another program"
    if machine != _machine():
        return f"process {number} on {machine} ({command})"
    if not is_alive(int(number)):
        return f"a program that process {number} started ({command}), which itself is gone"
    return f"process {number} on this machine ({command})"


def is_alive(number: int) -> bool:
    """Whether there is a process with this number on this machine."""
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True

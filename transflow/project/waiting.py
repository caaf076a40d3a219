"""Waiting for a lock: its holder, the message about a long wait, and the timeout.

Invariant: no wait is endless, and no long wait is silent. A lock file names process, machine and
command of its holder, and no arguments. Only the lock of the file counts, never its content, which
a killed process leaves behind.
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
from transflow.messages import Message, Messages

MESSAGES = Messages(
    __name__,
    {
        "held": "{name} is in use by {holder}. Nothing was written. Do it again when that is done, or end that process first.",
        "waiting": "waiting for {name}, which is in use by {holder}.",
        "holder": "another program",
        "holder/here": "process {process} on this machine ({command})",
        "holder/elsewhere": "process {process} on {machine} ({command})",
        "holder/child": "a program that process {process} started ({command}), which itself is gone",
    },
)
_MAX_BYTES = 512
"""Maximal number of bytes read from a lock file."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.1
"""Seconds between two attempts."""


class WaitLimits(NamedTuple):
    """Seconds after which a wait is reported, and after which it ends with an error."""

    report_after: float = 2.0
    give_up_after: float = 30.0


class Process:
    """The name of this process in locks, and its messages about waiting.

    Set at the start of a command.
    """

    def __init__(self) -> None:
        self.command = "transflow"
        self.tell: Callable[[str], None] = lambda text: None  # noqa: ARG005
        """Called from any thread, with "" when a reported wait is over."""
        self._is_ending = Event()
        self._ends_at = 0.0

    def end_within(self, seconds: float) -> None:
        """Limit all waits to so many seconds from now, since the process is about to end."""
        self._ends_at = monotonic() + seconds
        self._is_ending.set()

    def sleep(self, seconds: float) -> None:
        """Sleep, but in a process that is about to end not beyond its deadline."""
        if not self._is_ending.is_set():
            self._is_ending.wait(seconds)
        else:
            Event().wait(min(seconds, max(0.0, self._ends_at - monotonic())))

    @property
    def is_overdue(self) -> bool:
        """True if the deadline of a process that is about to end has passed."""
        return self._is_ending.is_set() and monotonic() >= self._ends_at


process = Process()


class LockHeldError(RefusedError):
    """Another process did not release a lock. Nothing was written."""


def acquire(descriptor: int, name: str, patience: WaitLimits) -> None:
    """Take the lock of an open file.

    A long wait is reported. Raise LockHeldError after a longer one, OSError without flock.
    """
    start, pause, is_reported = monotonic(), _FIRST_PAUSE, False
    while not _is_free(descriptor):
        waited = monotonic() - start
        if waited >= patience.give_up_after or process.is_overdue:
            raise LockHeldError(MESSAGES("held", name=name, holder=_holder(descriptor)))
        if waited >= patience.report_after and not is_reported:
            is_reported = True
            process.tell(MESSAGES("waiting", name=name, holder=_holder(descriptor)))
        process.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
    _write_holder(descriptor)
    if is_reported:
        process.tell("")


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def release(descriptor: int) -> None:
    """Remove our name from a lock file."""
    os.ftruncate(descriptor, 0)


def _write_holder(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    # The disk may be full: the lock is valid all the same, and the write that follows reports it.
    with suppress(OSError):
        os.pwrite(descriptor, f"{os.getpid()} {_machine()} {process.command}\n".encode("utf-8", "replace"), 0)


def _machine() -> str:
    return os.uname().nodename.replace(" ", "-") or "?"


def _holder(descriptor: int) -> Message:
    """Describe the holder of a lock, as named in its file."""
    line = os.pread(descriptor, _MAX_BYTES, 0).decode("utf-8", "replace").partition("\n")[0]
    pid, _, rest = line.partition(" ")
    machine, _, command = rest.partition(" ")
    if not pid.isdecimal() or not command:
        return MESSAGES("holder")
    if machine != _machine():
        return MESSAGES("holder/elsewhere", process=pid, machine=machine, command=command)
    if not is_alive(int(pid)):
        return MESSAGES("holder/child", process=pid, command=command)
    return MESSAGES("holder/here", process=pid, command=command)


def is_alive(pid: int) -> bool:
    """True if there is a process with this id on this machine."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True

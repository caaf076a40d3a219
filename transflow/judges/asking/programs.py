"""A program that reads a text and writes one, with limits of time and size.

Invariant: nothing that the program started goes on when the call ends: also not after an error, an
interruption, or a signal that ends this process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO, NamedTuple

_CHUNK = 2**16
_MOST_SAID = 2**16
"""Bytes of the standard error that are kept, the last."""
_GONE = 5.0
"""Seconds to wait for the pipes of a program that was ended."""
_Start = Callable[["subprocess.Popen[bytes]"], "subprocess.Popen[bytes]"]
_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Ran(NamedTuple):
    """Result of a program."""

    code: int
    out: bytes
    said: bytes
    """The end of its standard error."""
    is_large: bool = False
    """True if it was ended because it wrote too much."""
    is_slow: bool = False
    """True if it was ended because it took too long."""


def run(command: Sequence[str], data: bytes, seconds: float, most: int) -> Ran:
    """Run a program in a group of its own, in no folder of the user. Raise OSError, ValueError."""
    pipe = subprocess.PIPE
    with _ended_with_us() as start:
        process = start(
            subprocess.Popen(command, cwd="/", stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True)
        )
        out, said = _Reader(process.stdout, most, process), _Reader(process.stderr, 0, process)
        writer = threading.Thread(target=_write, args=(process.stdin, data), daemon=True)
        threads = (writer, out, said)
        for each in threads:
            each.start()
        is_slow = False
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            is_slow = True
        finally:
            _end_group(process.pid)
            process.wait()
            for each in threads:
                each.join(_GONE)
            for file in (process.stdin, process.stdout, process.stderr):
                with suppress(OSError, ValueError):
                    file.close() if file else None
    return Ran(process.returncode, bytes(out.data), bytes(said.data), out.is_large, is_slow and not out.is_large)


class _Reader(threading.Thread):
    """Reads what a program writes: up to `most` bytes, then it is ended; without, the last."""

    def __init__(self, file: IO[bytes] | None, most: int, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._file, self._most, self._process = file, most, process
        self.data = bytearray()
        self.is_large = False

    def run(self) -> None:
        with suppress(OSError, ValueError):
            while self._file and (chunk := os.read(self._file.fileno(), _CHUNK)):
                self.data += chunk
                if self._most and len(self.data) > self._most:
                    self.is_large = True
                    _end_group(self._process.pid)
                    return
                if not self._most:
                    del self.data[:-_MOST_SAID]


def _write(file: IO[bytes] | None, data: bytes) -> None:
    """Write all data, unless the program stops reading, and close the pipe."""
    with suppress(OSError, ValueError):
        if file:
            file.write(data)
            file.close()


def _end_group(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


@contextmanager
def _ended_with_us() -> Iterator[_Start]:
    """End the group of a process that is started here if a signal ends this one."""
    groups: list[int] = []

    def start(process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        groups.append(process.pid)
        return process

    def end(number: int, _frame: FrameType | None) -> None:
        for group in groups:
            _end_group(group)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    is_main = threading.current_thread() is threading.main_thread()
    taken = [each for each in _SIGNALS if is_main and signal.getsignal(each) == signal.SIG_DFL]
    for each in taken:
        signal.signal(each, end)
    try:
        yield start
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)

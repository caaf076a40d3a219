"""A program in a terminal of its own, for tests that type, wait and kill."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from support.commands import command, office

ESCAPES = re.compile(r"\x1b(\[[0-9;?=><]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][0-9A-B]|[=>78])")


class Terminal:
    """`transflow` in a pseudo-terminal: a context manager, which kills it at the end."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        user: str = "",
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
    ) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(env or {})}
        environment |= office(user)
        self._end, its_end = pty.openpty()
        fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process = subprocess.Popen(
            command(*(["--as", user] if user else []), *arguments),
            cwd=folder,
            stdin=its_end,
            stdout=its_end,
            stderr=its_end,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(its_end)
        self._raw = b""
        self._is_open = True

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=30)
        self.hang_up()

    @property
    def said(self) -> str:
        """Return all output so far, without escape sequences."""
        return ESCAPES.sub("", self._raw.decode("utf-8", "replace")).replace("\r", "")

    @property
    def raw(self) -> bytes:
        """Return the output since what was waited for, with its escape sequences."""
        return self._raw

    def read(self, seconds: float = 0.0) -> None:
        """Read the available output, or wait for more up to `seconds`."""
        end = time.monotonic() + seconds
        while self._is_open:
            left = max(0.0, end - time.monotonic())
            if not select.select([self._end], [], [], min(left, 0.05))[0]:
                if left <= 0:
                    return
                continue
            try:
                data = os.read(self._end, 65536)
            except OSError:  # the other end is closed
                data = b""
            if not data:
                return
            self._raw += data

    def wait_for(self, text: str, *, seconds: float = 30.0) -> None:
        """Wait until a text is written that was not waited for before."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.02)
            _before, found, after = self.said.partition(text)
            if found:
                self._raw = after.encode()
                return
            if self.process.poll() is not None:
                self.read()
                break
        assert text in self.said, f"“{text}” never came:\n{self.said[-3000:]}"

    def type(self, text: str) -> None:
        os.write(self._end, text.encode())

    def type_until_shown(self, text: str, *, tries: int = 6) -> None:
        """Type a text repeatedly until it is shown."""
        for _ in range(tries):
            self.type(text)
            with suppress(AssertionError):
                return self.wait_for(text, seconds=5.0)
        return self.wait_for(text)

    def hang_up(self) -> None:
        """Close the terminal, as when a window is closed or a connection breaks."""
        if self._is_open:
            self._is_open = False
            os.close(self._end)

    def ended(self, seconds: float = 30.0) -> int:
        """Return the exit code of the program, after it has ended by itself."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)
        return self.process.wait(timeout=1)

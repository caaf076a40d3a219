"""A server that runs commands in forked processes, piped or on a pseudo-terminal.

It has loaded the program already, so that a command costs a hundredth of a second. It reads a
request in JSON from each line, and answers with a line. Run as a program, by `sweeps`.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import pty
import select
import signal
import sys
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from transflow import cli
from transflow.cli.commands import COMMANDS
from transflow.project import looking

HUNG_UP_AFTER = 1.5
"""Seconds after which the terminal of a screen is closed."""
SCREEN = b"\x1b[?1049h"


def main() -> None:
    for name in COMMANDS:
        import_module(f"transflow.cli.commands.{name}")
    looking.GIVE_UP_AFTER = 0.05  # damaged files are read again for so long
    for line in sys.stdin:
        request = json.loads(line)
        code, out = ran(
            request["arguments"], request["folder"], request["environment"], on_terminal=request["terminal"]
        )
        sys.stdout.write(json.dumps({"code": code, "out": base64.b64encode(out).decode()}) + "\n")
        sys.stdout.flush()


def ran(arguments: Sequence[str], folder: str, environment: dict[str, str], *, on_terminal: bool) -> tuple[int, bytes]:
    """Return the exit code and the output of a command; the code is -9 if it did not end."""
    ends = pty.openpty() if on_terminal else os.pipe()
    child = os.fork()
    if not child:
        run(arguments, folder, environment, ends, on_terminal=on_terminal)
    os.close(ends[1])
    out = output(ends[0], child, seconds=20.0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), out


def run(
    arguments: Sequence[str], folder: str, environment: dict[str, str], ends: tuple[int, int], *, on_terminal: bool
) -> None:
    code = 70
    try:
        os.setsid()
        os.close(ends[0])
        given = ends[1]
        if on_terminal:
            fcntl.ioctl(ends[1], termios.TIOCSCTTY, 0)
        else:
            given = os.open(os.devnull, os.O_RDONLY)
        for target, end in ((0, given), (1, ends[1]), (2, ends[1])):
            os.dup2(end, target)
        os.environ.update(environment)
        os.chdir(folder)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        code = cli.run(list(arguments))
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - the process ends here
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    finally:
        os._exit(code)


def output(end: int, child: int, seconds: float) -> bytes:
    """Return what a process writes; answer its questions, and close the terminal of a screen."""
    out, start, answered = b"", time.monotonic(), 0.0
    while True:
        now = time.monotonic()
        if now - start > seconds:
            os.kill(child, signal.SIGKILL)
            out += b"\nit did not end"
            break
        if SCREEN in out and now - start > HUNG_UP_AFTER:
            break
        if select.select([end], [], [], 0.05)[0]:
            try:
                data = os.read(end, 65536)
            except OSError:  # of a terminal that nobody has open
                break
            if not data:
                break
            out += data
        elif os.isatty(end) and SCREEN not in out and now - answered > 0.2:
            answered = now
            with suppress(OSError):
                os.write(end, b"n\n" if answered == 0 else b".q\n\x04")
    os.close(end)
    return out


if __name__ == "__main__":
    main()

"""Limits of memory and time for templates of a project.

Invariant: a template that asks for too much is an error, and the program goes on. Where a system
has no `fork`, a template has no limits.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from transflow.errors import UnreadableError
from transflow.messages import Message, Messages

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MESSAGES = Messages(
    __name__,
    {
        "time": "the template takes more than {seconds} seconds: look for loops in it.",
        "memory": "the template takes more than {megabytes} MB: look for repetitions and widths in it.",
    },
)
SECONDS = 20
_GRACE = 5
"""Seconds after which a process is killed that did not end itself."""
MEGABYTES = 512
"""Memory that a template may take beside that of the program."""
_FOLDER = "templates"
_SIZES = Path("/proc/self/statm")


def limited(render: Callable[[], str]) -> str:
    """Return what `render` returns, worked out in a process of its own with limits.

    Raise UnreadableError where they are not enough, and the errors of `render`. Loads
    multiprocessing, which only projects with templates of their own need.
    """
    if not hasattr(os, "fork"):
        return render()
    from multiprocessing import get_context

    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(render, sending), daemon=True)
    process.start()
    sending.close()
    try:
        result = receiving.recv() if receiving.poll(SECONDS + _GRACE) else None
    except EOFError:  # the process was killed, as by a lack of memory
        result = MemoryError()
    finally:
        process.kill()
        process.join()
        receiving.close()
    if result is None or isinstance(result, MemoryError):
        raise UnreadableError(_FOLDER, 0, problem_of(result or TimeoutError()))
    if isinstance(result, BaseException):
        raise result
    assert isinstance(result, str)
    return result


def problem_of(error: MemoryError | TimeoutError) -> Message:
    """Return which limit of templates an error is about."""
    if isinstance(error, TimeoutError):
        return MESSAGES("time", seconds=SECONDS)
    return MESSAGES("memory", megabytes=MEGABYTES)


def _work(render: Callable[[], str], sending: Connection) -> None:
    """Render in this process and send the text or the error. Loads modules of this process."""
    import resource
    import signal

    limit = _size() + MEGABYTES * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        result: object = render()
    except Exception as error:  # noqa: BLE001 - the other process raises it
        result = error.with_traceback(None)
    signal.setitimer(signal.ITIMER_REAL, 0)
    sending.send(result)


def _end(_signal: int, _frame: object) -> None:
    raise TimeoutError


def _size() -> int:
    """Return the size of this process in bytes."""
    try:
        return int(_SIZES.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):  # no such file on macOS
        return 4 * 2**30

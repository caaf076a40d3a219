"""Progress bars of work that takes long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import Any

from transflow.cli import streams
from transflow.messages import Message
from transflow.presenters import i18n

_LONG = 1.0
"""Seconds after which progress is shown."""


def open_bar(stack: ExitStack, total: int, label: Message) -> Any:
    """Draw a progress bar, which the stack ends; also if Ctrl+C comes while it is drawn first."""
    bar = streams.progress_bar(length=total, label=i18n.say(label))
    stack.push(bar)
    bar.__enter__()
    return bar


@contextmanager
def long_progress(label: Message, after: float = _LONG) -> Iterator[Callable[[int, int], None]]:
    """Draw a progress bar on a terminal, once the work has taken so many seconds.

    Yield a function to call with how much is done, and of how much. With 0 seconds, the bar is
    there from its first call on, for work that may stand still for long.
    """
    with ExitStack() as stack:
        bars: list[Any] = []
        start = monotonic()

        def progress(done: int, total: int) -> None:
            if not bars and done < total and monotonic() - start >= after:
                bars.append(open_bar(stack, total, label))
            if bars:
                bars[0].update(done - bars[0].pos)

        yield progress

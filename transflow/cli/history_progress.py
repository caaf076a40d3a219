"""Progress of a walk through the history, and the remark about a shallow clone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from transflow.cli.long_progress import open_bar
from transflow.cli.notices import print_error
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "reading": "Reading the history",
        "shallow": "this clone is shallow: older commits are missing, and what they did. `git fetch --unshallow` brings "
        "them.",
    },
)
_LONG = 1_000
"""Commits from which progress is shown."""


@contextmanager
def reading_history() -> Iterator[Callable[[int, int], None]]:
    """Draw a progress bar while a long history is read.

    Yield a function to call with the number of commits read, and of all.
    """
    with ExitStack() as stack:
        bars: list[Any] = []

        def progress(done: int, total: int) -> None:
            if total < _LONG:
                return
            if not bars:
                bars.append(open_bar(stack, total, MESSAGES("reading")))
            bars[0].update(done - bars[0].pos)

        yield progress


def warn_if_shallow(is_shallow: bool) -> None:
    if is_shallow:
        print_error(MESSAGES("shallow"))

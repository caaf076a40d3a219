"""Work on many items by one process per processor."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_work: Callable[[Any], Any] | None = None
"""Work of this process, which its parent set."""


def mapped(work: Callable[[_Item], _Result], items: Sequence[_Item], least: int, portion: int) -> Iterator[_Result]:
    """Yield the results of the items in order.

    From `least` items on, processes that are copies of this one take them in portions; so `work`
    may be anything, and only results are sent. Loads multiprocessing for them only.
    """
    if len(items) < least or not hasattr(os, "fork") or processors() < 2:
        yield from map(work, items)
        return
    from multiprocessing import get_context

    with get_context("fork").Pool(processors(), _start_working, (work,)) as pool:
        yield from pool.imap(_do, items, chunksize=portion)


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_working(work: Callable[[Any], Any]) -> None:
    """Set up a process.

    It ignores Ctrl+C, which the parent handles; and it collects no garbage: there are no cycles to
    find, and looking for them would be a quarter of the work. Loads signal in these processes only.
    """
    from signal import SIG_IGN, SIGINT, signal

    global _work
    _work = work
    signal(SIGINT, SIG_IGN)
    gc.disable()


def _do(item: Any) -> Any:
    assert _work
    return _work(item)

"""Work on many items by one process per processor.

Invariant: every item is worked on, or an error is raised. Where a process dies, as by a lack of
memory, this one does what is left; and none outlives this one.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from threading import Thread, current_thread, main_thread
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_work: Callable[[Any], Any] | None = None
"""Work of this process, which its parent set."""


def mapped(work: Callable[[_Item], _Result], items: Sequence[_Item], least: int, portion: int) -> Iterator[_Result]:
    """Yield the results of the items in order.

    From `least` items on, processes that are copies of this one take them in portions; so `work`
    may be anything, and only results are sent. A thread beside the main one copies no process: what
    other threads hold just then, such as locks, would stay held in the copy.
    """
    done = 0
    if len(items) >= least and hasattr(os, "fork") and processors() > 1 and current_thread() is main_thread():
        for result in _by_processes(work, items, portion):
            yield result
            done += 1
    yield from map(work, items[done:])


def _by_processes(work: Callable[[_Item], _Result], items: Sequence[_Item], portion: int) -> Iterator[_Result]:
    """Yield results as long as no process dies. Loads multiprocessing, for many items only.

    Ctrl+C waits until the processes are started: in one that does not ignore it yet, Python would
    print a traceback. `Executor.map` is of no use here: it cancels its futures when nobody wants
    more results, and the thread of the pool prints a traceback if a process is killed then.
    """
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
    from multiprocessing import active_children, get_context
    from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

    others = {each.pid for each in active_children()}
    pool = ProcessPoolExecutor(processors(), get_context("fork"), _start_working, (work,))
    is_done = False
    try:
        before = pthread_sigmask(SIG_BLOCK, {SIGINT})  # which the processes inherit
        try:
            portions = [items[start : start + portion] for start in range(0, len(items), portion)]
            futures = [pool.submit(_do, each) for each in portions][::-1]
        finally:
            pthread_sigmask(SIG_SETMASK, before)
        while futures:
            yield from futures.pop().result()
        is_done = True
    except BrokenProcessPool:
        pass
    finally:
        if not is_done:  # what they do is not needed any more, as after Ctrl+C
            for process in active_children():
                if process.pid not in others:
                    process.kill()
        pool.shutdown()


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_working(work: Callable[[Any], Any]) -> None:
    """Set up a process.

    It ignores Ctrl+C, which the parent handles, and ends with its parent; and it collects no
    garbage: there are no cycles to find, and looking for them would be a quarter of the work. Loads
    signal in these processes only.
    """
    from signal import SIG_IGN, SIGINT, signal

    global _work
    _work = work
    signal(SIGINT, SIG_IGN)
    gc.disable()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the end of the parent, and end this process then. Loads multiprocessing."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
    os._exit(1)


def _do(portion: Sequence[Any]) -> list[Any]:
    assert _work
    return list(map(_work, portion))

"""Forced exit of the process, after a hang-up or a signal.

Invariant: unsaved texts are on the disk first; the process is gone a few seconds later, whatever
its threads wait for.
"""

from __future__ import annotations

import os
from threading import Thread
from time import sleep

from transflow.presenters.journal import Journal
from transflow.project.waiting import process

EXIT_SECONDS = 4.0
"""Seconds for an orderly exit: finishing steps in progress, releasing locks."""
_FLUSH_SECONDS = 0.5


def exit_within(journal: Journal, code: int, longest: float = EXIT_SECONDS) -> None:
    """End the process with this exit code after `longest` seconds, unless it has ended by then."""
    process.end_within(longest / 2)
    Thread(target=_end, args=(journal, code, longest), name="ending", daemon=True).start()


def _end(journal: Journal, code: int, longest: float) -> None:
    sleep(longest - _FLUSH_SECONDS)
    flush = Thread(target=journal.flush, daemon=True)
    flush.start()
    flush.join(_FLUSH_SECONDS)
    os._exit(code)

"""An end that cannot wait: the terminal is gone, or a signal said so.

Invariant: drafts are on the disk first; the process is gone a few seconds later, whatever its threads wait for.
"""

from __future__ import annotations

import os
from threading import Thread
from time import sleep

from transflow.presenters.journal import Journal
from transflow.project.waiting import process

LONGEST = 4.0
"""Seconds that an orderly end may take: steps that are under way are finished, locks given back."""
_FOR_DRAFTS = 0.5


def hurry(journal: Journal, code: int, longest: float = LONGEST) -> None:
    """Ends the process with this exit code after so many seconds, unless it has ended by then."""
    process.leave(longest / 2)
    Thread(target=_end, args=(journal, code, longest), name="ending", daemon=True).start()


def _end(journal: Journal, code: int, longest: float) -> None:
    sleep(longest - _FOR_DRAFTS)
    flush = Thread(target=journal.flush, daemon=True)
    flush.start()
    flush.join(_FOR_DRAFTS)
    os._exit(code)

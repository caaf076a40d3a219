"""Reading of the Queue: all catalogs at first, later those whose files changed.

Invariant: the catalogs are read in a thread, and in chunks; what an outdated thread posts is
ignored.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from typing import NamedTuple

from textual.message import Message

from transflow.actions import Actor
from transflow.actions.project.changed_files import Stamps, catalog_stamps, outdated
from transflow.actions.project.overview import OverviewRow, overview
from transflow.actions.reports.queue import Waiting, queue
from transflow.errors import TransflowError
from transflow.project import CatalogRef
from transflow.tui.screens.mode import Mode

_CHUNK = 200
"""Number of catalogs to read between two updates of the list."""
_LOOKS_SHARE = 10
"""A look at all files is repeated at the earliest after this many times its duration."""


class WaitingRead(NamedTuple):
    """Work that waits in the catalogs that were read, and the catalogs that there are now."""

    found: Sequence[Waiting]
    read: Collection[CatalogRef]
    existing: Collection[CatalogRef]


class RowsRead(Message):
    """Message with rows of catalogs that were read; the last one of a reading has `waits`."""

    def __init__(self, lines: Sequence[OverviewRow], waits: WaitingRead | None, run: int) -> None:
        super().__init__()
        self.lines, self.waits, self.run = lines, waits, run


class QueueReading:
    """Readings for one screen, to which the messages are posted."""

    def __init__(self, screen: Mode) -> None:
        self._screen = screen
        self._stamps: Stamps = {}
        self._run = 0
        self._last_ended = 0
        """Number of the latest reading that ended; a cancelled one may never begin."""
        self._next_look = 0.0

    def read_all(self) -> None:
        """Read every catalog."""
        self._stamps = {}
        self._start()

    def read_changes(self) -> None:
        """Read the catalogs whose files changed, and the stories that may depend on them."""
        self._start()

    def follow(self) -> None:
        """Read what changed, unless a reading is in progress or the last look took long."""
        if self._last_ended == self._run and time.monotonic() >= self._next_look:
            self._start()

    def is_current(self, message: RowsRead) -> bool:
        return message.run == self._run

    def _start(self) -> None:
        self._run += 1
        actor, run, before = self._screen.app.actor(), self._run, self._stamps
        self._screen.run_worker(lambda: self._work(actor, run, before), thread=True, group="read", exclusive=True)

    def _work(self, actor: Actor, run: int, before: Stamps) -> None:
        """Read in the thread."""
        try:
            self._read(actor, run, before)
        except TransflowError as error:
            self._screen.app.call_from_thread(self._screen.refuse, error)
        finally:
            self._last_ended = max(self._last_ended, run)

    def _read(self, actor: Actor, run: int, before: Stamps) -> None:
        began = time.monotonic()
        now = catalog_stamps(actor)
        self._next_look = time.monotonic() + _LOOKS_SHARE * (time.monotonic() - began)
        if now == before and before:
            return
        places, screen = outdated(before, now), self._screen
        chunk: list[OverviewRow] = []
        for line in overview(actor, places):
            chunk.append(line)
            if len(chunk) >= _CHUNK:
                screen.post_message(RowsRead(chunk, None, run))
                chunk = []
        screen.post_message(RowsRead(chunk, None, run))
        found = queue(actor, lambda _error: None, places)  # a row names what cannot be read
        if run == self._run:
            self._stamps = now
            screen.post_message(RowsRead((), WaitingRead(found, frozenset(places), now.keys()), run))

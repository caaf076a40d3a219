"""Worker threads that send batches, and the outcome of each text.

Invariant: the iterating thread receives each item's outcome once, as soon as it is known, together
with all others known by then; an outcome belongs to its item whatever order answers arrive in.
After an error that stops the run, or after `EngineRun.stop`, no request begins.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Empty, SimpleQueue
from time import monotonic
from typing import NamedTuple

from transflow.engines import EngineAnswer, EngineItem
from transflow.errors import TransflowError
from transflow.network.errors import EngineError, MismatchError

GRACE = 3.0
"""Seconds to wait for requests under way when the run is stopped: they are paid for."""


class TextOutcome(NamedTuple):
    """Outcome of an item: its translation, or the reason why there is none."""

    item: EngineItem
    text: str
    why: str = ""
    failed: bool = False
    """True if the engine failed rather than had no translation: another try may help."""


class EngineRun:
    """Translation of batches in several threads; `error` is the exception that stopped it, if
    any.
    """

    def __init__(
        self,
        engine: str,
        batches: Iterable[Sequence[EngineItem]],
        ask: Callable[[Sequence[EngineItem]], EngineAnswer],
        *,
        threads: int,
        cancel: threading.Event,
    ) -> None:
        self.error: Exception | None = None
        self._engine, self._ask, self._cancel = engine, ask, cancel
        self._waiting = deque(batches)
        self._arrived: SimpleQueue[list[TextOutcome] | None] = SimpleQueue()
        self._left = min(threads, len(self._waiting))
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self._left)]

    def __iter__(self) -> Iterator[list[TextOutcome]]:
        for thread in self._threads:
            thread.start()
        while self._left:
            found, fates = list[TextOutcome](), self._arrived.get()
            while True:
                if fates is None:
                    self._left -= 1
                else:
                    found += fates
                if not self._left or self._arrived.empty():
                    break
                fates = self._arrived.get()
            if found:
                yield found

    def stop(self) -> list[TextOutcome]:
        """Start no more requests, wait briefly for those under way, and return undelivered
        outcomes.
        """
        self._cancel.set()
        end, found = monotonic() + GRACE, list[TextOutcome]()
        while self._left:
            try:
                fates = self._arrived.get(timeout=max(0.0, end - monotonic()))
            except Empty:
                break
            if fates is None:
                self._left -= 1
            else:
                found += fates
        return found

    def _work(self) -> None:
        try:
            while not self._cancel.is_set():
                try:
                    batch = self._waiting.popleft()
                except IndexError:
                    break
                self._arrived.put(self._fates(batch))
        except Exception as error:  # noqa: BLE001 - the iterating thread raises it; a thread that just ended would be silent
            if self.error is None:
                self.error = error
            self._cancel.set()
        finally:
            self._arrived.put(None)

    def _fates(self, batch: Sequence[EngineItem]) -> list[TextOutcome]:
        """Return the outcomes of a batch. Raise errors that stop the run; others become
        outcomes.
        """
        try:
            answered = self._ask(batch)
            if len(answered.texts) != len(batch):
                raise MismatchError(self._engine, "it answers with another number of texts.")
        except MismatchError as error:
            if len(batch) == 1:
                return [TextOutcome(batch[0], "", error.problem, failed=True)]
            return self._halves(batch)
        except TransflowError as error:
            if getattr(error, "stops", True):
                raise
            why = error.problem if isinstance(error, EngineError) else str(error)
            return [TextOutcome(item, "", why, failed=True) for item in batch]
        return [
            TextOutcome(item, text, answered.refused.get(place, "" if text.strip() else "it answers with nothing."))
            for place, (item, text) in enumerate(zip(batch, answered.texts, strict=True))
        ]

    def _halves(self, batch: Sequence[EngineItem]) -> list[TextOutcome]:
        """Retry a batch in halves, delivering the first half even if the second stops the run."""
        middle = (len(batch) + 1) // 2
        first = self._fates(batch[:middle])
        try:
            return first + self._fates(batch[middle:])
        except TransflowError:
            self._arrived.put(first)
            raise

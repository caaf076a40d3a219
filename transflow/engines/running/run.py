"""The threads that ask, and what becomes of each text.

Invariant: whoever iterates gets each item's fate once, in its own thread, as soon as it is known, with all others that are
known by then; a fate belongs to its item whatever order answers come in. After an error that stops the run, or after `stop`, no
request begins.
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
"""Seconds that requests under way are waited for when somebody stops the run: they are paid for."""


class TextOutcome(NamedTuple):
    """What became of an item: a text, or why there is none."""

    item: EngineItem
    text: str
    why: str = ""
    failed: bool = False
    """Whether the engine failed, rather than have nothing to say: asking again may help."""


class EngineRun:
    """Asks about batches in several threads. `error` is what stopped it, if anything did."""

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
        """Begins no request any more, waits a moment for those under way, and returns what arrived and nobody got."""
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
        except Exception as error:  # noqa: BLE001 - whoever iterates raises it: a thread's own end would be silent
            if self.error is None:
                self.error = error
            self._cancel.set()
        finally:
            self._arrived.put(None)

    def _fates(self, batch: Sequence[EngineItem]) -> list[TextOutcome]:
        """Raises what stops the run; other errors are the fate of the batch."""
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
        """What the first half gives is not lost where the second one stops the run."""
        middle = (len(batch) + 1) // 2
        first = self._fates(batch[:middle])
        try:
            return first + self._fates(batch[middle:])
        except TransflowError:
            self._arrived.put(first)
            raise

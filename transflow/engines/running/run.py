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
from transflow.messages import NOTHING, Messages
from transflow.network.errors import EngineError, MismatchError

MESSAGES = Messages(
    __name__,
    {"count": "it answers with another number of texts.", "nothing": "it answers with nothing."},
)
GRACE = 3.0
"""Seconds to wait for requests under way when the run is stopped: they are paid for."""


class TextOutcome(NamedTuple):
    """Outcome of an item: its translation, or the reason why there is none."""

    item: EngineItem
    text: str
    reason: str = ""
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
        self._batches = deque(batches)
        self._arrived: SimpleQueue[list[TextOutcome] | None] = SimpleQueue()
        self._running = min(threads, len(self._batches))
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self._running)]

    def __iter__(self) -> Iterator[list[TextOutcome]]:
        for thread in self._threads:
            thread.start()
        while self._running:
            found, outcomes = list[TextOutcome](), self._arrived.get()
            while True:
                if outcomes is None:
                    self._running -= 1
                else:
                    found += outcomes
                if not self._running or self._arrived.empty():
                    break
                outcomes = self._arrived.get()
            if found:
                yield found

    def stop(self) -> list[TextOutcome]:
        """Start no more requests, wait briefly for those under way, and return undelivered
        outcomes.
        """
        self._cancel.set()
        deadline, found = monotonic() + GRACE, list[TextOutcome]()
        while self._running:
            try:
                outcomes = self._arrived.get(timeout=max(0.0, deadline - monotonic()))
            except Empty:
                break
            if outcomes is None:
                self._running -= 1
            else:
                found += outcomes
        return found

    def _work(self) -> None:
        try:
            while not self._cancel.is_set():
                try:
                    batch = self._batches.popleft()
                except IndexError:
                    break
                self._arrived.put(self._outcomes_of(batch))
        except Exception as error:  # noqa: BLE001 - the iterating thread raises it; a thread that just ended would be silent
            if self.error is None:
                self.error = error
            self._cancel.set()
        finally:
            self._arrived.put(None)

    def _outcomes_of(self, batch: Sequence[EngineItem]) -> list[TextOutcome]:
        """Return the outcomes of a batch. Raise errors that stop the run; others become
        outcomes.
        """
        try:
            answer = self._ask(batch)
            if len(answer.texts) != len(batch):
                raise MismatchError(self._engine, MESSAGES("count"))
        except MismatchError as error:
            if len(batch) == 1:
                return [TextOutcome(batch[0], "", error.problem, failed=True)]
            return self._retry_in_halves(batch)
        except TransflowError as error:
            if getattr(error, "stops", True):
                raise
            reason = error.problem if isinstance(error, EngineError) else error.message
            return [TextOutcome(item, "", reason, failed=True) for item in batch]
        return [
            TextOutcome(
                item,
                text,
                answer.refused.get(index, NOTHING if text.strip() else MESSAGES("nothing")),
                failed=index in answer.missing,
            )
            for index, (item, text) in enumerate(zip(batch, answer.texts, strict=True))
        ]

    def _retry_in_halves(self, batch: Sequence[EngineItem]) -> list[TextOutcome]:
        """Retry a batch in halves, delivering the first half even if the second stops the run."""
        middle = (len(batch) + 1) // 2
        first_outcomes = self._outcomes_of(batch[:middle])
        try:
            return first_outcomes + self._outcomes_of(batch[middle:])
        except Exception:  # of any kind: the first half is paid for
            self._arrived.put(first_outcomes)
            raise

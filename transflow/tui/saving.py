"""The one thread that writes the record for the UI.

Invariant: steps are done in the order in which they were asked for, and each is one action on the file as it is at that
moment, under its lock: the UI never writes back a whole catalog that it read earlier, so what other people saved in
other units is always kept. Where the same unit changed, the action refuses (`ChangedMeanwhileError`), and people decide.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from textual.message import Message
from textual.message_pump import MessagePump


class Outcome(NamedTuple):
    """What came of a step: its value, or the error that stopped it."""

    value: Any
    error: Exception | None


class Saver:
    """Runs functions one after the other in a thread, and posts what came of each as `Saver.Done`."""

    class Done(Message):
        """A step is done. `then` and `failed` are called with the outcome, by the handler in the UI's thread."""

        def __init__(
            self, outcome: Outcome, then: Callable[[Any], None] | None, failed: Callable[[Exception], None]
        ) -> None:
            super().__init__()
            self.outcome, self.then, self.failed = outcome, then, failed

        def settle(self) -> None:
            if self.outcome.error is not None:
                self.failed(self.outcome.error)
            elif self.then is not None:
                self.then(self.outcome.value)

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "saver")

    def run(
        self,
        owner: MessagePump,
        step: Callable[[], Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[Exception], None],
    ) -> Future[None]:
        """Does `step` in the thread; `owner` gets a `Done`, whose `failed` has to judge the error, whatever it is."""

        def job() -> None:
            try:
                outcome = Outcome(step(), None)
            except Exception as error:  # noqa: BLE001 - carried to the handler, which raises it
                outcome = Outcome(None, error)
            owner.post_message(self.Done(outcome, then, failed))

        return self._thread.submit(job)

    def close(self) -> None:
        """Waits for what is under way."""
        self._thread.shutdown(wait=True)

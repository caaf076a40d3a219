"""Saver: the only thread of the UI that writes the record.

Invariant: steps run in the order in which they were requested. Each is one action on the file as it
is then, under its lock: the UI never writes back a whole catalog that it read earlier, so that
changes of other people to other units are always kept. If the same unit changed, the action raises
ChangedMeanwhileError, and the person decides.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, NamedTuple

from textual.message import Message
from textual.message_pump import MessagePump


class Outcome(NamedTuple):
    """Result of a step: its value, or the error that stopped it."""

    value: Any
    error: Exception | None


class Saver:
    """Thread that runs functions one after the other, and posts each result as `Saver.Done`."""

    class Done(Message):
        """Message that a step is done. Its handler calls `call_handler` in the UI thread."""

        def __init__(
            self, outcome: Outcome, then: Callable[[Any], None] | None, failed: Callable[[Exception], None]
        ) -> None:
            super().__init__()
            self.outcome, self.then, self.failed = outcome, then, failed

        def call_handler(self) -> None:
            """Call `failed` with the error, or `then` with the value."""
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
        """Run `step` in the thread, then post `Done` to `owner`.

        `failed` must handle every error, because none is raised in the thread. The step runs in a
        copy of the caller's context, which holds the language of the person.
        """

        def job() -> None:
            try:
                outcome = Outcome(step(), None)
            except Exception as error:  # noqa: BLE001 - carried to the handler, which raises it
                outcome = Outcome(None, error)
            owner.post_message(self.Done(outcome, then, failed))

        return self._thread.submit(copy_context().run, job)

    def close(self) -> None:
        """Wait for the steps in progress."""
        self._thread.shutdown(wait=True)

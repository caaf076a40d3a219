"""Queue of steps: one step is in progress at a time.

Invariant: keys pressed while a step is in progress wait, and then act on what is displayed by then,
so that a fast typist never confirms, or writes into, another text than the one they see.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

from transflow.tui.widgets.editor import Editor

IME_FLUSH_SECONDS = 0.03
"""Delay of a step, in seconds.

An input method delivers its pending syllable about 1 ms after the key that ended it.
"""


class Input(Protocol):
    """Input of a mode, which keeps keys while a step is in progress."""

    def freeze(self, then: Callable[[], object]) -> None:
        """Keep keys from now on. Calls `then` once the keys pressed before have been handled."""
        ...

    def mark_step(self) -> None:
        """Note that another step was requested: later keys are for what is displayed after it."""
        ...

    def unfreeze(self) -> None:
        """Handle the keys that were kept."""
        ...


class NoInput:
    """Input of a mode without an editor."""

    def freeze(self, then: Callable[[], object]) -> None:
        then()

    def mark_step(self) -> None:
        pass

    def unfreeze(self) -> None:
        pass


class EditorInput:
    """Input of a mode with an editor."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def freeze(self, then: Callable[[], object]) -> None:
        def hold() -> None:
            self._editor.freeze_input()
            then()

        self._editor.call_later(hold)  # after the keys that it has not handled yet

    def mark_step(self) -> None:
        self._editor.call_later(self._editor.mark_step)

    def unfreeze(self) -> None:
        self._editor.unfreeze_input()


class StepQueue:
    """Steps of one screen. `set_timer` calls a function after some seconds."""

    def __init__(self, set_timer: Callable[[float, Callable[[], None]], object]) -> None:
        self._set_timer = set_timer
        self.input: Input = NoInput()
        self.is_busy = False
        """True while a step is in progress."""
        self._queued: deque[Callable[[], None]] = deque()

    def enqueue(self, step: Callable[[], None]) -> None:
        """Run a step that leaves a text, after a delay for the input method.

        The step ends with `finish`, at once or after an action. If another step is in progress, it
        is queued.
        """
        if self.is_busy:
            self._queued.append(step)
            self.input.mark_step()
            return
        self.is_busy = True
        self.input.freeze(lambda: self._set_timer(IME_FLUSH_SECONDS, step))

    def run_after(self, command: Callable[[], object]) -> None:
        """Run a command about what is displayed: at once, or after the steps requested before."""
        if not self.is_busy:
            command()
            return

        def run() -> None:
            self.is_busy = False
            command()
            if not self.is_busy:
                self.finish()

        self._queued.append(run)
        self.input.mark_step()

    def finish(self) -> None:
        """End the step in progress, and begin the next one."""
        self.is_busy = False
        self.input.unfreeze()
        if self._queued:
            self.enqueue(self._queued.popleft())

"""Textual's Linux driver, with detection of a terminal that is gone.

Invariant: a terminal that is gone is noticed, whether a signal arrives or not; no thread goes on
reading it, and what is written to it is discarded. Textual starts a second input thread at every
SIGCONT, which comes with every hang-up, and forgets the first, which then reads the end of file in
an endless loop.
"""

from __future__ import annotations

import select
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, TextIO, cast

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from transflow.tui.pasting import PasteParser

linux_driver.XTermParser = PasteParser  # type: ignore[attr-defined] # its thread takes no other parser
_GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL


class _Output:
    """Standard error that discards writes once the terminal is gone.

    Otherwise Textual's writer thread would die of the error, and whoever writes to its full queue
    would block for ever.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Driver(LinuxDriver):
    """Driver that calls `app.hang_up` in the application's event loop once the terminal is gone."""

    _is_watched = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._file = cast(Any, _Output(cast(TextIO, self._file)))

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if not self._is_watched:
            self._is_watched = True
            Thread(target=self._watch, name="terminal", daemon=True).start()

    def _watch(self) -> None:
        """Wait until the terminal is gone.

        Polls for no other event, so that keys do not wake the thread.
        """
        terminal = select.poll()
        terminal.register(self.fileno, 0)
        terminal.poll()
        self.exit_event.set()
        hang_up: Callable[[], None] = getattr(self._app, "hang_up", self._app.exit)
        with suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(hang_up)

    def _is_gone(self) -> bool:
        terminal = select.poll()
        terminal.register(self.fileno, 0)
        return any(mask & _GONE for _, mask in terminal.poll(0))

    def run_input_thread(self) -> None:
        try:
            super().run_input_thread()
        except OSError:
            if not self._is_gone():
                raise

    def _sigcont_application(self, *arguments: Any) -> None:
        """Continue after a stop.

        If Ctrl+Z was not what stopped the process, the threads of the driver still run, and end
        first.
        """
        if self._must_signal_resume:
            super()._sigcont_application(*arguments)
            self._loop.call_soon_threadsafe(self._redraw)
        elif not self._is_gone():
            self._loop.call_soon_threadsafe(self._restart)

    def _restart(self) -> None:
        if self._auto_restart and not self.exit_event.is_set() and not self._is_gone():
            self.suspend_application_mode()
            self.resume_application_mode()
            self._redraw()

    def _redraw(self) -> None:
        """Draw everything: the terminal shows another screen after a stop."""
        redraw: Callable[[], object] | None = getattr(self._app, "action_redraw", None)
        if redraw is not None:
            redraw()

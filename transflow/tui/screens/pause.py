"""Pause before something that each key would start anew."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

_PAUSE_SECONDS = 0.15
"""Seconds without a key after which the helpers are asked."""


class Pause:
    """Pause before one kind of call; asking again before its end restarts it."""

    def __init__(self, set_timer: Callable[[float, Callable[[], None]], Timer]) -> None:
        self._set_timer = set_timer
        self._pending: Timer | None = None

    def then(self, callback: Callable[[], None]) -> None:
        """Call `callback` after the pause."""
        if self._pending is not None:
            self._pending.stop()
        self._pending = self._set_timer(_PAUSE_SECONDS, callback)

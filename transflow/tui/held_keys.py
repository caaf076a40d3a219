"""Keys and pasted texts that arrive between an answer and the next question.

Invariant: they reach what is displayed then, in the order in which they were typed.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from textual import events
from textual.widget import Widget

Typed: TypeAlias = events.Key | events.Paste
LIMIT_SECONDS = 1.0
"""Seconds after which keys are no longer held: somebody has seen by then that a step takes long."""


def is_late_syllable(event: events.Event) -> bool:
    """Return whether a key may be what an input method still held when another key ended it."""
    return isinstance(event, events.Key) and event.character is not None and not event.character.isascii()


async def run_own_binding(widget: Widget, event: events.Key) -> bool:
    """Run what a key that types nothing does in a text, and return whether it does something.

    Textual runs it after the key went through all widgets around the text, and so after letters
    that were typed behind it.
    """
    if event.is_printable:
        return False
    own = next((each for node, each in widget.screen._modal_binding_chain if node is widget), None)
    for binding in own.key_to_bindings.get(event.key, ()) if own else ():
        if not binding.priority and await widget.app.run_action(binding.action, widget):
            event.stop()
            event.prevent_default()
            return True
    return False


class HeldKeys:
    """Keys that wait as long as somebody holds them: an answered dialog, or one that opens.

    `deliver` handles an event of the terminal, `call_later` calls a function among such events.
    """

    def __init__(
        self,
        deliver: Callable[[Typed], Awaitable[None]],
        call_later: Callable[[Callable[[], Awaitable[None]]], object],
        set_timer: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._deliver, self._call_later, self._set_timer = deliver, call_later, set_timer
        self._holders: dict[object, int] = {}
        """Holders of keys, with the number of the last time that they began to."""
        self._number = 0
        self._takes_syllables = False
        self._kept: list[Typed] = []

    @property
    def is_waiting(self) -> bool:
        """True while keys are held, or not all delivered."""
        return bool(self._holders or self._kept)

    def hold(self, holder: object, *, but_syllables: bool = False) -> None:
        """Hold keys until the holder releases them; but late syllables only if told so."""
        self._number += 1
        number = self._holders[holder] = self._number
        self._takes_syllables = not but_syllables

        def give_up() -> None:
            if self._holders.get(holder) == number:
                self.release(holder)

        self._set_timer(LIMIT_SECONDS, give_up)

    def release(self, holder: object) -> None:
        """Deliver the kept keys, unless somebody else holds them."""
        self._holders.pop(holder, None)
        if self._kept and not self._holders:
            self._call_later(self._deliver_kept)

    def takes(self, event: Typed) -> bool:
        """Keep an event of the terminal if keys are held, and return whether it was kept."""
        if not self.is_waiting or (not self._takes_syllables and is_late_syllable(event)):
            return False
        self.keep(event)
        return True

    def keep(self, event: Typed) -> None:
        """Keep an event that a widget already got, in the order of the typed ones."""
        copy = events.Key(event.key, event.character) if isinstance(event, events.Key) else events.Paste(event.text)
        copy.time = event.time
        insort(self._kept, copy, key=lambda each: each.time)

    async def _deliver_kept(self) -> None:
        while self._kept and not self._holders:
            await self._deliver(self._kept.pop(0))

"""Parser of the terminal's input that keeps escape sequences out of pasted texts.

Textual takes an escape sequence within a pasted text for keys: it would leave the text, and its
letters would be commands.

Invariant: between the brackets of a paste nothing reaches Textual's parser as a key.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

from transflow.text import without_escapes

_START, _END = "\x1b[200~", "\x1b[201~"
_LEAST_HELD = 3
"""Length from which the beginning of `_START` is held back: Escape alone is a key."""


class PasteParser(XTermParser):
    """Textual's parser, which gets a paste as a whole, without escape sequences."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._held = ""
        """Input that may belong to a paste that is not complete."""

    def feed(self, data: str) -> Iterable[Message]:
        if not data:  # the end of the input
            return super().feed("")
        ready = self._ready(data)
        return super().feed(ready) if ready else ()

    def _ready(self, data: str) -> str:
        """Return the input that can be parsed now."""
        found, self._held = self._held + data, ""
        ready: list[str] = []
        while (start := found.find(_START)) >= 0:
            begin = start + len(_START)
            end = found.find(_END, begin)
            if end < 0:
                self._held = found[start:]
                return "".join((*ready, found[:start]))
            ready += [found[:begin], without_escapes(found[begin:end]), _END]
            found = found[end + len(_END) :]
        for length in range(len(_START) - 1, _LEAST_HELD - 1, -1):
            if found.endswith(_START[:length]):
                self._held = found[-length:]
                found = found[:-length]
                break
        return "".join((*ready, found))

"""Text area with the keys of texts, of one paragraph or of a whole story."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from transflow.tui import keymap
from transflow.tui.held_keys import run_own_binding


class TextWithKeys(TextArea):
    """Text area with the keys that stand under `text.` in the table."""

    BINDINGS = keymap.bindings("text", priority=False)

    async def _on_key(self, event: events.Key) -> None:
        """Run before the handler of `TextArea`, which types what is not prevented."""
        await run_own_binding(self, event)

    def action_document_start(self) -> None:
        """Move the cursor to the beginning of the text."""
        self.move_cursor(self.document.start)

    def action_document_end(self) -> None:
        """Move the cursor to the end of the text."""
        self.move_cursor(self.document.end)

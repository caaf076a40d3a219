"""Text area with the keys of texts, of one paragraph or of a whole story."""

from __future__ import annotations

from textual.widgets import TextArea

from transflow.tui import keymap


class TextWithKeys(TextArea):
    """Text area with the keys that stand under `text.` in the table."""

    BINDINGS = keymap.bindings("text", priority=False)

    def action_document_start(self) -> None:
        """Move the cursor to the beginning of the text."""
        self.move_cursor(self.document.start)

    def action_document_end(self) -> None:
        """Move the cursor to the end of the text."""
        self.move_cursor(self.document.end)

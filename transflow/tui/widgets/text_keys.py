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

    def action_delete_to_start_of_line(self) -> None:
        """Delete to the beginning of the line as it was typed, however many lines of the screen it
        takes; at its beginning, delete the line break before it.
        """
        row, column = self.cursor_location
        start = (row, 0) if column else self.get_cursor_left_location()
        self._delete_via_keyboard(start, (row, column))

    async def action_delete_to_end_of_line_or_delete_line(self) -> None:
        """Delete to the end of the line as it was typed; at its end, delete the line break."""
        row, column = self.cursor_location
        end = (row, len(self.document.get_line(row)))
        self._delete_via_keyboard((row, column), end if end[1] > column else self.get_cursor_right_location())

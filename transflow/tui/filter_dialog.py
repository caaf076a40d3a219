"""Question for a filter: applied while it is typed, with its keywords as a list.

Invariant: the list behind the dialog shows what the typed filter lets through.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import Input, Static

from transflow.presenters.filtering import KEYWORDS, matching_keywords, with_keyword
from transflow.presenters.i18n import _
from transflow.presenters.list_rows import ListRow
from transflow.tui.controls import visible_text
from transflow.tui.dialogs import Ask, DialogLine, cursor_sign
from transflow.tui.widgets.line_list import LineList

_PAUSE_SECONDS = 0.08
"""Seconds without a key after which the filter is applied."""
_ROWS = 5
_KEYWORD_CELLS = 14


class FilterDialog(Ask):
    """Question for a filter. `typed` gets each text, and returns what it shows."""

    DEFAULT_CSS = """
    FilterDialog { align: center bottom; background: transparent; }
    FilterDialog .result { height: 1; }
    """
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("tab", "insert", show=False, priority=True),
    ]

    def __init__(self, question: str, text: str, hint: str, typed: Callable[[str], str]) -> None:
        super().__init__(
            question, hint, text=text, allow_empty=True, hint=_("↑ ↓ Tab: keyword · Enter: done · Esc: as before")
        )
        self._typed = typed
        self._keywords = list(KEYWORDS)
        self._pending: Timer | None = None

    def answer_widgets(self) -> ComposeResult:
        yield from super().answer_widgets()
        yield Static(classes="result", markup=False)
        yield LineList()

    def on_mount(self) -> None:
        self.query_one(LineList).styles.height = _ROWS
        self.query_one(LineList).can_focus = False
        self._show_keywords("")

    def on_input_changed(self, event: Input.Changed) -> None:
        if self._pending is not None:
            self._pending.stop()
        self._pending = self.set_timer(_PAUSE_SECONDS, self._apply)
        self._show_keywords(event.value)

    def _apply(self) -> None:
        """Apply the typed filter to the list behind."""
        result = self._typed(self.query_one(DialogLine).value)
        self.query_one(".result", Static).update(visible_text(Text(result, no_wrap=True)))

    def _show_keywords(self, text: str) -> None:
        self._keywords = matching_keywords(text)
        self.query_one(LineList).show(len(self._keywords), self._row)

    def _row(self, number: int, width: int) -> ListRow:  # noqa: ARG002 - the signature of LineList
        keyword = self._keywords[number]
        sign = cursor_sign(self.query_one(LineList), number)
        return ListRow([(f"{sign} {keyword:<{_KEYWORD_CELLS}}", ""), (_(KEYWORDS[keyword]), "faint")])

    def action_step(self, by: int) -> None:
        self.query_one(LineList).action_step(by)

    def action_insert(self) -> None:
        """Put the keyword under the cursor of the list into the line."""
        line = self.query_one(DialogLine)
        line.value = with_keyword(line.value, self._keywords[self.query_one(LineList).cursor])
        line.cursor_position = len(line.value)

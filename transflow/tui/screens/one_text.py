"""Screen on which a story is edited as one text, with a head line above each paragraph."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from transflow.presenters.i18n import _
from transflow.tui.dialogs import IME_DELAY_SECONDS


class OneText(ModalScreen[None]):
    """Editor of the whole text. `typed` is called on every edit, `save` to save the text."""

    DEFAULT_CSS = """
    OneText { background: $background; }
    OneText TextArea, OneText TextArea:focus { height: 1fr; border: none; padding: 0 1; background: $background; }
    OneText .title { height: 1; background: $panel; text-style: bold; padding: 0 1; }
    OneText .message { height: auto; max-height: 5; padding: 0 1; color: $text-error; text-style: bold; }
    OneText .keys { height: 1; background: $panel; color: $text-muted; padding: 0 1; }
    """
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
        Binding("f1", "app.help", show=False, priority=True),
        Binding("ctrl+l", "app.redraw", show=False, priority=True),
    ]
    AUTO_FOCUS = "TextArea"

    def __init__(
        self, title: str, text: str, at: str, typed: Callable[[str], None], save: Callable[[str], None]
    ) -> None:
        """Create the editor, with the cursor at the paragraph with the id `at`."""
        super().__init__()
        self._title, self._text, self._at, self._on_typed, self._save = title, text, at, typed, save
        self.is_closing = False
        """True while it waits for a late syllable, or for the text to be saved."""

    def compose(self) -> ComposeResult:
        yield Static(self._title, classes="title", markup=False)
        yield TextArea(self._text, tab_behavior="focus", show_line_numbers=False)
        yield Static(classes="message", markup=False)
        yield Static(self.keys_hint, classes="keys", markup=False)

    def on_mount(self) -> None:
        self.show_problem("")
        area = self.query_one(TextArea)
        area.cursor_blink = False
        lines = self._text.split("\n")
        row = next((row for row, line in enumerate(lines) if line.startswith("{" + self._at)), -1)
        if self._at and row >= 0:
            area.move_cursor((row + 1, 0), center=True)

    @property
    def keys_hint(self) -> str:
        """Line about the keys, with ` · ` between them."""
        return _("F1: help · Ctrl+S: save · Esc: leave it as a draft")

    @property
    def text(self) -> str:
        return self.query_one(TextArea).text

    def show_problem(self, problem: str) -> None:
        """Display why the text was not saved."""
        self.is_closing = False
        line = self.query_one(".message", Static)
        line.update(f"✗ {problem}" if problem else "")
        line.display = bool(problem)

    def on_text_area_changed(self) -> None:
        if self.text != self._text:
            self._on_typed(self.text)

    def action_save(self) -> None:
        if not self.is_closing:
            self.is_closing = True
            self.set_timer(IME_DELAY_SECONDS, lambda: self._save(self.text))

    def action_leave(self) -> None:
        self.is_closing = True
        self.set_timer(IME_DELAY_SECONDS, self.close)

    def close(self) -> None:
        """Close the screen. A timer calls this, because it would wait for `dismiss`."""
        self.is_closing = False
        self.dismiss(None)

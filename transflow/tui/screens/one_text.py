"""Screen on which a story is edited as one text, with a head line above each paragraph."""

from __future__ import annotations

from typing import Protocol

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from transflow.presenters.i18n import _
from transflow.tui.controls import visible_text
from transflow.tui.dialogs import IME_DELAY_SECONDS
from transflow.tui.widgets.text_keys import TextWithKeys

_PAUSE = 0.4
"""Seconds without typing after which the text is checked."""


class TextOwner(Protocol):
    """Owner of the text, to which the screen reports."""

    def typed(self, text: str) -> None:
        """Keep an edited text."""
        ...

    def check(self, text: str) -> None:
        """Check the text in the background, and call `show_notes` then."""
        ...

    def notes(self, text: str, row: int) -> Text:
        """Return the notes beside the text for the row of the cursor."""
        ...

    def save(self, text: str) -> None:
        """Save the text."""
        ...


class OneText(ModalScreen[None]):
    """Editor of the whole text, with notes about the paragraph in which the cursor is."""

    DEFAULT_CSS = """
    OneText { background: $background; }
    OneText TextArea, OneText TextArea:focus { height: 1fr; border: none; padding: 0 1; background: $background; }
    OneText .title { height: 1; background: $panel; text-style: bold; padding: 0 1; }
    OneText .message { height: auto; max-height: 5; padding: 0 1; color: $text-error; text-style: bold; }
    OneText .keys { height: 1; background: $panel; color: $text-muted; padding: 0 1; }
    OneText #sheet { height: 1fr; layout: vertical; }
    OneText #notes { height: 30%; min-height: 5; padding: 0 1; background: $surface; scrollbar-size-vertical: 1; }
    OneText.-wide #sheet { layout: horizontal; }
    OneText.-wide TextArea, OneText.-wide TextArea:focus { width: 1fr; height: 100%; }
    OneText.-wide #notes { width: 38%; height: 100%; border-left: solid $panel; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own declaration
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
        Binding("f1", "app.help", show=False, priority=True),
        Binding("ctrl+l", "app.redraw", show=False, priority=True),
    ]
    AUTO_FOCUS = "TextArea"

    def __init__(self, title: str, text: str, at: str, owner: TextOwner) -> None:
        """Create the editor, with the cursor at the paragraph with the id `at`."""
        super().__init__()
        self._title, self._text, self._at, self._owner = title, text, at, owner
        self._pause: Timer | None = None
        self.is_closing = False
        """True while it waits for a late syllable, or for the text to be saved."""

    def compose(self) -> ComposeResult:
        yield Static(self._title, classes="title", markup=False)
        with Container(id="sheet"):
            yield TextWithKeys(self._text, tab_behavior="focus", show_line_numbers=False)
            with VerticalScroll(id="notes", can_focus=False):
                yield Static(id="behind")
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
        self._owner.check(self.text)
        self.show_notes()

    @property
    def keys_hint(self) -> str:
        """Line about the keys, with ` · ` between them."""
        return _("F1: help · Ctrl+S: save · Esc: leave it, not saved yet")

    @property
    def text(self) -> str:
        return self.query_one(TextArea).text

    def show_problem(self, problem: str) -> None:
        """Display why the text was not saved."""
        self.is_closing = False
        line = self.query_one(".message", Static)
        line.update(f"✗ {problem}" if problem else "")
        line.display = bool(problem)

    def show_notes(self) -> None:
        """Display the notes about the paragraph in which the cursor is."""
        area = self.query_one(TextArea)
        notes = self._owner.notes(area.text, area.cursor_location[0])
        self.query_one("#behind", Static).update(visible_text(notes))

    def on_text_area_changed(self) -> None:
        if self.text != self._text:
            self._owner.typed(self.text)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, lambda: self._owner.check(self.text))

    def on_text_area_selection_changed(self) -> None:
        self.show_notes()

    def action_save(self) -> None:
        if not self.is_closing:
            self.is_closing = True
            self.set_timer(IME_DELAY_SECONDS, lambda: self._owner.save(self.text))

    def action_leave(self) -> None:
        self.is_closing = True
        self.set_timer(IME_DELAY_SECONDS, self.close)

    def close(self) -> None:
        """Close the screen. A timer calls this, because it would wait for `dismiss`."""
        self.is_closing = False
        self.dismiss(None)

"""Text area for the target of a unit.

Invariant: every edit is reported at once, with the id of its unit, before another unit can be
displayed. Each unit has an undo history of its own, which is kept while other units are displayed.
All input is normalized to NFC, without control characters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unicodedata import normalize

from rich.style import Style
from rich.text import Text
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets.text_area import Edit, EditHistory, EditResult

from transflow.presenters.text_tools import completion, word_span
from transflow.text import pasted
from transflow.tui.widgets.cached import LineCache
from transflow.tui.widgets.text_keys import TextWithKeys

_CHECKPOINTS = 100
_UNDERLINED = Style(underline=True)


class Editor(TextWithKeys):
    """Text area bound to one unit at a time. `on_typed(unit_id, text)` is called on every edit.

    While input is frozen because a step is in progress, keys are kept. `unfreeze_input` types them
    into the text that is displayed then.
    """

    DEFAULT_CSS = """
    Editor { height: 7; padding: 0 1; background: $background; border: round $panel-lighten-2; }
    Editor { border-title-color: $text-muted; border-title-background: $background; }
    Editor:focus { border: heavy $accent; border-title-style: bold reverse; border-title-color: $accent; }
    Editor:ansi { border: round ansi_white; }
    Editor:ansi:focus { border: heavy ansi_yellow; border-title-color: ansi_yellow; }
    """

    class Entered(Message):
        """Message that Enter was pressed in a text of one line, where it types nothing."""

    def __init__(self, on_typed: Callable[[str, str], None], *, one_line: bool = True, id: str | None = None) -> None:
        """Create the editor.

        With `one_line`, pasted line breaks become spaces, and Enter posts `Entered`.
        """
        self._kept_lines = LineCache()
        super().__init__(id=id, tab_behavior="focus", show_line_numbers=False, highlight_cursor_line=False)
        self.cursor_blink = False
        self.unit_id = ""
        self._one_line = one_line
        self._keeps_all = False
        self._on_typed = on_typed
        self._showing = False
        self._histories: dict[str, tuple[EditHistory, str]] = {}
        self.underlined: list[tuple[int, int]] = []
        """Spans of the text that are underlined, in code points."""
        self.completions: Sequence[str] = ()
        """Texts that are offered to complete what is typed."""
        self._rendered_theme: object = None
        """Theme whose colours were computed last."""
        self._kept_events: list[events.Key | events.Paste | None] | None = None
        """Kept events, None where another step was requested. None while input is not frozen."""
        self._replayed_events: list[events.Key | events.Paste] = []
        """Kept events that were forwarded and not yet handled."""

    def show_unit(self, unit_id: str, text: str) -> None:
        """Display the text of a unit.

        If its undo history ends with another text, undo restores that text.
        """
        if self.unit_id:
            self._histories[self.unit_id] = (self.history, self.text)
        fresh = EditHistory(max_checkpoints=_CHECKPOINTS, checkpoint_timer=2.0, checkpoint_max_characters=100)
        history, last_text = self._histories.get(unit_id, (fresh, text))
        self._showing = True
        try:
            self.history = EditHistory(max_checkpoints=1, checkpoint_timer=2.0, checkpoint_max_characters=1)
            self.load_text(last_text)  # clears the present history
            self.history = history
            self.unit_id = unit_id
            if last_text != text:
                self.history.checkpoint()
                self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
                self.history.checkpoint()
            self.move_cursor(self.document.end)
        finally:
            self._showing = False

    def forget_histories(self) -> None:
        """Drop all undo histories, because another catalog is displayed."""
        self._histories, self.unit_id = {}, ""

    def replace_text(self, text: str) -> None:
        """Replace the whole text as one edit that can be undone."""
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        self.move_cursor(self.document.end)

    def show_frame(self, writing_title: str, reading_title: str) -> None:
        """Say in the frame whether letters are text now, or commands of the list."""
        self.border_title = Content(writing_title if self.has_focus else reading_title)

    # Marks and completion

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline parts of the text; edits move them along."""
        if self.underlined != list(spans):
            self.underlined = list(spans)
            self._repaint_text()

    def _repaint_text(self) -> None:
        self._line_cache.clear()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        if self.underlined:
            start = self.index_of((line_index, 0))
            for first, last in self.underlined:
                if first < start + len(line) and last > start:
                    line.stylize(_UNDERLINED, max(first - start, 0), min(last - start, len(line)))
        return line

    def update_suggestion(self) -> None:
        """Offer the rest of a text that begins with the word before the cursor."""
        self.suggestion = completion(self.text, self.cursor_index(), self.completions) if self.completions else ""

    def word_at_cursor(self) -> str:
        """Return the selected words; else an underlined word, best at the cursor; else the word
        there.
        """
        if selected := self.selected_text.strip():
            return selected
        at = self.cursor_index()
        spans = sorted(self.underlined, key=lambda span: not span[0] <= at <= span[1])
        first, last = spans[0] if spans else word_span(self.text, at)
        return self.text[first:last]

    def insert_words(self, words: str) -> None:
        """Insert words at the cursor, or for the selection, with spaces where words would touch."""
        start, end = sorted((self.index_of(self.selection.start), self.index_of(self.selection.end)))
        before, after = self.text[:start], self.text[end:]
        left = " " if before and (before[-1].isalnum() or before[-1] in ",;:.") else ""
        right = " " if after and after[0].isalnum() else ""
        self.history.checkpoint()
        self.replace(f"{left}{words}{right}", self.location_of(start), self.location_of(end))
        self.history.checkpoint()

    def replace_selection(self, change: Callable[[str], str]) -> None:
        """Change the selection, or without one the word at the cursor, as one edit; select it."""
        start, end = sorted((self.index_of(self.selection.start), self.index_of(self.selection.end)))
        if start == end:
            start, end = word_span(self.text, start)
        new = change(self.text[start:end])
        self.history.checkpoint()
        self.replace(new, self.location_of(start), self.location_of(end))
        self.history.checkpoint()
        self.move_cursor(self.location_of(start))
        self.move_cursor(self.location_of(start + len(new)), select=True)

    # Rendering

    def notify_style_update(self) -> None:
        self._kept_lines.forget()
        self._rendered_theme = None
        super().notify_style_update()

    def refresh(self, *regions: Region, **options: Any) -> Any:
        self._kept_lines.forget()
        return super().refresh(*regions, **options)

    def render_lines(self, crop: Region) -> list[Strip]:
        return self._kept_lines.lines(crop, self.scroll_offset, self.render_fresh_lines)

    def render_fresh_lines(self, crop: Region) -> list[Strip]:
        """Render lines with the cached colours of the theme.

        `TextArea` computes its colours at each rendering, which is a third of the cost of a key.
        """
        if self._rendered_theme is not None and self._rendered_theme is self._theme:
            return ScrollView.render_lines(self, crop)
        self._rendered_theme = self._theme
        return super().render_lines(crop)

    # Changes of the text

    def edit(self, edit: Edit) -> EditResult:
        edit.text = normalize("NFC", pasted(edit.text))
        if self._one_line and not self._showing:
            edit.text = edit.text.replace("\n", " ").replace("\t", " ")
        self._move_underlined(edit)
        result = super().edit(edit)
        self._report()
        return result

    def _move_underlined(self, edit: Edit) -> None:
        """Move the underlined spans behind an edit; one that it touches is underlined no more."""
        if self.underlined:
            start, end = sorted((self.index_of(edit.from_location), self.index_of(edit.to_location)))
            by = len(edit.text) - (end - start)
            self.underlined = [
                (first + by, last + by) if first >= end else (first, last)
                for first, last in self.underlined
                if last < start or first >= end
            ]

    def undo(self) -> None:
        super().undo()
        self._report()

    def redo(self) -> None:
        super().redo()
        self._report()

    def _report(self) -> None:
        if self.unit_id and not self._showing:
            self._on_typed(self.unit_id, self.text)

    # Frozen input

    def freeze_input(self) -> None:
        """Keep keys from now on, except letters that no ASCII keyboard sends.

        An input method may still hold a syllable, which arrives after the key that ended it.
        """
        if self._kept_events is None:
            self._kept_events = []
        self._keeps_all = False

    def freeze_all_input(self) -> None:
        """Keep every key, because the text is being saved."""
        self.freeze_input()
        self._keeps_all = True

    def mark_step(self) -> None:
        """Mark where another step was requested: keys from here on are typed after that step."""
        if self._kept_events is not None:
            self._kept_events.append(None)

    def unfreeze_input(self) -> None:
        """Type the kept keys up to where another step was requested; the rest stay kept."""
        kept = self._kept_events or []
        end = kept.index(None) if None in kept else len(kept)
        self._kept_events = kept[end + 1 :] if end < len(kept) else None
        for event in kept[:end]:
            if event is not None:
                copy = (
                    events.Key(event.key, event.character)
                    if isinstance(event, events.Key)
                    else events.Paste(event.text)
                )
                copy.set_sender(self.app)  # else it would not bubble up to the keys of the application
                self._replayed_events.append(copy)
                self._forward_event(copy)

    def _keep(self, event: events.Key | events.Paste) -> bool:
        """Keep an event if input is frozen, and return whether it was kept."""
        if any(event is forwarded for forwarded in self._replayed_events):
            self._replayed_events = [forwarded for forwarded in self._replayed_events if forwarded is not event]
            return False
        if self._kept_events is None:
            return False
        is_late_syllable = (
            isinstance(event, events.Key) and event.character is not None and not event.character.isascii()
        )
        if is_late_syllable and not self._keeps_all:
            return False
        self._kept_events.append(event)
        return True

    async def _on_key(self, event: events.Key) -> None:
        """Run before the handler of `TextArea`, which types what is not prevented."""
        if not self._keep(event):
            if not (self._one_line and event.key == "enter"):
                return
            self.post_message(self.Entered())
        event.stop()
        event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        if self._keep(event):
            event.stop()
            event.prevent_default()

    # Positions

    def location_of(self, index: int) -> tuple[int, int]:
        """Return the (row, column) of a code point of the text."""
        before = self.text[:index]
        return before.count("\n"), len(before) - before.rfind("\n") - 1

    def cursor_index(self) -> int:
        """Return the offset of the cursor in the text, in code points."""
        return self.index_of(self.cursor_location)

    def index_of(self, location: tuple[int, int]) -> int:
        """Return the offset of a (row, column) in the text, in code points."""
        row, column = location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

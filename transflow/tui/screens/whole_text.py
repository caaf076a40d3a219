"""Editing a story as one text, with a head line above each paragraph.

Invariant: typed text is in the journal until it is saved. A refused text stays on the screen with
the reason. A text that was begun on another state of the story can be read, but never overwrites
the story.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from transflow.actions.stories import article
from transflow.errors import TransflowError
from transflow.presenters.i18n import _, count
from transflow.presenters.journal import UnsavedText
from transflow.stories.whole_text import Edited, Reshaped, reshaped, shown_text
from transflow.text import one_line
from transflow.tui.dialogs import IME_DELAY_SECONDS, Agree, Choose
from transflow.tui.screens.undo import UndoSteps

_PREVIEW_LENGTH = 60
"""Number of characters that identify a paragraph in a question."""
KEY = "text"
"""Unit id of the text in the journal. It is shorter than any id of a unit."""


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
        keys = _("Ctrl+S: save · Esc: leave it as a draft")
        yield Static(keys, classes="keys", markup=False)

    def on_mount(self) -> None:
        self.show_problem("")
        area = self.query_one(TextArea)
        area.cursor_blink = False
        lines = self._text.split("\n")
        row = next((row for row, line in enumerate(lines) if line.startswith("{" + self._at)), -1)
        if self._at and row >= 0:
            area.move_cursor((row + 1, 0), center=True)

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


class WholeTextSteps(UndoSteps):
    """Command that edits the story as one text."""

    def action_whole(self) -> None:
        if self.view is not None:
            self.perform_action(article.export_text, str(self.view.place), then=self._open_text)

    def _open_text(self, text: str) -> None:
        assert self.view is not None
        draft = self.app.journal.get(self.view.place.path, KEY)
        if draft is None or draft.text == text:
            self._show_text(text)
        elif _state_line(draft.text) == _state_line(text):
            self._show_text(draft.text)
        else:
            self._ask_which_text(draft.text, text)

    def _ask_which_text(self, own_text: str, story_text: str) -> None:
        """Ask which text to show, because the story changed since a text was begun."""

        def answered(choice: int | None) -> None:
            if choice is not None:
                self._show_text(own_text if choice == 0 else story_text)

        about = _("What you had written stays a draft until you save another text.")
        choices = [_("My text, to copy from it"), _("The story as it is now")]
        question = _("The story changed since you began to edit it as one text.")
        self.app.push_screen(Choose(question, choices, about), answered)

    def _show_text(self, text: str) -> None:
        assert self.view is not None
        place = self.view.place

        def typed(new: str) -> None:
            self.app.journal.put(place.path, KEY, UnsavedText(new, _state_line(new), self.app.clock()))

        screen = OneText(f"{_('Story')} {place.slug}", text, self.current, typed, partial(self._import, text))
        self.app.push_screen(screen)

    def _import(self, before: str, text: str) -> None:
        if self.view is None or text == before:
            self._close_text()
            return
        name = str(self.view.place)
        self.perform_action(
            article.preview_import, name, text, then=partial(self._confirm_changes, text), failed=self._show_problem
        )

    def _confirm_changes(self, text: str, foreseen: article.ImportPreview) -> None:
        """Save if only words and order change; otherwise list the other changes, and ask."""
        if changes := list(reshaped(foreseen.before, foreseen.edited.article)):
            lines = "\n".join(self._change_line(change) for change in changes)

            def answered(agreed: bool | None) -> None:
                if agreed:
                    self._save_text(text)
                elif isinstance(screen := self.app.screen, OneText):
                    screen.show_problem("")

            self.app.push_screen(Agree(_("Save the story like this?"), lines), answered)
        else:
            self._save_text(text)

    def _save_text(self, text: str) -> None:
        assert self.view is not None
        words = _("Saved.")
        self.run_step(article.import_text, str(self.view.place), text, words=words, failed=self._show_problem)

    def _change_line(self, change: Reshaped) -> str:
        assert self.view is not None
        words = {
            "cut": _("{number} is cut"),
            "joined": _("{number} is joined to another paragraph"),
            "split": _("A part of {number} is a paragraph by itself"),
            "kind": _("{number} is of another kind"),
            "sentences": _("{number} stands on other sentences"),
        }[change.change]
        number = self.view.number(change.unit.split if change.change == "split" else change.unit.id)
        text = one_line(shown_text(change.unit))
        return f"{words.format(number=number)}: {text[:_PREVIEW_LENGTH]}{'…' if text[_PREVIEW_LENGTH:] else ''}"

    def _show_problem(self, error: Exception) -> None:
        self.finish_step()
        screen = self.app.screen
        if isinstance(error, TransflowError) and isinstance(screen, OneText):
            screen.show_problem(str(error))
        else:
            self.refuse(error)

    def step_completed(self, result: object) -> None:
        super().step_completed(result)
        if isinstance(result, Edited) and self.view is not None:
            self.app.journal.drop(self.view.place.path, KEY)
            self._close_text()
            self.say(count("{n} change saved.", "{n} changes saved.", len(result.done)))

    def _close_text(self) -> None:
        screen = self.app.screen
        if isinstance(screen, OneText):
            screen.close()


def _state_line(text: str) -> str:
    """Return the first line of a text, which says from which state of the story it was exported."""
    return text.split("\n", 1)[0].strip()

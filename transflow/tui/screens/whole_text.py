"""Editing a story as one text.

Invariant: typed text is in the journal until it is saved. A refused text stays on the screen with
the reason.
"""

from __future__ import annotations

from functools import partial

from transflow.errors import TransflowError
from transflow.presenters.dialogues.whole_text import KEY, save_text, text_to_edit, unsaved_text
from transflow.presenters.i18n import _, count, say
from transflow.stories.whole_text import Edited
from transflow.tui.screens.dialogue_runner import DialogueRunner
from transflow.tui.screens.one_text import OneText
from transflow.tui.screens.sheet import Sheet


class WholeText:
    """Command that edits the open story as one text."""

    def __init__(self, sheet: Sheet, dialogues: DialogueRunner) -> None:
        self._sheet, self._screen, self._dialogues = sheet, sheet.screen, dialogues

    def edit(self) -> None:
        """Open the text of the story, or the unsaved one."""
        self._dialogues.run(text_to_edit(self._sheet.view, self._screen.app.journal), self._show)

    def _show(self, text: str | None) -> None:
        if text is None:
            return
        app, place = self._screen.app, self._sheet.view.place

        def typed(new: str) -> None:
            app.journal.put(place.path, KEY, unsaved_text(new, app.clock()))

        title = f"{_('Story')} {place.slug}"
        app.push_screen(OneText(title, text, self._sheet.current, typed, partial(self._save, text)))

    def _save(self, before: str, text: str) -> None:
        if text == before:
            self._close()
        else:
            self._dialogues.run(save_text(self._sheet.view, text), self._saved, self._not_saved)

    def _saved(self, edited: Edited | None) -> None:
        if edited is None:
            self._show_problem("")
            return
        self._screen.app.journal.drop(self._sheet.view.place.path, KEY)
        self._close()
        self._screen.say(count("{n} change saved.", "{n} changes saved.", len(edited.done)))

    def _not_saved(self, error: Exception) -> None:
        if not (
            isinstance(error, TransflowError) and self._show_problem(say(error.message, self._screen.command_label))
        ):
            self._screen.refuse(error)

    def _show_problem(self, problem: str) -> bool:
        """Display why the text is not saved; return whether its screen is open."""
        screen = self._screen.app.screen
        if isinstance(screen, OneText):
            screen.show_problem(problem)
        return isinstance(screen, OneText)

    def _close(self) -> None:
        screen = self._screen.app.screen
        if isinstance(screen, OneText):
            screen.close()

"""Editing a story as one text.

Invariant: typed text is in the journal until it is saved. A refused text stays on the screen with
the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.text import Text

from transflow.actions import Actor
from transflow.actions.stories.one_text import TextReading, reports_of, text_reading
from transflow.actions.stories.print_context import report_names
from transflow.errors import TransflowError
from transflow.presenters.dialogues.whole_text import KEY, save_text, text_to_edit, unsaved_text
from transflow.presenters.headlines import title
from transflow.presenters.i18n import _, count, say
from transflow.presenters.whole_text_notes import text_notes
from transflow.project import CatalogRef
from transflow.stories.compose import Reports
from transflow.stories.whole_text import Edited, NamedSentences, place_at
from transflow.tui.screens.dialogue_runner import DialogueRunner
from transflow.tui.screens.one_text import OneText
from transflow.tui.screens.sheet import Sheet


class WholeText:
    """Command that edits the open story as one text."""

    def __init__(self, sheet: Sheet, dialogues: DialogueRunner) -> None:
        self._sheet, self._screen, self._dialogues = sheet, sheet.screen, dialogues
        self._base = self._opened = ""
        """Text of the story when writing began, and the text that was opened."""
        self._sentences, self._names = NamedSentences({}), dict[str, str]()
        self._reading: TextReading | None = None
        """Effect of the text, once it was read; of an invalid text, that of the one before."""
        self._checked_text = ""

    def edit(self) -> None:
        """Open the text of the story, or the unsaved one."""
        app = self._screen.app
        self._dialogues.run(text_to_edit(self._sheet.view, app.journal, app.clock()), self._open)

    def _open(self, text: str | None) -> None:
        if text is not None:
            place = self._sheet.view.place
            self._screen.perform_action(partial(_surroundings, place=place), then=partial(self._show, text))

    def _show(self, text: str, read: tuple[Reports, dict[str, str]]) -> None:
        app, place = self._screen.app, self._sheet.view.place
        reports, self._names = read
        self._sentences, self._reading, self._opened = NamedSentences(reports), None, text
        draft = app.journal.get(place.path, KEY)
        self._base = draft.source if draft is not None and draft.text == text and draft.source else text
        app.push_screen(OneText(f"{_('Story')} {title(place)}", text, self._sheet.current, self))

    # Called by the screen of the text

    def typed(self, text: str) -> None:
        """Write an edited text into the journal."""
        app = self._screen.app
        app.journal.put(self._sheet.view.place.path, KEY, unsaved_text(text, self._base, app.clock()))

    def check(self, text: str) -> None:
        """Read what the text does, with its warnings, in a thread."""
        actor, place = self._screen.app.actor(), self._sheet.view.place
        self._checked_text = text

        def job() -> TextReading | Exception:
            try:
                return text_reading(actor, place, text)
            except Exception as error:  # noqa: BLE001 - displayed when it is saved; no text is lost
                return error

        self._screen.run_in_thread(job, partial(self._store, text), "one text")

    def _store(self, text: str, reading: TextReading | Exception) -> None:
        if text == self._checked_text and not isinstance(reading, Exception):
            self._reading = reading
        self._on_screen(OneText.show_notes)

    def notes(self, text: str, row: int) -> Text:
        """Return the notes beside the text for the row of the cursor."""
        place = place_at(text, row, self._sheet.view.place.locale)
        return text_notes(
            place, self._sentences, self._names, self._reading, self._screen.formats, self._sheet.view.place.locale
        )

    def save(self, text: str) -> None:
        """Save a text, after a question about its changes."""
        if text == self._opened and text == self._base:
            self._on_screen(OneText.close)
        else:
            dialogue = save_text(self._sheet.view, text, self._screen.formats)
            self._dialogues.run(dialogue, self._saved, self._not_saved)

    def _saved(self, edited: Edited | None) -> None:
        if edited is None:
            self._on_screen(lambda screen: screen.show_problem(""))
            return
        self._screen.app.journal.drop(self._sheet.view.place.path, KEY)
        self._on_screen(OneText.close)
        self._screen.say(count("{n} change saved.", "{n} changes saved.", len(edited.done)))

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, TransflowError) and isinstance(self._screen.app.screen, OneText):
            problem = say(error.message, self._screen.command_label)
            self._on_screen(lambda screen: screen.show_problem(problem))
        else:
            self._screen.refuse(error)

    def _on_screen(self, change: Callable[[OneText], None]) -> None:
        """Change the screen of the text, if it is open."""
        screen = self._screen.app.screen
        if isinstance(screen, OneText):
            change(screen)


def _surroundings(actor: Actor, place: CatalogRef) -> tuple[Reports, dict[str, str]]:
    """Return the reports of a story, and their names as people type them."""
    reports = reports_of(actor, place)
    return reports, report_names(actor.project, place.locale, reports)

"""Reading of what a story's page shows besides its paragraphs: byline, credits and drafts.

Invariant: they depend on the story and its reports, and are read again when one of them changed.
"""

from __future__ import annotations

from collections.abc import Callable

from transflow.actions import Actor
from transflow.actions.stories.page import Page, page, page_stamps
from transflow.errors import UnreadableError
from transflow.presenters.i18n import _, count
from transflow.presenters.story_view import StoryView
from transflow.tui import keymap
from transflow.tui.screens.file_watch import FileWatch
from transflow.tui.screens.sheet import Sheet

PageRead = tuple[Page, tuple[object, ...]]
"""Page, and the stamps of the files that it depends on."""


class StoryReading:
    """Reading of one story's page. `when_read` is called after the page was displayed."""

    def __init__(self, sheet: Sheet, story: StoryView, when_read: Callable[[], None]) -> None:
        self._sheet, self._screen, self._story, self._when_read = sheet, sheet.screen, story, when_read
        self._stamps: tuple[object, ...] = ()
        sheet.when_replaced.append(self.read)
        self.read()

    def read(self) -> None:
        """Read the page again."""
        place = self._sheet.view.place

        def read(actor: Actor) -> PageRead:
            return page(actor, place), page_stamps(actor.project, place)

        self._screen.perform_action(read, then=self._show)

    def _show(self, read: PageRead) -> None:
        sheet, story = self._sheet, self._story
        if not sheet.is_open:
            return
        old_draft, old_page = story.draft(sheet.current), story.page
        story.page, self._stamps = read
        is_written = sheet.view.draft(sheet.current) is not None
        if old_page.is_read and story.page.finished > old_page.finished:
            self._screen.say(self._finished_words(story.page.finished))
        if old_draft not in ("", story.draft(sheet.current)) and is_written:
            self._screen.say(_("The translations behind this paragraph changed while you were writing."))
        if not old_page.is_read and not sheet.view.units:
            sheet.say_end()
        sheet.lines.repaint()
        sheet.paint_title()
        sheet.paint_unit()
        self._when_read()

    def _finished_words(self, number: int) -> str:
        """Return how many sentences the live story can take in, and by which key."""
        key = keymap.key_label(self._screen.app.keys, "story.list.changes")
        return count(
            "{n} sentence is finished: {key} takes it in.",
            "{n} sentences are finished: {key} takes them in.",
            number,
            key=key,
        )

    def check_for_changes(self, watch: FileWatch) -> None:
        """Read the page again if a report changed: somebody may translate a sentence behind it."""
        if watch.is_paused or not self._stamps:
            return
        try:
            has_changed = page_stamps(self._screen.app.project, self._sheet.view.place) != self._stamps
        except UnreadableError:  # reported when the report is opened
            return
        if has_changed:
            self._stamps = ()
            self.read()

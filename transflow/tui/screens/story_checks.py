"""Checks of the open story: of its paragraphs, and of the story as a whole.

Invariant: displayed issues are of the story as it is displayed, or the checks are still running.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.stories.print_context import load_print_context
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.presenters.i18n import _
from transflow.presenters.story_view import StoryView
from transflow.presenters.unit_notes import warning_line
from transflow.tui.screens.sheet import Sheet


class StoryChecks:
    """Checks of one open story."""

    def __init__(self, sheet: Sheet, story: StoryView) -> None:
        self._sheet, self._screen, self._story = sheet, sheet.screen, story
        self._checked_story: Catalog | None = None
        """Story that the checks were started for last."""
        self._is_checked = False
        sheet.pending_checks_message = self._pending_message

    def check(self) -> None:
        """Check the displayed story in a thread, so that people can go on writing."""
        actor, name, article = self._screen.app.actor(), str(self._sheet.view.place), self._sheet.view.catalog
        self._checked_story, self._is_checked = article, False

        def job() -> Sequence[Issue] | Exception:
            try:
                return _warnings(actor, name, article)
            except Exception as error:  # noqa: BLE001 - displayed; no text is lost
                return error

        self._screen.run_in_thread(job, partial(self._store, article), "checks")

    def _store(self, article: Catalog, found: Sequence[Issue] | Exception) -> None:
        if not self._sheet.is_open or article is not self._checked_story:
            return
        self._is_checked = not isinstance(found, Exception)
        if isinstance(found, Exception):
            self._screen.say(_("The checks failed here: {why}").format(why=found), refused=True)
            found = ()
        self._story.store_issues(found)
        self._sheet.lines.repaint()
        if self._sheet.view.filter.text:
            self._sheet.apply_filter_again()
        self._sheet.paint_title()
        self._sheet.paint_unit()
        self._sheet.checks_done()

    def _pending_message(self) -> str:
        return "" if self._is_checked else _("The story is still being checked.")

    def next_warning(self) -> None:
        """Go to the next paragraph with a warning, and display it with those of the whole story."""
        sheet, view = self._sheet, self._sheet.view
        row = view.next(sheet.lines.cursor, lambda index: bool(view.issues(view.units[index])))
        if row is not None:
            sheet.lines.move_to(row)
            sheet.show_unit()
        unit = sheet.unit
        issues = [*(view.issues(unit) if unit is not None and row is not None else ()), *self._story.story_issues]
        if issues:
            self._screen.say(warning_line(issues, self._screen.command_label))
        else:
            self._screen.say(" ".join(filter(None, (_("No more warnings."), self._pending_message()))))


def _warnings(actor: Actor, name: str, article: Catalog) -> list[Issue]:
    place = actor.project.find_catalog(name, "articles")
    return story_context.warnings(
        actor.project, place, article, load_print_context(actor.project, place.locale, article)
    )

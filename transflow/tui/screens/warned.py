"""Issues of the open story: of its paragraphs, and of the story as a whole.

Invariant: displayed issues are of the story as it is displayed, or the checks are still running.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.stories.print_context import load_print_context
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.presenters.i18n import _, count, say
from transflow.tui.screens.catalog_screen import CatalogScreen


class Warned(CatalogScreen):
    """Checks of the open story."""

    class Told(Message):
        """Issues of a story, or the error that stopped the checks."""

        def __init__(self, article: Catalog, found: Sequence[Issue], error: Exception | None = None) -> None:
            super().__init__()
            self.article, self.found, self.error = article, found, error

    def __init__(self) -> None:
        super().__init__()
        self.story_issues: Sequence[Issue] = ()
        """Issues of the story as a whole."""
        self._checked_story: Catalog | None = None
        """Story that the checks were started for last."""
        self._is_checked = False

    def check_story(self) -> None:
        """Check the displayed story in a thread, so that people can go on writing."""
        if self.view is None:
            return
        actor, place, article = self.app.actor(), self.view.place, self.view.catalog
        self._checked_story, self._is_checked = article, False

        def job() -> None:
            try:
                self.post_message(self.Told(article, _warnings(actor, str(place), article)))
            except Exception as error:  # noqa: BLE001 - displayed; no text is lost
                self.post_message(self.Told(article, (), error))

        self.run_worker(job, thread=True, group="checks", exclusive=True)

    def check_next_units(self) -> None:
        self.check_story()

    def on_warned_told(self, message: Told) -> None:
        message.stop()
        view = self.view
        if view is None or message.article is not self._checked_story:
            return
        self._is_checked = message.error is None
        if message.error is not None:
            self.say(_("The checks failed here: {why}").format(why=message.error), refused=True)
        for unit in view.units:
            view.store_issues(unit, [issue for issue in message.found if issue.location.unit == unit.id])
        self.story_issues = [issue for issue in message.found if not issue.location.unit]
        self.lines.repaint()
        if view.filter.text:
            self.apply_filter_again()
        self.paint_title()
        self.paint_unit()

    def count_warnings(self) -> int:
        """Return the number of warnings."""
        view = self.view
        return len(self.story_issues) + sum(len(view.issues(unit)) for unit in view.units) if view is not None else 0

    def pending_checks_message(self) -> str:
        return "" if self._is_checked else _("The story is still being checked.")

    def action_next_warning(self) -> None:
        """Go to the next paragraph with a warning, and display it with those of the whole story."""
        view = self.view
        if view is None:
            return
        row = view.next(self.lines.cursor, lambda index: bool(view.issues(view.units[index])))
        if row is not None:
            self.lines.move_to(row)
            self.show_unit()
        unit = self.unit
        issues = [*(view.issues(unit) if unit is not None and row is not None else ()), *self.story_issues]
        if issues:
            words = count("{n} warning", "{n} warnings", len(issues))
            self.say(
                f"! {words}: "
                + "  ".join(f"{i}) {say(issue.message, self.command_label)}" for i, issue in enumerate(issues, 1))
            )
        else:
            self.say(" ".join(filter(None, (_("No more warnings."), self.pending_checks_message()))))


def _warnings(actor: Actor, name: str, article: Catalog) -> list[Issue]:
    place = actor.project.find_catalog(name, "articles")
    return story_context.warnings(
        actor.project, place, article, load_print_context(actor.project, place.locale, article)
    )

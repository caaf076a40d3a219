"""Suggestions, terms and checks beside the editor, computed in threads.

Invariant: an answer is displayed only while its unit is displayed and, for checks, while its text
is in the editor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text
from textual.message import Message
from textual.timer import Timer

from transflow.errors import TransflowError
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.assistants import Suggestion, TermHint, UnitContext, pending_message
from transflow.presenters.i18n import _, count, say
from transflow.tui import keymap
from transflow.tui.dialogs import Choose
from transflow.tui.screens.writing import WritingSteps
from transflow.tui.widgets.cached import CachedStatic
from transflow.tui.widgets.side_pane import SidePane
from transflow.units.workflow import unwaived

_DELAY_SECONDS = 0.15
"""Seconds without a key after which the helpers are asked."""
_BATCH_PAUSE_SECONDS = 0.02
"""Seconds between checking one batch of units and the next."""
_MAX_SINGLE_ROWS = 20
"""Number of rows from which the whole list is rendered instead of single rows."""
_BATCH_SIZE = 50
"""Size of a batch of units to check. Keys are handled between batches."""


class AssistanceSteps(WritingSteps):
    """Helpers of a mode. A subclass has a `SidePane` and a `CachedStatic` with id `warnings`."""

    class Helped(Message):
        """Suggestions and terms for a unit; None means that the helper is not installed."""

        def __init__(
            self, unit: Unit, matches: Sequence[Suggestion] | None, terms: Sequence[TermHint] | None, told: str = ""
        ) -> None:
            super().__init__()
            self.unit, self.matches, self.terms, self.told = unit, matches, terms, told

    class Checked(Message):
        """Issues of units, each with the text that was checked."""

        def __init__(self, found: Sequence[tuple[Unit, Sequence[Issue]]]) -> None:
            super().__init__()
            self.found = found

    class Failed(Message):
        """Error that stopped a helper."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    class Answered(Message):
        """Suggestion of an engine for a unit, or the error instead of it."""

        def __init__(self, unit: Unit, match: Suggestion | None, error: Exception | None = None) -> None:
            super().__init__()
            self.unit, self.match, self.error = unit, match, error

    def __init__(self) -> None:
        super().__init__()
        self.matches: Sequence[Suggestion] = ()
        self.issues: Sequence[Issue] = ()
        self._pending_timers: dict[str, Timer] = {}
        self._warning_index = -1

    def _ask_later(self, name: str, callback: object) -> None:
        """Call `callback` after a pause; asking again before that restarts the pause."""
        if name in self._pending_timers:
            self._pending_timers[name].stop()
        assert callable(callback)
        self._pending_timers[name] = self.set_timer(_DELAY_SECONDS, callback)

    def context(self, unit: Unit) -> UnitContext:
        assert self.view is not None
        before, after = self.view.neighbours(unit.id)
        place, language = self.view.place, self.app.project.settings.source
        neighbours = (before.source if before else "", after.source if after else "")
        return UnitContext(place.locale, language, place.slug, *neighbours, self.view.catalog)

    def _run_in_thread(self, ask: Callable[[], Message], group: str) -> None:
        """Call `ask` in a thread, and post its answer.

        Any error there is posted as `Failed` and displayed: people go on writing without the
        helper.
        """

        def job() -> None:
            try:
                answer = ask()
            except Exception as error:  # noqa: BLE001 - displayed; no text is lost
                answer = self.Failed(error)
            self.post_message(answer)

        self.run_worker(job, thread=True, group=group, exclusive=True)

    def on_assistance_steps_failed(self, message: Failed) -> None:
        message.stop()
        words = _("Suggestions or checks failed here: {why}")
        self.say(words.format(why=f"{type(message.error).__name__}: {message.error}"), refused=True)

    # Suggestions and terms

    def catalog_opened(self) -> None:
        super().catalog_opened()
        self.check_next_units()

    def show_catalog(self, catalog: Catalog) -> None:
        """Check texts that were not checked yet, such as one that was just confirmed."""
        super().show_catalog(catalog)
        self.check_next_units()

    def show_unit(self) -> None:
        super().show_unit()
        unit = self.unit
        self.matches = ()
        if unit is None or self.view is None:
            return
        helpers = self.app.assistants
        self.query_one(SidePane).show_answers(() if helpers.suggester else None, () if helpers.terms else None)
        self._show_issues(self.view.issues(unit))
        self.call_after_refresh(self.ask_helpers)
        self.call_after_refresh(self.text_changed)

    def ask_helpers(self) -> None:
        unit, helpers = self.unit, self.app.assistants
        if unit is not None and (helpers.suggester or helpers.terms):
            self._ask_later("help", partial(self._look_up, unit, self.context(unit)))

    def _look_up(self, unit: Unit, context: UnitContext) -> None:
        helpers = self.app.assistants

        def look_up() -> Message:
            matches = helpers.suggester.suggest(unit, context) if helpers.suggester else None
            terms = helpers.terms.terms(unit, context) if helpers.terms else None
            return self.Helped(unit, matches, terms, pending_message(helpers.suggester))

        self._run_in_thread(look_up, "help")

    def on_assistance_steps_helped(self, message: Helped) -> None:
        message.stop()
        if message.told:
            self.say(_("{why} The memory of this machine answers alone.").format(why=message.told))
        if message.unit.id == self.current:
            self.matches = tuple(message.matches or ())[:9]
            self.query_one(SidePane).show_answers(message.matches, message.terms)

    def action_take(self) -> None:
        self._take_match(0)

    def _take_match(self, number: int) -> None:
        if number < len(self.matches):
            match = self.matches[number]
            self.editor.replace_text(match.target)
            self.editor.focus()
            self.remember_suggestion(match.machine, match.target)
        else:
            self.say(_("There is no suggestion for this sentence."))

    def action_pick(self) -> None:
        if not self.matches:
            self._take_match(0)
            return

        def answered(choice: int | None) -> None:
            if choice is not None:
                self._take_match(choice)

        choices = [f"{match.origin if match.machine else f'{match.score}%'} {match.target}" for match in self.matches]
        self.app.push_screen(Choose(_("Which suggestion?"), choices), answered)

    # The engine

    def action_ask_engine(self) -> None:
        """Ask the person's engine about this unit; its answer becomes the first suggestion."""
        unit, asker = self.unit, self.app.assistants.asker
        if unit is None or asker is None or self.view is None:
            self.say(_("No engine is installed."))
            return
        actor, context = self.app.actor(), self.context(unit)
        self.say(_("Asking the engine …"))

        def ask() -> None:
            try:
                self.post_message(self.Answered(unit, asker.ask(actor, unit, context)))
            except (TransflowError, OSError) as error:
                self.post_message(self.Answered(unit, None, error))

        self.run_worker(ask, thread=True, group="engine", exclusive=True)

    def on_assistance_steps_answered(self, message: Answered) -> None:
        message.stop()
        if message.match is None:
            self.refuse(message.error or RuntimeError("neither an answer nor an error"))
        elif message.unit.id == self.current:
            others = [match for match in self.matches if match.machine != message.match.machine]
            self.matches = (message.match, *others)[:9]
            self.query_one(SidePane).show_matches(self.matches)
            key = keymap.key_labels(self.app.keys.get(f"{self.NAME}.take", "ctrl+r"))
            self.say(_("{key} takes it: {text}").format(key=key, text=message.match.target))

    # Checks

    def text_changed(self) -> None:
        if self.app.assistants.checker is not None:
            self._ask_later("check", self._check_typed)

    def _check_typed(self) -> None:
        unit = self.unit
        if unit is not None and unit.id == self.editor.unit_id:
            self._check([unit.replace(target=self.editor.text.strip())], "check typed")

    def check_next_units(self) -> None:
        """Check the next batch of unchecked units; its result starts the one after."""
        if self.view is not None:
            self._check(self.view.unchecked()[:_BATCH_SIZE], "check")

    def _check(self, units: Sequence[Unit], group: str) -> None:
        checker = self.app.assistants.checker
        if checker is None or not units:
            return
        contexts = [self.context(unit) for unit in units]

        def check() -> Message:
            found = [(unit, checker.check(unit, context)) for unit, context in zip(units, contexts, strict=True)]
            return self.Checked(found)

        self._run_in_thread(check, group)

    def on_assistance_steps_checked(self, message: Checked) -> None:
        message.stop()
        if self.view is None:
            return
        changed = []
        for unit, issues in message.found:
            if self.view.store_issues(unit, issues) and self.view.has_texts(unit):
                changed.append(unit.id)
            is_shown = unit.id == self.current and unit.target == self.editor.text.strip()
            if is_shown and unwaived(unit, issues) != list(self.issues):
                self._show_issues(unwaived(unit, issues))
        if changed:
            self.lines.repaint(*map(self.view.row, changed) if len(changed) < _MAX_SINGLE_ROWS else ())
            self.issues_changed()
            if self.view.unchecked():
                self.set_timer(_BATCH_PAUSE_SECONDS, self.check_next_units)
            elif self.view.filter.text:
                self.apply_filter_again()

    def issues_changed(self) -> None:
        """Called when issues of units were found or disappeared."""

    def _show_issues(self, issues: Sequence[Issue]) -> None:
        self.issues, self._warning_index = issues, -1
        line = self.query_one("#warnings", CachedStatic)
        line.display = bool(issues)
        if issues:
            words = count("{n} warning", "{n} warnings", len(issues))
            line.set_text(
                Text(
                    f"! {words}: "
                    + "  ".join(f"{i}) {say(issue.message, self.command_label)}" for i, issue in enumerate(issues, 1))
                )
            )

    def action_next_warning(self) -> None:
        """Go to the next warning of the text; after the last one, to the next unit with one."""
        if self._warning_index + 1 < len(self.issues):
            self._warning_index += 1
            issue = self.issues[self._warning_index]
            self.editor.focus()
            if issue.target_span:
                start, end = (self.editor.location_of(index) for index in issue.target_span)
                self.editor.move_cursor(start)
                self.editor.move_cursor(end, select=True)
            self.say(
                f"! {say(issue.message, self.command_label)}"
                + (" " + _("Better: {text}").format(text=issue.fix) if issue.fix else "")
            )
            return
        view = self.view
        row = (
            view.next(self.lines.cursor, lambda index: view.filtered_unit(view.units[index]).warnings > 0)
            if view
            else None
        )
        if row is None or row == self.lines.cursor:
            self._warning_index = -1
            self.say(" ".join(filter(None, (_("No more warnings."), self.pending_checks_message()))))
        else:
            self.lines.move_to(row)

    def pending_checks_message(self) -> str:
        left = len(self.view.unchecked()) if self.view is not None and self.app.assistants.checker is not None else 0
        return (
            count("{n} sentence is still being checked.", "{n} sentences are still being checked.", left)
            if left
            else ""
        )

"""Checks of the open report, run in threads, and the warnings of the text in the editor.

Invariant: issues are displayed only while their unit is displayed, and their text is in the editor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.text import Text

from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.assistants import is_about_spelling, is_shown, unit_context
from transflow.presenters.i18n import _, count, say
from transflow.presenters.unit_notes import warning_line, with_whole
from transflow.tui.keymap import key_label
from transflow.tui.screens.pause import Pause
from transflow.tui.screens.sheet import Sheet
from transflow.tui.screens.suggestions import helper_failure
from transflow.tui.widgets.cached import CachedStatic
from transflow.tui.widgets.editor import Editor
from transflow.units.workflow import unwaived

_MARGIN = 12
"""Columns that a line of warnings loses to its margins, and where its words are broken."""
_BATCH_PAUSE_SECONDS = 0.02
"""Seconds between checking one batch of units and the next."""
_MAX_SINGLE_ROWS = 20
"""Number of rows from which the whole list is rendered instead of single rows."""
_BATCH_SIZE = 50
"""Size of a batch of units to check. Keys are handled between batches."""
Checked = Sequence[tuple[Unit, Sequence[Issue]]]
"""Issues of units, each with the text that was checked."""


class UnitChecks:
    """Checks of one open report. `issues_changed` is called when issues appeared or disappeared."""

    def __init__(self, sheet: Sheet, editor: Editor, line: CachedStatic) -> None:
        self._sheet, self._screen, self._editor, self._line = sheet, sheet.screen, editor, line
        self.issues_changed: Callable[[], None] = lambda: None
        self.issues: Sequence[Issue] = ()
        """Issues of the text in the editor."""
        self._misspelled: Sequence[Issue] = ()
        """Issues about words of the text in the editor, which are underlined."""
        self._warning_index = -1
        self._pause = Pause(sheet.screen.set_timer)
        sheet.when_unit_shown.append(self._unit_shown)
        sheet.when_replaced.append(self.check_next_units)
        sheet.pending_checks_message = self._pending_message
        sheet.when_read.append(self.check_next_units)  # loads the checks: the report is painted first

    def _unit_shown(self) -> None:
        if (unit := self._sheet.unit) is not None:
            self._show(self._sheet.view.issues(unit))
            self._underline(())
            self._screen.call_after_refresh(self.text_changed)

    def text_changed(self) -> None:
        """Check the text in the editor, after a pause."""
        if self._screen.app.assistants.checker is not None:
            self._pause.then(self._check_typed)

    def _check_typed(self) -> None:
        unit = self._sheet.unit
        if unit is not None and unit.id == self._editor.unit_id:
            self._check([unit.replace(target=self._editor.text.strip())], "check typed")

    def check_next_units(self) -> None:
        """Check the next batch of unchecked units; its result starts the one after."""
        if self._sheet.is_open and self._sheet.view.is_read:
            self._check(self._sheet.view.unchecked()[:_BATCH_SIZE], "check")

    def _check(self, units: Sequence[Unit], group: str) -> None:
        checker = self._screen.app.assistants.checker
        if checker is None or not units:
            return
        contexts = [unit_context(self._sheet.view, unit, self._sheet.source_language) for unit in units]

        def check() -> Checked | Exception:
            try:
                return [(unit, checker.check(unit, context)) for unit, context in zip(units, contexts, strict=True)]
            except Exception as error:  # noqa: BLE001 - displayed; no text is lost
                return error

        self._screen.run_in_thread(check, self._store, group)

    def _store(self, found: Checked | Exception) -> None:
        if isinstance(found, Exception):
            self._screen.say(helper_failure(found), refused=True)
            return
        sheet, view = self._sheet, self._sheet.view
        if not sheet.is_open:
            return
        changed = []
        for unit, all_issues in found:
            issues = [issue for issue in all_issues if is_shown(issue)]
            if view.store_issues(unit, issues) and view.has_texts(unit):
                changed.append(unit.id)
            if unit.id != sheet.current or unit.target != self._editor.text.strip():
                continue
            if unwaived(unit, issues) != list(self.issues):
                self._show(unwaived(unit, issues))
            self._underline([issue for issue in unwaived(unit, all_issues) if is_about_spelling(issue)])
        if changed:
            sheet.lines.repaint(*map(view.row, changed) if len(changed) < _MAX_SINGLE_ROWS else ())
            self.issues_changed()
            if view.unchecked():
                self._screen.set_timer(_BATCH_PAUSE_SECONDS, self.check_next_units)
                return
            if view.filter.text:
                sheet.apply_filter_again()
        if not view.unchecked():
            sheet.checks_done()

    def _show(self, issues: Sequence[Issue]) -> None:
        self.issues, self._warning_index = issues, -1
        self._line.display = bool(issues)
        if issues:
            line = warning_line(issues, self._screen.command_label)
            self._line.set_text(Text(line if self._has_room(line) else with_whole(line, self._key_of_whole())))

    def _has_room(self, line: str) -> bool:
        height = self._line.styles.max_height
        return not height or cell_len(line) <= int(height.value) * (self._screen.size.width - _MARGIN)

    def _key_of_whole(self) -> str:
        return key_label(self._screen.app.keys, f"{self._screen.NAME}.list.explain")

    def _underline(self, misspelled: Sequence[Issue]) -> None:
        """Underline words of the text in the editor."""
        self._misspelled = misspelled
        indent = len(self._editor.text) - len(self._editor.text.lstrip())
        spans = [issue.target_span for issue in misspelled if issue.target_span]
        self._editor.underline([(start + indent, end + indent) for start, end in spans])

    def next_warning(self) -> None:
        """Go to the next warning of the text; after the last one, to the next unit with one."""
        sheet, view = self._sheet, self._sheet.view
        issues = [*self.issues, *(each for each in self._misspelled if each not in self.issues)]
        if self._warning_index + 1 < len(issues):
            self._warning_index += 1
            self._select(issues[self._warning_index])
            return
        row = view.next(sheet.lines.cursor, lambda index: view.filtered_unit(view.units[index]).warnings > 0)
        if row is None or row == sheet.lines.cursor:
            self._warning_index = -1
            self._screen.say(" ".join(filter(None, (_("No more warnings."), self._pending_message()))))
        else:
            sheet.lines.move_to(row)

    def _select(self, issue: Issue) -> None:
        """Select the part of the text that an issue is about."""
        self._editor.focus()
        if issue.target_span:
            start, end = (self._editor.location_of(index) for index in issue.target_span)
            self._editor.move_cursor(start)
            self._editor.move_cursor(end, select=True)
        fix = " " + _("Better: {text}").format(text=issue.fix) if issue.fix else ""
        self._screen.say(f"! {say(issue.message, self._screen.command_label)}" + fix)

    def _pending_message(self) -> str:
        left = len(self._sheet.view.unchecked()) if self._screen.app.assistants.checker is not None else 0
        if not left:
            return ""
        return count("{n} sentence is still being checked.", "{n} sentences are still being checked.", left)

"""Review mode: an editor reads a report by units, compared with the texts approved last.

Invariant: the reason why a unit cannot be approved is displayed before anybody tries.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from transflow.actions.judges.found import Findings
from transflow.model.unit import Unit
from transflow.presenters.approval_notes import approval_text
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues import annotating, approving
from transflow.presenters.dialogues.requests import Dialogue
from transflow.presenters.dialogues.waiving import waive
from transflow.presenters.i18n import say
from transflow.presenters.mode_rules import Reviewing
from transflow.presenters.review_order import next_by_risk
from transflow.tui import keymap
from transflow.tui.controls import visible_text
from transflow.tui.screens.approvals import Approvals
from transflow.tui.screens.catalog_screen import CatalogScreen
from transflow.tui.screens.file_watch import Stamp
from transflow.tui.screens.open_catalog import OpenCatalog
from transflow.tui.screens.suggestions import UnitSuggestions
from transflow.tui.screens.unit_checks import UnitChecks
from transflow.tui.screens.unit_page import UnitPage
from transflow.tui.widgets.line_list import LineList
from transflow.units import workflow


class ReviewList(LineList):
    """List of Review, with its keys."""

    BINDINGS = keymap.bindings("review.list", target="screen")


class ReviewCommands:
    """Commands of an editor for one open report."""

    def __init__(self, opened: OpenCatalog, page: UnitPage, approvals: Approvals) -> None:
        self._sheet = opened.sheet
        self._shown_by_risk = ""
        """Id of the unit to which the order of risk led last."""
        view, sheet, formats = opened.view, opened.sheet, opened.screen.formats
        UnitSuggestions(sheet, opened.editing, page.side_pane, opened.run)
        checks = UnitChecks(sheet, opened.editing.editor, page.warnings)
        checks.issues_changed = sheet.paint_unit
        opened.editing.text_changed = checks.text_changed
        opened.commands |= {
            "next_warning": checks.next_warning,
            "approve": sheet.on_unit(approvals.approve),
            "approve_marked": opened.on_catalog(lambda: approving.approve_marked(view, sheet.marked_units(), formats)),
            "limit": opened.on_selection(partial(annotating.limit, view)),
            "send_back": opened.on_selection(partial(self._send_back, view)),
            "still_right": opened.on_selection(partial(approving.confirm_unchanged, view)),
            "waive": opened.on_unit(lambda unit: waive(view, unit, view.issues(unit), formats.command)),
            "take_back": opened.changes.take_back,
            "explain": sheet.on_unit(opened.explain),
            "riskiest": partial(self._show_riskiest, opened),
        }

    def _show_riskiest(self, opened: OpenCatalog) -> None:
        """Go to the riskiest unread sentence, or from there to the next one, and say why."""
        view, unit = opened.view, self._sheet.unit
        last = unit.id if unit and unit.id == self._shown_by_risk else ""
        with closing(Findings(opened.screen.app.project)) as findings:
            found = next_by_risk(view, last, view.issues, findings)
        if found is not None:
            self._shown_by_risk = found.unit.id
            self._sheet.lines.move_to(view.row(found.unit.id))
            self._sheet.show_unit()
        opened.screen.say(opened.sheet.rules.all_done_message(view) if found is None else found.words)

    def _send_back(self, view: CatalogView, units: list[Unit]) -> Dialogue[None]:
        unit = self._sheet.unit
        return approving.send_back(view, units, unit.target if unit is not None and len(units) == 1 else "")


class ReviewScreen(CatalogScreen):
    """Screen of Review."""

    NAME = "review"
    DEFAULT_CSS = """
    ReviewScreen #approval { height: auto; max-height: 8; padding: 0 1; }
    ReviewScreen.-low #approval { max-height: 4; }
    """

    def body(self) -> ComposeResult:
        yield UnitPage(ReviewList(id="units"), self.text_typed, [Static(id="approval")])

    def opened_state(self, view: CatalogView, stamp: Stamp) -> OpenCatalog:
        page = self.query_one(UnitPage)

        def paint(unit: Unit) -> None:
            page.paint(view, unit, self.formats)
            problem = workflow.why_not_approve(unit, self.app.user, self.app.clock(), view.issues(unit))
            last = approvals.last_approved.get(unit.id)
            self._show_approval(
                approval_text(unit, say(problem, self.command_label), last, self.person_name, self.format_time)
            )

        opened = OpenCatalog(self, (self.lines, self.editor), view, stamp, Reviewing(), paint)
        approvals = Approvals(opened.sheet, opened.editing, opened.changes.dialogues)
        opened.when_resized = opened.sheet.paint_unit
        ReviewCommands(opened, page, approvals)
        opened.sheet.show_list()
        return opened

    def _show_approval(self, text: Text) -> None:
        """Display the approval state of the unit; skips equal texts, to avoid a new layout."""
        widget = self.query_one("#approval", Static)
        if widget.content != text:
            widget.update(visible_text(text))

"""Review mode: an editor reads a report by units, compared with the texts approved last.

Invariant: the approved text is the one on the screen: an edited text is confirmed first, and
approved as confirmed. The reason why a unit cannot be approved is displayed before anybody tries.
"""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from transflow.actions.units.review import Approved
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, say
from transflow.presenters.source_view import pieces
from transflow.presenters.word_diff import diff, marked
from transflow.tui import keymap
from transflow.tui.controls import visible_text
from transflow.tui.screens.approving import ApprovalSteps
from transflow.tui.screens.catalog_page import CatalogPage
from transflow.tui.widgets.line_list import LineList
from transflow.units import workflow


class ReviewList(LineList):
    """List of Review, with its keys."""

    BINDINGS = keymap.bindings("review.list", target="screen")


class ReviewScreen(CatalogPage, ApprovalSteps):
    """Screen of Review."""

    NAME = "review"
    DEFAULT_CSS = """
    ReviewScreen #standing { height: auto; max-height: 8; padding: 0 1; }
    ReviewScreen.-low #standing { max-height: 4; }
    """

    def unit_list(self) -> LineList:
        return ReviewList(id="units")

    def widgets_above_text(self) -> ComposeResult:
        yield Static(id="standing")

    def mode_name(self) -> str:
        return _("Review")

    def paint_unit(self) -> None:
        super().paint_unit()
        unit = self.unit
        if unit is not None:
            self._show_approval(self._approval_text(unit))

    def _show_approval(self, text: Text) -> None:
        """Display the approval state of the unit; skips equal texts, to avoid a new layout."""
        widget = self.query_one("#standing", Static)
        if widget.content != text:
            widget.update(visible_text(text))

    def issues_changed(self) -> None:
        self.paint_unit()

    def _approval_text(self, unit: Unit) -> Text:
        """Return the approval state of the unit, and its changes since the last approval."""
        text = Text()
        if workflow.is_approved(unit):
            assert unit.approved is not None
            words = _("approved by {who}, {time}")
            text.append(
                "✓ " + words.format(who=self.person_name(unit.approved.who), time=self.format_time(unit.approved.time)),
                "bold",
            )
        elif problem := self._approval_problem(unit):
            text.append("✗ " + problem, "bold")
        else:
            text.append(_("→ a: approve"), "bold")
        last_approved = self.last_approved.get(unit.id)
        if last_approved is not None and last_approved.target != unit.target:
            text.append("\n").append_text(self._changes_since(unit, last_approved))
        return text

    def _approval_problem(self, unit: Unit) -> str:
        issues = self.view.issues(unit) if self.view is not None else ()
        return say(workflow.why_not_approve(unit, self.app.user, self.app.clock(), issues), self.command_label)

    def _changes_since(self, unit: Unit, last_approved: Approved) -> Text:
        words = _("Since {who} approved it, {time}:").format(
            who=self.person_name(last_approved.who), time=self.format_time(last_approved.time)
        )
        return (
            Text(style="not dim")
            .append(words + " ", "dim")
            .append_text(pieces(marked(diff(last_approved.target, unit.target))))
        )

"""Approvals of the open report: the texts that were approved last, and approving the present ones.

Invariant: the approved text is the one on the screen: an edited text is confirmed first, and
approved as confirmed.
"""

from __future__ import annotations

from transflow.actions.units import review
from transflow.actions.units.review import Approved
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.dialogues.approving import approve
from transflow.tui.screens.dialogue_runner import DialogueRunner
from transflow.tui.screens.editing import Editing
from transflow.tui.screens.sheet import Sheet
from transflow.units.workflow import is_approved


class Approvals:
    """Approvals of one open report."""

    def __init__(self, sheet: Sheet, editing: Editing, dialogues: DialogueRunner) -> None:
        self._sheet, self._screen, self._editing, self._dialogues = sheet, sheet.screen, editing, dialogues
        self.last_approved: dict[str, Approved] = {}
        """Unit id -> the text that was approved last."""
        sheet.before_replacing.append(self._remember)
        editing.when_saved = self._text_saved
        self._screen.perform_action(review.approved_texts, sheet.view.place, then=self._show_earlier)

    def _show_earlier(self, texts: dict[str, Approved]) -> None:
        if self._sheet.is_open:
            self.last_approved = texts | self.last_approved
            self._sheet.paint_unit()

    def _remember(self, catalog: Catalog) -> None:
        """Remember the approved texts, to compare the next texts with."""
        for unit in (*self._sheet.view.units, *catalog.units):
            if unit.approved and is_approved(unit):
                self.last_approved[unit.id] = Approved(unit.source, unit.target, unit.approved.who, unit.approved.time)

    def approve(self, unit: Unit) -> None:
        """Approve a unit as displayed; an edited text is confirmed first."""
        draft = self._sheet.view.draft(unit.id)
        if draft is not None and draft.text.strip() != unit.target:
            self._editing.confirm()
        else:
            self._dialogues.run(approve(self._sheet.view, unit))

    def _text_saved(self, unit_id: str) -> None:
        """Approve an edited text once it is confirmed."""
        unit = self._sheet.view.find(unit_id)
        if unit is None or unit.fuzzy:
            self._editing.go_on(unit_id)
        else:
            self._screen.steps.finish()
            self._dialogues.run(approve(self._sheet.view, unit))

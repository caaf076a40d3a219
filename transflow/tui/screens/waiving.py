"""Waiving a warning of a unit, for its present text only.

Invariant: a warning is waived only with a reason.
"""

from __future__ import annotations

from transflow.actions.units import steps
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, say
from transflow.tui.dialogs import Ask, Choose
from transflow.tui.screens.undo import UndoSteps


class WaiverSteps(UndoSteps):
    """Command that waives a warning."""

    def action_waive(self) -> None:
        unit, view = self.unit, self.view
        if unit is None or view is None:
            return
        issues = view.issues(unit)
        if not issues:
            self.say(_("There is no warning here."))
            return
        if len(issues) == 1:
            self._waive(unit, issues[0].check, say(issues[0].message, self.command_label))
            return

        def answered(choice: int | None) -> None:
            if choice is not None:
                self._waive(unit, issues[choice].check, say(issues[choice].message, self.command_label))

        self.app.push_screen(
            Choose(_("Which warning is wrong here?"), [say(issue.message, self.command_label) for issue in issues]),
            answered,
        )

    def _waive(self, unit: Unit, check: str, message: str) -> None:
        def answered(reason: str | None) -> None:
            if reason and self.view is not None:
                words = _("The warning is waived.")
                self.run_step(steps.waive, self.view.ref(unit.id), check, reason, words=words, seen_ids=[unit.id])

        self.app.push_screen(Ask(_("Why is this no fault here?"), f"{message} ({check})"), answered)

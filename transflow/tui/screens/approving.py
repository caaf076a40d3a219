"""Editor's decisions: approving one or many units, sending back, confirming as still right.

Invariant: many units are approved only after their number was shown; those that cannot be approved
are named, and not changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rich.text import Text

from transflow.actions import Actor
from transflow.actions.units import review, steps
from transflow.actions.units.review import ApprovalCheck, Approved
from transflow.actions.units.steps import Seen, StepResult
from transflow.attribution.assignment import format_positions
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, count, say
from transflow.project import CatalogRef
from transflow.tui.dialogs import Agree, Ask
from transflow.tui.screens.assistance import AssistanceSteps
from transflow.tui.screens.waiving import WaiverSteps
from transflow.units.workflow import is_approved


class ApprovalSteps(AssistanceSteps, WaiverSteps):
    """Commands of an editor. Waiving and undo come from the bases."""

    def __init__(self) -> None:
        super().__init__()
        self.last_approved: dict[str, Approved] = {}
        """Unit id -> the text that was approved last."""

    # Earlier approvals

    def catalog_opened(self) -> None:
        super().catalog_opened()
        self.last_approved = {}
        if self.view is not None:
            self.perform_action(
                review.approved_texts, self.view.place, then=partial(self._approved_read, self.view.place)
            )

    def _approved_read(self, place: CatalogRef, texts: dict[str, Approved]) -> None:
        if self.view is not None and self.view.place == place:
            self.last_approved = texts | self.last_approved
            self.paint_unit()

    def show_catalog(self, catalog: Catalog) -> None:
        """Remember the approved texts, to compare the next texts with."""
        before = self.view.units if self.view is not None else ()
        for unit in (*before, *catalog.units):
            if unit.approved and is_approved(unit):
                self.last_approved[unit.id] = Approved(unit.source, unit.target, unit.approved.who, unit.approved.time)
        super().show_catalog(catalog)

    def is_wanted(self, index: int) -> bool:
        """Return whether the unit is translated and not approved."""
        return self.view is not None and self.view.states[index] == "translated"

    def all_done_message(self) -> str:
        return _("Nothing more waits for approval here.")

    def progress(self) -> str:
        assert self.view is not None
        states = self.view.states
        approved = sum(state in ("approved", "omitted") for state in states)
        words = _("{done} of {whole} approved · {left} to read")
        return words.format(done=approved, whole=len(states), left=states.count("translated"))

    # Approving

    def action_approve(self) -> None:
        """Approve the unit under the cursor as displayed; an edited text is confirmed first."""
        unit, view = self.unit, self.view
        if unit is None or view is None:
            return
        draft = view.draft(unit.id)
        if draft is not None and draft.text.strip() != unit.target:
            self.action_confirm()
        else:
            self._approve(unit)

    def _approve(self, unit: Unit) -> None:
        assert self.view is not None
        words = _("{n} approved. z takes it back.").format(n=self.view.number(unit.id))
        self.run_step(steps.approve, self.view.ref(unit.id), words=words, go_on_after=True, seen_ids=[unit.id])

    def text_saved(self, unit_id: str) -> None:
        """Approve an edited text once it is confirmed."""
        unit = self.view.find(unit_id) if self.view is not None else None
        if unit is not None and not unit.fuzzy:
            self.finish_step()
            self._approve(unit)
        else:
            super().text_saved(unit_id)

    def action_approve_marked(self) -> None:
        view = self.view
        if view is None or not self.lines.marked:
            self.say(_("Mark sentences first: Space for one, v at each end of a range."))
            return
        self.perform_action(review.approval_checks, view.ref(*self.selected_ids()), then=self._ask_approve)

    def _ask_approve(self, checks: Sequence[ApprovalCheck]) -> None:
        results = [check._replace(refusal=check.refusal or self._unsaved_text_problem(check.id)) for check in checks]
        approvable = [check for check in results if not check.refusal]
        refused = [check for check in results if check.refusal]
        about = Text()
        if approvable:
            about.append(
                _("To be approved: {numbers}").format(numbers=format_positions([check.number for check in approvable]))
            )
        for check in approvable:
            about.append(f"\n✓ {check.number}: {next(unit.target for unit in self.displayed_units([check.id]))}")
        if refused:
            about.append(("\n\n" if approvable else "") + _("Left out:"), "bold")
        for check in refused:
            about.append(f"\n✗ {check.number}: {say(check.refusal, self.command_label)}")

        def answered(agreed: bool | None) -> None:
            if agreed and approvable and self.view is not None:
                words = count("{n} sentence approved.", "{n} sentences approved.", len(approvable))
                ids = [check.id for check in approvable]
                self.run_step(steps.approve, self.view.ref(*ids), words=words, go_on_after=True, seen_ids=ids)

        question = count("Approve {n} sentence?", "Approve {n} sentences?", len(approvable))
        self.app.push_screen(Agree(question if approvable else _("None of these can be approved."), about), answered)

    def _unsaved_text_problem(self, unit_id: str) -> str:
        """Return a reason if an unsaved text is displayed, which would not be approved; else ""."""
        is_drafted = self.view is not None and self.view.draft(unit_id) is not None
        return _("Your draft of it is not confirmed yet.") if is_drafted else ""

    # Sending back and confirming

    def action_send_back(self) -> None:
        ids, view = self.selected_ids(), self.view
        if not ids or view is None:
            return

        def answered(reason: str | None) -> None:
            if reason:
                words = count("{n} sentence sent back.", "{n} sentences sent back.", len(ids))
                self.run_step(steps.send_back, view.ref(*ids), reason, words=words, go_on_after=True, seen_ids=ids)

        question = count("What is wrong with {n} sentence?", "What is wrong with {n} sentences?", len(ids))
        about = self.unit.target if self.unit is not None and len(ids) == 1 else ""
        self.app.push_screen(Ask(question, about), answered)

    def action_still_right(self) -> None:
        """Confirm the texts of the chosen units under their changed source."""
        ids, view = self.selected_ids(), self.view
        if not ids or view is None:
            return
        if not any((unit := view.find(unit_id)) and (unit.previous or unit.fuzzy) for unit_id in ids):
            self.say(_("Nothing about it needs another look."))
            return
        words = count("{n} sentence is still right.", "{n} sentences are still right.", len(ids))
        if problem := next(filter(None, map(self._unsaved_text_problem, ids)), ""):
            self.say(problem, refused=True)
            return
        self.run_step(_still_right, view.ref(*ids), words=words, seen_ids=ids)


def _still_right(actor: Actor, ref: str, seen: Seen) -> StepResult:
    return steps.confirm(actor, ref, seen=seen)

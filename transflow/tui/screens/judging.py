"""Steps that decide about units as they are displayed.

Invariant: a decision is about what was on the screen. If somebody changed it in the meantime, the
changes are displayed and the person is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from transflow.actions.units.steps import ChangedMeanwhileError, Seen
from transflow.model.unit import Unit
from transflow.presenters.changes import unit_changes
from transflow.presenters.i18n import _, count
from transflow.tui.dialogs import Agree
from transflow.tui.screens.catalog_screen import CatalogScreen
from transflow.units.marks import state_digest

Failed = Callable[[Exception], None]


def unit_marks(units: Sequence[Unit]) -> Seen:
    """Return the marks of units, for an action that refuses if they changed."""
    return tuple(map(state_digest, units))


class Judging(CatalogScreen):
    """Steps about units as displayed."""

    def displayed_units(self, ids: Sequence[str]) -> list[Unit]:
        """Return units as they are on the screen."""
        return [unit for unit_id in ids if self.view is not None and (unit := self.view.find(unit_id))]

    def ask_again_on_change(self, units: Sequence[Unit], again: Callable[[], None], failed: Failed) -> Failed:
        """Return an error handler for a step on units.

        If somebody changed the units, it displays the changes, and calls `again` if the person
        agrees. It passes any other error to `failed`.
        """

        def handle_error(error: Exception) -> None:
            if isinstance(error, ChangedMeanwhileError):
                self.units_changed()
                self._ask_again(units, error, again)
            else:
                failed(error)

        return handle_error

    def units_changed(self) -> None:
        """Called when a step was not done because somebody changed its units."""

    def _ask_again(self, units: Sequence[Unit], error: ChangedMeanwhileError, again: Callable[[], None]) -> None:
        view = self.view
        if view is None or view.place != error.place:
            return
        self.show_catalog(error.catalog)
        self.show_unit()
        before = {unit.id: unit for unit in units}
        about = Text("\n\n").join(
            unit_changes(before[now.id], now, view.number(now.id), self.format_time)
            for now in error.units
            if now.id in before
        )

        def answered(agreed: bool | None) -> None:
            if agreed:
                again()
            else:
                self.say(_("Nothing was done."))

        question = _("This changed after you read it. Do it all the same?")
        if len(error.units) > 1:
            question = count(
                "{n} of these changed after you read it. Do it all the same?",
                "{n} of these changed after you read them. Do it all the same?",
                len(error.units),
            )
        self.app.push_screen(Agree(question, about), answered)

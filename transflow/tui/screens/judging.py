"""Steps that judge units as they are painted.

Invariant: what is judged is what was on the screen; where somebody changed it meanwhile, what changed is shown, and the person is
asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from transflow.actions.units.steps import ChangedMeanwhileError, Seen
from transflow.model.unit import Unit
from transflow.presenters.changes import what_changed
from transflow.presenters.i18n import _, count
from transflow.tui.dialogs import Agree
from transflow.tui.screens.catalog_screen import CatalogScreen
from transflow.units.marks import mark

Failed = Callable[[Exception], None]


def seen(units: Sequence[Unit]) -> Seen:
    return tuple(map(mark, units))


class Judging(CatalogScreen):
    def painted(self, ids: Sequence[str]) -> list[Unit]:
        """Units as they are on the screen."""
        return [unit for each in ids if self.sheet is not None and (unit := self.sheet.find(each))]

    def asking_again(self, units: Sequence[Unit], again: Callable[[], None], failed: Failed) -> Failed:
        """What to call where a step on units failed: where somebody changed them, what changed is shown, and `again` is called if the
        person says so; else `failed` is."""

        def not_done(error: Exception) -> None:
            if isinstance(error, ChangedMeanwhileError):
                self.not_judged()
                self._ask_again(units, error, again)
            else:
                failed(error)

        return not_done

    def not_judged(self) -> None:
        """Called when a step was not done, because somebody changed what it was to judge."""

    def _ask_again(self, units: Sequence[Unit], error: ChangedMeanwhileError, again: Callable[[], None]) -> None:
        sheet = self.sheet
        if sheet is None or sheet.place != error.place:
            return
        self.take(error.catalog)
        self.show_unit()
        before = {unit.id: unit for unit in units}
        about = Text("\n\n").join(
            what_changed(before[now.id], now, sheet.number(now.id), self.at) for now in error.units if now.id in before
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

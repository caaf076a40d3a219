"""Steps with undo.

Invariant: undoing a step leaves the file as it was before. A step after which somebody else saved
something in its place is not undone, and the screen says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from transflow.actions import Actor
from transflow.actions.units import review
from transflow.actions.units.steps import Seen, StepResult
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.i18n import _
from transflow.tui.screens.judging import Judging, unit_marks
from transflow.tui.screens.writing import WritingSteps

_MAX_UNDO = 50
"""Maximum number of steps that can be undone."""


class UndoSteps(WritingSteps, Judging):
    """Steps that change the open catalog, and their undo."""

    def __init__(self) -> None:
        super().__init__()
        self._undoable_steps: list[tuple[Catalog, Catalog]] = []

    def catalog_opened(self) -> None:
        super().catalog_opened()
        self._undoable_steps = []

    def run_step(
        self,
        action: Callable[..., object],
        *arguments: object,
        words: str,
        go_on_after: bool = False,
        failed: Callable[[Exception], None] | None = None,
        seen_ids: Sequence[str] = (),
        marks: Callable[[Sequence[Unit]], Seen] = unit_marks,
    ) -> None:
        """Run an action that changes the open catalog.

        With `go_on_after`, the next wanted unit is displayed afterwards. `seen_ids` are the ids of
        the units that the action decides about: it gets `marks` of them, as they are displayed
        then.
        """

        def step() -> None:
            assert self.view is not None
            place, before = self.view.place, self.view.catalog
            units = self.displayed_units(seen_ids)
            options = {"seen": marks(units)} if units else {}

            def changed(actor: Actor) -> tuple[object, Catalog]:
                result = action(actor, *arguments, **options)
                return result, actor.project.load(place)

            refused = self.ask_again_on_change(units, start, failed or self.step_refused)
            self.perform_action(changed, then=partial(self._show_step, before, words, go_on_after), failed=refused)

        def start() -> None:
            if self.view is not None:
                self.enqueue(step)

        start()

    def units_changed(self) -> None:
        self.finish_step()

    def _show_step(self, before: Catalog, words: str, go_on_after: bool, result: tuple[object, Catalog]) -> None:
        catalog = result[1]
        if catalog != before:
            self._undoable_steps = [*self._undoable_steps, (before, catalog)][-_MAX_UNDO:]
        self.show_catalog(catalog)
        self.lines.marked = set()
        self.lines.repaint()
        has_next = go_on_after and self.go_to_next_wanted()
        if not go_on_after:
            self.show_unit()
        self.say(f"{words} {self.all_done_message()}" if go_on_after and not has_next else words)
        self.step_completed(result[0])
        self.finish_step()

    def step_completed(self, result: object) -> None:
        """Called after a step, with the result of the action."""

    def step_refused(self, error: Exception) -> None:
        self.finish_step()
        self.refuse(error)

    def action_take_back(self) -> None:
        if not self._undoable_steps or self.view is None:
            self.say(_("There is nothing to take back."))
            return
        before, after = self._undoable_steps.pop()

        def step() -> None:
            assert self.view is not None
            place = self.view.place
            self.perform_action(review.undo, place, before, after, then=self._taken_back, failed=self.step_refused)

        self.enqueue(step)

    def _taken_back(self, done: StepResult) -> None:
        self.show_catalog(done.catalog)
        if done.changed and self.view is not None and (unit := self.view.find(done.changed[0])):
            self.lines.move_to(self.view.row(unit.id))
        self.show_unit()
        self.say(_("Taken back."))
        self.finish_step()

"""CatalogChanges of the open catalog, and their undo.

Invariant: undoing a step leaves the file as it was before. A step after which somebody else saved
something in its place is not undone, and the screen says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from transflow.actions import Actor
from transflow.actions.units.seen import ChangedMeanwhileError
from transflow.actions.units.steps import StepResult
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.dialogues.judging import ask_again
from transflow.presenters.dialogues.requests import ChangeCatalog, words_after
from transflow.presenters.i18n import _
from transflow.tui.screens.dialogue_runner import DialogueRunner, Failed
from transflow.tui.screens.sheet import Sheet
from transflow.tui.widgets.editor import Editor

_MAX_UNDO = 50
"""Maximum number of steps that can be undone."""
Then = Callable[[Any], None]


class UndoableStep(NamedTuple):
    """Step that can be undone: its message, the action that undoes it, and what follows."""

    words: str
    action: Callable[[Actor], object]
    then: Callable[[Any], None]


class CatalogChanges:
    """CatalogChanges of one open catalog; `dialogues` runs the dialogues that lead to them."""

    def __init__(self, sheet: Sheet, editor: Editor) -> None:
        self._sheet, self._screen, self._editor = sheet, sheet.screen, editor
        self.dialogues = DialogueRunner(sheet.screen, self, lambda: sheet.is_open)
        self._undoable_steps: list[UndoableStep] = []

    def run(self, change: ChangeCatalog, then: Then, failed: Failed) -> None:
        """Run a change, display the catalog after it, and call `then` with the action's result.

        If somebody changed the units that it is about, the person is asked again.
        """
        if change.is_note:
            self._run_note(change, then, failed)
        else:
            self._screen.steps.enqueue(partial(self._run_step, change, then, failed))

    def show_catalog(self, catalog: Catalog) -> None:
        """Display another state of the catalog, and the unit under the cursor."""
        self._sheet.show_catalog(catalog)
        self._sheet.show_unit()

    def cursor_in_text(self) -> int:
        return self._editor.cursor_index()

    # Notes

    def _run_note(self, change: ChangeCatalog, then: Then, failed: Failed) -> None:
        units, options = self._displayed(change)
        self._screen.perform_action(
            change.action,
            *change.arguments,
            then=partial(self._show_note, change, then),
            failed=partial(self._failed, change, units, then, failed),
            **options,
        )

    def _show_note(self, change: ChangeCatalog, then: Then, result: StepResult) -> None:
        sheet = self._sheet
        if not sheet.is_open:
            return
        if change.shows_result:
            sheet.current = result.ids[0]
            self.show_catalog(result.catalog)
        else:
            sheet.show_catalog(result.catalog)
            sheet.paint_unit()
        self._screen.say(words_after(change.words, result))
        then(result)

    # Steps

    def _run_step(self, change: ChangeCatalog, then: Then, failed: Failed) -> None:
        place, before = self._sheet.view.place, self._sheet.view.catalog
        units, options = self._displayed(change)

        def changed(actor: Actor) -> tuple[object, Catalog]:
            result = change.action(actor, *change.arguments, **options)
            return result, actor.project.load(place)

        self._screen.perform_action(
            changed,
            then=partial(self._show_step, change, before, then),
            failed=partial(self._step_failed, change, units, then, failed),
        )

    def _show_step(self, change: ChangeCatalog, before: Catalog, then: Then, changed: tuple[Any, Catalog]) -> None:
        result, catalog = changed
        if catalog != before:
            place = self._sheet.view.place
            undo = partial(change.undo, place=place, before=before, after=catalog)
            self._push(UndoableStep(change.words, undo, self._show_undone))
        sheet = self._sheet
        if change.shows_result:
            sheet.current = result.ids[0]
        sheet.show_catalog(catalog)
        sheet.unmark()
        has_next = change.goes_on and sheet.go_to_next_wanted()
        if not change.goes_on:
            sheet.show_unit()
        words = words_after(change.words, result)
        if change.goes_on and not has_next:
            sheet.say_end(words)
        else:
            self._screen.say(words)
        then(result)
        self._screen.steps.finish()

    def _step_failed(
        self, change: ChangeCatalog, units: list[Unit], then: Then, failed: Failed, error: Exception
    ) -> None:
        self._screen.steps.finish()
        self._failed(change, units, then, failed, error)

    # Units that somebody changed in the meantime

    def _displayed(self, change: ChangeCatalog) -> tuple[list[Unit], dict[str, Any]]:
        """Return the displayed units that a change is about, and the options of its action."""
        view = self._sheet.view
        units = [unit for unit_id in change.seen_ids if (unit := view.find(unit_id))]
        return units, {"seen": change.marks(units)} if units else {}

    def _failed(self, change: ChangeCatalog, units: list[Unit], then: Then, failed: Failed, error: Exception) -> None:
        if not isinstance(error, ChangedMeanwhileError) or error.place != self._sheet.view.place:
            failed(error)
            return

        def answered(agreed: bool) -> None:
            if agreed:
                self.run(change, then, failed)

        self.dialogues.run(ask_again(self._sheet.view, units, error, self._screen.formats), answered)

    # Undo

    def take_back(self) -> None:
        """Undo the last step."""
        if not self._undoable_steps:
            self._screen.say(_("There is nothing to take back."))
            return
        undone = self._undoable_steps.pop()

        def step() -> None:
            self._screen.perform_action(
                undone.action, then=partial(self._taken_back, undone), failed=self._not_taken_back
            )

        self._screen.steps.enqueue(step)

    def remember(self, words: str, undo: Callable[[Actor], object], then: Callable[[], None]) -> None:
        """Remember a step that changed another file; `then` is called after its undo."""
        self._push(UndoableStep(words, undo, lambda _result: then()))

    def _push(self, step: UndoableStep) -> None:
        self._undoable_steps = [*self._undoable_steps, step][-_MAX_UNDO:]

    def _taken_back(self, undone: UndoableStep, result: object) -> None:
        undone.then(result)
        self._screen.say(words_after(_("Taken back: {step}").format(step=undone.words), result))
        self._screen.steps.finish()

    def _show_undone(self, done: StepResult) -> None:
        sheet = self._sheet
        sheet.show_catalog(done.catalog)
        if done.changed and (unit := sheet.view.find(done.changed[0])):
            sheet.lines.move_to(sheet.view.row(unit.id))
        sheet.show_unit()

    def _not_taken_back(self, error: Exception) -> None:
        self._screen.steps.finish()
        self._screen.refuse(error)

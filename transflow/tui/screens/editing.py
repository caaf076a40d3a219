"""Editing of the unit under the cursor.

Invariant: the editor displays the unsaved text of the unit under the cursor, or its target. Leaving
a unit never changes the record. Confirming does, and the next unit is displayed once that is on the
disk. If two people wrote at the same time, both texts are kept until one of them decides, and undo
restores the other text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from transflow.actions.units import steps
from transflow.actions.units.remembered import MachineDraft
from transflow.actions.units.steps import StepResult
from transflow.model.unit import Unit
from transflow.presenters.dialogues.writing import Continued, Step, Writing, save, show_orphaned
from transflow.presenters.i18n import _, say
from transflow.presenters.mode_rules import MESSAGES
from transflow.presenters.story_notes import outcome_summary
from transflow.presenters.two_texts import change_message
from transflow.tui.screens.dialogue_runner import DialogueRunner
from transflow.tui.screens.sheet import Sheet
from transflow.tui.widgets.editor import Editor

_REPAINT_SECONDS = 0.3
"""Seconds between two updates of the list row whose text is being edited."""


class Editing:
    """Editor of one open catalog.

    `text_changed` is called after every edit, `when_saved` with the id of a unit whose text was
    saved; it ends the step.
    """

    def __init__(self, sheet: Sheet, editor: Editor, dialogues: DialogueRunner) -> None:
        self._sheet, self._screen, self.editor, self._dialogues = sheet, sheet.screen, editor, dialogues
        self.text_changed: Callable[[], None] = lambda: None
        self.when_saved: Callable[[str], None] = self.go_on
        self.offer_after: Callable[[str], str] = lambda _unit_id: ""
        """Returns what is offered after the text of a unit was saved; "" for nothing."""
        self.leaves_at_end = False
        """True to go back to the list once everything is done: what comes next is a key of it."""
        self._machine_texts: dict[str, MachineDraft] = {}
        """Unit id -> machine translation that the person last took to edit."""
        self._repaint_id = ""
        """Id of the unit whose row will be rendered; empty for none."""
        self._shown_orphans: set[str] = set()
        self._screen.call_after_refresh(self.show_orphaned_texts)

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        return {
            "edit": self.edit,
            "go": self._sheet.go,
            "confirm": self.confirm,
            "needs_look": partial(self._screen.steps.enqueue, partial(self._save, steps.draft)),
        }

    def edit(self) -> None:
        """Move the focus to the editor at once: the next key is for the text."""
        self._screen.add_class("-writing")
        self._screen.set_focus(self.editor)

    def show_text(self, unit: Unit) -> None:
        """Display the text of a unit."""
        self.editor.show_unit(unit.id, self._sheet.view.text(unit))

    def put(self, text: str, draft: MachineDraft | None = None) -> None:
        """Replace the text; `draft` says whose it is, if it is not the user's."""
        self.editor.replace_text(text)
        if draft:
            self._machine_texts[self.editor.unit_id] = draft
        else:
            self._machine_texts.pop(self.editor.unit_id, None)

    def typed(self, unit_id: str, text: str) -> None:
        """Put an edited text into the journal. Called on every edit."""
        view, app = self._sheet.view, self._screen.app
        unit = view.find(unit_id)
        if unit is None:
            return
        view.typed(unit, text, app.clock())
        self._screen.say("")  # what was said was about the text before
        self._repaint_soon(unit_id)
        if app.journal.error:
            self._screen.say(_("What you type cannot be kept: {why}").format(why=app.journal.error), refused=True)
        self.text_changed()

    def _repaint_soon(self, unit_id: str) -> None:
        """Render the row of a unit again, at most once per `_REPAINT_SECONDS`.

        The row is far from the editor on the screen, and sending both at once costs several times
        as much as the editor alone.
        """
        if self._repaint_id:
            return
        self._repaint_id = unit_id

        def repaint() -> None:
            edited_id, self._repaint_id = self._repaint_id, ""
            if self._sheet.is_open and self._sheet.view.find(edited_id) is not None:
                self._sheet.lines.repaint(self._sheet.view.row(edited_id))

        self._screen.set_timer(_REPAINT_SECONDS, repaint)

    # Saving

    def confirm(self) -> None:
        self._screen.steps.enqueue(partial(self._save, steps.confirm))

    def _save(self, action: Step) -> None:
        unit = self._sheet.unit
        if unit is None:
            self._screen.steps.finish()
            return
        self.editor.freeze_all_input()
        machine = self._machine_texts.get(unit.id)
        writing = Writing(self._sheet.view, unit, self.editor.text, machine, self._screen.person_name)
        self._dialogues.run(save(writing, action), partial(self._saved, unit.id), self._not_saved)

    def _saved(self, unit_id: str, done: StepResult | Continued) -> None:
        sheet = self._sheet
        if isinstance(done, Continued):
            self._continue(unit_id, done)
            return
        self._machine_texts.pop(unit_id, None)
        sheet.view.drop_draft(unit_id)
        sheet.show_catalog(done.catalog)
        self.when_saved(unit_id)
        if message := outcome_summary(done.outcomes.values()):
            self._screen.say(message)

    def go_on(self, unit_id: str) -> None:
        """Go to the next unit after a text was saved, and end the step."""
        self._screen.say("")
        has_next = self._sheet.go_to_next_wanted()
        offer = self.offer_after(unit_id)
        if has_next:
            self._screen.say(offer)
        else:
            self._sheet.say_end(offer)
            if self.leaves_at_end:
                self._screen.set_focus(self._sheet.lines)
        self._screen.steps.finish()

    def _continue(self, unit_id: str, decision: Continued) -> None:
        """Display the file as it is now, and put a text into the editor to go on from there."""
        sheet = self._sheet
        self._screen.say("")
        sheet.show_catalog(decision.catalog)
        if unit := sheet.view.find(unit_id):
            if decision.text == unit.target:
                sheet.view.drop_draft(unit_id)
            else:
                sheet.view.rebase_draft(unit, decision.text, self._screen.app.clock())
        sheet.show_unit()
        self._screen.steps.finish()

    def _not_saved(self, error: Exception) -> None:
        self._screen.steps.finish()
        self._screen.refuse(error)

    # Changes by other people

    def show_orphaned_texts(self) -> None:
        """Show unsaved texts of units that are no longer in the catalog.

        Nothing else displays them.
        """
        orphaned = self._sheet.view.orphaned_drafts()
        if self._sheet.is_open and not orphaned.keys() <= self._shown_orphans:
            self._shown_orphans |= orphaned.keys()
            self._dialogues.run(show_orphaned(self._sheet.view, orphaned))

    def file_changed(self, before: Unit | None, now: Unit | None) -> None:
        """Display what somebody else saved.

        `before` is the unit that was displayed, `now` the one under the cursor.
        """
        sheet = self._sheet
        self._screen.call_after_refresh(self.show_orphaned_texts)
        if now is None or before is None or now.id != before.id:
            sheet.show_unit()
            return
        if sheet.view.text(now) != self.editor.text:
            self.show_text(now)
        sheet.paint_unit()
        if sheet.view.is_outdated(now):
            message = change_message(sheet.view.draft_or_new(now, ""), now)
            self._screen.say(f"{message} {_('You will be asked when you confirm it.')}")
        elif now != before:
            self._screen.say(say(MESSAGES("changed-by-others")))

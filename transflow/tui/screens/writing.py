"""Mode over one catalog with an editor.

Invariant: the editor displays the unsaved text of the unit under the cursor, or its target. Leaving
a unit never changes the record. Confirming does, and the next unit is displayed once that is on the
disk. If two people wrote at the same time, both texts are kept until one of them decides, and undo
restores the other text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.text import Text

from transflow.actions.units import steps
from transflow.actions.units.steps import ChangedMeanwhileError, MachineDraft, StepResult
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, count
from transflow.presenters.story_notes import outcome_summary
from transflow.presenters.two_texts import change_message, two_texts
from transflow.tui import keymap
from transflow.tui.dialogs import Choose
from transflow.tui.screens.catalog_screen import CatalogScreen
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.line_list import LineList

Step = Callable[..., StepResult]
_REPAINT_SECONDS = 0.3
"""Seconds between two updates of the list row whose text is being edited."""


class WritingSteps(CatalogScreen):
    """Base of the modes with an `Editor` with id `text`, which reports to `self.save_typed`."""

    def __init__(self) -> None:
        super().__init__()
        self._machine_texts: dict[str, MachineDraft] = {}
        """Unit id -> machine translation that the person last took to edit."""
        self._repaint_id = ""
        """Id of the unit whose row will be rendered; empty for none."""
        self._shown_lost: set[str] = set()

    @property
    def editor(self) -> Editor:
        return self.query_one("#text", Editor)

    def remember_suggestion(self, machine: str, text: str) -> None:
        """Remember that a suggestion is in the editor; `machine` is empty if people wrote it."""
        if machine:
            self._machine_texts[self.editor.unit_id] = MachineDraft(machine, text)
        else:
            self._machine_texts.pop(self.editor.unit_id, None)

    def catalog_opened(self) -> None:
        self.editor.forget_histories()
        self.lines.focus()
        self.call_after_refresh(self.show_orphaned_texts)

    def show_unit(self) -> None:
        unit = self.unit
        if self.view is not None and unit is not None:
            self.editor.show_unit(unit.id, self.view.text(unit))
        super().show_unit()

    def freeze_input(self, then: Callable[[], object]) -> None:
        def hold() -> None:
            self.editor.freeze_input()
            then()

        self.editor.call_later(hold)  # after the keys that it has not handled yet

    def step_queued(self) -> None:
        self.editor.call_later(self.editor.mark_step)

    def unfreeze_input(self) -> None:
        self.editor.unfreeze_input()

    def save_typed(self, unit_id: str, text: str) -> None:
        """Put an edited text into the journal. Called by the editor on every edit."""
        unit = self.view.find(unit_id) if self.view is not None else None
        if self.view is None or unit is None:
            return
        self.view.typed(unit, text, self.app.clock())
        self._repaint_soon(unit_id)
        if self.app.journal.error:
            self.say(_("The drafts cannot be written: {why}").format(why=self.app.journal.error), refused=True)
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
            if self.view is not None and self.view.find(edited_id) is not None:
                self.lines.repaint(self.view.row(edited_id))

        self.set_timer(_REPAINT_SECONDS, repaint)

    def text_changed(self) -> None:
        """Called after every edit."""

    # Moving

    def action_edit(self) -> None:
        self.set_focus(self.editor)  # not later: the next key is for the text

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        if event.lines is self.lines:
            self.action_edit()

    def action_to_list(self) -> None:
        self.set_focus(self.lines)

    def action_go(self, by: int) -> None:
        def move() -> None:
            self.lines.move_to(self.lines.cursor + by, by)
            self.show_unit()
            self.finish_step()

        self.enqueue(move)

    def on_editor_entered(self) -> None:
        key = keymap.key_labels(self.app.keys.get(f"{self.NAME}.confirm", "ctrl+s"))
        self.say(_("{key} confirms the sentence.").format(key=key))

    # Saving

    def action_confirm(self) -> None:
        self.enqueue(partial(self._save, steps.confirm))

    def action_needs_look(self) -> None:
        self.enqueue(partial(self._save, steps.draft))

    def _save(self, action: Step) -> None:
        unit, view = self.unit, self.view
        if view is None or unit is None:
            self.finish_step()
            return
        self.editor.freeze_all_input()
        text = self.editor.text
        failed = partial(self._not_saved, unit.id, text)
        then, machine_text = partial(self._saved, unit.id), self._machine_texts.get(unit.id)
        self.perform_action(
            action, view.ref(unit.id), text, (view.base_digest(unit),), machine_text, then=then, failed=failed
        )

    def _saved(self, unit_id: str, done: StepResult) -> None:
        assert self.view is not None
        self._machine_texts.pop(unit_id, None)
        self.view.drop_draft(unit_id)
        self.show_catalog(done.catalog)
        self.text_saved(unit_id)
        if message := outcome_summary(done.outcomes.values()):
            self.say(message)

    def text_saved(self, unit_id: str) -> None:  # noqa: ARG002 - for subclasses
        """Go to the next unit after a text was saved, and end the step."""
        self.say("")
        if not self.go_to_next_wanted():
            self.say(self.all_done_message())
        self.finish_step()

    def go_to_next_wanted(self) -> bool:
        """Display the next wanted unit, or else the next unit.

        Returns True if there was a wanted one.
        """
        row = self.view.next(self.lines.cursor, self.is_wanted) if self.view is not None else None
        self.lines.move_to(self.lines.cursor + 1 if row is None else row)
        self.show_unit()
        return row is not None

    def _not_saved(self, unit_id: str, text: str, error: Exception) -> None:
        if isinstance(error, ChangedMeanwhileError):
            self._ask_which(unit_id, text, error.unit)
            return
        self.finish_step()
        self.refuse(error)

    # Two texts of one unit

    def _ask_which(self, unit_id: str, mine: str, theirs: Unit) -> None:
        assert self.view is not None
        painted = self.view.find(unit_id) or theirs
        decision = two_texts(self.view.draft_or_new(painted, mine), mine, theirs, self.person_name)

        def answered(choice: int | None) -> None:
            chosen = decision.choices[choice or 0][1]
            if chosen == "both" and self.view is not None:
                failed = partial(self._not_saved, unit_id, mine)
                ref, drafted, then = (
                    self.view.ref(unit_id),
                    self._machine_texts.get(unit_id),
                    partial(self._saved, unit_id),
                )
                self.perform_action(steps.keep_both, ref, mine, drafted, then=then, failed=failed)
            else:
                self.perform_action(
                    lambda actor: actor.project.load(self.view.place),  # type: ignore[union-attr] # a catalog is open
                    then=partial(self._continue_with, unit_id, theirs.target if chosen == "theirs" else mine),
                )

        self.app.push_screen(
            Choose(decision.question, [words for words, _answer in decision.choices], decision.about), answered
        )

    def _continue_with(self, unit_id: str, text: str, catalog: Catalog) -> None:
        """Display the file as it is now, and put `text` into the editor to go on from there."""
        assert self.view is not None
        self.show_catalog(catalog)
        if unit := self.view.find(unit_id):
            self.view.rebase_draft(unit, text, self.app.clock())
        self.show_unit()
        self.finish_step()

    # Unsaved texts of removed units

    def show_orphaned_texts(self) -> None:
        """Show unsaved texts of units that are no longer in the catalog.

        Nothing else displays them.
        """
        view = self.view
        lost = view.orphaned_drafts() if view is not None else {}
        if view is None or not lost or lost.keys() <= self._shown_lost:
            return
        self._shown_lost |= lost.keys()
        about = Text()
        for draft in lost.values():
            about.append(draft.source + "\n" if draft.source else "", "dim").append(f"→ {draft.text}\n\n")

        def answered(choice: int | None) -> None:
            for unit_id in lost if choice == 1 else ():
                view.drop_draft(unit_id)

        question = count(
            "{n} draft of yours belongs to a sentence that is here no longer.",
            "{n} drafts of yours belong to sentences that are here no longer.",
            len(lost),
        )
        self.app.push_screen(Choose(question, [_("Keep them, to copy from"), _("Throw them away")], about), answered)

    def file_changed(self, before: Unit | None, now: Unit | None) -> None:
        self.call_after_refresh(self.show_orphaned_texts)
        if now is None or before is None or now.id != before.id:
            self.show_unit()
            return
        if self.view is not None and self.view.text(now) != self.editor.text:
            self.editor.show_unit(now.id, self.view.text(now))
        self.paint_unit()
        if self.view is not None and self.view.is_outdated(now):
            message = change_message(self.view.draft_or_new(now, ""), now)
            self.say(f"{message} {_('You will be asked when you confirm it.')}")
        elif now != before:
            self.say(_("Somebody else changed this sentence."))

"""Writer's commands for paragraphs: cut, join, split, move, add, cite, decide about drafts.

Invariant: every step is one action and can be undone; joining and splitting show a preview first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rich.text import Text

from transflow.actions import Actor
from transflow.actions.stories import article
from transflow.actions.units import regroup as grouping
from transflow.actions.units import steps
from transflow.actions.units.steps import Seen
from transflow.model.catalog import Catalog
from transflow.model.unit import Kind, Unit
from transflow.presenters.i18n import _, count, mark
from transflow.presenters.story_notes import outcome_summary
from transflow.tui.dialogs import Agree, Ask, Choose
from transflow.tui.screens.annotations import AnnotationSteps
from transflow.tui.screens.regrouping import RegroupSteps, SplitAt
from transflow.tui.screens.undo import UndoSteps
from transflow.units import regroup
from transflow.units.marks import text_digest

_ADDABLE_KINDS: tuple[tuple[Kind, str], ...] = (
    ("paragraph", mark("paragraph")),
    ("subhead", mark("subhead")),
    ("quote", mark("quote")),
    ("list item", mark("list item")),
    ("caption", mark("caption")),
)
"""Kinds of paragraphs that a writer adds, with their names."""


class ParagraphSteps(RegroupSteps, UndoSteps, AnnotationSteps):
    """Commands that change the paragraphs of a story."""

    def __init__(self) -> None:
        super().__init__()
        self._is_adding = False

    def step_completed(self, result: object) -> None:
        super().step_completed(result)
        if self._is_adding and self.view is not None:
            self.forget_long_text(self.view.place.path)
        self._is_adding = False
        decisions = result.outcomes.values() if isinstance(result, (steps.StepResult, article.Composed)) else ()
        if message := outcome_summary(decisions):
            self.say(message)

    def step_refused(self, error: Exception) -> None:
        self._is_adding = False
        super().step_refused(error)

    # Cutting

    def action_cut(self) -> None:
        """Cut the chosen paragraphs, with a reason; print them again if all of them are cut."""
        view, ids = self.view, self.selected_ids()
        units = [unit for unit_id in ids if view is not None and (unit := view.find(unit_id))]
        if view is None or not units:
            return
        ref = view.ref(*ids)
        if all(unit.cut for unit in units):
            words = count("{n} paragraph prints again.", "{n} paragraphs print again.", len(ids))
            self.run_step(_restore, ref, words=words, seen_ids=ids)
            return

        def answered(reason: str | None) -> None:
            if reason:
                words = count("{n} paragraph is cut.", "{n} paragraphs are cut.", len(ids))
                self.run_step(article.cut, ref, reason, words=words, seen_ids=ids)

        question = count("Why is {n} paragraph cut?", "Why are {n} paragraphs cut?", len(ids))
        about = view.text(units[0]) if len(units) == 1 else ""
        self.app.push_screen(Ask(question, about), answered)

    # Moving

    def action_move(self) -> None:
        view, ids = self.view, self.selected_ids()
        if view is None or not ids:
            return
        others = [unit for unit in view.units if unit.id not in ids]
        choices = [_("to the top"), *(f"{view.number(unit.id)} {view.text(unit)}" for unit in others)]

        def answered(choice: int | None) -> None:
            if choice is not None:
                after = others[choice - 1].id if choice else "0"
                words = count("{n} paragraph moved.", "{n} paragraphs moved.", len(ids))
                self.run_step(article.move, view.ref(*ids), after, words=words)

        question = count("After which one does {n} paragraph go?", "After which one do {n} paragraphs go?", len(ids))
        before = view.places[ids[0]]
        self.app.push_screen(Choose(question, choices, at=min(before, len(others))), answered)

    # Adding

    def action_add(self) -> None:
        """Add paragraphs of the writer's own after the one under the cursor."""
        view, unit = self.view, self.unit
        if view is None or unit is None:
            return

        def text_entered(kind: Kind, text: str | None) -> None:
            parts = _paragraphs(text or "")
            if parts:
                self._is_adding = True
                words = count("{n} paragraph added.", "{n} paragraphs added.", len(parts))
                self.run_step(article.add_all, str(view.place), parts, unit.id, kind, words=words)

        def kind_chosen(choice: int | None) -> None:
            if choice is not None:
                kind, name = _ADDABLE_KINDS[choice]
                about = _("It comes after: {text}").format(text=view.text(unit))
                self.ask_long_text(_(name), about, view.place.path, lambda text: text_entered(kind, text))

        self.app.push_screen(Choose(_("What do you add?"), [_(name) for _kind, name in _ADDABLE_KINDS]), kind_chosen)

    def action_cite(self) -> None:
        view, ids = self.view, self.selected_ids()
        if view is None or not ids:
            return

        def answered(source: str | None) -> None:
            if source:
                self.run_step(article.cite, view.ref(*ids), source, words=_("Cited: {source}").format(source=source))

        about = _("A story of yours by its name, or an address. It does not print.")
        self.app.push_screen(Ask(_("Where does the background come from?"), about), answered)

    # Joining and splitting

    def action_join(self) -> None:
        unit, view = self.unit, self.view
        if unit is None or view is None:
            return
        _before, after = view.neighbours(unit.id)
        if after is None:
            self.say(_("It is the last paragraph."), refused=True)
            return
        if self.has_unsaved_text(unit, after):
            return
        joined = regroup.join(unit, after, view.place.locale, view.place.locale)
        ref = view.ref(unit.id, after.id)

        def answered(agreed: bool | None) -> None:
            if agreed:
                self.run_step(grouping.join, ref, words=_("Joined."))

        preview = Text(joined.target or joined.source)
        if joined.fuzzy:
            preview.append("\n\n" + _("It will need another look."), "bold")
        self.app.push_screen(Agree(_("Join these two paragraphs?"), preview), answered)

    def action_split(self) -> None:
        unit, view = self.unit, self.view
        if unit is None or view is None or self.has_unsaved_text(unit):
            return
        if not unit.target:
            self.say(_("Take the draft first (Ctrl+S), then split it."), refused=True)
            return
        ref = view.ref(unit.id)
        has_own_source = not unit.refs and unit.source != unit.target

        def answered(offsets: tuple[int, int] | None) -> None:
            if offsets is None:
                return
            source_offset, target_offset = offsets if has_own_source else (offsets[0], offsets[0])
            self.run_step(
                grouping.split,
                ref,
                unit.source[source_offset:] if not unit.refs else "",
                unit.target[target_offset:],
                words=_("Split."),
            )

        question = (
            SplitAt(unit.source, unit.target, self.editor.cursor_index())
            if has_own_source
            else SplitAt(unit.target, "", 0)
        )
        self.app.push_screen(question, answered)

    # Drafts

    def action_take_draft(self) -> None:
        """Put the present draft into the editor; undo restores the previous text."""
        unit = self.unit
        draft = self.present_draft(unit.id) if unit is not None else ""
        if draft:
            self.editor.replace_text(draft)
            self.action_edit()
        else:
            self.say(_("No report stands behind this paragraph."))

    def present_draft(self, unit_id: str) -> str:
        """Return the draft of a paragraph from the reports as they are now; "" if there is none."""
        raise NotImplementedError

    def action_still_right(self) -> None:
        """Keep the texts of the chosen paragraphs under their changed drafts."""
        ids = self.selected_ids()
        words = count("{n} paragraph is still right.", "{n} paragraphs are still right.", len(ids))
        self._decide_drafts(article.confirm_with_drafts, ids, words)

    def action_take_new(self) -> None:
        """Replace the texts of the chosen paragraphs by their new drafts."""
        self._decide_drafts(_take_new, self.selected_ids(), _("There was no new draft to take."))

    def _decide_drafts(self, action: Callable[..., steps.StepResult], ids: Sequence[str], words: str) -> None:
        """Decide between text and draft as displayed.

        Refused while one of the paragraphs has an unsaved text.
        """
        view = self.view
        if view is None or not ids:
            return
        if any(view.draft(unit_id) is not None for unit_id in ids):
            self.say(_("Your draft of it is not confirmed yet."), refused=True)
            return
        self.run_step(action, view.ref(*ids), words=words, seen_ids=ids, marks=self._marks_with_drafts)

    def _marks_with_drafts(self, painted: Sequence[Unit]) -> Seen:
        """Return the text marks of paragraphs, each with its present draft as the source."""
        return tuple(text_digest(unit.replace(source=self.present_draft(unit.id) or unit.source)) for unit in painted)

    def action_take_in(self) -> None:
        """Compose again: update the drafts from the reports."""
        if self.view is not None:
            words = _("The drafts are what the reports say now.")
            self.run_step(article.compose_article, str(self.view.place), (), words=words)


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a typed or pasted text, which are separated by empty lines."""
    parts = (" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text.replace("\r", "")))
    return [part for part in parts if part]


def _restore(actor: Actor, ref: str, seen: Seen) -> Catalog:
    return article.cut(actor, ref, "", undo=True, seen=seen)


def _take_new(actor: Actor, ref: str, seen: Seen) -> steps.StepResult:
    return article.confirm_with_drafts(actor, ref, take_new=True, seen=seen)

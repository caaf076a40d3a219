"""What a writer does with the paragraphs of a story: cut, join, split, move, add, cite, take a draft, keep a text.

Invariant: every step is one action, is shown before it is done where it joins or splits, and can be taken back.
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
from transflow.presenters.story_notes import decided
from transflow.tui.dialogs import Agree, Ask, Choose
from transflow.tui.screens.annotations import AnnotationSteps
from transflow.tui.screens.regrouping import RegroupSteps, SplitAt
from transflow.tui.screens.undo import UndoSteps
from transflow.units import regroup
from transflow.units.marks import text_mark

_ADDED: tuple[tuple[Kind, str], ...] = (
    ("paragraph", mark("paragraph")),
    ("subhead", mark("subhead")),
    ("quote", mark("quote")),
    ("list item", mark("list item")),
    ("caption", mark("caption")),
)
"""Kinds that a writer adds."""


class Arranging(RegroupSteps, UndoSteps, AnnotationSteps):
    def __init__(self) -> None:
        super().__init__()
        self._is_adding = False

    def stepped(self, made: object) -> None:
        super().stepped(made)
        if self._is_adding and self.sheet is not None:
            self.forget_long(self.sheet.place.path)
        self._is_adding = False
        told = made.told.values() if isinstance(made, (steps.StepResult, article.Composed)) else ()
        if said := decided(told):
            self.say(said)

    def step_refused(self, error: Exception) -> None:
        self._is_adding = False
        super().step_refused(error)

    # Leaving out

    def action_cut(self) -> None:
        """Leaves the chosen paragraphs out, with a reason; where all of them are left out, prints them again."""
        sheet, ids = self.sheet, self.chosen()
        chosen = [unit for each in ids if sheet is not None and (unit := sheet.find(each))]
        if sheet is None or not chosen:
            return
        ref = sheet.ref(*ids)
        if all(unit.cut for unit in chosen):
            words = count("{n} paragraph prints again.", "{n} paragraphs print again.", len(ids))
            self.run_step(_print_again, ref, words=words, judges=ids)
            return

        def answered(reason: str | None) -> None:
            if reason:
                words = count("{n} paragraph is cut.", "{n} paragraphs are cut.", len(ids))
                self.run_step(article.cut, ref, reason, words=words, judges=ids)

        question = count("Why is {n} paragraph cut?", "Why are {n} paragraphs cut?", len(ids))
        about = sheet.text(chosen[0]) if len(chosen) == 1 else ""
        self.app.push_screen(Ask(question, about), answered)

    # Moving

    def action_move(self) -> None:
        sheet, ids = self.sheet, self.chosen()
        if sheet is None or not ids:
            return
        others = [unit for unit in sheet.units if unit.id not in ids]
        choices = [_("to the top"), *(f"{sheet.number(unit.id)} {sheet.text(unit)}" for unit in others)]

        def answered(choice: int | None) -> None:
            if choice is not None:
                after = others[choice - 1].id if choice else "0"
                words = count("{n} paragraph moved.", "{n} paragraphs moved.", len(ids))
                self.run_step(article.move, sheet.ref(*ids), after, words=words)

        question = count("After which one does {n} paragraph go?", "After which one do {n} paragraphs go?", len(ids))
        before = sheet.places[ids[0]]
        self.app.push_screen(Choose(question, choices, at=min(before, len(others))), answered)

    # Adding

    def action_add(self) -> None:
        """A paragraph of the writer's own, after the one under the cursor."""
        sheet, unit = self.sheet, self.unit
        if sheet is None or unit is None:
            return

        def written(kind: Kind, text: str | None) -> None:
            parts = _paragraphs(text or "")
            if parts:
                self._is_adding = True
                words = count("{n} paragraph added.", "{n} paragraphs added.", len(parts))
                self.run_step(article.add_all, str(sheet.place), parts, unit.id, kind, words=words)

        def chosen(choice: int | None) -> None:
            if choice is not None:
                kind, word = _ADDED[choice]
                about = _("It comes after: {text}").format(text=sheet.text(unit))
                self.ask_long(_(word), about, sheet.place.path, lambda text: written(kind, text))

        self.app.push_screen(Choose(_("What do you add?"), [_(word) for _kind, word in _ADDED]), chosen)

    def action_cite(self) -> None:
        sheet, ids = self.sheet, self.chosen()
        if sheet is None or not ids:
            return

        def answered(cited: str | None) -> None:
            if cited:
                self.run_step(article.cite, sheet.ref(*ids), cited, words=_("Cited: {source}").format(source=cited))

        about = _("A story of yours by its name, or an address. It does not print.")
        self.app.push_screen(Ask(_("Where does the background come from?"), about), answered)

    # Joining and splitting

    def action_join(self) -> None:
        unit, sheet = self.unit, self.sheet
        if unit is None or sheet is None:
            return
        _before, after = sheet.neighbours(unit.id)
        if after is None:
            self.say(_("It is the last paragraph."), refused=True)
            return
        if self.has_draft(unit, after):
            return
        joined = regroup.join(unit, after, sheet.place.locale, sheet.place.locale)
        ref = sheet.ref(unit.id, after.id)

        def answered(agreed: bool | None) -> None:
            if agreed:
                self.run_step(grouping.join, ref, words=_("Joined."))

        preview = Text(joined.target or joined.source)
        if joined.fuzzy:
            preview.append("\n\n" + _("It will need another look."), "bold")
        self.app.push_screen(Agree(_("Join these two paragraphs?"), preview), answered)

    def action_split(self) -> None:
        unit, sheet = self.unit, self.sheet
        if unit is None or sheet is None or self.has_draft(unit):
            return
        if not unit.target:
            self.say(_("Take the draft first (Ctrl+S), then split it."), refused=True)
            return
        ref = sheet.ref(unit.id)
        has_own_source = not unit.refs and unit.source != unit.target

        def answered(places: tuple[int, int] | None) -> None:
            if places is None:
                return
            first, second = places if has_own_source else (places[0], places[0])
            self.run_step(
                grouping.split,
                ref,
                unit.source[first:] if not unit.refs else "",
                unit.target[second:],
                words=_("Split."),
            )

        question = (
            SplitAt(unit.source, unit.target, self.editor.index()) if has_own_source else SplitAt(unit.target, "", 0)
        )
        self.app.push_screen(question, answered)

    # Drafts

    def action_take_draft(self) -> None:
        """Puts what the reports give now into the text; what was there can be had back with undo."""
        unit = self.unit
        draft = self.present_draft(unit.id) if unit is not None else ""
        if draft:
            self.editor.put(draft)
            self.action_edit()
        else:
            self.say(_("No report stands behind this paragraph."))

    def present_draft(self, unit_id: str) -> str:
        """What the reports give for a paragraph now; empty for none."""
        raise NotImplementedError

    def action_still_right(self) -> None:
        """The texts of the chosen paragraphs are right for their drafts as they are now."""
        ids = self.chosen()
        words = count("{n} paragraph is still right.", "{n} paragraphs are still right.", len(ids))
        self._decide(article.decide, ids, words)

    def action_take_new(self) -> None:
        """The new drafts become the texts of the chosen paragraphs."""
        self._decide(_take_new, self.chosen(), _("There was no new draft to take."))

    def _decide(self, action: Callable[..., steps.StepResult], ids: Sequence[str], words: str) -> None:
        """Decides between text and draft, as both are painted. What is being written is neither."""
        sheet = self.sheet
        if sheet is None or not ids:
            return
        if any(sheet.draft(each) is not None for each in ids):
            self.say(_("Your draft of it is not confirmed yet."), refused=True)
            return
        self.run_step(action, sheet.ref(*ids), words=words, judges=ids, marks=self._under_their_drafts)

    def _under_their_drafts(self, painted: Sequence[Unit]) -> Seen:
        """The text marks of paragraphs, each under the draft that stands beside it."""
        return tuple(text_mark(unit.replace(source=self.present_draft(unit.id) or unit.source)) for unit in painted)

    def action_take_in(self) -> None:
        """Composes again: brings the drafts up to the reports."""
        if self.sheet is not None:
            words = _("The drafts are what the reports say now.")
            self.run_step(article.make, str(self.sheet.place), (), words=words)


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that was typed or pasted: empty lines part them."""
    parts = (" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text.replace("\r", "")))
    return [part for part in parts if part]


def _print_again(actor: Actor, ref: str, seen: Seen) -> Catalog:
    return article.cut(actor, ref, "", undo=True, seen=seen)


def _take_new(actor: Actor, ref: str, seen: Seen) -> steps.StepResult:
    return article.decide(actor, ref, take_new=True, seen=seen)

"""Review mode by prompts: source and target are read out, a letter gives the editor's decision.

Invariant: an approval is for the text that was read out; if somebody changed it in the meantime, it
is read out again.
"""

from __future__ import annotations

from transflow.actions.refs import parse_ref
from transflow.actions.units import steps
from transflow.errors import TransflowError
from transflow.presenters.i18n import _, count, mark, say
from transflow.tui.plain.commands import Command
from transflow.tui.plain.sentences import COMMON_COMMANDS, CatalogPrompts
from transflow.units.marks import state_digest as mark_of


class ReviewPrompts(CatalogPrompts):
    """Review mode for the sentences of one report."""

    PROMPT = mark("a approve, x send back, or nothing: ")
    TAKES_TEXT = False
    COMMANDS = (
        Command("a", ("approve", "승인"), "approve", mark("approve; several at once as in 3-9"), mark("NUMBERS")),
        Command("x", ("return", "반려"), "send_back", mark("send it back to whoever wrote it"), mark("WHY")),
        Command("e", ("edit", "고치기"), "edit", mark("mend the text yourself")),
        Command("s", ("right", "그대로"), "still_right", mark("still right, though the Korean changed")),
        Command("i", ("waive", "넘기기"), "waive", mark("let a warning pass, with a reason")),
        *COMMON_COMMANDS,
    )

    def is_waiting(self, index: int) -> bool:
        return self.view.states[index] == "translated"

    def read_out(self) -> None:
        super().read_out()
        unit = self.unit
        if unit.previous:
            self.talk.say(_("The Korean was: {text}").format(text=unit.previous))
        self.talk.say(_("Korean: {text}").format(text=unit.source))
        self.talk.say(_("Text: {text}").format(text=unit.target or "–"))
        for issue in self.issues(unit):
            self.talk.say(f"! {issue.check}: {say(issue.message)}")

    # Commands

    def approve(self, numbers: str) -> None:
        if numbers:
            self._approve_several(numbers)
        elif self.run_on_read_unit(steps.approve, words=_("Approved.")):
            self.go_to_next_waiting()

    def _approve_several(self, numbers: str) -> None:
        """Approve each unit that can be approved; refuse the others with the reason."""
        try:
            selection = parse_ref(self.session.project, f"{self.view.place}#{numbers.replace(' ', '')}")
            ids = selection.ids(self.view.catalog)
        except TransflowError as error:
            self.session.refuse(error.message)
            return
        units = [unit for unit_id in ids if (unit := self.view.find(unit_id))]
        for unit in units:
            self.talk.say(f"{self.view.number(unit.id)}: {unit.source}", f"→ {unit.target or '–'}")
            self.talk.say(*(f"! {issue.check}: {say(issue.message)}" for issue in self.issues(unit)))
        if not self.talk.agree(count("Approve {n} sentence?", "Approve {n} sentences?", len(ids))):
            return
        approved = sum(
            bool(self.run_step(steps.approve, self.view.ref(unit.id), seen=(mark_of(unit),))) for unit in units
        )
        self.talk.say(count("{n} sentence is approved.", "{n} sentences are approved.", approved))

    def send_back(self, reason: str) -> None:
        reason = reason or self.talk.ask(_("Why? ")).strip()
        if reason and self.run_on_read_unit(steps.send_back, reason, words=_("Sent back.")):
            self.go_to_next_waiting()

    def edit(self, text: str) -> None:
        unit = self.judged_unit if text else self.unit
        text = text or self.talk.ask(_("Text: "), self.view.text(unit), lambda line: self._typed(unit, line)).strip()
        if text and self.save(steps.confirm, unit, text):
            self.read_out()

    def still_right(self, _rest: str) -> None:
        if self.save(steps.confirm, self.judged_unit, self.judged_unit.target):
            self.read_out()

    def waive(self, reason: str) -> None:
        issues = self.issues(self.judged_unit)
        if not issues:
            self.talk.say(_("There is no warning."))
            return
        chosen = self.talk.choose(_("Which warning?"), [say(issue.message) for issue in issues])
        if chosen is None:
            return
        reason = reason or self.talk.ask(_("Why? ")).strip()
        if reason:
            self.run_on_read_unit(steps.waive, issues[chosen].check, reason, words=_("Waived."))

"""Review mode by prompts: source and target are read out, a letter gives the editor's decision.

Invariant: an approval is for the text that was read out; if somebody changed it in the meantime, it
is read out again.
"""

from __future__ import annotations

from contextlib import closing

from transflow.actions.judges.found import Findings
from transflow.actions.refs import parse_ref
from transflow.actions.units import steps
from transflow.errors import TransflowError
from transflow.presenters.dialogues.approving import approve, approve_each, send_back
from transflow.presenters.dialogues.waiving import waive
from transflow.presenters.i18n import _, mark, say
from transflow.presenters.mode_rules import Reviewing
from transflow.presenters.review_order import next_by_risk
from transflow.project import CatalogRef
from transflow.tui.plain.commands import Command
from transflow.tui.plain.listing import UnitIssues
from transflow.tui.plain.sentences import COMMON_COMMANDS, LIMIT, CatalogPrompts
from transflow.tui.plain.session import Session


class ReviewPrompts(CatalogPrompts):
    """Review mode for the sentences of one report."""

    PROMPT = mark("a reviewed, x send back, or nothing: ")
    TAKES_TEXT = False
    COMMANDS = (
        Command("a", ("approve", "승인"), "approve", mark("reviewed; several at once as in 3-9"), mark("NUMBERS")),
        Command("x", ("return", "반려"), "send_back", mark("send it back to whoever wrote it"), mark("WHY")),
        Command("e", ("edit", "고치기"), "edit", mark("mend the text yourself")),
        Command("s", ("right", "그대로"), "still_right", mark("still right, though the Korean changed")),
        Command("i", ("waive", "넘기기"), "waive", mark("let a warning pass, with a reason")),
        Command("r", ("risk", "위험"), "show_riskiest", mark("go to the riskiest sentence that nobody reviewed yet")),
        LIMIT,
        *COMMON_COMMANDS,
    )

    def __init__(self, session: Session, place: CatalogRef, unit: str = "") -> None:
        super().__init__(session, place, unit, Reviewing(), UnitIssues)
        self._shown_by_risk = ""
        self.commands = {
            **self.commands,
            "approve": self._approve,
            "send_back": lambda reason: self.converse(send_back(self.view, [self.position.judged], "", reason)),
            "edit": self._edit,
            "still_right": self._still_right,
            "waive": self._waive,
            "show_riskiest": self._show_riskiest,
        }

    def read_out(self) -> None:
        super().read_out()
        unit = self.position.unit
        if unit.previous:
            self.talk.say(_("The Korean was: {text}").format(text=unit.previous))
        self.talk.say(_("Korean: {text}").format(text=unit.source))
        self.talk.say(_("Text: {text}").format(text=unit.target or "–"))
        for issue in self.issues.of(unit):
            self.talk.say(f"! {issue.check}: {say(issue.message)}")

    # Commands

    def _show_riskiest(self, _rest: str) -> None:
        with closing(Findings(self.session.project)) as findings:
            found = next_by_risk(self.view, self._shown_by_risk, self.issues.of, findings)
        if found is None:
            self.talk.say(self.position.rules.all_done_message(self.view))
            return
        self._shown_by_risk = found.unit.id
        self.talk.say(found.words)
        self.show(self.view.places[found.unit.id])

    def _approve(self, numbers: str) -> None:
        """Approve the unit, or those with these numbers."""
        if not numbers:
            self.converse(approve(self.view, self.position.judged))
            return
        try:
            selection = parse_ref(self.session.project, self.view.place.ref(numbers.replace(" ", "")))
            ids = selection.ids(self.view.catalog)
        except TransflowError as error:
            self.session.refuse(error.message)
            return
        units = [unit for unit_id in ids if (unit := self.view.find(unit_id))]
        self.converse(approve_each(self.view, units, self.issues.of))

    def _edit(self, text: str) -> None:
        unit = self.position.judged if text else self.position.unit
        text = text or self.ask_text(unit)
        if text and self.save(steps.confirm, unit, text):
            self.read_out()

    def _still_right(self, _rest: str) -> None:
        unit = self.position.judged
        if self.save(steps.confirm, unit, unit.target):
            self.read_out()

    def _waive(self, reason: str) -> None:
        unit = self.position.judged
        self.converse(waive(self.view, unit, self.issues.of(unit), reason=reason, asks_always=True))

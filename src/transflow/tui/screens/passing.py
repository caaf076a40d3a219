"""A story's way out: the writer's word that it is ready, the editor's that it may go out.

Invariant: nobody clears what they have not been shown: the question names what prints and what is kept back. A refusal is
read whole, with every paragraph that it names.
"""

from __future__ import annotations

from rich.text import Text

from transflow.actions import Desk, articles
from transflow.actions.page import Page
from transflow.errors import TransflowError
from transflow.tui.dialogs import Agree, Ask, Tell
from transflow.tui.refusals import in_plain_words
from transflow.tui.screens.stepping import Stepping
from transflow.tui.words import _, count


class Passing(Stepping):
    page: Page

    def action_ready(self) -> None:
        """Says that the story is ready, or takes that back: with an editor's word on it, only when asked again."""
        sheet = self.sheet
        if sheet is None or self._is_being_written():
            return
        name = str(sheet.place)

        def taken_back(agreed: bool | None) -> None:
            if agreed:
                self.run_step(_not_ready, name, words=_("Not ready any more: it is being written again."))

        if sheet.catalog.header.get("X-Cleared"):
            self.app.push_screen(
                Agree(_("Write this story again? An editor cleared it, and has to again.")), taken_back
            )
        elif sheet.catalog.header.get("X-Ready"):
            taken_back(True)
        else:
            words = _("Ready: an editor reads it and clears it.")
            self.run_step(articles.ready, name, words=words, failed=self._not_passed)

    def action_clear(self) -> None:
        """The editor's word on the whole story as it prints."""
        sheet = self.sheet
        if sheet is None or self._is_being_written():
            return
        name = str(sheet.place)

        def answered(agreed: bool | None) -> None:
            if not agreed:
                return
            if self.page.alone:
                question = _("You wrote most of it. Why does nobody else read it?")
                self.app.push_screen(Ask(question, _("A second read is owed then.")), alone)
            else:
                self._clear(name, "")

        def alone(reason: str | None) -> None:
            if reason:
                self._clear(name, reason)

        self.app.push_screen(Agree(_("Clear this story, as it reads now?"), self._what_goes_out()), answered)

    def _clear(self, name: str, alone: str) -> None:
        words = _("Cleared. A second read is owed.") if alone else _("Cleared: it may go out as it reads now.")
        self.run_step(articles.clear, name, alone, words=words, failed=self._not_passed)

    def _is_being_written(self) -> bool:
        """Whether a paragraph has a draft that is not confirmed; then says so."""
        sheet = self.sheet
        drafted = [unit for unit in sheet.units if sheet.draft(unit.id)] if sheet is not None else []
        if sheet is not None and drafted:
            numbers = ", ".join(str(sheet.number(unit.id)) for unit in drafted)
            self.say(_("There are drafts that are not confirmed: {numbers}").format(numbers=numbers), refused=True)
        return bool(drafted)

    def _what_goes_out(self) -> Text:
        assert self.sheet is not None
        printed = [unit for unit in self.sheet.units if not unit.cut and not unit.omitted]
        text = Text(next((unit.target for unit in printed if unit.kind == "headline"), ""), style="bold")
        text.append("\n" + self.page.byline, "not bold")
        words = sum(len(unit.target.split()) for unit in printed)
        size = count("{n} paragraph", "{n} paragraphs", len(printed)) + " · " + count("{n} word", "{n} words", words)
        text.append(f"\n{size}\n{self.page.credit_line}\n", "not bold")
        for unit in printed:
            if why := self.page.kept_back.get(unit.id):
                text.append(f"\n✗ {self.sheet.number(unit.id)}: {in_plain_words(why)}", "not bold")
        return text

    def _not_passed(self, error: Exception) -> None:
        """Names all that is in the way, a line each."""
        self.step_done()
        if not isinstance(error, TransflowError) or "\n" not in str(error):
            self.refuse(error)
            return
        text = Text()
        for line in str(error).split("\n"):
            text.append(in_plain_words(line.strip().removesuffix(".")).strip() + "\n")
        self.app.push_screen(Tell(_("Not yet"), text))


def _not_ready(desk: Desk, name: str) -> articles.Word:
    return articles.ready(desk, name, undo=True)

"""Translate mode by prompts: the source is read out, a typed line is its translation.

Invariant: a typed line is confirmed at once; if that is refused, it stays an unsaved text.
"""

from __future__ import annotations

from transflow.actions.units import steps
from transflow.actions.units.steps import MachineDraft
from transflow.errors import TransflowError
from transflow.model.unit import Unit
from transflow.presenters.assistants import Suggestion, pending_message
from transflow.presenters.i18n import _, count, mark, say
from transflow.tui.plain.commands import Command
from transflow.tui.plain.regrouping import JOIN, SPLIT, RegroupPrompts
from transflow.tui.plain.sentences import COMMON_COMMANDS


class TranslatePrompts(RegroupPrompts):
    """Translate mode for the sentences of one report."""

    PROMPT = mark("Text: ")
    COMMANDS = (
        Command("s", ("confirm", "확정"), "confirm", mark("the present text is right (still right)")),
        Command("e", ("edit", "고치기"), "edit", mark("put the present text into the line, to edit it")),
        Command("d", ("draft", "초벌"), "draft", mark("a text that needs another look"), mark("TEXT")),
        Command("t", ("take", "제안"), "take", mark("put a suggestion into the line"), "1-9"),
        Command("m", ("machine", "기계"), "ask_engine", mark("ask the machine translation engine about the sentence")),
        Command("o", ("omit", "제외"), "omit", mark("leave it out, or take that back"), mark("WHY")),
        Command("g", ("term", "용어"), "add_term", mark("add a term to the glossary")),
        Command("u", ("untranslated", "번역전"), "go_untranslated", mark("the next untranslated one")),
        Command("f", ("again", "다시"), "go_again", mark("the next that needs another look")),
        Command("r", ("unapproved", "미승인"), "go_unapproved", mark("the next that nobody approved yet")),
        Command("v", ("preview", "미리보기"), "preview", mark("the whole text so far")),
        JOIN,
        SPLIT,
        *COMMON_COMMANDS,
    )
    matches: tuple[Suggestion, ...] = ()
    machine_text: MachineDraft | None = None
    """Machine translation of the sentence, if the person took it to edit."""

    def read_out(self) -> None:
        super().read_out()
        self.machine_text = None
        unit = self.unit
        if unit.previous:
            self.talk.say(_("The Korean was: {text}").format(text=unit.previous))
        self.talk.say(_("Korean: {text}").format(text=unit.source))
        if unit.target:
            self.talk.say(_("Text: {text}").format(text=unit.target))
        for other in unit.conflicts:
            self.talk.say(_("≠ {who} wrote: {text}").format(who=self.session.person_name(other.who), text=other.text))
        if (draft := self.view.draft(unit.id)) is not None:
            self.talk.say(_("Your draft: {text}").format(text=draft.text))
        self._tell_warnings(unit)
        self._tell_matches(unit)

    def _tell_warnings(self, unit: Unit) -> None:
        issues = self.issues(unit)
        if issues:
            self.talk.say(count("{n} warning", "{n} warnings", len(issues)) + ":")
        self.talk.say(*(f"! {say(issue.message)}" for issue in issues))

    def _tell_matches(self, unit: Unit) -> None:
        suggester, terms = self.session.assistants.suggester, self.session.assistants.terms
        self.matches = tuple(suggester.suggest(unit, self.context(unit)))[:9] if suggester else ()
        if problem := pending_message(suggester):
            self.talk.say(_("{why} The memory of this machine answers alone.").format(why=say(problem)))
        self._say_matches()
        for term in terms.terms(unit, self.context(unit)) if terms else ():
            self.talk.say(f"{term.source} → {term.target}")

    def _say_matches(self) -> None:
        for number, match in enumerate(self.matches, 1):
            if match.machine:
                self.talk.say(_("Suggestion {n}, {who}: {text}").format(n=number, who=match.origin, text=match.target))
            else:
                words = _("Suggestion {n}, {score}%: {text}")
                self.talk.say(words.format(n=number, score=match.score, text=match.target))

    def ask_engine(self, _rest: str) -> None:
        """Ask the engine; its answer becomes the first suggestion, for `.t`."""
        asker, unit = self.session.assistants.asker, self.unit
        if asker is None:
            self.session.refuse(_("No engine is installed."))
            return
        self.talk.say(_("Asking the engine …"))
        suggestion = self.session.run_action(asker.ask, unit, self.context(unit))
        if suggestion is not None:
            others = [match for match in self.matches if match.machine != suggestion.machine]
            self.matches = (suggestion, *others)[:9]
            self._say_matches()

    # Texts

    def write(self, unit: Unit, text: str) -> None:
        if self.save(steps.confirm, unit, text, self.machine_text):
            self._warn(unit.id)
            self.go_to_next_waiting()

    def _warn(self, unit_id: str) -> None:
        """Print the warnings of a text that was just confirmed."""
        if (unit := self.view.find(unit_id)) is not None:
            self._tell_warnings(unit)

    def confirm(self, _rest: str) -> None:
        if self.save(steps.confirm, self.judged_unit, self.judged_unit.target):
            self.go_to_next_waiting()

    def draft(self, text: str) -> None:
        if self.save(steps.draft, self.unit, text or self.view.text(self.unit), self.machine_text):
            self.go_to_next_waiting()

    def edit(self, _rest: str) -> None:
        self._prefill_line(self.view.text(self.unit))

    def take(self, number: str) -> None:
        number_wanted = int(number) if number.isdecimal() else 1
        if 1 <= number_wanted <= len(self.matches):
            match = self.matches[number_wanted - 1]
            self._prefill_line(match.target)
            if self._prefill and match.machine:
                self.machine_text = MachineDraft(match.machine, match.target)
        else:
            self.session.refuse(_("There is no suggestion for this sentence."))

    def _prefill_line(self, text: str) -> None:
        """Put a text into the next line, which needs a terminal."""
        if self.talk.is_terminal:
            self._prefill = text
        else:
            self.session.refuse(_("That needs a terminal: type the whole text instead."))

    def omit(self, reason: str) -> None:
        if self.judged_unit.omitted:
            words = count("{n} sentence is translated after all.", "{n} sentences are translated after all.", 1)
            self.run_on_read_unit(steps.restore, words=words)
            return
        reason = reason or self.talk.ask(
            count("Why is {n} sentence left out?", "Why are {n} sentences left out?", 1) + " "
        )
        words = count("{n} sentence is left out.", "{n} sentences are left out.", 1)
        if reason.strip() and self.run_on_read_unit(steps.omit, reason, words=words):
            self.go_to_next_waiting()

    def add_term(self, rest: str) -> None:
        terms = self.session.assistants.terms
        if terms is None:
            self.session.refuse(_("No glossary is installed."))
            return
        source, _equals, target = (rest or self.talk.ask(_("Korean = English: "))).partition("=")
        if source.strip() and target.strip():
            try:
                terms.add(self.session.actor(), self.view.place.locale, source.strip(), target.strip())
            except TransflowError as error:
                self.session.refuse(error.message)
            else:
                self.talk.say(_("Done."))

    # Moving

    def go_untranslated(self, _rest: str) -> None:
        self._jump("untranslated")

    def go_again(self, _rest: str) -> None:
        self._jump("needs-work")

    def go_unapproved(self, _rest: str) -> None:
        self._jump("translated")

    def _jump(self, state: str) -> None:
        row = self.view.next(self.index, lambda index: self.view.states[index] == state)
        if row is None:
            self.talk.say(_("There is none."))
        else:
            self.show(row)

    def preview(self, _rest: str) -> None:
        """Print the text so far by paragraphs, with the source of untranslated sentences."""
        lines: list[str] = []
        for unit in self.view.units:
            if unit.omitted:
                continue
            text = self.view.text(unit) or unit.source
            if unit.continued and lines:
                lines[-1] += " " + text
            else:
                lines.append(text)
        self.talk.say(*lines)

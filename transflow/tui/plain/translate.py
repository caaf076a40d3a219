"""Translate mode by prompts: the source is read out, a typed line is its translation.

Invariant: a typed line is confirmed at once; if that is refused, it stays an unsaved text.
"""

from __future__ import annotations

from transflow.actions.engines.permissions import UndecidedError
from transflow.actions.units import steps
from transflow.actions.units.remembered import MachineDraft
from transflow.model.unit import Unit
from transflow.presenters import mode_rules
from transflow.presenters.assistants import MAX_SUGGESTIONS, MESSAGES, Suggestion, pending_message, with_answer
from transflow.presenters.dialogues import reusing, wording
from transflow.presenters.dialogues.annotating import add_term, omit
from transflow.presenters.dialogues.engines import ask_about_engine
from transflow.presenters.i18n import _, count, mark, say
from transflow.presenters.mode_rules import Translating
from transflow.presenters.text_so_far import paragraphs
from transflow.project import CatalogRef
from transflow.project.languages import source_of
from transflow.tui.plain.commands import Command
from transflow.tui.plain.listing import UnitIssues
from transflow.tui.plain.regrouping import JOIN, SPLIT, regroup_commands
from transflow.tui.plain.sentences import COMMON_COMMANDS, LIMIT, CatalogPrompts
from transflow.tui.plain.session import Session


class TranslatePrompts(CatalogPrompts):
    """Translate mode for the sentences of one report."""

    PROMPT = mark("Text: ")
    COMMANDS = (
        Command("s", ("confirm", "확정"), "confirm", mark("the present text is right (still right)")),
        Command("e", ("edit", "고치기"), "edit", mark("put the present text into the line, to edit it")),
        Command("d", ("draft", "초벌"), "draft", mark("a text that needs another look"), mark("TEXT")),
        Command("t", ("take", "제안"), "take", mark("put a suggestion into the line"), "1-9"),
        Command("m", ("machine", "기계"), "ask_engine", mark("ask the machine translation engine about the sentence")),
        Command("o", ("omit", "제외"), "omit", mark("leave it out, or take that back"), mark("WHY")),
        LIMIT,
        Command("g", ("term", "용어"), "add_term", mark("add a term to the glossary")),
        Command("u", ("untranslated", "번역전"), "go_untranslated", mark("the next untranslated one")),
        Command("f", ("again", "다시"), "go_again", mark("the next that needs another look")),
        Command("r", ("unapproved", "미승인"), "go_unapproved", mark("the next that nobody reviewed yet")),
        Command("v", ("preview", "미리보기"), "preview", mark("the whole text so far")),
        Command("w", ("word", "사전"), "add_word", mark("add a word to the dictionary"), mark("WORD")),
        Command("b", ("source", "원문"), "copy_source", mark("put the Korean into the line")),
        Command(
            "a", ("earlier", "예전"), "take_earlier", mark("earlier texts of the sentence, to put one into the line")
        ),
        Command("i", ("same", "같은"), "fill_same", mark("put the text under the same sentence elsewhere")),
        Command("y", ("replace", "바꾸기"), "replace", mark("find and replace in this report, place by place")),
        JOIN,
        SPLIT,
        *COMMON_COMMANDS,
    )

    def __init__(self, session: Session, place: CatalogRef, unit: str = "") -> None:
        self._matches: tuple[Suggestion, ...] = ()
        self._machine_text: MachineDraft | None = None
        """Machine translation of the sentence, if the person took it to edit."""
        super().__init__(session, place, unit, Translating(), UnitIssues)
        view, position = self.view, self.position
        self.commands = {
            **self.commands,
            **regroup_commands(self, source_of(session.project, place)),
            "confirm": self._confirm,
            "edit": lambda _rest: self.prefill_line(view.text(position.unit)),
            "draft": self._draft,
            "take": self._take,
            "ask_engine": self._ask_engine,
            "omit": lambda reason: self.converse(omit(view, [position.judged], "", reason)),
            "add_term": self._add_term,
            "go_untranslated": lambda _rest: self._jump("untranslated"),
            "go_again": lambda _rest: self._jump("needs-work"),
            "go_unapproved": lambda _rest: self._jump("translated"),
            "preview": self._preview,
            "add_word": self._add_word,
            "copy_source": lambda _rest: self.prefill_line(position.unit.source),
            "take_earlier": self._take_earlier,
            "fill_same": lambda _rest: self.converse_and_read_out(reusing.fill_same(view, position.unit)),
            "replace": lambda words: self.converse_and_read_out(reusing.replace_texts(view, given=words)),
        }

    def read_out(self) -> None:
        super().read_out()
        self._machine_text = None
        unit = self.position.unit
        if unit.previous:
            self.talk.say(_("The Korean was: {text}").format(text=unit.previous))
        self.talk.say(_("Korean: {text}").format(text=unit.source))
        if unit.target:
            self.talk.say(_("Text: {text}").format(text=unit.target))
        for other in unit.conflicts:
            self.talk.say(_("≠ {who} wrote: {text}").format(who=self.session.person_name(other.who), text=other.text))
        if (draft := self.view.draft(unit.id)) is not None:
            self.talk.say(_("Not saved yet: {text}").format(text=draft.text))
        self._tell_warnings(unit)
        self._tell_matches(unit)

    def _tell_warnings(self, unit: Unit) -> None:
        issues = self.issues.of(unit)
        if issues:
            self.talk.say(count("{n} warning", "{n} warnings", len(issues)) + ":")
        self.talk.say(*(f"! {say(issue.message)}" for issue in issues))

    def _tell_matches(self, unit: Unit) -> None:
        suggester, terms = self.session.assistants.suggester, self.session.assistants.terms
        self._matches = (
            tuple(suggester.suggest(unit, self.position.context(unit)))[:MAX_SUGGESTIONS] if suggester else ()
        )
        if problem := pending_message(suggester):
            self.talk.say(say(problem))
        self._say_matches()
        for term in terms.terms(unit, self.position.context(unit)) if terms else ():
            self.talk.say(f"{term.source} → {term.target}")

    def _say_matches(self) -> None:
        for number, match in enumerate(self._matches, 1):
            if match.machine:
                self.talk.say(_("Suggestion {n}, {who}: {text}").format(n=number, who=match.origin, text=match.target))
            else:
                words = _("Suggestion {n}, {score}%: {text}")
                self.talk.say(words.format(n=number, score=match.score, text=match.target))

    def _ask_engine(self, _rest: str) -> None:
        """Ask the engine; its answer becomes the first suggestion, for `.t`."""
        asker, unit = self.session.assistants.asker, self.position.unit
        if asker is None:
            self.session.refuse(MESSAGES("no-engine"))
            return
        self.talk.say(say(MESSAGES("asking-engine")))
        try:
            suggestion = self.session.run_action(asker.ask, unit, self.position.context(unit))
        except UndecidedError as error:
            if not self.talk.is_terminal or not self.prompter.run(ask_about_engine(error.engine)).result:
                self.session.refuse(error.message)
                return
            suggestion = self.session.run_action(asker.ask, unit, self.position.context(unit))
        if suggestion is not None:
            self._matches = with_answer(self._matches, suggestion)
            self._say_matches()

    # Texts

    def write(self, unit: Unit, text: str) -> None:
        if self.save(steps.confirm, unit, text, self._machine_text):
            self._warn(unit.id)
            if offer := reusing.same_offer(self.view, unit.id, f".{self.view.number(unit.id)}, .i"):
                self.talk.say(offer)
            self.go_to_next_waiting()

    def _warn(self, unit_id: str) -> None:
        """Print the warnings of a text that was just confirmed."""
        if (unit := self.view.find(unit_id)) is not None:
            self._tell_warnings(unit)

    def _confirm(self, _rest: str) -> None:
        unit = self.position.judged
        if self.save(steps.confirm, unit, unit.target):
            self.go_to_next_waiting()

    def _draft(self, text: str) -> None:
        unit = self.position.unit
        if self.save(steps.draft, unit, text or self.view.text(unit), self._machine_text):
            self.go_to_next_waiting()

    def _take(self, number: str) -> None:
        """Put a suggestion into the next line."""
        wanted = int(number) if number.isdecimal() else 1
        if not 1 <= wanted <= len(self._matches):
            self.session.refuse(MESSAGES("no-suggestion"))
            return
        match = self._matches[wanted - 1]
        if self.prefill_line(match.target):
            self._machine_text = match.draft()

    def _add_term(self, pair: str) -> None:
        terms = self.session.assistants.terms
        if terms is None:
            self.session.refuse(MESSAGES("no-glossary"))
        elif self.prompter.run(add_term(terms, self.position.unit, self.view.place.locale, pair)).result:
            self.talk.say(_("Done."))

    def _add_word(self, word: str) -> None:
        self.prompter.run(wording.add_word(self.view, word, asks=False))

    def _take_earlier(self, _rest: str) -> None:
        """Put an earlier text into the next line."""
        text = self.prompter.run(reusing.earlier_text(self.view, self.position.unit)).result
        if text is not None:
            self.prefill_line(text)

    # Moving

    def _jump(self, state: str) -> None:
        row = self.view.next(self.position.index, lambda index: self.view.states[index] == state)
        if row is None:
            self.talk.say(say(mode_rules.MESSAGES("none")))
        else:
            self.show(row)

    def _preview(self, _rest: str) -> None:
        """Print the text so far by paragraphs, with the source of untranslated sentences."""
        self.talk.say(*(" ".join(each.text for each in sentences) for sentences in paragraphs(self.view)))

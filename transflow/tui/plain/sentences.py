"""Base of the modes over one catalog: position, moving, listing, comments and history.

Invariant: before every prompt the catalog is read again if its file changed; the position is the id
of a unit. Decisions are about the unit as it was read out; if somebody changed it since, it is read
out again, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from transflow.actions.language.concordance import search
from transflow.actions.units import steps
from transflow.actions.units.steps import ChangedMeanwhileError, MachineDraft, StepResult
from transflow.errors import UnreadableError, UsageError
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.assistants import UnitContext
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.filtering import parse
from transflow.presenters.i18n import _, count, mark
from transflow.presenters.source_view import heading
from transflow.presenters.two_texts import two_texts
from transflow.presenters.unit_lines import flags, state_word
from transflow.presenters.unit_notes import notes
from transflow.project import CatalogRef
from transflow.tui.plain.commands import Command, help_lines, parse_line
from transflow.tui.plain.session import Session
from transflow.units.marks import state_digest as mark_of
from transflow.units.marks import text_digest
from transflow.units.workflow import open_questions, unwaived

_MAX_RESULTS = 50
"""Maximum number of results of a search of the project."""
NEXT = Command("n", ("next", "다음"), "go_next", mark("the next one"))
PREVIOUS = Command("p", ("previous", "이전"), "go_previous", mark("the one before"))
LIST = Command(
    "l",
    ("list", "목록"),
    "tell_list",
    mark("all of them, a line each; or those that a filter lets through"),
    mark("FILTER"),
)
HISTORY = Command("h", ("history", "이력"), "tell_history", mark("comments and history"))
FIND = Command(
    "/", ("find", "찾기"), "find", mark("where words stand in the whole project, on either side"), mark("WORDS")
)
COMMENT = Command("c", ("comment", "메모"), "comment", mark("comment, ask a person, or answer"))


class CatalogPrompts:
    """Mode over one catalog.

    A subclass defines `COMMANDS`, `PROMPT`, `read_out`, and `write` if lines are texts.
    """

    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    PROMPT: ClassVar[str] = ""
    TAKES_TEXT: ClassVar[bool] = True
    """True if a line without a dot is a text."""

    def __init__(self, session: Session, place: CatalogRef, unit: str = "") -> None:
        self.session, self.talk = session, session.talk
        catalog = session.project.load(place)
        self._stamp = session.project.stamp(place)
        self.view = CatalogView(place, catalog, session.journal)
        if not catalog.units:
            raise UsageError(f"{place} has no sentences.")
        self.current = catalog.units[self._start_index(unit)].id
        self._prefill = ""
        self.last_read = self.unit
        """Unit as it was read out last."""
        self.judged_unit = self.last_read
        """Unit as it had been read out when the line was typed that is executed now."""
        self._is_left = False

    def _start_index(self, unit: str) -> int:
        """Return the index of a unit given by number or id; by default, of the first that waits."""
        if unit.isdecimal():
            return min(max(int(unit), 1), len(self.view.units)) - 1
        if found := self.view.find(unit):
            return self.view.places[found.id]
        waiting = self.view.next(-1, self.is_waiting)
        return waiting or 0

    def is_waiting(self, index: int) -> bool:
        """Return whether the unit at an index of the catalog waits for the user of this mode."""
        return self.view.is_unfinished(index)

    @property
    def unit(self) -> Unit:
        found = self.view.find(self.current)
        return found if found is not None else self.view.units[0]

    @property
    def index(self) -> int:
        return self.view.places[self.unit.id]

    @property
    def ref(self) -> str:
        return self.view.ref(self.unit.id)

    # Prompt loop

    def run(self) -> None:
        self.session.presence.enter(self.view.place)
        self.session.commands = self.COMMANDS
        try:
            self.print_overview()
            self.read_out()
            while not self._is_left:
                self._ask()
        finally:
            self.session.commands = ()
            self.session.presence.leave()

    def print_overview(self) -> None:
        """Print the progress, unsaved texts of removed units, and who else has the catalog open."""
        done, whole, words = self.view.progress()
        progress = _("{done} of {whole} done · {words} words left").format(done=done, whole=whole, words=words)
        self.talk.say(
            f"{self.view.place.slug}: {progress}", _("A line that begins with a dot is a command; .? lists them.")
        )
        for draft in self.view.orphaned_drafts().values():
            text = _("A draft of yours belongs to a sentence that is here no longer: {text}")
            self.talk.say(text.format(text=draft.text))
        others = self.session.presence.others(self.view.place)
        if others:
            names = ", ".join(map(self.session.person_name, others))
            self.talk.say(_("also open: {people}").format(people=names))

    def _ask(self) -> None:
        unit, text, self._prefill = self.unit, self._prefill, ""
        draft = self.view.draft(unit.id) if self.TAKES_TEXT else None
        typed = partial(self._typed, unit) if self.TAKES_TEXT else None
        self.judged_unit = self.last_read
        line = self.talk.ask(_(self.PROMPT), text or (draft.text if draft else ""), typed)
        self.check_for_changes()
        command = parse_line(line, self.COMMANDS, bare=not self.TAKES_TEXT)
        if command.unknown:
            self.session.refuse(_("“{line}” is no command; .? lists them.").format(line=command.unknown))
        elif command.command is not None:
            getattr(self, command.command.method)(command.rest)
        elif command.rest:
            self.write(unit, command.rest)
        else:
            self.go_to_next_waiting()

    def _typed(self, unit: Unit, line: str) -> None:
        """Put a line into the journal while it is typed, if it is a text."""
        if line.strip() and not line.startswith("."):
            self.view.typed(unit, line.strip(), self.session.clock())

    def read_out(self) -> None:
        """Print the heading of the unit. A subclass prints the unit too."""
        self.last_read = self.unit
        shown = heading(
            self.unit,
            self.index + 1,
            self.session.person_name,
            self.session.format_time,
            outdated=self.view.is_outdated(self.unit),
        )
        self.talk.say("", " · ".join(shown))

    def write(self, unit: Unit, text: str) -> None:
        """Handle a text that was typed for a unit."""

    def go_to_next_waiting(self) -> None:
        """Go to the next unit that waits."""
        row = self.view.next(self.index, self.is_waiting)
        if row is None or row == self.index:
            self.talk.say(_("Everything here is done."))
            row = min(self.index + 1, len(self.view.units) - 1)
        self.show(row)

    def show(self, index: int) -> None:
        self.current = self.view.units[index].id
        self.read_out()

    # Changes by other people

    def check_for_changes(self) -> None:
        before = self.unit
        try:
            if self.session.project.stamp(self.view.place) != self._stamp:
                self.refresh(self.session.project.load(self.view.place))
        except UnreadableError as error:  # the typed command fails with the same error, and keeps its text
            self.session.refuse(error.message)
        else:
            if self.unit != before:
                self.talk.say(_("Somebody else changed this sentence."))

    def refresh(self, catalog: Catalog) -> None:
        self._stamp = self.session.project.stamp(self.view.place)
        self.view.replace_catalog(catalog)

    def run_step(
        self, action: Callable[..., StepResult], *arguments: Any, words: str = "", **options: Any
    ) -> StepResult | None:
        """Run an action, print `words`, and return its result; return None if it was not done."""
        try:
            done = self.session.run_action(action, *arguments, **options)
        except ChangedMeanwhileError as error:
            self.read_again(error.catalog)
            return None
        if done is None:
            return None
        self.refresh(done.catalog)
        if text_digest(self.unit) == text_digest(self.last_read):
            self.last_read = self.unit
        if words:
            self.talk.say(words)
        return done

    def run_on_read_unit(
        self, action: Callable[..., StepResult], *arguments: Any, words: str = "", **options: Any
    ) -> StepResult | None:
        """Run an action on the unit as it was read out.

        If somebody changed it since, it is read out again, and nothing is done.
        """
        return self.run_step(action, self.ref, *arguments, words=words, seen=(mark_of(self.judged_unit),), **options)

    def read_again(self, catalog: Catalog) -> None:
        self.refresh(catalog)
        self.session.refuse(_("Somebody changed it after it was read out. It is now as follows; nothing was done."))
        self.read_out()

    def save(
        self, action: Callable[..., StepResult], unit: Unit, text: str, drafted: MachineDraft | None = None
    ) -> bool:
        """Write a text with `action`, and return whether it is on the disk.

        If somebody else wrote in the meantime, the person is asked.
        """
        self.view.typed(unit, text, self.session.clock())
        try:
            done = self.session.run_action(
                action, self.view.ref(unit.id), text, (self.view.base_digest(unit),), drafted
            )
        except ChangedMeanwhileError as error:
            return self._decide(action, unit, error.unit, text, drafted)
        if done is None:
            return False
        self.view.drop_draft(unit.id)
        self.refresh(done.catalog)
        self.last_read = self.unit
        return True

    def _decide(
        self, action: Callable[..., StepResult], unit: Unit, theirs: Unit, text: str, drafted: MachineDraft | None
    ) -> bool:
        """Read out both texts, and let the person choose.

        Without an answer, their own text stays unsaved.
        """
        decision = two_texts(self.view.draft_or_new(unit, text), text, theirs, self.session.person_name)
        self.refresh(self.session.project.load(self.view.place))
        self.talk.say(
            decision.question,
            *decision.about.plain.split("\n\n"),
        )
        choices = [
            _("Write mine over theirs") if answer_id == "mine" else words for words, answer_id in decision.choices
        ]
        answer = self.talk.choose(_("Which one?"), choices)
        choice = None if answer is None else decision.choices[answer][1]
        if choice == "mine":
            self.view.rebase_draft(theirs, text, self.session.clock())
            return self.save(action, theirs, text, drafted)
        if choice == "theirs":
            self.view.drop_draft(theirs.id)
            return True
        if choice == "both" and self.run_step(steps.keep_both, self.view.ref(theirs.id), text, drafted):
            self.view.drop_draft(theirs.id)
            return True
        return False

    # Commands

    def tell_help(self, _rest: str) -> None:
        self.talk.say(*help_lines(self.COMMANDS))
        if self.TAKES_TEXT:
            self.talk.say(
                _("Any other line is the text. Nothing: on to the next. A text that begins with a dot: two dots.")
            )

    def leave(self, _rest: str) -> None:
        self._is_left = True

    def go_to(self, number: str) -> None:
        if 1 <= int(number) <= len(self.view.units):
            self.show(int(number) - 1)
        else:
            self.session.refuse(_("They go from 1 to {n}.").format(n=len(self.view.units)))

    def go_next(self, _rest: str) -> None:
        self._go(1)

    def go_previous(self, _rest: str) -> None:
        self._go(-1)

    def _go(self, by: int) -> None:
        if 0 <= self.index + by < len(self.view.units):
            self.show(self.index + by)
        else:
            self.talk.say(_("There is none."))

    def tell_list(self, filter_text: str) -> None:
        self.check_all()
        try:
            self.view.apply(parse(filter_text))
        except UsageError as error:
            self.session.refuse(error.message)
            return
        for index in self.view.visible:
            unit = self.view.units[index]
            marks = flags(self.view.filtered_unit(unit))
            state = state_word(self.view.states[index])
            self.talk.say(f"{index + 1} {state} {marks}".rstrip() + f": {self.view.text(unit) or unit.source}")
        self.talk.say(count("{n} of them.", "{n} of them.", len(self.view.visible)))
        self.view.apply(parse(""))

    # Checks

    def issues(self, unit: Unit) -> list[Issue]:
        """Return the issues of a unit that are not waived."""
        checker = self.session.assistants.checker
        if checker is None or not unit.target:
            return []
        return unwaived(unit, checker.check(unit, self.context(unit)))

    def context(self, unit: Unit) -> UnitContext:
        before, after = self.view.neighbours(unit.id)
        place, source = self.view.place, self.session.project.settings.source
        neighbours = (before.source if before else "", after.source if after else "")
        return UnitContext(place.locale, source, place.slug, *neighbours, self.view.catalog)

    def check_all(self) -> None:
        """Check all unchecked units, so that the list can show which ones have warnings."""
        for unit in self.view.unchecked() if self.session.assistants.checker is not None else ():
            self.view.store_issues(unit, self.issues(unit))

    def find(self, words: str) -> None:
        words = words or self.talk.ask(_("Which words?") + " ").strip()
        hits = (self.session.run_action(search, words, _MAX_RESULTS) if words else None) or ()
        has_several_locales = len(self.session.project.settings.locales) > 1
        for hit in hits:
            name = hit.place if has_several_locales else hit.place.slug
            self.talk.say(f"{name}#{hit.number} {hit.source} → {hit.target or '–'}")
        if words:
            summary = count("“{words}”: {n} place", "“{words}”: {n} places", len(hits), words=words)
            self.talk.say(summary if hits else _("“{words}” stands nowhere in the project.").format(words=words))

    def tell_history(self, _rest: str) -> None:
        self.talk.say(notes(self.unit, self.session.format_time).plain)

    def comment(self, rest: str) -> None:
        """Comment on the unit; without a text, ask whether to comment, ask or answer."""
        if rest:
            self.run_step(steps.comment, self.ref, rest, words=_("Noted."))
            return
        people = [person.id for person in self.session.project.settings.people if not person.left]
        people = [who for who in people if who != self.session.user.id]
        choices = [
            _("Comment"),
            _("Ask anyone"),
            *(_("Ask {who}").format(who=self.session.person_name(who)) for who in people),
        ]
        questions = open_questions(self.unit)
        if questions:
            first_question = questions[0]
            choices.append(
                _("Answer {who}: {text}").format(
                    who=self.session.person_name(first_question.who), text=first_question.text
                )
            )
        choice = self.talk.choose(_("What do you want to say?"), choices)
        if choice is None or not (text := self.talk.ask(choices[choice] + ": ").strip()):
            return
        if choice == 0:
            self.run_step(steps.comment, self.ref, text, words=_("Noted."))
        elif choice == len(people) + 2:
            self.run_step(steps.answer, self.ref, text, words=_("Answered."), question=questions[0])
        else:
            to = people[choice - 2] if choice > 1 else ""
            self.run_step(steps.ask, self.ref, text, to=to, words=_("Asked."))


COMMON_COMMANDS = (NEXT, PREVIOUS, LIST, FIND, HISTORY, COMMENT)

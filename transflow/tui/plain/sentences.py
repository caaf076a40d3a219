"""Base of the modes over one catalog: the prompt loop, moving, and running commands.

Invariant: before every prompt the catalog is read again if its file changed. Decisions are about
the unit as it was read out; if somebody changed it since, it is read out again, and nothing is
done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from transflow.actions.units.remembered import MachineDraft
from transflow.actions.units.steps import StepResult
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.checked_pair import pair_line
from transflow.presenters.dialogues.annotating import comment, limit
from transflow.presenters.dialogues.requests import Dialogue
from transflow.presenters.dialogues.writing import Writing, save_at_once, text_or_number
from transflow.presenters.headlines import title
from transflow.presenters.i18n import _, mark, say
from transflow.presenters.mode_rules import MESSAGES, ModeRules, also_open, next_unit, translation_progress
from transflow.presenters.source_view import heading
from transflow.presenters.unit_notes import notes
from transflow.project import CatalogRef
from transflow.tui.plain.commands import Command, help_lines, parse_line
from transflow.tui.plain.listing import FIND, LIST, IssueFinder, Listing
from transflow.tui.plain.position import Position
from transflow.tui.plain.prompter import Prompter
from transflow.tui.plain.session import Session

NEXT = Command("n", ("next", "다음"), "go_next", mark("the next one"))
PREVIOUS = Command("p", ("previous", "이전"), "go_previous", mark("the one before"))
HISTORY = Command("h", ("history", "이력"), "tell_history", mark("comments and history"))
COMMENT = Command("c", ("comment", "메모"), "comment", mark("comment, ask a person, or answer"))
LIMIT = Command("j", ("record", "보도"), "limit", mark("how it may be used: on, background, hold or off"), mark("HOW"))
COMMON_COMMANDS = (NEXT, PREVIOUS, LIST, FIND, HISTORY, COMMENT)


class CatalogPrompts:
    """Mode over one catalog.

    A subclass defines `COMMANDS`, `PROMPT`, `read_out`, `commands`, and `write` if lines are texts.
    """

    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    PROMPT: ClassVar[str] = ""
    TAKES_TEXT: ClassVar[bool] = True
    """True if a line without a dot is a text."""

    def __init__(
        self, session: Session, place: CatalogRef, unit: str, rules: ModeRules, issues: type[IssueFinder]
    ) -> None:
        self.session, self.talk = session, session.talk
        self.position = Position(session, place, unit, rules)
        self.view = self.position.view
        self.issues = issues(self.position)
        self.prompter = Prompter(self.position, self._read_again)
        self.commands: Mapping[str, Callable[[str], object]] = {
            **Listing(self.position, self.issues).commands,
            "tell_help": self._tell_help,
            "leave": self._leave,
            "go_to": self._go_to,
            "go_next": lambda _rest: self._go(1),
            "go_previous": lambda _rest: self._go(-1),
            "tell_history": lambda _rest: self.talk.say(
                notes(session.shown(self.position.unit), session.format_time, session.person_name).plain
            ),
            "comment": self._comment,
            "limit": lambda how: self.converse_and_read_out(limit(self.view, [self.position.judged], how)),
        }
        self.prefill = ""
        """Text to put into the next line."""
        self._is_all_done = False
        """True once nothing waits any more, until the person goes on."""
        self._is_left = False

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
        self.talk.say(
            f"{title(self.view.place)}: {translation_progress(self.view)}",
            _("A line that begins with a dot is a command; .? lists them."),
        )
        if pair := pair_line(self.view.catalog):
            self.talk.say(pair)
        for draft in self.view.orphaned_drafts().values():
            text = _("A text of yours that is not saved belongs to a sentence that is here no longer: {text}")
            self.talk.say(text.format(text=draft.text))
        session = self.session
        if others := also_open(session.presence.others(self.view.place), session.user.id, session.person_name):
            self.talk.say(others)

    def _ask(self) -> None:
        takes_text = self.TAKES_TEXT and not self._is_all_done
        unit, text, self.prefill = self.position.unit, self.prefill, ""
        draft = self.view.draft(unit.id) if takes_text else None
        typed = partial(self._typed, unit) if takes_text else None
        self.position.line_begins()
        prompt = _("A number goes there; .? lists the commands: ") if self._is_all_done else _(self.PROMPT)
        line = self.talk.ask(prompt, text or (draft.text if draft else ""), typed)
        self._check_for_changes()
        self._execute(line, unit, takes_text=takes_text)

    def _execute(self, line: str, unit: Unit, *, takes_text: bool) -> None:
        """Run the command of a line, or handle its text, which is that of a unit."""
        parsed = parse_line(line, self.COMMANDS, bare=not takes_text)
        if parsed.unknown:
            self.session.refuse(_("“{line}” is no command; .? lists them.").format(line=parsed.unknown))
        elif parsed.command is not None:
            self.commands[parsed.command.method](parsed.rest)
        elif parsed.rest and takes_text:
            self._write_or_go(unit, parsed.rest)
        elif parsed.rest:
            self.session.refuse(_("“{line}” is no command; .? lists them.").format(line=parsed.rest))
        elif self._is_all_done:
            self.show(min(self.position.index + 1, len(self.view.units) - 1))
        else:
            self.go_to_next_waiting()

    def _typed(self, unit: Unit, line: str) -> None:
        """Put a line into the journal while it is typed, if it is a text."""
        if line.strip() and not line.startswith("."):
            self.view.typed(unit, line.strip(), self.session.clock())

    def _write_or_go(self, unit: Unit, text: str) -> None:
        """Handle a text; if it is a number that may mean a sentence, ask which it is."""
        if text.isdecimal() and any(map(str.isalpha, unit.source)):
            meant = self.prompter.run(text_or_number(text)).result
            if meant == "number":
                self._go_to(text)
            if meant != "text":
                return
        self.write(unit, text)

    def ask_text(self, unit: Unit) -> str:
        """Ask for the text of a unit, which is put into the journal while it is typed."""
        return self.talk.ask(_("Text: "), self.view.text(unit), partial(self._typed, unit)).strip()

    def read_out(self) -> None:
        """Print the heading of the unit. A subclass prints the unit too."""
        position, session = self.position, self.session
        position.last_read = unit = position.unit
        self._is_all_done = False
        is_outdated = self.view.is_outdated(unit)
        shown = heading(
            unit,
            position.index + 1,
            session.person_name,
            session.format_time,
            who=session.user.id,
            outdated=is_outdated,
        )
        self.talk.say("", " · ".join(shown))

    def write(self, unit: Unit, text: str) -> None:
        """Handle a text that was typed for a unit."""

    def go_to_next_waiting(self) -> None:
        """Go to the next unit that waits; if none does, say so, and ask where to go."""
        index = self.position.index
        following = next_unit(self.view, index, self.position.rules)
        if not following.is_wanted:
            self.talk.say(self.position.rules.all_done_message(self.view))
            self._is_all_done = True
        elif following.row == index:  # it is the only one, and the person goes on without it
            self.show(min(index + 1, len(self.view.units) - 1))
        else:
            self.show(following.row)

    def show(self, index: int) -> None:
        self.position.go(index)
        self.read_out()

    # Changes by other people

    def _check_for_changes(self) -> None:
        before = self.position.unit
        try:
            if self.position.has_changed():
                self.position.reload()
        except UnreadableError as error:  # the typed command fails with the same error, and keeps its text
            self.session.refuse(error.message)
        else:
            if self.position.unit != before:
                self.talk.say(say(MESSAGES("changed-by-others")))

    def _read_again(self, catalog: Catalog) -> None:
        self.position.refresh(catalog)
        self.session.refuse(_("Somebody changed it after it was read out. It is now as follows; nothing was done."))
        self.read_out()

    # Dialogues

    def converse(self, dialogue: Dialogue[Any]) -> bool:
        """Run a dialogue, and go on if its change says so. Return whether it changed something."""
        change = self.prompter.run(dialogue).change
        if change is not None and (change.goes_on or change.goes_on_if_heard):
            self.go_to_next_waiting()
        return change is not None

    def converse_and_read_out(self, dialogue: Dialogue[Any]) -> None:
        """Run a dialogue, and read the unit out if it changed something."""
        if self.converse(dialogue):
            self.read_out()

    def save(
        self, action: Callable[..., StepResult], unit: Unit, text: str, drafted: MachineDraft | None = None
    ) -> bool:
        """Write a text with `action`, and return whether its draft is done with.

        If somebody else wrote in the meantime, the person is asked.
        """
        writing = Writing(self.view, unit, text, drafted, self.session.person_name)
        done = self.prompter.run(save_at_once(writing, action, self.session.clock)).result
        if not done:
            return False
        self.view.drop_draft(unit.id)
        if isinstance(done, StepResult):
            self.position.refresh(done.catalog)
            self.position.last_read = self.position.unit
        return True

    def prefill_line(self, text: str) -> bool:
        """Put a text into the next line, which needs a terminal; return whether there is one."""
        if self.talk.is_terminal:
            self.prefill = text
        else:
            self.session.refuse(_("That needs a terminal: type the whole text instead."))
        return self.talk.is_terminal

    # Commands

    def _comment(self, rest: str) -> None:
        """Comment on the unit; without a text, ask whether to comment, ask or answer."""
        settings, who = self.session.project.settings, self.session.user.id
        self.converse(comment(self.view, self.position.unit, settings, who, text=rest, answer_last=True))

    def _tell_help(self, _rest: str) -> None:
        self.talk.say(*help_lines(self.COMMANDS))
        if self.TAKES_TEXT:
            self.talk.say(
                _("Any other line is the text. Nothing: on to the next. A text that begins with a dot: two dots.")
            )

    def _leave(self, _rest: str) -> None:
        self._is_left = True

    def _go_to(self, number: str) -> None:
        if 1 <= int(number) <= len(self.view.units):
            self.show(int(number) - 1)
        else:
            self.session.refuse(_("They go from 1 to {n}.").format(n=len(self.view.units)))

    def _go(self, by: int) -> None:
        if 0 <= self.position.index + by < len(self.view.units):
            self.show(self.position.index + by)
        else:
            self.talk.say(say(MESSAGES("none")))

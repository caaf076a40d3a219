"""Suggestions and terms beside the editor, looked up in threads, and the engine's answers.

Invariant: an answer is displayed only while its unit is displayed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from transflow.actions.engines.permissions import UndecidedError
from transflow.errors import TransflowError
from transflow.messages import Message
from transflow.model.unit import Unit
from transflow.presenters.assistants import (
    MAX_SUGGESTIONS,
    MESSAGES,
    Asker,
    Suggestion,
    TermHint,
    UnitContext,
    pending_message,
    unit_context,
    with_answer,
)
from transflow.presenters.dialogues.engines import ask_about_engine
from transflow.presenters.dialogues.requests import Dialogue, choose
from transflow.presenters.i18n import _, say
from transflow.presenters.text_tools import completions, insertable
from transflow.text import one_line
from transflow.tui import keymap
from transflow.tui.screens.editing import Editing
from transflow.tui.screens.pause import Pause
from transflow.tui.screens.sheet import Sheet
from transflow.tui.widgets.side_pane import SidePane

Found = tuple[Sequence[Suggestion], Sequence[TermHint], Message | None]
"""Suggestions, terms, and a message for people."""


class UnitSuggestions:
    """Suggestions and terms for the unit under the cursor of one open catalog."""

    def __init__(self, sheet: Sheet, editing: Editing, pane: SidePane, run: Callable[[Dialogue[None]], None]) -> None:
        self._sheet, self._screen, self._editing, self._pane, self._run = sheet, sheet.screen, editing, pane, run
        self.matches: Sequence[Suggestion] = ()
        self.terms: Sequence[TermHint] = ()
        self._pause = Pause(sheet.screen.set_timer)
        sheet.when_unit_shown.append(self._unit_shown)

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        return {
            "take": lambda: self._take(0),
            "pick": self.pick,
            "ask_engine": self.ask_engine,
        }

    def _unit_shown(self) -> None:
        self.matches, self.terms, self._editing.editor.completions = (), (), ()
        if self._sheet.unit is None:
            return
        helpers = self._screen.app.assistants
        if helpers.suggester or helpers.terms:
            self._pane.show_pending()
        else:
            self._pane.show_answers((), ())
        self._screen.call_after_refresh(self.look_up)

    def look_up(self) -> None:
        """Look up suggestions and terms for the unit under the cursor, after a pause."""
        unit, helpers = self._sheet.unit, self._screen.app.assistants
        if unit is not None and (helpers.suggester or helpers.terms):
            self._pause.then(partial(self._look_up, unit, self._context(unit)))

    def _context(self, unit: Unit) -> UnitContext:
        return unit_context(self._sheet.view, unit, self._sheet.source_language)

    def _look_up(self, unit: Unit, context: UnitContext) -> None:
        helpers = self._screen.app.assistants

        def job() -> Found | Exception:
            try:
                matches = helpers.suggester.suggest(unit, context) if helpers.suggester else ()
                terms = helpers.terms.terms(unit, context) if helpers.terms else ()
                return matches, terms, pending_message(helpers.suggester)
            except Exception as error:  # noqa: BLE001 - displayed; no text is lost
                return error

        self._screen.run_in_thread(job, partial(self._show, unit), "help")

    def _show(self, unit: Unit, found: Found | Exception) -> None:
        if isinstance(found, Exception):
            self._screen.say(helper_failure(found), refused=True)
            return
        matches, terms, message = found
        if message:
            self._screen.say(say(message))
        if self._sheet.is_open and unit.id == self._sheet.current:
            self.matches, self.terms = tuple(matches)[:MAX_SUGGESTIONS], insertable(terms)
            self._editing.editor.completions = completions(self.terms, self.matches)
            self._pane.show_answers(matches, terms)
            self._offer_same(unit)

    def _offer_same(self, unit: Unit) -> None:
        """Offer the text of the same sentence elsewhere for a sentence without one."""
        if unit.target or self._sheet.view.draft(unit.id) is not None or self._screen.message:
            return
        if self.matches and one_line(self.matches[0].source) == one_line(unit.source):
            key = keymap.key_label(self._screen.app.keys, f"{self._screen.NAME}.take")
            words = _("The same sentence is translated already ({where}): {key} takes it, for you to read.")
            self._screen.say(words.format(where=self.matches[0].origin, key=key))

    # Taking one

    def _take(self, number: int) -> None:
        if number < len(self.matches):
            match = self.matches[number]
            self._editing.put(match.target, match.draft())
            self._editing.editor.focus()
        else:
            self._screen.say(say(MESSAGES("no-suggestion")))

    def pick(self) -> None:
        """Ask which suggestion to take, or which term to insert."""
        if self.matches or self.terms:
            self._run(self._pick())
        else:
            self._take(0)

    def _pick(self) -> Dialogue[None]:
        matches, terms = self.matches, self.terms
        choices = [f"{match.origin if match.machine else f'{match.score}%'} {match.target}" for match in matches]
        choices += [f"{term.source} → {term.target}" for term in terms]
        chosen = yield from choose(_("Which suggestion, or which term?"), choices)
        if chosen is None:
            return
        if chosen < len(matches):
            self._take(chosen)
        else:
            self._editing.editor.insert_words(terms[chosen - len(matches)].target)
            self._editing.edit()

    # The engine

    def ask_engine(self) -> None:
        """Ask the person's engine about this unit; its answer becomes the first suggestion."""
        unit, asker = self._sheet.unit, self._screen.app.assistants.asker
        if unit is None or asker is None:
            self._screen.say(say(MESSAGES("no-engine")))
            return
        self._screen.say(say(MESSAGES("asking-engine")))
        self._screen.run_in_thread(self._engine_job(asker, unit), partial(self._show_answer, unit), "engine")

    def _ask_with_permission(self, engine: str, unit: Unit) -> Dialogue[None]:
        """Ask the person whether the project may use an engine; then ask the engine."""
        if (yield from ask_about_engine(engine)) and unit == self._sheet.unit:
            self.ask_engine()

    def _engine_job(self, asker: Asker, unit: Unit) -> Callable[[], Suggestion | Exception]:
        actor, context = self._screen.app.actor(), self._context(unit)

        def job() -> Suggestion | Exception:
            try:
                return asker.ask(actor, unit, context)
            except (TransflowError, OSError) as error:
                return error

        return job

    def _show_answer(self, unit: Unit, answer: Suggestion | Exception) -> None:
        if isinstance(answer, UndecidedError):
            self._run(self._ask_with_permission(answer.engine, unit))
        elif isinstance(answer, Exception):
            self._screen.refuse(answer)
        elif self._sheet.is_open and unit.id == self._sheet.current:
            self.matches = with_answer(self.matches, answer)
            self._pane.show_matches(self.matches)
            key = keymap.key_label(self._screen.app.keys, f"{self._screen.NAME}.take")
            self._screen.say(_("{key} takes it: {text}").format(key=key, text=answer.target))


def helper_failure(error: Exception) -> str:
    """Return the message about an error in a helper; people go on writing without it."""
    words = _("Suggestions or checks failed here: {why}")
    reason = say(error.message) if isinstance(error, TransflowError) else error
    return words.format(why=f"{type(error).__name__}: {reason}")

"""Runner of dialogues by prompts: questions are printed, answers are typed.

Invariant: decisions are about units as they were read out; if somebody changed one since, it is
read out again, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from rich.text import Text

from transflow.actions.units.seen import ChangedMeanwhileError
from transflow.errors import TransflowError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.dialogues.requests import (
    AgreeQuestion,
    ChangeCatalog,
    ChoiceQuestion,
    Dialogue,
    Halves,
    LineQuestion,
    LongTextQuestion,
    OpenFile,
    Perform,
    Request,
    Say,
    SelectQuestion,
    Show,
    ShowCatalog,
    SplitQuestion,
    TextToRead,
    words_after,
)
from transflow.presenters.i18n import _, say
from transflow.tui.plain.position import Position

Value = TypeVar("Value")


class DialogueEnd(NamedTuple):
    """End of a dialogue: its result (None if it was refused), and the last change it made."""

    result: Any
    change: ChangeCatalog | None


class Prompter:
    """Runner of the dialogues about one catalog.

    `read_again` displays another state of the catalog after somebody changed a unit.
    """

    def __init__(self, position: Position, read_again: Callable[[Catalog], None]) -> None:
        self._position, self._read_again = position, read_again
        self._session, self._talk = position.session, position.session.talk

    def run(self, dialogue: Dialogue[Any]) -> DialogueEnd:
        """Run a dialogue to its end; an error that it does not handle is printed."""
        change: ChangeCatalog | None = None
        resume: Callable[[], Request] = lambda: next(dialogue)  # noqa: E731 - rebound below
        while True:
            try:
                request = resume()
            except StopIteration as end:
                return DialogueEnd(end.value, change)
            except ChangedMeanwhileError:  # read out again
                return DialogueEnd(None, change)
            except (TransflowError, OSError) as error:
                self._session.refuse(error.message if isinstance(error, TransflowError) else str(error))
                return DialogueEnd(None, change)
            try:
                answer = self._answer(request)
            except (TransflowError, OSError) as error:
                resume = _throwing(dialogue, error)
            else:
                change = request if isinstance(request, ChangeCatalog) else change
                resume = _sending(dialogue, answer)

    def _answer(self, request: Request) -> Any:
        match request:
            case LineQuestion():
                return self._ask(request)
            case LongTextQuestion(question, about, _key, text):
                return self._ask(LineQuestion(question, about, text))
            case ChoiceQuestion():
                self._read_out(request.about, request.question if request.about else "")
                return self._talk.choose(request.prompt or request.question, request.choices)
            case SelectQuestion():
                self._read_out(request.about, request.question if request.about else "")
                return self._talk.select(request.question, request.choices)
            case AgreeQuestion():
                self._read_out(request.about)
                return self._talk.agree(request.question)
            case SplitQuestion():
                return self._ask_halves(request.unit)
            case TextToRead():
                self._talk.say(*([request.title] if request.title else []), *request.text.plain.split("\n"))
            case Say():
                self._say(request)
            case OpenFile() | Show():  # the path, or what to do, is in the message that follows
                pass
            case ShowCatalog():
                self._position.refresh(request.catalog)
            case Perform():
                return self._perform(request)
            case ChangeCatalog():
                return self._change(request)
            case _:
                raise TypeError(f"no prompt for {request}")
        return None

    def _ask(self, request: LineQuestion) -> str | None:
        line = self._talk.ask(request.prompt or request.question + " ", request.text).strip()
        return line or ("" if request.allow_empty else None)

    def _read_out(self, about: Text | str, title: str = "") -> None:
        plain = about if isinstance(about, str) else about.plain
        self._talk.say(*([title] if title else []), *(plain.split("\n\n") if plain else []))

    def _say(self, request: Say) -> None:
        text = request.text if request.spoken is None else request.spoken
        if request.refused:
            self._session.refuse(text)
        elif text:
            self._talk.say(say(text))

    def _ask_halves(self, unit: Unit) -> Halves | None:
        """Ask for the first words of the second halves, and show them."""
        question = _("The first words of the second half, in the source: ")
        source_at = "" if unit.refs else self._talk.ask(question).strip()
        if not unit.refs and not source_at:
            return None
        target_at = self._talk.ask(_("And in the text: ")).strip() if unit.target else ""
        if unit.target and target_at and unit.target.count(target_at) == 1:
            before, _at, after = unit.target.partition(target_at)
            self._talk.say(f"1) {before.strip()}", f"2) {target_at}{after}")
        return Halves(source_at, target_at) if self._talk.agree(_("Split it so?")) else None

    def _perform(self, request: Perform) -> Any:
        try:
            return request.action(self._session.actor(), *request.arguments)
        except ChangedMeanwhileError as error:
            self._position.refresh(error.catalog)
            raise

    def _change(self, request: ChangeCatalog) -> Any:
        position = self._position
        units = [unit for unit_id in request.seen_ids if (unit := position.as_heard(unit_id))]
        options = {"seen": request.marks(units)} if units else {}
        try:
            result = request.action(self._session.actor(), *request.arguments, **options)
        except ChangedMeanwhileError as error:
            self._read_again(error.catalog)
            raise
        position.reload()
        position.note_own_change()
        if words := words_after(request.words if request.spoken is None else request.spoken, result):
            self._talk.say(words)
        return result


def _sending(dialogue: Dialogue[Any], answer: Any) -> Callable[[], Request]:
    return lambda: dialogue.send(answer)


def _throwing(dialogue: Dialogue[Any], error: Exception) -> Callable[[], Request]:
    return lambda: dialogue.throw(error)

"""Runner of dialogues on a screen: questions become dialogs, results go back into the dialogue.

Invariant: a dialogue about a catalog ends with the catalog: no answer is used for another one. An
error that a dialogue does not handle is displayed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters import i18n
from transflow.presenters.dialogues.requests import (
    AgreeQuestion,
    ChangeCatalog,
    ChoiceQuestion,
    Copy,
    Dialogue,
    FilterQuestion,
    Forget,
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
)
from transflow.presenters.journal import UnsavedText
from transflow.presenters.split_points import proposed
from transflow.tui import dialogs
from transflow.tui.filter_dialog import FilterDialog
from transflow.tui.screens.mode import Mode
from transflow.tui.split_dialog import SplitAt

_LONG_TEXT_ID = "new"
"""Unit id of a new long text in the journal. It is shorter than any id of a unit."""
Value = TypeVar("Value")
Failed = Callable[[Exception], None]


class Changing(Protocol):
    """Part of a screen that changes the open catalog."""

    def run(self, change: ChangeCatalog, then: Callable[[Any], None], failed: Failed) -> None:
        """Run a change and display the catalog after it."""
        ...

    def show_catalog(self, catalog: Catalog) -> None:
        """Display another state of the catalog."""
        ...

    def cursor_in_text(self) -> int:
        """Return the offset of the cursor in the edited text."""
        ...


class DialogueRunner:
    """Runner of the dialogues of one screen; without `changing`, of those that change no catalog.

    `is_current` returns False once the dialogues are about something that is no longer open.
    """

    def __init__(
        self, screen: Mode, changing: Changing | None = None, is_current: Callable[[], bool] = lambda: True
    ) -> None:
        self._screen, self._changing, self._is_current = screen, changing, is_current

    def run(
        self, dialogue: Dialogue[Value], then: Callable[[Value], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Run a dialogue, then call `then` with its result, or `failed` with an unhandled error."""
        _Run(self, dialogue, then or _nothing, failed or self._screen.refuse).advance(None)

    def answer(self, request: Request, run: _Run) -> None:
        """Handle a request of a dialogue, and continue it with the result."""
        screen, advance, failed = self._screen, run.advance, run.fail
        match request:
            case Perform():
                screen.perform_action(request.action, *request.arguments, then=advance, failed=failed)
                return
            case ChangeCatalog() if self._changing is not None:
                self._changing.run(request, advance, failed)
                return
            case Say():
                screen.say(i18n.say(request.text, screen.command_label), refused=request.refused)
            case Copy():
                screen.app.copy_to_clipboard(request.text)
            case OpenFile():
                screen.app.open_file(request.path)
            case Show():
                screen.app.show(request.mode, request.place, request.unit)
            case Forget():
                screen.app.journal.drop(request.key, _LONG_TEXT_ID)
            case ShowCatalog() if self._changing is not None:
                self._changing.show_catalog(request.catalog)
            case _:
                self._ask(request, run)
                return
        advance(None)

    def release_keys(self, run: _Run) -> None:
        """Let keys through again that were typed after an answer."""
        self._screen.app.held_keys.release(run)

    def _ask(self, request: Request, run: _Run) -> None:
        """Open the dialog of a question. Keys wait until it is open."""
        app, advance = self._screen.app, run.advance

        def show(dialog: dialogs.Dialog[Any], then: Callable[[Any], None]) -> None:
            dialog.waiter = run
            app.held_keys.hold(dialog)
            app.held_keys.release(run)
            app.push_screen(dialog, then)

        match request:
            case LineQuestion(question, about, text, hint, allow_empty):
                show(dialogs.Ask(question, about, text=text, hint=hint, allow_empty=allow_empty), advance)
            case FilterQuestion(question, text, hint, typed):
                show(FilterDialog(question, text, hint, typed), advance)
            case LongTextQuestion():
                show(self._write(request), advance)
            case ChoiceQuestion(question, choices, about, at):
                show(dialogs.Choose(question, choices, about, at=at), advance)
            case SelectQuestion(question, choices, about):
                show(dialogs.Select(question, choices, about), advance)
            case AgreeQuestion(question, about):
                show(dialogs.Agree(question, about), advance)
            case TextToRead(title, text):
                show(dialogs.Tell(title, text), advance)
            case SplitQuestion(unit, is_paragraph) if self._changing is not None:
                cursor = self._changing.cursor_in_text()
                show(split_dialog(unit, cursor, is_paragraph=is_paragraph), partial(_split, request, advance))
            case _:
                raise TypeError(f"no dialog for {request}")

    def _write(self, request: LongTextQuestion) -> dialogs.Write:
        """Return the question for a text of several lines.

        What is typed stays in the journal until it is forgotten: if the person leaves it or is
        refused, the next question offers it again.
        """
        journal, clock = self._screen.app.journal, self._screen.app.clock
        unsaved = journal.get(request.key, _LONG_TEXT_ID)

        def typed(text: str) -> None:
            if text.strip() and text != request.text:
                journal.put(request.key, _LONG_TEXT_ID, UnsavedText(text, "", clock()))
            else:
                journal.drop(request.key, _LONG_TEXT_ID)

        return dialogs.Write(request.question, request.about, unsaved.text if unsaved else request.text, typed)

    @property
    def is_current(self) -> bool:
        return self._is_current()


class _Run:
    """A dialogue in progress."""

    def __init__(
        self, runner: DialogueRunner, dialogue: Dialogue[Any], then: Callable[[Any], None], failed: Failed
    ) -> None:
        self._runner, self._dialogue, self._then, self._failed = runner, dialogue, then, failed

    def advance(self, result: object) -> None:
        """Continue the dialogue with the result of its request."""
        self._continue(lambda: self._dialogue.send(result))

    def fail(self, error: Exception) -> None:
        """Raise the error of a request in the dialogue."""
        self._continue(lambda: self._dialogue.throw(error))

    def _continue(self, resume: Callable[[], Request]) -> None:
        if not self._runner.is_current:
            self._dialogue.close()
            self._runner.release_keys(self)
            return
        try:
            request = resume()
        except StopIteration as end:
            self._runner.release_keys(self)
            self._then(end.value)
        except Exception as error:  # noqa: BLE001 - raised again by `failed`, unless it is a refusal
            self._runner.release_keys(self)
            self._failed(error)
        else:
            self._runner.answer(request, self)


def _nothing(_value: object) -> None:
    pass


def _has_one_text(unit: Unit) -> bool:
    """Return whether a paragraph is split in its text only."""
    return bool(unit.refs) or unit.source == unit.target


def split_dialog(unit: Unit, cursor: int, *, is_paragraph: bool) -> SplitAt:
    """Return the question where a unit is split, at first near the cursor of the text."""
    if is_paragraph and _has_one_text(unit):
        point = proposed("", unit.target, cursor)
        return SplitAt(unit.target, "", point._replace(source=point.target, target=0))
    return SplitAt(unit.source, unit.target, proposed(unit.source, unit.target, cursor))


def _split(request: SplitQuestion, advance: Callable[[Any], None], offsets: tuple[int, int] | None) -> None:
    """Pass on the second halves of the texts."""
    if offsets is None:
        advance(None)
        return
    unit, (first, second) = request.unit, offsets
    if request.is_paragraph and _has_one_text(unit):
        advance(Halves("" if unit.refs else unit.source[first:], unit.target[first:]))
    elif request.is_paragraph:
        advance(Halves(unit.source[first:], unit.target[second:]))
    else:
        advance(Halves(unit.source[first:], unit.target[second:] if second else ""))

"""Requests of a dialogue, and functions that yield one of them and return its result.

Invariant: None as the answer to a question means that the person left it; nothing follows then.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

from rich.text import Text

from transflow.actions.units import review
from transflow.actions.units.seen import Seen
from transflow.messages import NOTHING
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters import i18n
from transflow.units.marks import state_digest

Value = TypeVar("Value")


class LineQuestion(NamedTuple):
    """Question whose answer is a text of one line."""

    question: str
    about: Text | str = ""
    text: str = ""
    """Text to edit."""
    hint: str = ""
    allow_empty: bool = False
    prompt: str = ""
    """Shorter question of the linear mode."""


class FilterQuestion(NamedTuple):
    """Question for a filter, which is applied while it is typed.

    `typed` gets the text at every change, and returns what it shows.
    """

    question: str
    text: str
    hint: str
    typed: Callable[[str], str]


class LongTextQuestion(NamedTuple):
    """Question whose answer is a text of several lines.

    What is typed stays in the journal under `key` until it is forgotten with `Forget`.
    """

    question: str
    about: str
    key: str
    text: str = ""
    """Text to edit, unless the journal has one."""


class Forget(NamedTuple):
    """Request to drop a text of `Write` from the journal, because it was saved."""

    key: str


class ChoiceQuestion(NamedTuple):
    """Question whose answer is the index of a choice. `at` is the first choice of the cursor."""

    question: str
    choices: Sequence[str]
    about: Text | str = ""
    at: int = 0
    prompt: str = ""
    """Question of the linear mode, above the choices."""


class SelectQuestion(NamedTuple):
    """Question whose answer is the indexes of the choices that stay marked; all are at first."""

    question: str
    choices: Sequence[str]
    about: Text | str = ""


class AgreeQuestion(NamedTuple):
    """Question to be agreed to, with a preview of the effect."""

    question: str
    about: Text | str = ""


class Halves(NamedTuple):
    """Second halves of a unit's texts, where it is split; empty where a text is not split."""

    source: str
    target: str


class SplitQuestion(NamedTuple):
    """Question where a unit is split; the answer is `Halves`.

    The source of a paragraph that stands on sentences, or is its own text, is not split apart.
    """

    unit: Unit
    is_paragraph: bool = False


class TextToRead(NamedTuple):
    """Text to read."""

    title: str
    text: Text


class Say(NamedTuple):
    """Text to display, translated if it is a `Message`; `spoken` replaces it in the linear mode."""

    text: str
    refused: bool = False
    spoken: str | None = None


class Copy(NamedTuple):
    """Text for the clipboard."""

    text: str


class OpenFile(NamedTuple):
    """File to open in the user's browser, where there is one."""

    path: Path


class Show(NamedTuple):
    """Request to open a catalog in a mode."""

    mode: str
    place: Any
    unit: str


class ShowCatalog(NamedTuple):
    """Request to display another state of the open catalog."""

    catalog: Catalog


class Perform(NamedTuple):
    """Action to run; the result is its value, and its error is raised in the dialogue."""

    action: Callable[..., Any]
    arguments: tuple[Any, ...] = ()


def unit_marks(units: Sequence[Unit]) -> Seen:
    """Return the marks of units, for an action that refuses if they changed."""
    return tuple(map(state_digest, units))


class ChangeCatalog(NamedTuple):
    """Action that changes the open catalog; its result is that of the action.

    `seen_ids` are the ids of the units that the action decides about: it gets `marks` of them as
    they are displayed, and if somebody changed them, the person is asked again.
    """

    action: Callable[..., Any]
    arguments: tuple[Any, ...]
    words: str
    """Message after the change."""
    spoken: str | None = None
    """Message of the linear mode, if it is another one."""
    seen_ids: Sequence[str] = ()
    marks: Callable[[Sequence[Unit]], Seen] = unit_marks
    goes_on: bool = False
    """True to go on to the next wanted unit."""
    goes_on_if_heard: bool = False
    """True to go on to the next wanted unit in the linear mode only."""
    is_note: bool = False
    """True for a change that is no step: it is not undone, and keys do not wait for it."""
    shows_result: bool = False
    """True to display the first unit of the result."""
    undo: Callable[..., Any] = review.undo
    """Action that undoes the change; it gets the place, and the catalog before and after."""


def words_after(words: str, result: object) -> str:
    """Return the message after a change, with the reason if a decision in it is not signed."""
    unsigned = getattr(result, "unsigned", NOTHING)
    return " ".join(filter(None, (words, i18n.say(unsigned))))


Request: TypeAlias = (
    LineQuestion
    | FilterQuestion
    | LongTextQuestion
    | Forget
    | ChoiceQuestion
    | SelectQuestion
    | AgreeQuestion
    | SplitQuestion
    | TextToRead
    | Say
    | Copy
    | OpenFile
    | Show
    | ShowCatalog
    | Perform
    | ChangeCatalog
)
Dialogue: TypeAlias = Generator[Request, Any, Value]
"""Generator of requests, which receives the result of each."""


def ask(
    question: str,
    about: Text | str = "",
    *,
    text: str = "",
    hint: str = "",
    allow_empty: bool = False,
    prompt: str = "",
) -> Dialogue[str | None]:
    """Ask for a text of one line."""
    answer: str | None = yield LineQuestion(question, about, text, hint, allow_empty, prompt)
    return answer


def write(question: str, about: str, key: str, *, text: str = "") -> Dialogue[str | None]:
    """Ask for a text of several lines."""
    answer: str | None = yield LongTextQuestion(question, about, key, text)
    return answer


def choose(
    question: str, choices: Sequence[str], about: Text | str = "", *, at: int = 0, prompt: str = ""
) -> Dialogue[int | None]:
    """Ask for one of several choices."""
    answer: int | None = yield ChoiceQuestion(question, choices, about, at, prompt)
    return answer


def select(question: str, choices: Sequence[str], about: Text | str = "") -> Dialogue[tuple[int, ...] | None]:
    """Ask for some of several choices."""
    answer: tuple[int, ...] | None = yield SelectQuestion(question, choices, about)
    return answer


def agree(question: str, about: Text | str = "") -> Dialogue[bool]:
    """Ask whether to do it."""
    answer: bool | None = yield AgreeQuestion(question, about)
    return bool(answer)


def split_at(unit: Unit, *, is_paragraph: bool = False) -> Dialogue[Halves | None]:
    """Ask where a unit is split."""
    answer: Halves | None = yield SplitQuestion(unit, is_paragraph)
    return answer


def say(text: str, *, refused: bool = False, spoken: str | None = None) -> Dialogue[None]:
    """Display a message."""
    yield Say(text, refused, spoken)


def perform(action: Callable[..., Value], *arguments: Any) -> Dialogue[Value]:
    """Run an action with the present `Actor` as its first argument."""
    value: Value = yield Perform(action, arguments)
    return value

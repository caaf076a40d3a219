"""Readers of TOML values.

A reader returns the value as the program uses it, or raises `InvalidValueError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeAlias
from unicodedata import normalize

from transflow.errors import similar_name
from transflow.messages import NOTHING, Message, Messages

MESSAGES = Messages(
    __name__,
    {
        "close": "Did you mean {close}?",
        "list": "a list",
        "table": "a table",
        "no-text": "{value} is not a text.",
        "no-text/allowed": 'a text in quotes, such as "Claire Lee"',
        "no-texts": "this is not a table of texts.",
        "no-texts/allowed": "a table such as {example}",
        "unprintable": "spaces at an end, line breaks and control characters do not belong here.",
        "unprintable/allowed": "one line of text",
        "no-flag": "{value} is neither true nor false.",
        "no-flag/allowed": "true, false (without quotes)",
        "no-choice": "{value} is not known here.",
        "unfit": "{value} does not fit.",
        "number/allowed": "a number from 0 to {high}",
        "count/allowed": "a whole number from {low}",
        "no-day": "{value} is not a date.",
        "no-day/allowed": "a date without quotes, such as 2024-03-26",
        "no-list": "{value} is not a list.",
        "no-list/allowed": "a list in square brackets, such as {example}",
        "no-table": "{value} is not a table.",
        "twice": "{value} is there twice.",
    },
)
Reader: TypeAlias = Callable[[Any], Any]


class InvalidValueError(Exception):
    """A value that is invalid for its key.

    `hint` may name a similar value; `allowed` describes the allowed ones.
    """

    def __init__(self, problem: Message, allowed: str = "", hint: Message = NOTHING) -> None:
        super().__init__(problem)
        self.problem, self.allowed, self.hint = problem, allowed, hint


def shown(value: object) -> str:
    """Return a value as it looks in the file."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"“{value}”"
        case list():
            return MESSAGES("list")
        case dict():
            return MESSAGES("table")
        case date():
            return value.isoformat()
    return str(value)


def similar(name: str, known: Iterable[str]) -> Message:
    """Return a hint at the known name that is most similar, whatever its case; else nothing.

    A dotted name may also be known by a similar last part.
    """
    spelled = {each.lower(): each for each in known}
    last_parts = {each.rpartition(".")[2]: each for each in reversed(spelled)}
    if close := similar_name(name.lower(), spelled):
        return MESSAGES("close", close=spelled[close])
    last = similar_name(name.lower().rpartition(".")[2], last_parts)
    return MESSAGES("close", close=spelled[last_parts[last]]) if last else NOTHING


def text(value: object) -> str:
    """Read a text on one line, in NFC."""
    value = string(value)
    if not value.isascii():
        value = normalize("NFC", value)
    if value != value.strip() or any(not (char.isprintable() or char == " ") for char in value):
        raise InvalidValueError(MESSAGES("unprintable"), MESSAGES("unprintable/allowed"))
    return value


def string(value: object) -> str:
    """Read any text, as it is."""
    if not isinstance(value, str):
        raise InvalidValueError(MESSAGES("no-text", value=shown(value)), MESSAGES("no-text/allowed"))
    return value


def string_table(value: object) -> dict[str, str]:
    """Read a table from texts to texts."""
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise InvalidValueError(MESSAGES("no-texts"), MESSAGES("no-texts/allowed", example='{ "UN" = "U.N." }'))
    return dict(value)


def flag(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise InvalidValueError(MESSAGES("no-flag", value=shown(value)), MESSAGES("no-flag/allowed"))
    return value


def choice(*options: str) -> Reader:
    """Return a reader of one of these texts."""

    def read(value: object) -> str:
        if value not in options:
            hint = similar(value, options) if isinstance(value, str) else NOTHING
            raise InvalidValueError(MESSAGES("no-choice", value=shown(value)), ", ".join(filter(None, options)), hint)
        return str(value)

    return read


def number(high: float, allowed: Message = NOTHING) -> Reader:
    """Return a reader of a number from 0 to `high`; `allowed` describes it otherwise."""

    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
            raise InvalidValueError(
                MESSAGES("unfit", value=shown(value)), allowed or MESSAGES("number/allowed", high=high)
            )
        return float(value)

    return read


def count(low: int, high: int | None = None, allowed: Message = NOTHING) -> Reader:
    """Return a reader of a whole number; `allowed` describes it otherwise."""

    def read(value: object) -> int:
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole or not low <= value or (high is not None and value > high):  # type: ignore[operator] # an int
            raise InvalidValueError(
                MESSAGES("unfit", value=shown(value)), allowed or MESSAGES("count/allowed", low=low)
            )
        return value  # type: ignore[return-value] # an int

    return read


def day(value: object) -> str:
    """Read a date as ISO text."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidValueError(MESSAGES("no-day", value=shown(value)), MESSAGES("no-day/allowed"))
    return value.isoformat()


def each(read: Reader) -> Reader:
    """Return a reader of a list of different items."""

    def read_list(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            example = f'["{value}"]' if isinstance(value, str) else '["…", "…"]'
            raise InvalidValueError(
                MESSAGES("no-list", value=shown(value)), MESSAGES("no-list/allowed", example=example)
            )
        items = tuple(read(item) for item in value)
        duplicate = next((item for index, item in enumerate(items) if item in items[:index]), None)
        if duplicate is not None:
            value = duplicate[0] if isinstance(duplicate, tuple) else duplicate
            raise InvalidValueError(MESSAGES("twice", value=shown(value)))
        return items

    return read_list


def anything(value: Any) -> Any:
    """Return a value that another module reads."""
    return value

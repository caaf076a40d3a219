"""Texts that people type, as the record stores them."""

from __future__ import annotations

from transflow.errors import UsageError
from transflow.invisible import without_invisible
from transflow.messages import Messages
from transflow.text import ControlError, clean

MESSAGES = Messages(
    __name__,
    {
        "empty": "it is empty: say something.",
    },
)


def stored_text(text: str) -> str:
    """Return a text as the record stores it, without white space at its ends and without invisible
    characters that its script does not need.

    Raise UsageError for a text with characters that the record cannot store.
    """
    try:
        return without_invisible(clean(text)).strip()
    except ControlError as error:
        raise UsageError(error.message) from None


def required_text(text: str) -> str:
    """Return the cleaned text of a comment, question or answer.

    Raise UsageError if it is empty.
    """
    if cleaned_text := stored_text(text):
        return cleaned_text
    raise UsageError(MESSAGES("empty"))

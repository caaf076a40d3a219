"""Phrases of the screen, in the user's language.

Invariant: a message is one phrase with named placeholders, never concatenated from parts, so that
every language can order it. Catalogs are PO files in `translations/`, parsed at run time; English
needs none, because its phrases are the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from io import BytesIO

from transflow.messages import CommandRef, Message, Template

LANGUAGES = ("en", "ko")
"""Languages of the user interface."""

_spoken: ContextVar[str] = ContextVar("language", default="en")
"""The language of one person: each thread, task and request has its own context."""


def use(language: str) -> None:
    """Set the language of this context, one of `LANGUAGES`."""
    _spoken.set(language)


def language() -> str:
    """Return the language of this context."""
    return _spoken.get()


def say(text: str, command: Callable[[CommandRef], str] = str) -> str:
    """Return a message in the language of this context; another string unchanged.

    `command` formats the commands that a message names.
    """
    return text.render(_phrase, command) if isinstance(text, Message) else text


def _phrase(template: Template, number: int | None) -> str:
    if isinstance(template, str):
        return _(template)
    return _plural(*template, 1 if number is None else number)


def chosen(wanted: str, environment: Mapping[str, str]) -> str:
    """Return the language to use: the wanted one, else that of the locale, else English.

    The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set.
    """
    names = (wanted, *(environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")))
    name = next((name for name in names if name), "")
    code = name.replace("-", "_").split("_")[0].split(".")[0].lower()
    return code if code in LANGUAGES else "en"


def mark(phrase: str) -> str:
    """Mark a phrase of a table for translation; `_` translates it when it is shown."""
    return phrase


def _(phrase: str) -> str:
    """Return a phrase in the language of this context; in English if it is not translated."""
    found = catalog(_spoken.get()).get(phrase, phrase)
    return found if isinstance(found, str) else found[0]


def count(one: str, many: str, number: int, **values: str) -> str:
    """Return a phrase in the plural form for `number`, its `{n}` and other placeholders filled
    in.
    """
    return _plural(one, many, number).format(n=number, **values)


def _plural(one: str, many: str, number: int) -> str:
    found = catalog(_spoken.get()).get(one)
    if found is None or isinstance(found, str):
        return one if number == 1 else many
    return found[0] if number == 1 or len(found) == 1 else found[1]


@cache
def catalog(language: str) -> dict[str, str | tuple[str, ...]]:
    """Return phrase -> translation, or its plural forms (by the singular). Empty for English.

    Loads Babel, which English does not need.
    """
    if language == "en":
        return {}
    from babel.messages.pofile import read_po

    text = files("transflow").joinpath("translations", f"{language}.po").read_bytes()
    found: dict[str, str | tuple[str, ...]] = {}
    for message in read_po(BytesIO(text), locale=language, abort_invalid=True):
        if message.fuzzy or not message.id:
            continue
        if isinstance(message.id, tuple | list):
            if all(message.string):
                found[str(message.id[0])] = tuple(map(str, message.string))
        elif message.string:
            found[str(message.id)] = str(message.string)
    return found

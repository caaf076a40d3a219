"""Phrases of the screen, in the user's language.

Invariant: a message is one phrase with named placeholders, never concatenated from parts, so that
every language can order it. Catalogs are PO files in `translations/`, parsed at run time; English
needs none, because its phrases are the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache

from transflow.messages import CommandRef, Message, Named, Template

LANGUAGES = ("en", "ko")
"""Languages of the user interface."""
VARIABLE = "TRANSFLOW_LANG"
"""Environment variable with the user's language, before that of the locale."""

_spoken: ContextVar[str] = ContextVar("language", default="en")
"""The language of one person: each thread, task and request has its own context."""

_named: ContextVar[Named | None] = ContextVar("named", default=None)
"""Format of names of reports and stories in messages: on a screen, by their headlines."""


def use_names(named: Named | None) -> None:
    """Set the format of names in the messages of this context."""
    _named.set(named)


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
    if not isinstance(text, Message):
        return text
    named = _named.get()
    if _spoken.get() == "en" and command is str and named is None:
        return str(text)
    return text.render(_phrase, command, named) if named else text.render(_phrase, command)


def _phrase(template: Template, number: int | None) -> str:
    if isinstance(template, str):
        return _(template)
    return _plural(*template, 1 if number is None else number)


def chosen(wanted: str, environment: Mapping[str, str]) -> str:
    """Return the language of the screen: the wanted one, else that of `VARIABLE`, else that of the
    locale, else English.

    The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set.
    """
    names = (environment.get(name, "") for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"))
    return _known(wanted or next(filter(None, names), ""))


def chosen_for_commands(wanted: str, environment: Mapping[str, str]) -> str:
    """Return the language of commands: the wanted one, else that of `VARIABLE`, else English.

    The locale has no say: scripts read what commands print.
    """
    return _known(wanted or environment.get(VARIABLE, ""))


def is_known(name: str) -> bool:
    """Return whether there are phrases in the language of a locale such as `ko_KR.UTF-8`.

    C and POSIX are known: they mean English.
    """
    return _code(name) in (*LANGUAGES, "c", "posix")


def _known(name: str) -> str:
    code = _code(name)
    return code if code in LANGUAGES else "en"


def _code(name: str) -> str:
    return name.replace("-", "_").split("_")[0].split(".")[0].lower()


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

    Loads pathlib and the parser of PO files, which English does not need.
    """
    if language == "en":
        return {}
    from pathlib import Path

    from transflow.po.syntax import entries

    path = Path(__file__).parents[1] / "translations" / f"{language}.po"
    found: dict[str, str | tuple[str, ...]] = {}
    for entry in entries(path.read_text(encoding="utf-8"), str(path))[0]:
        strings = entry.strings
        forms = tuple(text for keyword, text in sorted(strings.items()) if keyword.startswith("msgstr"))
        if strings["msgid"] and all(forms) and not (entry.obsolete or "fuzzy" in entry.flags):
            found[strings["msgid"]] = forms if "msgid_plural" in strings else forms[0]
    return found

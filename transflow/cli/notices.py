"""Texts of commands for people: results, remarks, errors and questions, in the user's language.

Invariant: the language is that of --lang or of the environment variable TRANSFLOW_LANG, never that
of the locale: scripts read what commands print. Help and machine formats are English.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

import click

from transflow.messages import Messages, joined
from transflow.presenters import i18n

Value = TypeVar("Value")
MESSAGES = Messages(
    __name__,
    {
        "invalid": "invalid input",
        "no-language": "{variable}: there is no language “{name}”; there are: {known}.",
    },
)
_ANSWERS = {"y": True, "ㅛ": True, "yes": True, "n": False, "ㅜ": False, "no": False}
"""Answers to a question, in lower case; y and n also as the Hangul letters on their keys."""


_is_quiet: ContextVar[bool] = ContextVar("quiet", default=False)
"""True if remarks and progress are left out."""


def use_language(wanted: str = "") -> None:
    """Print in a language from now on; by default in that of the environment."""
    i18n.use(i18n.chosen_for_commands(wanted, os.environ))


def take_language(_ctx: click.Context, _option: click.Parameter, wanted: str | None) -> str:
    """Use the language of the option --lang, and return it. (A callback of click.)"""
    if wanted:
        use_language(wanted)
    return wanted or ""


def warn_of_unknown_language() -> None:
    """Name a language in the environment that is not known: commands go on in English."""
    name = os.environ.get(i18n.VARIABLE, "")
    if name and not i18n.is_known(name):
        notify(MESSAGES("no-language", variable=i18n.VARIABLE, name=name, known=", ".join(i18n.LANGUAGES)))


def be_quiet(quiet: bool) -> None:
    """Leave out remarks and progress from now on, or no longer."""
    _is_quiet.set(quiet)


def is_quiet() -> bool:
    return _is_quiet.get()


def print_text(text: str) -> None:
    """Print a result to standard output."""
    click.echo(i18n.say(text))


def notify(text: str) -> None:
    """Print a remark to standard error, unless remarks are left out."""
    if not _is_quiet.get():
        tell(text)


def tell(text: str) -> None:
    """Print to standard error what nobody may miss: an error, or what a question is about."""
    click.echo(i18n.say(text), err=True)


def print_error(problem: str) -> None:
    """Print an error to standard error, behind the name of the program."""
    tell(joined(["transflow:", problem], " "))


def ask(question: str, *, default: bool = False) -> bool:
    """Ask a question on standard error until the answer is yes or no; Enter alone is `default`."""
    prompt = f"{i18n.say(question)} [{'Y/n' if default else 'y/N'}]"

    def read(answer: str) -> bool:
        return _yes_or_no(answer) if answer.strip() else default

    return bool(click.prompt(prompt, default="", show_default=False, err=True, value_proc=read))


def ask_text(question: str, default: str, read: Callable[[str], Value]) -> Value:
    """Ask for a text on standard error; Enter alone takes the default, which is shown.

    `read` returns what the text means; it is asked again while `read` raises click.UsageError.
    """
    answer: Value = click.prompt(
        i18n.say(question), default=default, show_default=bool(default), err=True, value_proc=read
    )
    return answer


def _yes_or_no(answer: str) -> bool:
    try:
        return _ANSWERS[answer.lower().strip()]
    except KeyError:
        raise click.UsageError(i18n.say(MESSAGES("invalid"))) from None

"""Errors of the command line, such as an unknown option, in the user's language.

Click writes them in English. They are recognized by the templates here, which are click's own; one
that is not recognized, as after a change in click, stays English.
"""

from __future__ import annotations

import re
from functools import cache

import click

from transflow.cli.notices import tell
from transflow.errors import similar_name
from transflow.messages import Message, Messages
from transflow.presenters import i18n

MESSAGES = Messages(
    __name__,
    {
        "frame": "Error: {problem}",
        "usage": "Usage: {usage}",
        "help": "Try '{command}' for help.",
        "invalid-for": "Invalid value for {option}: {problem}",
        "invalid": "Invalid value: {problem}",
        "missing-argument/choices": "Missing argument {name}. Choose from:\n\t{choices}",
        "missing-argument": "Missing argument {name}.",
        "missing-option/choices": "Missing option {name}. Choose from:\n\t{choices}",
        "missing-option": "Missing option {name}.",
        "missing-command": "Missing command.",
        "no-option/close": "No such option {name}. Did you mean {close}?",
        "no-option/several": "No such option {name}. (Did you mean one of: {close}?)",
        "no-option": "No such option {name}.",
        "no-command/close": "No such command {name}. Did you mean {close}?",
        "no-command/several": "No such command {name}. (Did you mean one of: {close}?)",
        "no-command": "No such command {name}.",
        "extra-argument": "Got unexpected extra argument ({arguments})",
        "extra-arguments": "Got unexpected extra arguments ({arguments})",
        "needs-value": "Option {name} requires an argument.",
        "takes-no-value": "Option {name} does not take a value.",
        "choice": "{value} is not one of {choices}.",
        "number": "{value} is not a valid {kind}.",
        "range": "{value} is not in the range {range}.",
        "folder": "{kind} {path} is a directory.",
        "file": "{kind} {path} is a file.",
        "editor": "{editor}: Editing failed",
    },
)
_RECOGNIZED = tuple(key for key in MESSAGES if key not in ("frame", "usage", "help"))
"""Keys of the templates of problems, the more specific ones first."""
_WITH_PROBLEM = ("invalid-for", "invalid")
"""Keys of the templates that have a problem in them."""


def show_usage_error(error: click.ClickException) -> None:
    """Print an error of click on standard error."""
    if i18n.language() == "en" or isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        tell(MESSAGES("usage", usage=context.get_usage().removeprefix("Usage: ")))
        option = max(context.command.get_help_option_names(context), key=len, default="")
        tell(MESSAGES("help", command=f"{context.command_path} {option}"))
        tell("")
    tell(MESSAGES("frame", problem=problem_of(error)))


def unknown_command(word: str, context: click.Context) -> click.UsageError:
    """Return the error of a word that is no command of a group, with a similar one."""
    group = context.command
    known = group.list_commands(context) if isinstance(group, click.Group) else []
    if close := similar_name(word, known):
        return click.UsageError(MESSAGES("no-command/close", name=repr(word), close=repr(close)), context)
    return click.UsageError(MESSAGES("no-command", name=repr(word)), context)


def problem_of(error: click.ClickException) -> str:
    """Return what an error says, as a message where it can be translated."""
    text = error.format_message()
    if text == error.message:
        return _problem(error.message)
    found = _recognized(text)
    if found is None:
        return text
    key, values = found
    return MESSAGES(key, **(values | ({"problem": _problem(error.message)} if key in _WITH_PROBLEM else {})))


def _problem(text: str) -> str:
    """Return a text of click as a message where it is recognized; a message unchanged."""
    if isinstance(text, Message):
        return text
    found = _recognized(text)
    return MESSAGES(found[0], **found[1]) if found else text


def _recognized(text: str) -> tuple[str, dict[str, str]] | None:
    """Return the key of the template that a text was made from, and the values in it."""
    for key in _RECOGNIZED:
        if match := _pattern(key).fullmatch(text):
            return key, match.groupdict()
    return None


@cache
def _pattern(key: str) -> re.Pattern[str]:
    template = MESSAGES[key]
    assert isinstance(template, str)
    pieces = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{piece}>.+?)" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)), re.DOTALL
    )

"""Commands of the linear mode, and the parser of typed lines.

Invariant: a line that begins with a dot is a command; where a text is asked for, any other line is
a text. A text that begins with a dot is typed with two. Letters work in Hangul mode, and every
command has an English and a Korean name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transflow.messages import CommandRef
from transflow.presenters.command_actions import actions_of
from transflow.presenters.i18n import _, mark
from transflow.tui import hangul


class Command(NamedTuple):
    """Command of a mode."""

    letter: str
    """Same letter as in the list of the mode on the screen."""
    names: tuple[str, str]
    """English and Korean name."""
    method: str
    """Name of the method that runs it."""
    description: str
    argument: str = ""
    """Argument, for the help."""


class ParsedLine(NamedTuple):
    """Parsed line. `rest` is the argument of the command, or the text."""

    command: Command | None
    rest: str = ""
    unknown: str = ""
    """The line, if it looks like a command and is none."""


GO_TO = Command("N", ("number", "번호"), "go_to", mark("go to that number"))
HELP = Command("?", ("help", "도움말"), "tell_help", mark("these commands"))
_HELP_LINES = ("?", "？")
"""Lines that are a command without a dot too: nobody means them for a text."""
LEAVE = Command("q", ("back", "뒤로"), "leave", mark("back, or out; what is typed is kept"))


def parse_line(line: str, commands: Sequence[Command], *, bare: bool = False) -> ParsedLine:
    """Parse a line. If `bare`, no text is asked for, and a command needs no dot."""
    line = line.strip()
    if line in _HELP_LINES:
        return ParsedLine(HELP)
    if line.startswith(".."):
        return ParsedLine(None, line[1:])
    if not line.startswith(".") and not bare:
        return ParsedLine(None, line)
    head, _space, rest = line.removeprefix(".").strip().partition(" ")
    if head.isdecimal():
        return ParsedLine(GO_TO, head)
    if not head:
        return ParsedLine(None)
    for command in (*commands, HELP, LEAVE):
        if head.lower() in (command.letter, *command.names) or _latin_letter(head) == command.letter:
            return ParsedLine(command, rest.strip())
    return ParsedLine(None, "", line)


def _latin_letter(letter: str) -> str:
    """Return the Latin letter on the key of a Hangul letter."""
    return hangul.latin_letters(letter) if len(letter) == 1 else ""


def help_lines(commands: Sequence[Command]) -> list[str]:
    """Return one line of help for each command."""
    lines = []
    for command in (*commands, GO_TO, HELP, LEAVE):
        argument = f" {_(command.argument)}" if command.argument else ""
        names = "" if command is GO_TO else f" ({', '.join('.' + name for name in command.names)})"
        lines.append(f".{command.letter}{argument}  {_(command.description)}{names}")
    return lines


def command_label(command: CommandRef, commands: Sequence[Command]) -> str:
    """Return the command of a prompt that does what a command does, as `(.c)`; without one, the
    latter.
    """
    actions = actions_of(command)
    return next((f"(.{each.letter})" for each in commands if each.method in actions), str(command))

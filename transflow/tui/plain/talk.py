"""Output of lines, and prompts.

Invariant: no output reaches a terminal as a control character. On a terminal, a line is reported
ten times a second while it is typed; otherwise no line is reported before it is read. The end of
the input raises EOFError, and nothing else does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, TextIO
from unicodedata import normalize

from transflow.invisible import without_invisible
from transflow.presenters.i18n import _
from transflow.text import pasted, visible

_POLL_SECONDS = 0.1
"""Seconds between two looks at the typed line."""


class Talk:
    """Conversation through a terminal or a pipe."""

    def __init__(self, source: TextIO | None = None, out: TextIO | None = None) -> None:
        self._in, self._out = source or sys.stdin, out or sys.stdout
        self.is_terminal = self._in.isatty() and self._out.isatty()
        if self.is_terminal:
            _readline().set_auto_history(False)

    def say(self, *lines: str) -> None:
        for line in lines:
            self._out.write(visible(line) + "\n")
        self._out.flush()

    def ask(self, prompt: str, text: str = "", on_typed: Callable[[str], None] | None = None) -> str:
        """Prompt for a line, and return it.

        On a terminal, `text` is put into the line to be edited, and `on_typed` is called with the
        line while it is typed. Raise EOFError at the end of the input.
        """
        if not self.is_terminal:
            self.say(prompt.rstrip())
            line = self._in.readline()
            if not line:
                raise EOFError
            return _cleaned(line.rstrip("\n"))
        with _prefilled(text), _reporting(on_typed):
            return _cleaned(input(visible(prompt)))  # readline writes the prompt itself

    def choose(self, question: str, choices: Sequence[str]) -> int | None:
        """Return the index of the chosen item, or None."""
        self.say(question, *(f"{number}) {choice}" for number, choice in enumerate(choices, 1)))
        answer = self.ask(_("Number, or nothing: ")).strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return int(answer) - 1
        if answer:
            self.say(_("✗ There is no number {number}.").format(number=answer))
        return None

    def select(self, question: str, choices: Sequence[str]) -> tuple[int, ...] | None:
        """Return the indexes of the chosen items, or None."""
        self.say(question, *(f"{number}) {choice}" for number, choice in enumerate(choices, 1)))
        answer = self.ask(_("Numbers such as 1,3-5, or all, or nothing: ")).strip().lower()
        if answer in ("all", "모두"):
            return tuple(range(len(choices)))
        chosen = parse_numbers(answer, len(choices)) if answer else None
        if answer and chosen is None:
            self.say(_("✗ There is no number {number}.").format(number=answer))
        return chosen

    def agree(self, question: str) -> bool:
        answer = self.ask(question + " " + _("(yes or no)") + " ").strip().lower()
        return answer in ("y", "yes", "예", "네", "응", "ㅛ")


def parse_numbers(text: str, last: int) -> tuple[int, ...] | None:
    """Return the indexes of numbers such as `1,3-5`; None if one of them is not in 1 to `last`."""
    indexes: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, _dash, end = part.partition("-")
        if not (first.isdecimal() and (end or first).isdecimal() and 1 <= int(first) <= int(end or first) <= last):
            return None
        indexes |= set(range(int(first) - 1, int(end or first)))
    return tuple(sorted(indexes))


def _cleaned(line: str) -> str:
    """Return a line in NFC, without control characters that were pasted into it."""
    return without_invisible(normalize("NFC", pasted(line)))


def _readline() -> Any:
    """Return readline. Loads it on terminals only: it may write to a pipe when it is imported."""
    import readline

    return readline


@contextmanager
def _prefilled(text: str) -> Iterator[None]:
    readline = _readline()
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        yield
    finally:
        readline.set_startup_hook(None)


@contextmanager
def _reporting(on_typed: Callable[[str], None] | None) -> Iterator[None]:
    """Report the line while it is typed, and once more unless input ended normally with Enter."""
    if on_typed is None:
        yield
        return
    ended = Event()
    reported = [""]

    def report() -> None:
        try:
            line = normalize("NFC", _readline().get_line_buffer())
        except UnicodeDecodeError:  # the buffer ends in the middle of a character
            return
        if line != reported[0]:
            reported[0] = line
            on_typed(line)

    def watch() -> None:
        while not ended.wait(_POLL_SECONDS):
            report()

    thread = Thread(target=watch, name="typed", daemon=True)
    thread.start()
    try:
        yield
    except BaseException:
        ended.set()
        thread.join()
        report()
        raise
    finally:
        ended.set()
        thread.join()

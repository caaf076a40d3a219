"""Regular expressions of a project: limited in size and time.

A project comes from anybody, and a pattern such as `(a+)+$` takes exponential time. So the patterns
of its rules are Python's, but run by the library `regex`, which stops after a time. (A linear
engine such as RE2 has no lookahead and no lookbehind, which most rules of a house style need.)

Invariant: a pattern that is accepted here matches what `re` would match, or `TimeoutError` is
raised.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from transflow.messages import NOTHING, Message, Messages

if TYPE_CHECKING:
    import regex

MESSAGES = Messages(
    __name__,
    {
        "long": "it is longer than {most} characters.",
        "repeats": "its repetitions stand for more than {most} characters.",
    },
)
MOST_CHARACTERS = 1_000
MOST_REPEATS = 10_000
"""Number of characters that a pattern may stand for when {m,n} is written out: the library does
that, in memory.
"""
SECONDS = 1.0
"""Processor time for one text, after which the pattern counts as endless."""
SECONDS_TOGETHER = 10.0
"""Processor time for all texts together, not counting a thousandth of a second for each."""
_TOKEN = re.compile(r"\\N\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[+*?]?\{(\d*)(,?)(\d*)\}|[()]|.", re.DOTALL)
_BRACE = re.compile(r"(\\N\{[^}]*\}|\\.)|\{(?!\d*,?\d*\})", re.DOTALL)
"""A brace that is text to `re`, and would be an approximate match to `regex`."""


class PatternMatch(Protocol):
    """A match of either library."""

    def __getitem__(self, group: int, /) -> str: ...

    def start(self) -> int: ...

    def span(self) -> tuple[int, int]: ...

    def expand(self, template: str, /) -> str: ...


class TrustedPattern:
    """A pattern of the program itself, without limits."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def matches(self, text: str) -> Iterable[PatternMatch]:
        return self._pattern.finditer(text)

    def is_in(self, text: str) -> bool:
        return self._pattern.search(text) is not None


class LimitedPattern:
    """A pattern whose searches raise `TimeoutError` if they take too long.

    Once it took too long, it does so at once: texts are checked at every key.
    """

    def __init__(self, pattern: str) -> None:
        """Compile a pattern that `re` accepts, and that is no larger than allowed. Loads regex."""
        import regex

        self._text = _BRACE.sub(lambda found: found[1] or r"\{", pattern)
        self._pattern: regex.Pattern[str] = regex.compile(self._text, regex.VERSION0)
        self._budget = SECONDS_TOGETHER

    def matches(self, text: str) -> Sequence[PatternMatch]:
        """Return all matches in a text."""
        start = self._start()
        try:
            return list(self._pattern.finditer(text, timeout=SECONDS))
        finally:
            self._stop(start)

    def is_in(self, text: str) -> bool:
        """Return whether the pattern matches anywhere in a text."""
        start = self._start()
        try:
            return self._pattern.search(text, timeout=SECONDS) is not None
        finally:
            self._stop(start)

    def matches_nothing(self) -> bool:
        """Return whether the pattern matches the empty text, and so nothing everywhere."""
        return self._pattern.fullmatch("", timeout=SECONDS) is not None

    def template_error(self, template: str) -> str:
        """Return the error of a replacement template; empty if it is valid.

        The template is compiled for the first match, so one that matches at once is enough. Loads
        regex.
        """
        import regex

        try:
            regex.compile(f"|{self._text}", regex.VERSION0).sub(template, "")
        except (regex.error, IndexError) as error:
            return str(error)
        return ""

    def _start(self) -> float:
        if self._budget <= 0:
            raise TimeoutError
        return time.process_time()

    def _stop(self, start: float) -> None:
        spent = time.process_time() - start
        self._budget -= SECONDS_TOGETHER if spent >= SECONDS else max(0.0, spent - 0.001)


def why_refused(pattern: str) -> Message:
    """Return why a pattern is larger than allowed, or nothing."""
    if len(pattern) > MOST_CHARACTERS:
        return MESSAGES("long", most=MOST_CHARACTERS)
    if _written_out(pattern) > MOST_REPEATS:
        return MESSAGES("repeats", most=MOST_REPEATS)
    return NOTHING


def _written_out(pattern: str) -> int:
    """Return the number of characters that a pattern stands for, with {m,n} written out."""
    groups, last = [0], 0
    for token in _TOKEN.finditer(pattern):
        if token[0] == "(":
            groups.append(0)
            last = 0
        elif token[0] == ")" and len(groups) > 1:
            last = groups.pop() or 1
            groups[-1] += last
        elif token[1] is not None and (token[1] or token[3]):
            more = last * (max(1, *(int(each[:9]) for each in (token[1], token[3]) if each)) - 1)
            groups[-1] += more
            last += more
        else:
            last = 1
            groups[-1] += 1
    return sum(groups)

"""Exceptions that end a command. Defects of content are data (`model.issue.Issue`) instead.

Invariant: every error names its cause and the remedy, and carries the exit code of the command
line: 1 failed gate or refused by the workflow, 2 usage or configuration, 3 unreadable input.
"""

from __future__ import annotations

from collections.abc import Iterable

from transflow.messages import CommandRef, Message, Messages, joined

MESSAGES = Messages(
    __name__,
    {
        "unknown": "there is no {what} “{name}”.",
        "close": "Did you mean {close}?",
        "known": "There are: {known}.",
        "none": "There are none yet.",
        "allowed": "Allowed: {allowed}.",
        "torn": "the file ends after {n} sentences or paragraphs, and X-Units in its header says that {said} were written.",
        "uncounted": "the file ends after {n} sentences or paragraphs, and X-Units in its header does not say how many "
        "were written.",
        "torn-way-out": "Another program may be writing it just now: try again. Else it was cut short: take it back from "
        "git, or let {command} take it as it is.",
    },
)
NAMES = Messages(
    __name__,
    {
        name: name
        for name in (
            "address of the story",
            "agent",
            "check",
            "database role",
            "engine",
            "field",
            "language",
            "output format",
            "person",
            "project",
            "protected person",
            "reader",
            "report or story",
            "report",
            "story",
            "paragraph",
            "sentence",
            "session",
            "term",
            "theme",
            "tool",
        )
    },
)
"""Kinds of things that may be unknown."""


class TransflowError(Exception):
    """Base class. `str()` is the English text."""

    exit_code = 2
    """Exit status of the command."""

    def __init__(self, message: str) -> None:
        super().__init__(message)

    @property
    def message(self) -> str:
        """The message, which can be translated."""
        text: str = self.args[0]
        return text


class RefusedError(TransflowError):
    """A step that the workflow does not allow now. The message says why, and what to do first."""

    exit_code = 1


class UsageError(TransflowError):
    """An argument of a command that does not exist or does not fit."""


class UnknownNameError(UsageError):
    """An unknown slug, locale, person, unit or key."""

    def __init__(self, what: str, name: str, known: Iterable[str], where: str = "") -> None:
        known = sorted(known)
        kind = NAMES(what) if what in NAMES else what
        parts = [f"{where}:"] if where else []
        super().__init__(joined([*parts, MESSAGES("unknown", what=kind, name=name), _hint(name, known)], " "))


def similar_name(name: str, known: Iterable[str], cutoff: float = 0.65) -> str:
    """Return the known name that is most similar, or nothing. Loads difflib, for errors only."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(known), n=1, cutoff=cutoff)), "")


def _hint(name: str, known: list[str]) -> Message:
    if close := similar_name(name, known):
        return MESSAGES("close", close=close)
    if not known:
        return MESSAGES("none")
    return MESSAGES("known", known=", ".join(known[:12]) + (", …" if len(known) > 12 else ""))


def _place(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path


class ConfigError(TransflowError):
    """An invalid setting; the message names file, key, and the allowed values."""

    def __init__(self, path: str, key: str, problem: str, allowed: str = "", line: int = 0) -> None:
        self.problem, self.line = problem, line
        parts: list[str] = [f"{_place(path, line)}:", *([f"{key}:"] if key else []), problem]
        if allowed:
            parts.append(MESSAGES("allowed", allowed=allowed))
        super().__init__(joined(parts, " "))


class UnreadableError(TransflowError):
    """A file that cannot be parsed. It has not been changed."""

    exit_code = 3

    def __init__(self, path: str, line: int, problem: str, way_out: str = "") -> None:
        self.path, self.line, self.problem, self.way_out = path, line, problem, way_out
        super().__init__(joined([f"{_place(path, line)}:", problem, *([way_out] if way_out else [])], " "))

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[object, ...]]:
        """Support pickling, for errors raised in worker processes."""
        return type(self), (self.path, self.line, self.problem, self.way_out)


class TornError(UnreadableError):
    """A catalog with fewer live units than its header counts: being written now, or truncated.

    `live` is the number of units found, `expected` the number in the header; None if it is missing.
    """

    def __init__(self, path: str, line: int, live: int, said: int | None) -> None:
        self.live, self.expected = live, said
        problem = MESSAGES("uncounted", n=live) if said is None else MESSAGES("torn", n=live, said=said)
        super().__init__(path, line, problem, MESSAGES("torn-way-out", command=CommandRef("repair --torn")))

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[object, ...]]:
        return type(self), (self.path, self.line, self.live, self.expected)

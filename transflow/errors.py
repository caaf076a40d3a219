"""The exceptions that stop the work. Bad content is data (`model.Issue`), not an exception.

Invariant: every error names the culprit and the way out, and carries the exit code that the command line uses:
1 the gate failed or the workflow refuses, 2 usage or configuration, 3 unreadable input.
"""

from __future__ import annotations

from collections.abc import Iterable


class TransflowError(Exception):
    """The root. `exit_code` is what the command returns; `str()` is what people read."""

    exit_code = 2


class RefusedError(TransflowError):
    """The workflow does not allow this step now. The message says why and what to do first."""

    exit_code = 1


class UsageError(TransflowError):
    """A command was given something that does not exist or does not fit."""


class UnknownNameError(UsageError):
    """A slug, locale, person, unit or key that is not there."""

    def __init__(self, what: str, name: str, known: Iterable[str], where: str = "") -> None:
        from difflib import get_close_matches

        known = sorted(known)
        close = get_close_matches(name, known, n=1)
        listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
        hint = (
            f" Did you mean {close[0]}?" if close else (f" There are: {listed}." if known else " There are none yet.")
        )
        super().__init__(f"{where + ': ' if where else ''}there is no {what} “{name}”.{hint}")


class ConfigError(TransflowError):
    """A setting that cannot be used: names file, key, and what is allowed."""

    def __init__(self, path: str, key: str, problem: str, allowed: str = "", line: int = 0) -> None:
        place = f"{path}:{line}" if line else path
        super().__init__(
            f"{place}: {key + ': ' if key else ''}{problem}" + (f" Allowed: {allowed}." if allowed else "")
        )


class UnreadableError(TransflowError):
    """A file that cannot be read as what it should be. It has not been changed."""

    exit_code = 3

    def __init__(self, path: str, line: int, problem: str, way_out: str = "") -> None:
        self.path, self.line, self.problem, self.way_out = path, line, problem, way_out
        place = f"{path}:{line}" if line else path
        super().__init__(f"{place}: {problem}" + (f" {way_out}" if way_out else ""))

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[object, ...]]:
        """For crossing from one process to another."""
        return type(self), (self.path, self.line, self.problem, self.way_out)


class TornError(UnreadableError):
    """A catalog with fewer live units than its header counts: somebody is just writing it, or it was cut short.

    `live` are there, `said` were counted; None where a catalog that should count does not.
    """

    def __init__(self, path: str, line: int, live: int, said: int | None) -> None:
        self.live, self.said = live, said
        counted = "does not say how many were written" if said is None else f"says that {said} were written"
        super().__init__(
            path,
            line,
            f"the file ends after {live} sentences or paragraphs, and X-Units in its header {counted}.",
            "Another program may be writing it just now: try again. Else it was cut short: take it back from git, "
            "or let `transflow repair --torn` take it as it is.",
        )

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[object, ...]]:
        return type(self), (self.path, self.line, self.live, self.said)

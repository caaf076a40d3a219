"""Exceptions of a shared memory.

Invariant: no message holds a text or an address, which may contain a password.
"""

from __future__ import annotations

from transflow.errors import TransflowError
from transflow.messages import CommandRef, Message, Messages

MESSAGES = Messages(
    __name__,
    {
        "away": "the shared memory is away: {reason}",
        "28": "the server does not let you in.",
        "3D": "the server has no such database.",
        "42501": "the database does not give you the right to do this: ask whoever keeps it ({command}).",
        "57014": "an answer took too long.",
        "TF001": "a text is of the future: set the clock that is wrong.",
        "TF002": "a report is withheld there.",
        "other": "{kind} ({sqlstate}).",
        "no-answer": "the server does not answer.",
        "unusable": "its address cannot be used.",
    },
)
_SQLSTATES = ("28", "3D", "42501", "57014", "TF001", "TF002")
"""Prefixes of SQLSTATE that have a message."""


class MemoryUnavailableError(TransflowError):
    """A shared memory that cannot be used. `str()` holds no address and no password."""

    exit_code = 3

    def __init__(self, reason: str) -> None:
        super().__init__(MESSAGES("away", reason=reason))


class UnavailableErrors:
    """Context manager that turns exceptions of the driver into MemoryUnavailableError."""

    def __init__(self, errors: type[Exception]) -> None:
        self._errors = errors

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, self._errors):
            raise MemoryUnavailableError(
                _reason(type(error).__name__, getattr(error, "sqlstate", None) or "")
            ) from None


def _reason(kind: str, sqlstate: str) -> Message:
    """Return the reason of a failure, in words that hold no address."""
    known = next((code for code in _SQLSTATES if sqlstate.startswith(code)), "")
    if known:
        return MESSAGES(known, command=CommandRef("memory grant"))
    if sqlstate:
        return MESSAGES("other", kind=kind, sqlstate=sqlstate)
    return MESSAGES("no-answer" if kind == "OperationalError" else "unusable")

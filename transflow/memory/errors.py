"""Exceptions of a shared memory.

Invariant: no message holds a text or an address, which may contain a password.
"""

from __future__ import annotations

from transflow.errors import TransflowError


class MemoryUnavailableError(TransflowError):
    """A shared memory that cannot be used. `str()` holds no address and no password."""

    exit_code = 3

    def __init__(self, reason: str) -> None:
        super().__init__(f"the shared memory is away: {reason}")


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


_REASONS = {
    "28": "the server does not let you in.",
    "3D": "the server has no such database.",
    "42501": "you may not make its tables: ask whoever keeps the database for the right to create a schema.",
    "57014": "an answer took too long.",
}
"""By prefix of SQLSTATE."""


def _reason(kind: str, sqlstate: str) -> str:
    """Return the reason of a failure, in words that hold no address."""
    reason = next((text for code, text in _REASONS.items() if sqlstate.startswith(code)), "")
    if reason or sqlstate:
        return reason or f"{kind} ({sqlstate})."
    return "the server does not answer." if kind == "OperationalError" else "its address cannot be used."

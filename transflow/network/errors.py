"""Exceptions of requests to engines.

Invariant: messages are our own: they name the engine, its host, a status and the remedy, never a
key, a text, a query or anything that the server sent.
"""

from __future__ import annotations

from transflow.errors import RefusedError, TransflowError
from transflow.messages import Message, Messages

MESSAGES = Messages(
    __name__,
    {
        "failed": "{engine}: {problem}",
        "stopped": "stopped.",
        "ledger": "the ledger of what engines cost is held by another transflow for more than {seconds} s, which hangs or was "
        "stopped. Nothing was sent. End it, and ask again.",
    },
)


class EngineError(TransflowError):
    """An engine that failed; `stops` is true if requests for other texts would fail too."""

    exit_code = 3
    stops = False

    def __init__(self, engine: str, problem: str, status: int = 0) -> None:
        self.engine, self.problem, self.status = engine, problem, status
        super().__init__(MESSAGES("failed", engine=engine, problem=problem))


class TransientError(EngineError):
    """A failure that may pass; `wait` is the number of seconds that the server asks for, if any."""

    def __init__(self, engine: str, problem: str, status: int = 0, wait: float | None = None) -> None:
        super().__init__(engine, problem, status)
        self.wait = wait


class EngineUnavailableError(EngineError):
    """An engine that still failed after all sensible retries."""


class CircuitOpenError(EngineError):
    """An open circuit breaker: so many requests failed that none is sent for a while."""

    stops = True


class RejectedError(EngineError):
    """A request that the server refused, and would refuse again."""


class MismatchError(EngineError):
    """An answer that does not fit the texts: wrong number, wrong ids, no texts. A smaller batch may
    work.
    """


class KeyRefusedError(EngineError):
    """A key that is unknown to the server, or not permitted to do this."""

    exit_code = 2
    stops = True


class UntrustedServerError(EngineError):
    """A server that is not trusted: an invalid certificate, or a redirect."""

    stops = True


class QuotaExceededError(EngineError):
    """A used-up quota at the vendor."""

    exit_code = 1
    stops = True


class CancelledError(EngineError):
    """A run that the user stopped."""

    stops = True

    def __init__(self, engine: str) -> None:
        super().__init__(engine, MESSAGES("stopped"))


class CapReachedError(RefusedError):
    """The user's own cap for the month is reached."""

    stops = True


class LedgerLockedError(RefusedError):
    """A ledger that another process keeps locked. Nothing was sent."""

    stops = True

    def __init__(self, seconds: float) -> None:
        super().__init__(MESSAGES("ledger", seconds=f"{seconds:.0f}"))


class NotAllowedError(RefusedError):
    """A host that may not be contacted, or not with this text. Nothing was sent."""

    stops = True


class PageError(TransflowError):
    """A page of the web that could not be read; `why` says the reason."""

    exit_code = 3

    def __init__(self, why: Message, *, is_gone: bool = False) -> None:
        self.why = why
        self.is_gone = is_gone
        """True if there is no such page, or no longer."""
        super().__init__(why)

"""What can go wrong between us and an engine.

Invariant: the words of an error are ours: they hold the engine, its host, a status and the way out, never a key, a text,
a query or anything that the server said.
"""

from __future__ import annotations

from transflow.errors import RefusedError, TransflowError


class EngineError(TransflowError):
    """An engine that did not answer as it should. `stops`: whether asking it about other texts is of no use either."""

    exit_code = 3
    stops = False

    def __init__(self, engine: str, problem: str, status: int = 0) -> None:
        self.engine, self.problem, self.status = engine, problem, status
        super().__init__(f"{engine}: {problem}")


class TransientError(EngineError):
    """It may work in a moment. `wait`: the seconds that the server asks for, if it does."""

    def __init__(self, engine: str, problem: str, status: int = 0, wait: float | None = None) -> None:
        super().__init__(engine, problem, status)
        self.wait = wait


class EngineUnavailableError(EngineError):
    """It was tried as often as is sensible."""


class BrokenOffError(EngineError):
    """So much failed that nobody is asked for a while."""

    stops = True


class RejectedError(EngineError):
    """The server does not take this request, and would not take it again."""


class MismatchError(EngineError):
    """The answer does not go with the texts: another number, other ids, or no texts at all. Fewer may work."""


class KeyRefusedError(EngineError):
    """The server does not know the key, or does not let it do this."""

    exit_code = 2
    stops = True


class UntrustedError(EngineError):
    """The server is not who it should be: a certificate, or a redirect."""

    stops = True


class UsedUpError(EngineError):
    """The vendor's allowance is used up."""

    exit_code = 1
    stops = True


class CancelledError(EngineError):
    """The user has enough."""

    stops = True

    def __init__(self, engine: str) -> None:
        super().__init__(engine, "stopped.")


class CapReachedError(RefusedError):
    """The user's own cap for the month is reached."""

    stops = True


class BusyLedgerError(RefusedError):
    """Another process holds the ledger of what was spent, and does not let it go. Nothing was sent."""

    stops = True

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the ledger of what engines cost is held by another transflow for more than {seconds:.0f} s, which hangs or was "
            "stopped. Nothing was sent. End it, and ask again."
        )


class NotAllowedError(RefusedError):
    """A host that may not be asked, or not about this text. Nothing was sent."""

    stops = True

"""Rate limits of requests: clocks, token buckets, the circuit breaker.

Invariant: these objects are safe for threads; every wait can be cancelled, and nothing sleeps while
holding a lock.
"""

from __future__ import annotations

import threading
import time
from typing import Protocol

from transflow.messages import Messages
from transflow.network.errors import CancelledError, CircuitOpenError

MESSAGES = Messages(__name__, {"open": "failed {n} times in a row. Look at its state, and ask again in a while."})


class Clock(Protocol):
    """A monotonic clock that can sleep."""

    def now(self) -> float: ...

    def sleep(self, seconds: float, cancel: threading.Event) -> None:
        """Sleep; return early when `cancel` is set."""
        ...


class MachineClock:
    """The clock of this machine."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float, cancel: threading.Event) -> None:
        cancel.wait(seconds)


class Bucket:
    """Token bucket that passes `rate` units per second, after a burst of `rate`; 0 means no
    limit.
    """

    def __init__(self, rate: float, clock: Clock) -> None:
        self._rate, self._clock = rate, clock
        self._free_at = clock.now()
        """Time at which the bucket was, or will be, full to one second's worth."""
        self._lock = threading.Lock()

    def wait_for(self, amount: float) -> float:
        """Take `amount` tokens, and return the seconds to wait before using them."""
        with self._lock:
            now = self._clock.now()
            self._free_at = max(self._free_at, now)
            wait = self._free_at - now
            if self._rate:
                self._free_at += amount / self._rate
                wait = max(0.0, self._free_at - now - 1.0)
            return wait

    def pause(self, seconds: float) -> None:
        """Block all requests for a while, because the server asked for it."""
        with self._lock:
            burst = 1.0 if self._rate else 0.0
            self._free_at = max(self._free_at, self._clock.now() + seconds + burst)


class CircuitBreaker:
    """Circuit breaker: opens after `failures` in a row; after `rest` seconds one request may
    probe.
    """

    def __init__(self, engine: str, clock: Clock, *, failures: int = 8, rest: float = 30.0) -> None:
        self._engine, self._clock, self._max_failures, self._rest = engine, clock, failures, rest
        self._failures, self._open_until, self._probing = 0, 0.0, False
        self._lock = threading.Lock()

    def enter(self) -> None:
        """Raise CircuitOpenError while the breaker is open.

        Each request that was let through ends with one of the methods below: a probe without an end
        would keep all later requests out.
        """
        with self._lock:
            if self._failures < self._max_failures:
                return
            if self._clock.now() < self._open_until or self._probing:
                raise CircuitOpenError(self._engine, MESSAGES("open", n=self._failures))
            self._probing = True

    def record_success(self) -> None:
        with self._lock:
            self._failures, self._probing = 0, False

    def record_unsent(self) -> None:
        """End a request that says nothing of the server: the next one may probe."""
        with self._lock:
            self._probing = False

    def record_failure(self) -> None:
        with self._lock:
            self._failures += 1
            self._probing = False
            self._open_until = self._clock.now() + self._rest


def sleep(seconds: float, clock: Clock, cancel: threading.Event, engine: str) -> None:
    """Sleep for some seconds. Raise CancelledError if the user stops the run."""
    if seconds > 0 and not cancel.is_set():
        clock.sleep(seconds, cancel)
    if cancel.is_set():
        raise CancelledError(engine)

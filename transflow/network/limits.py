"""How often an engine is asked: clocks, token buckets, the circuit breaker.

Invariant: threads share what is here; whoever waits can be cancelled, and nobody sleeps while holding a lock.
"""

from __future__ import annotations

import threading
import time
from typing import Protocol

from transflow.network.errors import BrokenOffError, CancelledError


class Clock(Protocol):
    """Seconds that pass, and waiting for them."""

    def now(self) -> float: ...

    def sleep(self, seconds: float, cancel: threading.Event) -> None:
        """Returns early when `cancel` is set."""
        ...


class MachineClock:
    """The clock of this machine."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float, cancel: threading.Event) -> None:
        cancel.wait(seconds)


class Bucket:
    """Lets `rate` units a second through, after a first `rate`; 0 lets everything through."""

    def __init__(self, rate: float, clock: Clock) -> None:
        self._rate, self._clock = rate, clock
        self._free_at = clock.now()
        """When the bucket was, or will be, full to one second's worth."""
        self._lock = threading.Lock()

    def wait_for(self, amount: float) -> float:
        """Takes `amount`, and returns the seconds to wait before using it."""
        with self._lock:
            now = self._clock.now()
            self._free_at = max(self._free_at, now)
            wait = self._free_at - now
            if self._rate:
                self._free_at += amount / self._rate
                wait = max(0.0, self._free_at - now - 1.0)
            return wait

    def pause(self, seconds: float) -> None:
        """Lets nothing through for a while: the server asked everybody to wait."""
        with self._lock:
            ahead = 1.0 if self._rate else 0.0
            self._free_at = max(self._free_at, self._clock.now() + seconds + ahead)


class Breaker:
    """Breaks off after so many failures in a row; after `rest` seconds one request may try whether it works again."""

    def __init__(self, engine: str, clock: Clock, *, failures: int = 8, rest: float = 30.0) -> None:
        self._engine, self._clock, self._most, self._rest = engine, clock, failures, rest
        self._failures, self._open_until, self._probing = 0, 0.0, False
        self._lock = threading.Lock()

    def enter(self) -> None:
        """Raises BrokenOffError while nobody is to be asked."""
        with self._lock:
            if self._failures < self._most:
                return
            if self._clock.now() < self._open_until or self._probing:
                problem = f"failed {self._failures} times in a row. Look at its state, and ask again in a while."
                raise BrokenOffError(self._engine, problem)
            self._probing = True

    def worked(self) -> None:
        with self._lock:
            self._failures, self._probing = 0, False

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._probing = False
            self._open_until = self._clock.now() + self._rest


def sleep(seconds: float, clock: Clock, cancel: threading.Event, engine: str) -> None:
    """Waits. Raises CancelledError when the user has enough."""
    if seconds > 0 and not cancel.is_set():
        clock.sleep(seconds, cancel)
    if cancel.is_set():
        raise CancelledError(engine)

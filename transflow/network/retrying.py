"""Retries and their pauses.

Invariant: at most four tries; between them a random part of a growing pause (full jitter), or the
pause that the server asks for, up to a minute; a longer one ends the retries. A request that the
server understood and refused is never sent again.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random
from typing import TypeVar

from transflow.messages import Messages
from transflow.network.errors import EngineError, EngineUnavailableError, TransientError
from transflow.network.limits import CircuitBreaker, Clock, sleep

MESSAGES = Messages(
    __name__,
    {
        "left-alone": "{problem} It asks to be left alone for {seconds} s.",
        "tried": "{problem} Tried {n} times.",
    },
)
TRIES = 4
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 20.0
LONGEST_ASKED = 60.0
"""Longest pause in seconds that a server may ask for."""
RETRY_STATUSES = frozenset({408, 425, 429})
"""Statuses below 500 after which a retry may succeed."""

Value = TypeVar("Value")


def parse_retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as a number or a date.

    None if the value is invalid.
    """
    value = value.strip()
    try:
        seconds = float(value)
    except ValueError:
        try:
            date = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError):
            return None
        seconds = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now.timestamp()
        return max(seconds, 0.0)
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


class Retrier:
    """Repeats a request until it succeeds or cannot succeed. Safe for several threads."""

    def __init__(
        self, engine: str, clock: Clock, cancel: threading.Event, breaker: CircuitBreaker, random: Random | None = None
    ) -> None:
        self._engine, self._clock, self._cancel, self._breaker = engine, clock, cancel, breaker
        self._random = random or Random()

    def run(self, request: Callable[[], Value], tries: int, pause: Callable[[float], None]) -> Value:
        """Return the value of `request`. Call `pause` with any wait that the server asks for.

        Raise EngineError on failure.
        """
        attempt = 0
        while True:
            attempt += 1
            self._breaker.enter()
            try:
                value = request()
            except TransientError as error:
                self._breaker.record_failure()
                seconds = self._pause(error, attempt, tries)
                if error.wait is not None:
                    pause(seconds)
                sleep(seconds, self._clock, self._cancel, self._engine)
            except BaseException as error:
                # an answer with a status, even a refusal, comes from a server that works
                if isinstance(error, EngineError) and error.status:
                    self._breaker.record_success()
                else:
                    self._breaker.record_unsent()
                raise
            else:
                self._breaker.record_success()
                return value

    def _pause(self, error: TransientError, attempt: int, tries: int) -> float:
        """Return the seconds until the next try. Raise EngineUnavailableError if there is none."""
        if error.wait is not None and error.wait > LONGEST_ASKED:
            asked = MESSAGES("left-alone", problem=error.problem, seconds=f"{error.wait:.0f}")
            raise EngineUnavailableError(self._engine, asked, error.status) from None
        if attempt >= min(tries, TRIES):
            problem = MESSAGES("tried", problem=error.problem, n=attempt) if attempt > 1 else error.problem
            raise EngineUnavailableError(self._engine, problem, error.status) from None
        if error.wait is not None:
            return error.wait
        return self._random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)))

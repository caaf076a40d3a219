"""Ledger of the costs of the month, and enforcement of the cap.

Invariant: a request is booked before it is sent, under a lock shared by all processes of the user,
and is not sent if it would exceed the cap; costs that the vendor certainly did not bill are
reversed. The ledger holds times, engines and numbers, and no text.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from transflow.engines.setup.settings import EngineSection
from transflow.json_text import decode_json
from transflow.messages import Messages
from transflow.network.errors import CapReachedError, LedgerLockedError
from transflow.user_folders import state_folder

MESSAGES = Messages(
    __name__,
    {
        "cap": "{engine}: {spent} of {cap} {currency} are spent in {month}, and this would exceed the cap. What arrived is "
        "kept. Raise `cap` under [spending] in your engines.toml, or wait.",
    },
)
PATIENCE = 10.0
"""Seconds to wait for the lock of the ledger."""
PROMPT_TOKENS = 600
"""Approximate tokens of rules and data around the texts of a request."""
TOKENS_IN, TOKENS_OUT = 1.1, 0.8
"""Approximate tokens read and written per character of Korean: an estimate until the model reports
its usage.
"""


class Price(NamedTuple):
    """Prices of an engine in the user's currency, per million; `characters` is None if unknown."""

    characters: float | None = 0.0
    tokens_in: float = 0.0
    tokens_out: float = 0.0

    @property
    def is_known(self) -> bool:
        return self.characters is not None

    def of_characters(self, characters: int, requests: int, read: int = 0) -> float:
        """Return the estimated cost of so many characters in so many requests.

        `read` are characters that a language model only reads.
        """
        tokens_in = (characters + read) * TOKENS_IN + requests * PROMPT_TOKENS
        tokens = tokens_in * self.tokens_in + characters * TOKENS_OUT * self.tokens_out
        return (characters * (self.characters or 0.0) + tokens) / 1e6

    def of_tokens(self, tokens: tuple[int, int]) -> float:
        return (tokens[0] * self.tokens_in + tokens[1] * self.tokens_out) / 1e6


FREE = Price()


def price(section: EngineSection, list_price: float | None) -> Price:
    """Return the price of an engine: the user's settings first, then the list price."""
    if section.price_in is not None or section.price_out is not None:
        return Price(section.price or 0.0, section.price_in or 0.0, section.price_out or 0.0)
    return Price(section.price if section.price is not None else list_price)


def ledger_folder() -> Path:
    """Return the folder of the user's ledgers: one file per month, for all projects."""
    return state_folder() / "spending"


class Ledger:
    """Spending of one month, safe for several threads and processes.

    The file is append-only, so each read continues at the last offset.
    """

    def __init__(self, folder: Path, project: str, cap: float, currency: str, month: str = "") -> None:
        self.project, self.cap, self.currency = project, cap, currency
        self.month = month or datetime.now(UTC).strftime("%Y-%m")
        self.path = folder / f"{self.month}.jsonl"
        self._thread_lock = threading.Lock()
        self._read, self._sum, self._project_sum = 0, 0.0, 0.0

    def spent(self, *, here: bool = False) -> float:
        """Return the month's total, or this project's share if `here` is true."""
        if not self.path.exists():
            return 0.0
        with self._locked():
            return self._project_sum if here else self._sum

    def book(self, engine: str, cost: float, characters: int) -> None:
        """Book a request that is about to be sent. Raise CapReachedError if it would exceed the
        cap.
        """
        with self._locked() as file:
            if cost > 0 and self._sum + cost > self.cap:
                spent = {"spent": f"{self._sum:.2f}", "cap": f"{self.cap:.2f}", "currency": self.currency}
                raise CapReachedError(MESSAGES("cap", engine=engine, month=self.month, **spent))
            self._write(file, engine, cost, characters)

    def correct(self, engine: str, cost: float, characters: int = 0) -> None:
        """Book a later correction of a cost; negative amounts are reversals."""
        if cost or characters:
            with self._locked() as file:
                self._write(file, engine, cost, characters)

    def _write(self, file: int, engine: str, cost: float, characters: int) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        entry = {
            "time": now,
            "project": self.project,
            "engine": engine,
            "cost": round(cost, 8),
            "characters": characters,
        }
        os.write(file, json.dumps(entry).encode() + b"\n")

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """Lock the file, read what other processes appended, and yield its descriptor."""
        with self._thread_lock:
            file = self._open()
            try:
                _lock(file)
                self._read_new_entries(file)
                yield file
            finally:
                os.close(file)

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        try:
            return os.open(self.path, flags, 0o600)
        except FileNotFoundError:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self.path, flags, 0o600)

    def _read_new_entries(self, file: int) -> None:
        end = os.fstat(file).st_size
        if end < self._read:  # the file was replaced
            self._read, self._sum, self._project_sum = 0, 0.0, 0.0
        for project, cost in _entries(os.pread(file, end - self._read, self._read)):
            self._sum += cost
            self._project_sum += cost * (project == self.project)
        self._read = end


def _lock(file: int) -> None:
    """Lock the file. Others hold the lock briefly; raise LedgerLockedError after `PATIENCE`
    seconds.
    """
    deadline = monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if monotonic() >= deadline:
                raise LedgerLockedError(PATIENCE) from None
            sleep(0.01)


def _entries(data: bytes) -> Iterator[tuple[str, float]]:
    """Yield (project, cost) for each line; a line truncated by a crash is skipped."""
    for line in data.splitlines():
        try:
            entry = decode_json(line)
            yield str(entry["project"]), float(entry["cost"])
        except (ValueError, KeyError, TypeError):
            continue


def engines_used(folder: Path, project: str) -> list[str]:
    """Return the engines that this machine sent texts of a project to, in any month."""
    names: set[str] = set()
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            try:
                entry = decode_json(line)
                names |= {str(entry["engine"])} if entry["project"] == project else set()
            except (ValueError, KeyError, TypeError):
                continue
    return sorted(names)


class Account:
    """Spending of one engine, booked into a ledger; the meter of its wire."""

    def __init__(self, ledger: Ledger, engine: str, price: Price) -> None:
        self._ledger, self._engine, self._price = ledger, engine, price

    def sent(self, characters: int, read: int = 0) -> None:
        self._ledger.book(self._engine, self._price.of_characters(characters, 1, read), characters)

    def unbilled(self, characters: int, read: int = 0) -> None:
        self._ledger.correct(self._engine, -self._price.of_characters(characters, 1, read), -characters)

    def settle(self, characters: int, tokens: tuple[int, int] | None, read: int = 0) -> None:
        """Replace the estimate by the cost of the tokens that a language model reports."""
        if tokens is not None:
            estimate = self._price.of_characters(characters, 1, read)
            by_characters = characters * (self._price.characters or 0.0) / 1e6
            self._ledger.correct(self._engine, self._price.of_tokens(tokens) + by_characters - estimate)

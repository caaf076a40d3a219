"""Assembly of a ready engine: its module, the user's settings, its keys, its wire and its account.

Invariant: making an engine ready sends nothing; without a known price it is refused, and keys are
read only if requests will be sent.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from transflow import engines
from transflow.engines import Engine, EngineAnswer, EngineItem, Limits, Setup, keys
from transflow.engines.settings import EngineSettings, SettingsOfEngine
from transflow.engines.spending import FREE, Account, Ledger, Price, price
from transflow.errors import ConfigError
from transflow.network.hosts import Hosts, host_of


class _NoWire:
    """The wire of engines that run in this process."""

    def post(self, *_: object, **__: object) -> Any:
        raise AssertionError("an engine that runs in this process asks nobody")


@dataclass(frozen=True, slots=True)
class Ready:
    """An engine ready for requests."""

    engine: Engine
    setup: Setup
    limits: Limits
    threads: int
    price: Price
    is_local: bool
    """True if texts stay on this machine, or on hosts that the user listed as local."""
    account: Account | None = None
    cancel: threading.Event | None = None
    close: Callable[[], None] = lambda: None

    @property
    def author(self) -> str:
        """Name of the machine in `@by`: `mt:deepl/quality_optimized`."""
        return author(self.setup.engine, self.setup.model)

    def ask(self, items: Sequence[EngineItem], *, private: bool) -> EngineAnswer:
        """Translate a batch and settle its cost.

        Raise EngineError, NotAllowedError or CapReachedError.
        """
        answered = self.engine.translate(items, replace(self.setup, private=private))
        if self.account:
            self.account.settle(sum(len(item.text) for item in items), answered.tokens)
        return answered


def author(engine: str, model: str) -> str:
    """Return the author name of an engine and model; characters not allowed in `@by` become `-`."""
    kept = "".join(each if each.isascii() and (each.isalnum() or each in "._:/-") else "-" for each in model)
    return f"mt:{engine}/{kept or 'default'}"


def ready(
    name: str,
    source: str,
    target: str,
    own: EngineSettings,
    root: Path,
    *,
    cancel: threading.Event | None = None,
    spending: Path | None = None,
    asks: bool = True,
) -> Ready:
    """Make an engine ready for a language pair of the project at `root`.

    Its keys are read only if `asks` is true. Raise UnknownNameError or ConfigError.
    """
    engine, of = engines.load(name), own.of(name)
    _check_options(name, engine, of, own)
    model = of.model or engine.MODEL
    limits = engine.LIMITS._replace(items=min(of.batch or engine.LIMITS.items, engine.LIMITS.items))
    cancel = cancel or threading.Event()
    bare = Setup(name, model, "", source, target, _NoWire(), options=of.options)
    if engine.IN_PROCESS:
        return Ready(engine, bare, limits, 1, FREE, is_local=True, cancel=cancel)
    found = keys.read(name, engine.KEYS) if asks else {}
    return _wired(engine, replace(bare, keys=found), of, own, root, limits, cancel, spending)


def _wired(
    engine: Engine,
    bare: Setup,
    of: SettingsOfEngine,
    own: EngineSettings,
    root: Path,
    limits: Limits,
    cancel: threading.Event,
    spending: Path | None,
) -> Ready:
    from transflow.engines.spending import folder, mark
    from transflow.network.sending import Network, Wire

    url = of.url or engine.URL
    if not host_of(url):
        problem = "there is no address to ask."
        raise ConfigError(own.path, f"{bare.engine}.url", problem, "the address of its server, in this file of yours")
    if own.ca and not os.path.isfile(own.ca):  # noqa: PTH113 - the path as the user wrote it
        raise ConfigError(own.path, "network.ca", f"there is no file {own.ca}.")
    allowed = {host_of(url), *(engine.HOSTS if not of.url else ())}
    hosts = Hosts(bare.engine, frozenset(allowed), frozenset(own.local_hosts))
    is_local = hosts.is_local(url)
    cost = price(of, 0.0 if is_local else engine.PRICE)
    if not cost.is_known:
        wanted = "price_in and price_out, for a million tokens; 0 where it costs nothing"
        raise ConfigError(own.path, f"{bare.engine}.price_in", f"nobody said what {bare.model} costs.", wanted)
    account = Account(Ledger(spending or folder(), mark(root), own.cap, own.currency), bare.engine, cost)
    network = Network(own.proxy, own.ca, of.timeout, of.requests_per_second, of.characters_per_second, of.connections)
    wire = Wire(hosts, network, engine.is_used_up, meter=None if cost == FREE else account, cancel=cancel)
    setup = replace(bare, url=url, wire=wire)
    counted = None if cost == FREE else account
    return Ready(engine, setup, limits, of.connections, cost, is_local, counted, cancel, wire.close)


def _check_options(name: str, engine: Engine, of: SettingsOfEngine, own: EngineSettings) -> None:
    for option, what in engine.OPTIONS.items():
        if option.endswith("!") and not of.options.get(option[:-1]):
            raise ConfigError(own.path, f"{name}.{option[:-1]}", "it must be set.", what)

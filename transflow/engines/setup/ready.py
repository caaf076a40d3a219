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
from transflow.attribution.machines import machine_author as machine_author
from transflow.engines import Engine, EngineAnswer, EngineItem, Limits, Prompt, Reply, Setup
from transflow.engines.setup import keys
from transflow.engines.setup.settings import EngineSection, EngineSettings
from transflow.engines.setup.spending import FREE, Account, Ledger, Price, ledger_folder, price
from transflow.errors import ConfigError
from transflow.messages import Messages
from transflow.network.hosts import Hosts, host_of
from transflow.user_folders import project_id

MESSAGES = Messages(
    __name__,
    {
        "no-address": "there is no address to ask.",
        "no-address/allowed": "the address of its server, in this file of yours",
        "no-file": "there is no file {path}.",
        "no-price": "nobody said what {model} costs.",
        "no-price/allowed": "price_in and price_out, for a million tokens; 0 where it costs nothing",
        "unset": "it must be set.",
    },
)


class _NoWire:
    """The wire of engines that run in this process."""

    def post(self, *_: object, **__: object) -> Any:
        raise AssertionError("an engine that runs in this process asks nobody")


@dataclass(frozen=True, slots=True)
class ReadyEngine:
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
        """Name of the machine in `@by`: `mt:deepl/quality_optimized`.

        A language model's has the version of its prompt: `mt:openai/gpt-5-mini@3f9a04c1`.
        """
        return machine_author(self.setup.engine, self.setup.model, self.engine.PROMPT)

    @property
    def drafts_reports(self) -> bool:
        """True if it is a language model, which is asked about windows of a report."""
        return self.engine.complete is not None

    def translate(self, items: Sequence[EngineItem], *, private: bool) -> EngineAnswer:
        """Translate a batch and settle its cost.

        Raise EngineError, NotAllowedError or CapReachedError.
        """
        answer = self.engine.translate(items, replace(self.setup, private=private))
        if self.account:
            self.account.settle(sum(len(item.text) for item in items), answer.tokens)
        return answer

    def complete(self, prompt: Prompt, *, private: bool) -> Reply:
        """Ask a language model, and settle the cost. Raise as `translate` does."""
        assert self.engine.complete
        reply = self.engine.complete(prompt, replace(self.setup, private=private))
        if self.account:
            self.account.settle(prompt.characters, reply.tokens, prompt.read)
        return reply


def ready_engine(
    name: str,
    source: str,
    target: str,
    settings: EngineSettings,
    root: Path,
    *,
    cancel: threading.Event | None = None,
    spending: Path | None = None,
    asks: bool = True,
) -> ReadyEngine:
    """Make an engine ready for a language pair of the project at `root`.

    Its keys are read only if `asks` is true. Raise UnknownNameError or ConfigError.
    """
    engine, section = engines.load(name), settings.section(name)
    _check_options(name, engine, section, settings)
    model = section.model or engine.MODEL or Path(section.options.get("folder", "")).name
    limits = engine.LIMITS._replace(items=min(section.batch or engine.LIMITS.items, engine.LIMITS.items))
    cancel = cancel or threading.Event()
    setup = Setup(name, model, "", source, target, _NoWire(), options=section.options)
    if engine.IN_PROCESS:
        return ReadyEngine(engine, setup, limits, 1, FREE, is_local=True, cancel=cancel)
    api_keys = keys.read(name, engine.KEYS) if asks else {}
    return _with_wire(engine, replace(setup, keys=api_keys), section, settings, root, limits, cancel, spending)


def _with_wire(
    engine: Engine,
    base: Setup,
    section: EngineSection,
    settings: EngineSettings,
    root: Path,
    limits: Limits,
    cancel: threading.Event,
    spending: Path | None,
) -> ReadyEngine:
    """Return the engine with its account and network. Loads requests."""
    from transflow.network.sending import Connection, Network

    url = section.url or engine.URL
    if not host_of(url):
        raise ConfigError(settings.path, f"{base.engine}.url", MESSAGES("no-address"), MESSAGES("no-address/allowed"))
    if settings.ca and not os.path.isfile(settings.ca):  # noqa: PTH113 - the path as the user wrote it
        raise ConfigError(settings.path, "network.ca", MESSAGES("no-file", path=settings.ca))
    allowed = {host_of(url), *(engine.HOSTS if not section.url else ())}
    hosts = Hosts(base.engine, frozenset(allowed), frozenset(settings.local_hosts))
    is_local = hosts.is_local(url)
    cost = price(section, 0.0 if is_local else engine.PRICE)
    if not cost.is_known:
        problem, wanted = MESSAGES("no-price", model=base.model), MESSAGES("no-price/allowed")
        raise ConfigError(settings.path, f"{base.engine}.price_in", problem, wanted)
    account = Account(
        Ledger(spending or ledger_folder(), project_id(root), settings.cap, settings.currency), base.engine, cost
    )
    network = Network(
        settings.proxy,
        settings.ca,
        section.timeout,
        section.requests_per_second,
        section.characters_per_second,
        section.connections,
    )
    wire = Connection(hosts, network, engine.is_used_up, meter=None if cost == FREE else account, cancel=cancel)
    setup = replace(base, url=url, wire=wire)
    meter = None if cost == FREE else account
    return ReadyEngine(engine, setup, limits, section.connections, cost, is_local, meter, cancel, wire.close)


def _check_options(name: str, engine: Engine, section: EngineSection, settings: EngineSettings) -> None:
    for option, meaning in engine.OPTIONS.items():
        if option.endswith("!") and not section.options.get(option[:-1]):
            raise ConfigError(settings.path, f"{name}.{option[:-1]}", MESSAGES("unset"), meaning)

"""Machine translation engines: one module in this folder is one engine, its file name is its id.

Invariant: an engine turns texts into texts and knows nothing of files, units or the record; whatever it sends goes through
`wire.sending`, where the one socket opens. What it answers is another machine's text: a suggestion, and never trusted.

    wire        the socket, who may be asked, how often, and when to stop
    running     many texts: in batches, at once, each answer kept when it arrives
    prompting   what language models are asked, and which of their answers are taken
    settings    the user's own engines.toml: addresses, models, prices
    keys        where keys are kept
    spending    what was spent this month, and how much may be
    setups      an engine made ready from all of these

An engine is a module that satisfies `Engine`; adding its file is all there is to adding one. `SHARED` names the modules
here that are none themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, Protocol, cast

from transflow.errors import UnknownNameError

SHARED = frozenset({"keys", "settings", "setups", "spending"})


class PromptTerm(NamedTuple):
    """How a term of the source is to be spelled."""

    source: str
    target: str
    forbidden: tuple[str, ...] = ()


class PromptExample(NamedTuple):
    """A like sentence that a person translated. `score` is 0 to 101, as in `memory.match.Match`."""

    source: str
    target: str
    score: int


class EngineItem(NamedTuple):
    """A text to translate, and what may help to."""

    id: str
    text: str
    before: str = ""
    """The source of the sentence before it, for reference only."""
    after: str = ""
    terms: tuple[PromptTerm, ...] = ()
    """Those of the glossary that occur in it."""
    examples: tuple[PromptExample, ...] = ()
    """Best first."""
    group: str = ""
    """Items of different groups are never asked about together: a confidential report is a group of its own."""


class Limits(NamedTuple):
    """What one request may hold. 0: no limit but the others."""

    items: int
    characters: int = 0
    bytes: int = 0
    """Of the texts, in UTF-8."""


class EngineAnswer(NamedTuple):
    """The translations of some items, in their order; empty where one is refused."""

    texts: Sequence[str]
    refused: Mapping[int, str] = {}
    """Place in `texts` -> why it is empty."""
    tokens: tuple[int, int] | None = None
    """What a language model read and wrote, where it says so."""


class Poster(Protocol):
    """`wire.sending.Wire`, as engines see it."""

    def post(
        self,
        url: str,
        headers: Mapping[str, str],
        body: object,
        *,
        characters: int,
        private: bool,
        tries: int = 4,
    ) -> Any:
        """The JSON of the answer. Raises `wire.faults.EngineError`."""
        ...


@dataclass(frozen=True, slots=True)
class Setup:
    """An engine made ready: all that its `translate` needs besides the texts."""

    engine: str
    model: str
    url: str
    source: str
    """Codes of the project's languages, such as `ko` and `zh_Hans`."""
    target: str
    wire: Poster
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)
    private: bool = True
    """Whether the texts may go to local engines only. Whoever knows better says so."""
    memo: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """What an engine found out about its server, for the rest of the run."""

    def post(
        self, path: str, headers: Mapping[str, str], body: object, items: Sequence[EngineItem], *, tries: int = 4
    ) -> Any:
        characters = sum(len(item.text) for item in items)
        url = self.url.rstrip("/") + path
        return self.wire.post(url, headers, body, characters=characters, private=self.private, tries=tries)

    def language(self, which: str, known: Mapping[str, str]) -> str:
        """The engine's code for the `source` or `target`: the user's, else that in `known`, else BCP 47."""
        locale = self.source if which == "source" else self.target
        return self.options.get(which) or known.get(locale) or locale.replace("_", "-")


class Engine(Protocol):
    """What a module in this folder offers. Its docstring says whose API it speaks, and where that is described."""

    URL: str
    """Where the vendor's API is; empty where it is the user's to say, or where none is asked."""
    HOSTS: Sequence[str]
    """The vendor's other hosts."""
    MODEL: str
    """The default; empty where the vendor has only one."""
    KEYS: Mapping[str, str]
    """Name of a key -> the environment variable that holds it. A name that ends in `?` may be missing."""
    OPTIONS: Mapping[str, str]
    """Name of an option of its own in engines.toml -> what it is. A name that ends in `!` must be there."""
    LIMITS: Limits
    PRICE: float | None
    """List price of a million characters in US dollars; 0 for what runs here, None where it depends on the model."""
    IN_PROCESS: bool
    """Whether no socket is opened at all."""
    PROMPT: str
    """What besides the texts decides on the answer, for the cache: empty but for language models."""

    @staticmethod
    def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
        """The translations of at most `LIMITS` texts. Raises `wire.faults.EngineError`."""
        ...

    @staticmethod
    def is_used_up(status: int, body: object) -> bool:
        """Whether an answer says that the month's, or the day's, allowance is gone: nobody asks again then."""
        ...


@cache
def names() -> tuple[str, ...]:
    """The ids of all engines, in alphabetical order. Imports none of them."""
    modules = (each.name for each in iter_modules(__path__) if not each.ispkg)
    return tuple(sorted(name for name in modules if name not in SHARED))


def load(name: str) -> Engine:
    """The engine with this id. Raises UnknownNameError."""
    if name not in names():
        raise UnknownNameError("engine", name, names())
    return cast(Engine, import_module(f"{__name__}.{name}"))

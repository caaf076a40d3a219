"""Machine translation engines, one module per engine; the file name is the engine's id.

Invariant: an engine maps texts to texts and knows nothing of files, units or the record; everything
it sends goes through `network.sending`, the only module that opens a socket. The result is machine
output: a suggestion, never trusted.

    running     many texts: batches, threads, a cache of answers
    prompting   drafts of whole reports by language models
    setup       an engine ready for use: the user's settings, keys, prices and the cap
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from transflow.registry import Registry


class PromptTerm(NamedTuple):
    """A glossary term that the translation must use, with the targets that it must not use."""

    source: str
    target: str
    forbidden: tuple[str, ...] = ()
    short: str = ""
    """Spelling of a name after its first mention."""


class PromptExample(NamedTuple):
    """A similar sentence with its translation by a person; `score` is 0 to 101, as in `Match`."""

    source: str
    target: str
    score: int


class EngineItem(NamedTuple):
    """A text to translate, with context that may help."""

    id: str
    text: str
    before: str = ""
    """The source of the previous sentence, for reference only."""
    after: str = ""
    terms: tuple[PromptTerm, ...] = ()
    """Glossary terms that occur in the text."""
    examples: tuple[PromptExample, ...] = ()
    """Best first."""
    group: str = ""
    """Items of different groups never share a request: a confidential report is its own group."""
    kind: str = ""
    """Kind of the block, such as `headline`; empty for a paragraph."""
    continued: bool = False
    """True if the text is in the same paragraph as the item before it in the report."""


class Limits(NamedTuple):
    """Upper bounds of one request; 0 means no limit."""

    items: int
    characters: int = 0
    bytes: int = 0
    """Total size of the texts in UTF-8."""


class EngineAnswer(NamedTuple):
    """Translations in the order of the items; an empty string for a refused item."""

    texts: Sequence[str]
    refused: Mapping[int, str] = {}
    """Index in `texts` -> reason why it is empty."""
    tokens: tuple[int, int] | None = None
    """Input and output tokens, if the language model reports them."""
    missing: frozenset[int] = frozenset()
    """Indexes in `texts` that the engine did not answer: another try may help."""


class Prompt(NamedTuple):
    """A conversation with a language model, which is to answer in JSON."""

    rules: str
    """Fixed instructions: no text from outside is part of them."""
    turns: tuple[str, ...]
    """Messages of the user and answers of the model in turns; the first and the last are the
    user's.
    """
    schema: Mapping[str, Any]
    """JSON schema of the answer."""
    characters: int
    """Characters of the texts that are to be translated or judged; the rest is only read."""

    @property
    def read(self) -> int:
        """Characters that are only read, without the rules."""
        return max(0, sum(map(len, self.turns)) - self.characters)


class Reply(NamedTuple):
    """The answer of a language model, not yet parsed."""

    text: str
    tokens: tuple[int, int] | None = None
    """Input and output tokens, if the model reports them."""


class Poster(Protocol):
    """The part of `network.sending.Connection` that engines use."""

    def post(
        self,
        url: str,
        headers: Mapping[str, str],
        body: object,
        *,
        characters: int,
        private: bool,
        tries: int = 4,
        read: int = 0,
    ) -> Any:
        """Return the decoded JSON of the response. Raise `network.errors.EngineError` on
        failure.
        """
        ...


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that `Engine.translate` needs besides the texts."""

    engine: str
    model: str
    url: str
    source: str
    """Locale code of the project's source language, such as `ko` or `zh_Hans`."""
    target: str
    wire: Poster
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    options: Mapping[str, str] = field(default_factory=dict)
    private: bool = True
    """True if the texts may go to local engines only; the safe default."""
    memo: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Facts that the engine learned about its server, kept for the rest of the run."""

    def post(
        self, path: str, headers: Mapping[str, str], body: object, items: Sequence[EngineItem], *, tries: int = 4
    ) -> Any:
        characters = sum(len(item.text) for item in items)
        url = self.url.rstrip("/") + path
        return self.wire.post(url, headers, body, characters=characters, private=self.private, tries=tries)

    def post_prompt(
        self, path: str, headers: Mapping[str, str], body: object, prompt: Prompt, *, tries: int = 4
    ) -> Any:
        """Send the request that a language model gets for a prompt."""
        url, counts = self.url.rstrip("/") + path, {"characters": prompt.characters, "read": prompt.read}
        return self.wire.post(url, headers, body, **counts, private=self.private, tries=tries)

    def language(self, side: str, codes: Mapping[str, str]) -> str:
        """Return the engine's code for the `source` or `target` language.

        The user's option comes first, then the entry in `codes`, then the locale as a BCP 47 tag.
        """
        locale = self.source if side == "source" else self.target
        return self.options.get(side) or codes.get(locale) or locale.replace("_", "-")


class Engine(Protocol):
    """Interface of an engine module. The docstring of the module is printed in the documents: it
    names the API, links to its reference, and says how to set it up.
    """

    URL: str = ""
    """Base URL of the vendor's API; empty if the user must set it, or if the engine needs none."""
    HOSTS: Sequence[str] = ()
    """Further hosts of the vendor."""
    MODEL: str = ""
    """Default model; empty if the vendor has only one."""
    KEYS: Mapping[str, str] = {}
    """Name of a key -> environment variable that holds it. A name ending in `?` is optional."""
    OPTIONS: Mapping[str, str] = {}
    """Name of an engine-specific option in engines.toml -> its meaning. A name ending in `!` is
    required.
    """
    LIMITS: Limits
    PRICE: float | None
    """List price of a million characters in US dollars; 0 for local engines, None if it depends on
    the model.
    """
    IN_PROCESS: bool = False
    """True if the engine runs in this process and opens no socket."""
    PROMPT: str = ""
    """Digest of the prompt, as part of the cache key; empty for engines that are not language
    models.
    """

    complete: Callable[[Prompt, Setup], Reply] | None = None
    """Answers a prompt, for language models: they draft whole reports. Raise
    `network.errors.EngineError` on failure. None for engines of single sentences.
    """

    @staticmethod
    def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
        """Translate items within `LIMITS`. Raise `network.errors.EngineError` on failure."""
        ...

    @staticmethod
    def is_used_up(status: int, body: object) -> bool:
        """True if a response says that the monthly or daily quota is used up, so that retrying is
        useless.
        """
        ...


registry = Registry(__name__, __path__, "engine", Engine)
names, load = registry.names, registry.load

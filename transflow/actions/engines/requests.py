"""The requests of a run: which texts go into one, and what an answer is worth.

Engines of sentences get each text once, in batches. Language models get windows of a report
(`report_windows`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from transflow.actions.engines.prompt_context import PromptContexts
from transflow.actions.engines.untranslated import SentenceToDraft
from transflow.engines import EngineAnswer, EngineItem
from transflow.engines.running.answers import cache_key
from transflow.engines.running.batches import batches, group_identical, is_too_long
from transflow.engines.running.judging import accept_or_refuse
from transflow.messages import Message

if TYPE_CHECKING:
    from transflow.engines.setup.ready import ReadyEngine


class Requests(Protocol):
    """The texts of a run, and how they are asked about."""

    sentences_of: dict[str, list[SentenceToDraft]]
    """Item id -> the sentences that get its answer."""
    items: list[EngineItem]
    too_long: list[SentenceToDraft]
    """Sentences that do not fit into a request."""

    def key(self, item: EngineItem) -> bytes:
        """Return the cache key of an item's answer."""
        ...

    def batches(self, items: Sequence[EngineItem]) -> list[list[EngineItem]]:
        """Return the items of each request."""
        ...

    def characters_read(self, batch: Sequence[EngineItem], /) -> int:
        """Return the estimated number of characters that a request has besides its texts."""
        ...

    def ask(self, batch: Sequence[EngineItem]) -> EngineAnswer:
        """Send a request; called by the threads of a run."""
        ...

    def accepted(self, item: EngineItem, text: str) -> tuple[str, Message]:
        """Return the text to store, or an empty one and the reason why it is refused."""
        ...

    def standing_checks(self, item: EngineItem, text: str, /) -> tuple[str, ...]:
        """Return the checks that still find an error in an accepted text."""
        ...


class SentenceRequests:
    """Requests to an engine of sentences: each distinct text once."""

    def __init__(self, ready: ReadyEngine, contexts: PromptContexts, sentences: Sequence[SentenceToDraft]) -> None:
        self._ready, self._contexts = ready, contexts
        self.sentences_of: dict[str, list[SentenceToDraft]] = {}
        self.items: list[EngineItem] = []
        self.too_long: list[SentenceToDraft] = []
        all_items = [contexts.item(str(index), each) for index, each in enumerate(sentences)]
        for duplicates in group_identical(all_items).values():
            same = [sentences[int(item.id)] for item in duplicates]
            if is_too_long(duplicates[0], ready.limits):
                self.too_long += same
                continue
            self.items.append(duplicates[0])
            self.sentences_of[duplicates[0].id] = same

    def key(self, item: EngineItem) -> bytes:
        return cache_key(self._ready.setup, self._ready.engine.PROMPT, item)

    def batches(self, items: Sequence[EngineItem]) -> list[list[EngineItem]]:
        return list(batches(items, self._ready.limits))

    def characters_read(self, _batch: Sequence[EngineItem]) -> int:
        return 0

    def ask(self, batch: Sequence[EngineItem]) -> EngineAnswer:
        first = {item.id: self.sentences_of[item.id][0] for item in batch}
        items = [self._contexts.with_examples(item, first[item.id]) for item in batch]
        return self._ready.translate(items, private=any(sentence.private for sentence in first.values()))

    def accepted(self, item: EngineItem, text: str) -> tuple[str, Message]:
        return accept_or_refuse(item, text, self._ready.setup.source, self._ready.setup.target)

    def standing_checks(self, _item: EngineItem, _text: str) -> tuple[str, ...]:
        return ()

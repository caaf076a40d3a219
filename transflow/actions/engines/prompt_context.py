"""Context for an engine: terms, neighbouring sentences, and translations of similar ones.

Invariant: only what the engine reads is looked up, and a failing memory costs nothing but the
examples; texts of a confidential report are examples within that report only.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from transflow.actions.language.glossary import matcher
from transflow.actions.language.memory import Memory, MemoryFailedError
from transflow.engines import EngineItem, PromptExample, PromptTerm
from transflow.engines.setup.ready import ReadyEngine
from transflow.memory.match import Origin
from transflow.project import CatalogRef, Project

if TYPE_CHECKING:
    from transflow.actions.language.memory import Memory
    from transflow.model.unit import Unit

MOST_EXAMPLES = 3
"""Maximum for each sentence; a request has at most five."""
LEAST_ALIKE = 70


class _Asked(Protocol):
    """The attributes of `SentenceToDraft` that are used here."""

    @property
    def place(self) -> CatalogRef: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def private(self) -> bool: ...


class PromptContexts:
    """Prompt contexts of one run."""

    def __init__(self, project: Project, ready: ReadyEngine, now: str) -> None:
        self._project, self._now = project, now
        self._reads_terms = bool(ready.engine.PROMPT)
        self._is_memory = ready.setup.engine == "memory"
        self._reads_examples = bool(ready.engine.PROMPT) or self._is_memory
        self._memories: dict[str, Memory] = {}
        self.origins: dict[str, Origin] = {}
        """Id of an item -> origin of its first example, for the memory."""
        self._lock = threading.Lock()

    def item(self, item_id: str, sentence: _Asked) -> EngineItem:
        text, place = sentence.unit.source, sentence.place
        return EngineItem(
            item_id,
            text,
            sentence.before,
            sentence.after,
            self._found_terms(place.locale, text) if self._reads_terms else (),
            group=place.slug if sentence.private else "",
            kind="" if sentence.unit.kind == "paragraph" else sentence.unit.kind,
            continued=sentence.unit.continued,
        )

    def with_examples(self, item: EngineItem, sentence: _Asked) -> EngineItem:
        """Return the item with examples from the memory.

        They are looked up when the item is sent, in the thread that sends it.
        """
        return item._replace(examples=self._examples(item.id, sentence)) if self._reads_examples else item

    def names(self, locale: str, text: str) -> tuple[PromptTerm, ...]:
        """Return the approved spellings of the people, places and organisations in a text."""
        return self._found_terms(locale, text, names_only=True)

    def close(self) -> None:
        for memory in self._memories.values():
            memory.close()

    def _found_terms(self, locale: str, text: str, *, names_only: bool = False) -> tuple[PromptTerm, ...]:
        found = dict.fromkeys(hit.term for hit in matcher(self._project, locale).find(text) if hit.certain)
        return tuple(
            PromptTerm(term.source, term.target, term.forbidden, term.short)
            for term in found
            if term.target and not term.open and not (names_only and term.kind == "term")
        )

    def _examples(self, item_id: str, sentence: _Asked) -> tuple[PromptExample, ...]:
        place, unit = sentence.place, sentence.unit
        with self._lock:
            if place.locale not in self._memories:
                self._memories[place.locale] = Memory(
                    self._project, place.locale, refresh_interval=60.0, clock=lambda: self._now
                )
        try:
            matches = self._memories[place.locale].lookup(
                unit.source,
                LEAST_ALIKE,
                MOST_EXAMPLES,
                report=place.slug,
                unit=unit.id,
                neighbours=(sentence.before, sentence.after),
            )
        except MemoryFailedError:
            if self._is_memory:
                raise
            return ()
        usable = [each for each in matches if each.origin.state != "needs-work"]
        if self._is_memory and usable:
            self.origins[item_id] = usable[0].origin
        return tuple(PromptExample(each.source, each.target, each.score) for each in usable)

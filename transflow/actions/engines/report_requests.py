"""Requests to a language model: windows of reports, judged by our checks, and repaired once.

Invariant: what a report says changes no text but its own: an answer is taken for the sentences of
its window only, and not if another sentence dictated it. A draft with an error that the repair left
is kept with its warning; a person looks at each anyway.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from transflow.actions.checks.cached import LiveChecker
from transflow.actions.engines.prompt_context import PromptContexts
from transflow.actions.engines.report_windows import (
    ReportContext,
    ReportWindow,
    date_and_style,
    report_units,
    windows,
)
from transflow.actions.engines.untranslated import SentenceToDraft
from transflow.checks import family
from transflow.engines import EngineAnswer, EngineItem
from transflow.engines.prompting.asking import Window, first_prompt
from transflow.engines.prompting.drafting import DraftFault, draft
from transflow.engines.running import judging
from transflow.engines.running.answers import cache_key
from transflow.engines.running.batches import is_too_long
from transflow.messages import NOTHING, Message, Messages
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project

if TYPE_CHECKING:
    from transflow.engines.setup.ready import ReadyEngine

MESSAGES = Messages(__name__, {"not-judged": "what it answers cannot be judged."})
OMISSION = "omission"
"""The family of checks whose hints are a reason to repair a machine's text too."""


class ReportRequests:
    """Requests to a language model: windows of reports."""

    def __init__(
        self, project: Project, ready: ReadyEngine, contexts: PromptContexts, sentences: Sequence[SentenceToDraft]
    ) -> None:
        self._project, self._ready, self._contexts = project, ready, contexts
        self._checker = LiveChecker(project)
        self.sentences_of: dict[str, list[SentenceToDraft]] = {}
        self.items: list[EngineItem] = []
        self.too_long: list[SentenceToDraft] = []
        self._window_of: dict[str, ReportWindow] = {}
        self._digests: dict[tuple[CatalogRef, int], str] = {}
        self._is_loading = False
        """True once the checks are loaded, which takes longer than a window of them: this is done
        while the server works on the first answer.
        """
        self._known_faults: dict[tuple[str, str], list[DraftFault]] = {}
        for place, asked in groupby(sentences, lambda each: each.place):
            self._add(place, list(asked))

    def _add(self, place: CatalogRef, asked: Sequence[SentenceToDraft]) -> None:
        """Add the sentences of a report that are asked about."""
        found = list(windows(self._context(place), self._ready.limits))
        window_of = {unit_id: window for window in found for unit_id in window.unit_ids}
        for sentence in asked:
            item = self._contexts.item(str(len(self.items)), sentence)
            if sentence.unit.id not in window_of or is_too_long(item, self._ready.limits):
                self.too_long.append(sentence)
                continue
            self._window_of[item.id] = window_of[sentence.unit.id]
            self.sentences_of[item.id] = [sentence]
            self.items.append(item)

    def _context(self, place: CatalogRef) -> ReportContext:
        catalog = self._project.load(place)
        units = report_units(catalog)
        date, style = date_and_style(self._project, place, catalog)
        names = self._contexts.names(place.locale, "\n".join(unit.source for unit in units))
        return ReportContext(place, catalog, units, date, names, style)

    def key(self, item: EngineItem) -> bytes:
        unit = self.sentences_of[item.id][0].unit
        context = (self._digest(self._window_of[item.id]), unit.id)
        return cache_key(self._ready.setup, self._ready.engine.PROMPT, item, *context)

    def _digest(self, window: ReportWindow) -> str:
        place = window.report.place, window.start
        if place not in self._digests:
            self._digests[place] = window.digest()
        return self._digests[place]

    def batches(self, items: Sequence[EngineItem]) -> list[list[EngineItem]]:
        return [list(batch) for _, batch in groupby(items, self._place_of_window)]

    def _place_of_window(self, item: EngineItem) -> tuple[CatalogRef, int]:
        window = self._window_of[item.id]
        return window.report.place, window.start

    def characters_read(self, batch: Sequence[EngineItem]) -> int:
        return first_prompt(self._window(batch), self._ready.setup).read

    def ask(self, batch: Sequence[EngineItem]) -> EngineAnswer:
        if not self._is_loading:
            self._is_loading = True
            threading.Thread(target=self._faults, args=(batch[0].id, "x" * len(batch[0].text)), daemon=True).start()
        sentences = [self.sentences_of[item.id][0] for item in batch]
        items = [self._contexts.with_examples(*each) for each in zip(batch, sentences, strict=True)]
        private = any(sentence.private for sentence in sentences)
        item_ids = {sentence.unit.id: item.id for item, sentence in zip(batch, sentences, strict=True)}
        return draft(
            self._window(items),
            self._ready.setup,
            lambda prompt: self._ready.complete(prompt, private=private),
            lambda item, text: self._faults(item_ids[item.id], text),
            lambda: not (self._ready.cancel and self._ready.cancel.is_set()),
        )

    def _window(self, batch: Sequence[EngineItem]) -> Window:
        """Return the window of a request, in which sentences go by the ids of their units."""
        items = tuple(item._replace(id=self.sentences_of[item.id][0].unit.id) for item in batch)
        return self._window_of[batch[0].id].as_asked()._replace(items=items)

    def accepted(self, item: EngineItem, text: str) -> tuple[str, Message]:
        stored = judging.storable(text)
        reason = self._why_refused(item.id, stored)
        return ("", reason) if reason else (stored, NOTHING)

    def standing_checks(self, item: EngineItem, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.check for each in self._faults(item.id, text) if each.check))

    def _why_refused(self, item_id: str, text: str) -> Message:
        """Return why a text cannot be a draft, or an empty message."""
        unit, units, setup = self._unit(item_id), self._window_of[item_id].report.units, self._ready.setup
        others = (other.source for other in units if other.id != unit.id)
        return judging.why_unusable(unit.source, text, setup.source, setup.target) or judging.why_dictated(
            unit.source, text, others
        )

    def _faults(self, item_id: str, text: str) -> list[DraftFault]:
        """Return the faults of a text: why it is refused, or what the checks find in it."""
        key = item_id, text
        if key not in self._known_faults:
            try:
                self._known_faults[key] = self._judged(item_id, judging.storable(text))
            except Exception:  # noqa: BLE001 - an answer can be anything
                return [DraftFault(MESSAGES("not-judged"), is_fatal=True)]
        return self._known_faults[key]

    def _judged(self, item_id: str, stored: str) -> list[DraftFault]:
        unit, report = self._unit(item_id), self._window_of[item_id].report
        if reason := self._why_refused(item_id, stored):
            return [DraftFault(reason, is_fatal=True)]
        issues = self._checker.issues(
            unit.replace(target=stored), report.place.locale, report.place.slug, report.catalog
        )
        return [
            DraftFault(issue.message, issue.check)
            for issue in issues
            if issue.severity == "error" or family(issue.check) == OMISSION
        ]

    def _unit(self, item_id: str) -> Unit:
        return self.sentences_of[item_id][0].unit

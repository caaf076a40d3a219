"""Machine drafts for sentences that have no translation: `transflow suggest`.

Invariant: a machine's text is stored as a fuzzy draft with the machine as its author, and never
replaces a text. Each batch is written to the record when it arrives, so that an interruption loses
nothing; no text is sent twice. Texts of confidential reports go to local engines only.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.engines.prompt_context import PromptContexts
from transflow.actions.engines.response_cache import is_private, kept_back, open_cache
from transflow.actions.refs import target
from transflow.attribution import stamps
from transflow.engines import EngineAnswer, EngineItem, settings
from transflow.engines.prompting.judging import judged, storable
from transflow.engines.running.answers import mark
from transflow.engines.running.batches import apart, batches, too_long
from transflow.engines.running.run import EngineRun, TextOutcome
from transflow.engines.setups import Ready, ready
from transflow.engines.spending import Ledger, folder
from transflow.engines.spending import mark as project_mark
from transflow.errors import RefusedError, UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.network.hosts import host_of
from transflow.project import CatalogRef, Project
from transflow.units import workflow


class SentenceToDraft(NamedTuple):
    """A unit without a text, with its position and its neighbours' sources."""

    place: CatalogRef
    number: int
    unit: Unit
    before: str
    after: str
    private: bool

    def __str__(self) -> str:
        return f"{self.place}#{self.number}"


class Plan(NamedTuple):
    """The requests that a run would send, and their cost."""

    author: str
    host: str
    """Host that would receive the texts; empty if they stay in this process."""
    sentences: int
    known: int
    """Sentences whose answer is in the cache."""
    requests: int
    characters: int
    """Characters of the texts to send."""
    cost: float
    spent: float
    """Spent this month, in all projects of the user."""
    cap: float
    currency: str
    withheld: tuple[str, ...]
    """Reports that must not go to this engine, with the reason: "en:un-letter is confidential"."""


class Untold(NamedTuple):
    """A sentence that got no draft, and the reason."""

    sentence: SentenceToDraft
    why: str
    failed: bool


def untranslated(
    project: Project, place: CatalogRef, ids: Sequence[str] | None, *, private: bool
) -> Iterator[SentenceToDraft]:
    """Yield the untranslated sentences of a report: all, or those of `ids`."""
    units = project.load(place).units
    wanted = None if ids is None else set(ids)
    for at, unit in enumerate(units):
        if (
            workflow.state(unit) == "untranslated"
            and not (unit.redacted or unit.is_unprintable)
            and (wanted is None or unit.id in wanted)
        ):
            yield SentenceToDraft(place, at + 1, unit, *around(units, at), private)


def around(units: Sequence[Unit], at: int) -> tuple[str, str]:
    """Return the sources of the neighbouring sentences that may be sent along."""
    before, after = (
        units[near].source if 0 <= near < len(units) and not units[near].is_unprintable else ""
        for near in (at - 1, at + 1)
    )
    return before, after


def engine_name(project: Project, own: settings.EngineSettings, named: str = "") -> str:
    """Return the name of the engine: as passed, or from the user's settings, or the project's."""
    return named or own.default or project.settings.engine


@dataclass
class Suggestions:
    """A run of an engine; made by `prepare`."""

    actor: Actor
    ready: Ready
    own: settings.EngineSettings
    sentences: list[SentenceToDraft]
    withheld: tuple[CatalogRef, ...] = ()
    again: bool = False
    broken: tuple[UnreadableError, ...] = ()
    """Errors of catalogs that cannot be read."""
    written: dict[CatalogRef, int] = field(default_factory=dict)
    untold: list[Untold] = field(default_factory=list)
    error: Exception | None = None
    """The error that ended the run early."""

    def __post_init__(self) -> None:
        self._asked: dict[str, list[SentenceToDraft]] = {}
        self._marks: dict[str, bytes] = {}
        self._under_way: list[TextOutcome] = []
        self._answers = None if self.ready.engine.IN_PROCESS else open_cache(self.actor.project, self.actor.now)
        self._hints = PromptContexts(self.actor.project, self.ready, self.actor.now)
        self._items = self._prepare()
        self._known = self._kept()
        self._batches = list(batches([item for item in self._items if item.id not in self._known], self.ready.limits))

    # Preparation

    def _prepare(self) -> list[EngineItem]:
        """Return an item for each distinct text; texts too long for the engine go into `untold`."""
        every = [self._hints.item(str(at), each) for at, each in enumerate(self.sentences)]
        kept = []
        for same in apart(every).values():
            sentences = [self.sentences[int(item.id)] for item in same]
            if too_long(same[0], self.ready.limits):
                self.untold += [Untold(each, "it is too long for this engine.", failed=False) for each in sentences]
                continue
            kept.append(same[0])
            self._asked[same[0].id] = sentences
            self._marks[same[0].id] = mark(self.ready.setup, self.ready.engine.PROMPT, same[0])
        return kept

    def _kept(self) -> dict[str, str]:
        """Return item id -> answer from the cache."""
        if self._answers is None:
            return {}
        if self.again:
            return {}
        found = self._answers.found(list(self._marks.values()))
        return {item.id: found[self._marks[item.id]] for item in self._items if self._marks[item.id] in found}

    def plan(self) -> Plan:
        """Return the requests of this run and their cost, without sending anything."""
        sent = [item for batch in self._batches for item in batch]
        characters = sum(len(item.text) for item in sent)
        ledger = Ledger(folder(), project_mark(self.actor.project.root), self.own.cap, self.own.currency)
        return Plan(
            self.ready.author,
            host_of(self.ready.setup.url),
            len(self.sentences),
            sum(len(self._asked[each]) for each in self._known),
            0 if self.ready.engine.IN_PROCESS else len(self._batches),
            characters,
            self.ready.price.of_characters(characters, len(self._batches)),
            ledger.spent(),
            self.own.cap,
            self.own.currency,
            tuple(f"{each} {kept_back(self.actor.project, each.slug, self.actor.now)}" for each in self.withheld),
        )

    # Execution

    def run(self) -> Iterator[int]:
        """Send the texts and write the drafts; yield the number of completed sentences per batch.

        The outcome is in `written`, `untold` and `error`.
        """
        unwritten: list[TextOutcome] = []
        try:
            with closing(self._fates()) as found:
                for fates in found:
                    unwritten[:] = fates
                    done = self._settle(fates)
                    unwritten.clear()
                    yield done
        finally:
            self._settle([fate for fate in (*unwritten, *self._under_way) if fate.text])

    def texts(self) -> Iterator[str]:
        """Yield the answers without writing to the record; the cache keeps them."""
        with closing(self._fates()) as found:
            yield from self._read(found)

    def _read(self, found: Iterator[Sequence[TextOutcome]]) -> Iterator[str]:
        for fates in found:
            self.untold += [
                Untold(each, self._judged(fate)[1], fate.failed) for fate in fates for each in self._asked[fate.item.id]
            ]
            yield from filter(None, (self._judged(fate)[0] for fate in fates))

    def _fates(self) -> Generator[Sequence[TextOutcome]]:
        """Yield the outcomes of items as they arrive.

        If the run is interrupted, outcomes on their way are put into `_under_way`, since they are
        paid for.
        """
        if self._known:
            items = {item.id: item for item in self._items}
            why = "it had no text for this before: --again asks anew."
            yield [TextOutcome(items[each], text, "" if text else why) for each, text in self._known.items()]
        run = EngineRun(
            self.ready.setup.engine,
            self._batches,
            self._ask,
            threads=self.ready.threads,
            cancel=self.ready.cancel or threading.Event(),
        )
        try:
            for fates in run:
                self._keep(fates)
                yield fates
        except BaseException:
            self._under_way = run.stop()
            self._keep(self._under_way)
            raise
        self.error = run.error

    def _ask(self, batch: Sequence[EngineItem]) -> EngineAnswer:
        """Send a batch; called by the threads of a run."""
        first = {item.id: self._asked[item.id][0] for item in batch}
        items = [self._hints.with_examples(item, first[item.id]) for item in batch]
        return self.ready.ask(items, private=any(sentence.private for sentence in first.values()))

    def close(self) -> None:
        self.ready.close()
        self._hints.close()
        if self._answers is not None:
            self._answers.close()

    def _keep(self, fates: Sequence[TextOutcome]) -> None:
        if self._answers is not None:
            self._answers.keep(
                (self._marks[fate.item.id], sentence.place.slug, fate.text)
                for fate in fates
                for sentence in self._asked[fate.item.id][:1]
                if not fate.failed and not sentence.private
            )

    def _judged(self, fate: TextOutcome) -> tuple[str, str]:
        """Return an answer's text in the form to store, or the reason why it is rejected.

        Answers are cached before they are judged: they are paid for, and one that cannot be judged
        must not cost the others.
        """
        if not fate.text:
            return "", fate.why or "it answers with nothing."
        try:
            text, why = self._taken(fate.item, fate.text)
        except Exception:  # noqa: BLE001 - an answer can be anything
            text, why = "", "what it answers cannot be judged."
        return text, f"{why} --again asks anew." if why and fate.item.id in self._known else why

    def _taken(self, item: EngineItem, text: str) -> tuple[str, str]:
        if self.ready.engine.PROMPT:
            return judged(item, text, self.ready.setup.source, self.ready.setup.target)
        text = storable(text)
        return text, "" if text else "it answers with nothing."

    def _settle(self, fates: Sequence[TextOutcome]) -> int:
        """Write the drafts, and return the number of completed sentences."""
        texts: defaultdict[CatalogRef, dict[str, tuple[str, str]]] = defaultdict(dict)
        done = 0
        for fate in fates:
            text, why = self._judged(fate)
            for sentence in self._asked[fate.item.id]:
                done += 1
                if text:
                    texts[sentence.place][sentence.unit.id] = sentence.unit.source, text
                else:
                    self.untold.append(Untold(sentence, why, fate.failed))
        for place, of_units in texts.items():
            self.written[place] = self.written.get(place, 0) + self._write(place, of_units)
        return done

    def _write(self, place: CatalogRef, texts: dict[str, tuple[str, str]]) -> int:
        """Write drafts to units that are still untranslated, and return their number."""
        drafted, author = set[str](), self.ready.author

        def change(unit: Unit) -> Unit:
            source, text = texts.get(unit.id, ("", ""))
            if not text or unit.source != source or workflow.state(unit) != "untranslated":
                return unit
            # A stamp in the future blocks edits of the unit until it is repaired.
            if stamps.newest(unit).time > stamps.horizon(self.actor.now):
                return unit
            drafted.add(unit.id)
            return workflow.draft(unit, text, author, self.actor.now)

        def all_units(catalog: Catalog) -> Catalog:
            drafted.clear()
            return catalog.replace(units=tuple(map(change, catalog.units)))

        self.actor.project.change(place, all_units)
        return len(drafted)


def prepare(
    actor: Actor,
    ref: str,
    *,
    locale: str = "",
    engine: str = "",
    again: bool = False,
    cancel: threading.Event | None = None,
    asks: bool = True,
) -> Suggestions:
    """Prepare the drafts for a REF of a report, or for all reports of a locale if it is empty.

    With `asks=False` the run can only be inspected, and no API key is needed. Raises RefusedError
    if the named report is confidential and the engine is not local.
    """
    project, own = actor.project, settings.load()
    if ref:
        wanted = target(project, ref, "reports")
        chosen = [(wanted.place, wanted.ids(project.load(wanted.place)) if wanted.selector else None)]
    else:
        chosen = [(place, None) for place in project.places(project.locale(locale), "reports")]
    language = chosen[0][0].locale if chosen else project.locale(locale)
    name = engine_name(project, own, engine)
    made = ready(name, project.settings.source, language, own, project.root, cancel=cancel, asks=asks)
    private = {place: is_private(project, place.slug, actor.now) for place, _ in chosen}
    withheld = tuple(place for place in private if private[place] and not made.is_local)
    if ref and withheld:
        why = kept_back(project, withheld[0].slug, actor.now)
        raise RefusedError(
            f"{withheld[0]} {why}, and {made.setup.engine} is asked on another machine. Nothing was sent. Take a "
            "local engine: --engine memory, or ctranslate2."
        )
    sentences: list[SentenceToDraft] = []
    broken: list[UnreadableError] = []
    for place, ids in chosen:
        try:
            sentences += untranslated(project, place, ids, private=private[place]) if place not in withheld else ()
        except UnreadableError as error:
            broken.append(error)
    return Suggestions(actor, made, own, sentences, withheld, again, tuple(broken))

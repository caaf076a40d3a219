"""Machine drafts for sentences that have no translation: `transflow suggest`.

Invariant: a machine's text is stored as a fuzzy draft with the machine as its author, and never
replaces a text. Each batch is written to the record when it arrives, so that an interruption loses
nothing; no text is sent twice. Texts of confidential reports go to local engines only.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.engines.permissions import check_engine, check_rule, is_local_only
from transflow.actions.engines.prompt_context import PromptContexts
from transflow.actions.engines.report_requests import ReportRequests
from transflow.actions.engines.requests import Requests, SentenceRequests
from transflow.actions.engines.response_cache import is_private, open_cache, privacy_reason
from transflow.actions.engines.untranslated import SentenceToDraft, untranslated
from transflow.actions.refs import parse_ref
from transflow.actions.units.remembered import remembered, why_not_again
from transflow.attribution import stamps
from transflow.engines.running.run import EngineRun, TextOutcome
from transflow.engines.setup import settings
from transflow.engines.setup.ready import ReadyEngine, ready_engine
from transflow.engines.setup.spending import Ledger, ledger_folder
from transflow.errors import RefusedError, TransflowError, UnreadableError
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Conflict, Unit
from transflow.network.hosts import host_of
from transflow.project import CatalogRef, Project
from transflow.project.languages import source_of
from transflow.units import workflow
from transflow.user_folders import project_id as project_mark

MESSAGES = Messages(
    __name__,
    {
        "too-long": "it is too long for this engine.",
        "known-to-have-none": "it had no text for this before: --again asks anew.",
        "nothing": "it answers with nothing.",
        "not-judged": "what it answers cannot be judged.",
        "cached": "{reason} --again asks anew.",
        "private": "{reason}, and {engine} is asked on another machine. Nothing was sent. Take a local engine: --engine "
        "memory, or ctranslate2.",
    },
)


class Plan(NamedTuple):
    """The requests that a run would send, and their cost."""

    author: str
    host: str
    """Host that would receive the texts; empty if they stay in this process."""
    sentences: int
    cached: int
    """Sentences whose answer is in the cache."""
    requests: int
    characters: int
    """Characters of the texts to send."""
    cost: float
    most_cost: float
    """Cost if every answer of a language model has to be repaired."""
    spent: float
    """Spent this month, in all projects of the user."""
    cap: float
    currency: str
    withheld: tuple[Message, ...]
    """Reports that must not go to this engine, with the reason: "en:un-letter is confidential"."""
    passed_over: tuple[str, ...]
    """Reports in another language than the newsroom's."""


_FoundText = tuple[str, str, tuple[Conflict, ...]]
"""A source, its text, and the texts that this was taken from."""


class FailedDraft(NamedTuple):
    """A sentence that got no draft, and the reason."""

    sentence: SentenceToDraft
    why: str
    failed: bool


class WarnedDraft(NamedTuple):
    """A draft in which checks still find an error after the repair, or an omission."""

    sentence: SentenceToDraft
    checks: tuple[str, ...]


def engine_name(project: Project, user_settings: settings.EngineSettings, named: str = "") -> str:
    """Return the name of the engine: as passed, or from the user's settings, or the project's."""
    return named or user_settings.default or project.settings.engine


def check_allowed(project: Project, user_settings: settings.EngineSettings, ready: ReadyEngine, named: str) -> None:
    """Close an engine that the user has not allowed for the project, and raise RefusedError.

    `named` is the engine that they named for this run, if they did.
    """
    is_named = bool(named or user_settings.default)
    try:
        check_engine(
            project,
            user_settings,
            ready.setup.engine,
            locale=ready.setup.target,
            is_named=is_named,
            is_local=ready.is_local,
        )
    except TransflowError:
        ready.close()
        raise


@dataclass
class Suggestions:
    """A run of an engine; made by `prepare`."""

    actor: Actor
    ready: ReadyEngine
    user_settings: settings.EngineSettings
    sentences: list[SentenceToDraft]
    withheld: tuple[CatalogRef, ...] = ()
    again: bool = False
    unreadable: tuple[UnreadableError, ...] = ()
    """Errors of catalogs that cannot be read."""
    passed_over: tuple[CatalogRef, ...] = ()
    """Reports in another language than the newsroom's, which are drafted when they are named."""
    written: dict[CatalogRef, int] = field(default_factory=dict)
    failures: list[FailedDraft] = field(default_factory=list)
    warned: list[WarnedDraft] = field(default_factory=list)
    error: Exception | None = None
    """The error that ended the run early."""

    def __post_init__(self) -> None:
        self._in_flight: list[TextOutcome] = []
        slugs = {each.place.slug for each in self.sentences if not each.private}
        self._answers = None if self.ready.engine.IN_PROCESS else open_cache(self.actor.project, self.actor.now, slugs)
        self._contexts = PromptContexts(self.actor.project, self.ready, self.actor.now)
        self._requests = self._make_requests()
        self.failures += [FailedDraft(each, MESSAGES("too-long"), failed=False) for each in self._requests.too_long]
        self._cache_keys = {item.id: self._requests.key(item) for item in self._requests.items}
        self._cached = self._answers_in_cache()
        self._batches = self._requests.batches([each for each in self._requests.items if each.id not in self._cached])

    # Preparation

    def _make_requests(self) -> Requests:
        if self.ready.drafts_reports:
            return ReportRequests(self.actor.project, self.ready, self._contexts, self.sentences)
        return SentenceRequests(self.ready, self._contexts, self.sentences)

    def _answers_in_cache(self) -> dict[str, str]:
        """Return item id -> answer from the cache."""
        if self._answers is None or self.again:
            return {}
        found = self._answers.get_many(list(self._cache_keys.values()))
        return {item_id: found[key] for item_id, key in self._cache_keys.items() if key in found}

    def plan(self) -> Plan:
        """Return the requests of this run and their cost, without sending anything."""
        characters = sum(len(item.text) for batch in self._batches for item in batch)
        read = sum(map(self._requests.characters_read, self._batches))
        ledger = Ledger(
            ledger_folder(), project_mark(self.actor.project.root), self.user_settings.cap, self.user_settings.currency
        )
        return Plan(
            self.ready.author,
            host_of(self.ready.setup.url),
            len(self.sentences),
            sum(len(self._requests.sentences_of[each]) for each in self._cached),
            0 if self.ready.engine.IN_PROCESS else len(self._batches),
            characters,
            self.ready.price.of_characters(characters, len(self._batches), read),
            self._most_cost(characters, read),
            ledger.spent(),
            self.user_settings.cap,
            self.user_settings.currency,
            tuple(privacy_reason(self.actor.project, each, self.actor.now) for each in self.withheld),
            tuple(map(str, self.passed_over)),
        )

    def _most_cost(self, characters: int, read: int) -> float:
        """Return the cost if every request has a second turn, which reads all of the first."""
        price, requests = self.ready.price, len(self._batches)
        first = price.of_characters(characters, requests, read)
        return first + price.of_characters(characters, requests, read + characters) * self.ready.drafts_reports

    # Execution

    def run(self) -> Iterator[int]:
        """Send the texts and write the drafts; yield the number of completed sentences per batch.

        The outcome is in `written`, `failures` and `error`.
        """
        unwritten: list[TextOutcome] = []
        try:
            with closing(self._outcomes()) as found:
                for outcomes in found:
                    unwritten[:] = outcomes
                    done = self._write_drafts(outcomes)
                    unwritten.clear()
                    yield done
        finally:
            self._write_drafts([outcome for outcome in (*unwritten, *self._in_flight) if outcome.text])

    def texts(self) -> Iterator[str]:
        """Yield the answers without writing to the record; the cache keeps them."""
        with closing(self._outcomes()) as outcomes:
            yield from self._read(outcomes)

    def _read(self, batches: Iterator[Sequence[TextOutcome]]) -> Iterator[str]:
        for outcomes in batches:
            self.failures += [
                FailedDraft(each, self._text_or_reason(outcome)[1], outcome.failed)
                for outcome in outcomes
                for each in self._requests.sentences_of[outcome.item.id]
            ]
            yield from filter(None, (self._text_or_reason(outcome)[0] for outcome in outcomes))

    def _outcomes(self) -> Generator[Sequence[TextOutcome]]:
        """Yield the outcomes of items as they arrive.

        If the run is interrupted, outcomes on their way are put into `_in_flight`, since they are
        paid for.
        """
        if self._cached:
            items = {item.id: item for item in self._requests.items}
            reason = MESSAGES("known-to-have-none")
            yield [TextOutcome(items[each], text, "" if text else reason) for each, text in self._cached.items()]
        run = EngineRun(
            self.ready.setup.engine,
            self._batches,
            self._requests.ask,
            threads=self.ready.threads,
            cancel=self.ready.cancel or threading.Event(),
        )
        try:
            for outcomes in run:
                self._cache_outcomes(outcomes)
                yield outcomes
        except BaseException:
            self._in_flight = run.stop()
            self._cache_outcomes(self._in_flight)
            raise
        self.error = run.error

    def close(self) -> None:
        self.ready.close()
        self._contexts.close()
        if self._answers is not None:
            self._answers.close()

    def _cache_outcomes(self, outcomes: Sequence[TextOutcome]) -> None:
        if self._answers is not None:
            self._answers.store(
                (self._cache_keys[outcome.item.id], sentence.place.slug, outcome.text)
                for outcome in outcomes
                for sentence in self._requests.sentences_of[outcome.item.id][:1]
                if not outcome.failed and not sentence.private
            )

    def _text_or_reason(self, outcome: TextOutcome) -> tuple[str, str]:
        """Return an answer's text in the form to store, or the reason why it is rejected.

        Answers are cached before they are judged: they are paid for, and one that cannot be judged
        must not cost the others.
        """
        if not outcome.text:
            return "", outcome.reason or MESSAGES("nothing")
        try:
            text, reason = self._requests.accepted(outcome.item, outcome.text)
        except Exception:  # noqa: BLE001 - an answer can be anything
            text, reason = "", MESSAGES("not-judged")
        return text, MESSAGES("cached", reason=reason) if reason and outcome.item.id in self._cached else reason

    def _write_drafts(self, outcomes: Sequence[TextOutcome]) -> int:
        """Write the drafts, and return the number of completed sentences."""
        texts: defaultdict[CatalogRef, dict[str, _FoundText]] = defaultdict(dict)
        done = 0
        for outcome in outcomes:
            text, reason = self._text_or_reason(outcome)
            for sentence in self._requests.sentences_of[outcome.item.id]:
                done += 1
                origin, place = self._contexts.origins.get(outcome.item.id), sentence.place
                others = remembered(self.actor.project, place.locale, origin, text)
                if why := reason if not text else why_not_again(self.actor.project, place.locale, others):
                    self.failures.append(FailedDraft(sentence, why, outcome.failed))
                else:
                    texts[place][sentence.unit.id] = sentence.unit.source, text, others
                    self._note_checks(sentence, outcome)
        for place, texts_by_id in texts.items():
            self.written[place] = self.written.get(place, 0) + self._write_catalog(place, texts_by_id)
        return done

    def _note_checks(self, sentence: SentenceToDraft, outcome: TextOutcome) -> None:
        if found := self._requests.standing_checks(outcome.item, outcome.text):
            self.warned.append(WarnedDraft(sentence, found))

    def _write_catalog(self, place: CatalogRef, texts: dict[str, _FoundText]) -> int:
        """Write drafts to units that are still untranslated, and return their number."""
        drafted, author = set[str](), self.ready.author

        def change(unit: Unit) -> Unit:
            source, text, others = texts.get(unit.id, ("", "", ()))
            if not text or unit.source != source or workflow.state(unit) != "untranslated":
                return unit
            # A stamp in the future blocks edits of the unit until it is repaired.
            if stamps.newest_stamp(unit).time > stamps.latest_time(self.actor.now):
                return unit
            drafted.add(unit.id)
            return workflow.draft(unit, text, author, self.actor.now, others=others)

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

    With `asks=False` the run can only be inspected, and no API key is needed. Raise RefusedError
    if the named report is confidential and the engine is not local, or if the user has not allowed
    the engine.
    """
    project, user_settings = actor.project, settings.load()
    passed_over: tuple[CatalogRef, ...] = ()
    if ref:
        parsed = parse_ref(project, ref, "reports")
        chosen = [(parsed.place, parsed.ids(project.load(parsed.place)) if parsed.selector else None)]
    else:
        places = project.catalogs(project.locale(locale), "reports")
        chosen = [(place, None) for place in places if source_of(project, place) == project.settings.source]
        passed_over = tuple(place for place in places if _has_other_source(project, place))
    language = chosen[0][0].locale if chosen else project.locale(locale)
    source = source_of(project, chosen[0][0]) if chosen else project.settings.source
    name = engine_name(project, user_settings, engine)
    check_rule(project, language, name)
    prepared = ready_engine(name, source, language, user_settings, project.root, cancel=cancel, asks=asks)
    private = _private(actor, user_settings, [place for place, _ in chosen])
    withheld = tuple(place for place in private if private[place] and not prepared.is_local)
    if ref and withheld and is_private(project, withheld[0].slug, actor.now):
        reason = privacy_reason(project, withheld[0], actor.now)
        prepared.close()
        raise RefusedError(MESSAGES("private", reason=reason, engine=prepared.setup.engine))
    if asks:
        check_allowed(project, user_settings, prepared, engine)
    sentences, broken = _sentences(project, [each for each in chosen if each[0] not in withheld], private)
    return Suggestions(actor, prepared, user_settings, sentences, withheld, again, broken, passed_over)


def _private(
    actor: Actor, user_settings: settings.EngineSettings, places: Sequence[CatalogRef]
) -> dict[CatalogRef, bool]:
    """Return which reports may go to local engines only."""
    strict = is_local_only(actor.project, user_settings)
    return {place: strict or is_private(actor.project, place.slug, actor.now) for place in places}


def _has_other_source(project: Project, place: CatalogRef) -> bool:
    """Return whether a report is to be translated, and not from the language of the newsroom."""
    return source_of(project, place) not in (project.settings.source, place.locale)


def _sentences(
    project: Project, chosen: Sequence[tuple[CatalogRef, Sequence[str] | None]], private: Mapping[CatalogRef, bool]
) -> tuple[list[SentenceToDraft], tuple[UnreadableError, ...]]:
    """Return the sentences of catalogs to draft, and the errors of those that cannot be read."""
    sentences: list[SentenceToDraft] = []
    broken: list[UnreadableError] = []
    for place, ids in chosen:
        try:
            sentences += untranslated(project, place, ids, private=private[place])
        except UnreadableError as error:
            broken.append(error)
    return sentences, tuple(broken)

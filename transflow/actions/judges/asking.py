"""Asking a judge about translations: which texts are sent, what that costs, and the run.

Invariant: a pair of texts is asked about once; each answer is kept when it arrives, so that an
interruption loses nothing. Texts that must not leave this machine go to judges on it only, and
nothing of them is kept, also of a report that becomes confidential during the run. Nothing here
changes the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow import judges
from transflow.actions import Actor
from transflow.actions.checks.verdict_keys import key_of
from transflow.actions.engines.permissions import check_sending, is_local_only
from transflow.actions.engines.response_cache import is_private, privacy_reason
from transflow.actions.engines.untranslated import neighbours
from transflow.actions.judges.known import Judged, KnownJudgements, forget_private, may_be_kept
from transflow.actions.refs import parse_ref
from transflow.engines import Prompt, Reply
from transflow.engines.setup import settings as engine_settings
from transflow.engines.setup.ready import ReadyEngine, ready_engine
from transflow.errors import TransflowError, UsageError
from transflow.judges import Judge, JudgeFinding, JudgeItem, JudgeSetup
from transflow.judges.asking import rules
from transflow.judges.asking import settings as judge_settings
from transflow.messages import Message, Messages
from transflow.model.unit import UNPRINTED, Unit
from transflow.network.hosts import host_of
from transflow.project import CatalogRef, Project
from transflow.project.index_sync import may_leave
from transflow.project.languages import source_of
from transflow.project.places import report_path
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "story": "{ref} is of a story: judges compare the sentences of reports.",
        "languages": "{first} and {other} are in two languages: judge one after the other.",
    },
)
_DEFAULT = "openai"
"""The judge that is asked if the user chose none."""
_AT_ONCE, _CHARACTERS = 20, 12_000
"""Pairs of one request, and the characters of their texts; a single pair may have more."""


class Pair(NamedTuple):
    """A unit to judge."""

    place: CatalogRef
    number: int
    unit: Unit
    item: JudgeItem
    private: bool
    """True if its texts must stay on this machine."""
    kept: bool
    """True if what is found may be kept in the user's cache."""


class JudgePlan(NamedTuple):
    """The requests that a run would send, and their cost."""

    judge: str
    host: str
    """Host that would receive the texts; empty if they stay on this machine."""
    sentences: int
    known: int
    """Sentences that it was asked about before, with these texts."""
    requests: int
    characters: int
    cost: float
    currency: str
    passed_over: int
    """Sentences that are named and have no text to judge, are left out or may not be printed."""


@dataclass
class Judging:
    """A run of a judge; made by `prepare`. To be closed."""

    actor: Actor
    name: str
    judge: Judge
    label: str
    """Judge and model: `openai/gpt-5-mini`."""
    setup: JudgeSetup
    pairs: list[Pair]
    known: KnownJudgements
    ready: ReadyEngine | None = None
    currency: str = "USD"
    withheld: list[CatalogRef] = field(default_factory=list)
    """Reports that must not go to this judge, also those that became confidential meanwhile."""
    passed_over: int = 0
    has_asked: bool = False
    judged: list[tuple[Pair, tuple[JudgeFinding, ...]]] = field(default_factory=list)
    """Every pair with what was found, also earlier."""

    def __post_init__(self) -> None:
        self._version = key_of(self.judge.VERSION, *sorted(map(repr, self.setup.options.items()))).hex()[:16]
        self.judged = [(pair, found.findings) for pair in self.pairs if (found := self._known(pair))]
        done = {(pair.place, pair.unit.id) for pair, _ in self.judged}
        self.batches = list(_batches([each for each in self.pairs if (each.place, each.unit.id) not in done]))

    def plan(self) -> JudgePlan:
        """Return the requests of this run and their cost, without sending anything."""
        prompts = [rules.prompt([pair.item for pair in batch], self.setup) for batch in self.batches]
        characters, read = (sum(getattr(each, name) for each in prompts) for name in ("characters", "read"))
        cost = self.ready.price.of_characters(characters, len(prompts), read) if self.ready else 0.0
        return JudgePlan(
            self.label,
            host_of(self.ready.setup.url) if self.ready else "",
            len(self.pairs),
            len(self.judged),
            len(self.batches),
            characters,
            cost,
            self.currency,
            self.passed_over,
        )

    def why_withheld(self) -> list[Message]:
        """Return the reason of each report that must not go to this judge."""
        return [privacy_reason(self.actor.project, each, self.actor.now) for each in self.withheld]

    def run(self) -> Iterator[int]:
        """Ask about the texts; yield the number of sentences of each request.

        Raise EngineError, JudgeError; what was answered before is kept.
        """
        for batch in self.batches:
            if pairs := self._present(batch):
                private = any(pair.private for pair in pairs)
                setup = self.setup._replace(source=source_of(self.actor.project, pairs[0].place))
                setup = setup if self.ready is None else _with_model(setup, self.ready, private=private)
                self.has_asked = True
                found = self.judge.judge([pair.item for pair in pairs], setup)
                for pair in self._present(pairs):
                    own = tuple(each for each in found if each.item == pair.item.id)
                    self.judged.append((pair, own))
                    if pair.kept:
                        texts = (pair.unit.source, pair.unit.target, self.actor.now)
                        self.known.add(pair.place, pair.unit.id, Judged(self.label, self._version, *texts, own))
                self.known.save()
            yield len(batch)

    def _present(self, batch: Sequence[Pair]) -> list[Pair]:
        """Return the pairs that may still go to the judge: people go on working meanwhile."""
        project, place = self.actor.project, batch[0].place
        private, kept = _permissions(self.actor, place)
        if private and self.ready is not None and not self.ready.is_local:
            self.withheld += [place] if place not in self.withheld else []
            return []
        allowed = {unit.id for unit in project.load(place).units if may_be_kept(unit)}
        return [pair._replace(private=private, kept=kept) for pair in batch if pair.unit.id in allowed]

    def close(self) -> None:
        self.known.close()
        if self.ready:
            self.ready.close()

    def _known(self, pair: Pair) -> Judged | None:
        asked = (self.label, self._version, pair.unit.source, pair.unit.target)
        return next((each for each in self.known.of(pair.place, pair.unit.id) if each[:4] == asked), None)


def _with_model(setup: JudgeSetup, ready: ReadyEngine, *, private: bool) -> JudgeSetup:
    """Return the setup with the language model of an engine."""

    def complete(prompt: Prompt) -> Reply:
        return ready.complete(prompt, private=private)

    return setup._replace(complete=complete)


def prepare(actor: Actor, refs: Sequence[str], judge: str = "", *, asks: bool = True, sends: bool = True) -> Judging:
    """Prepare a run over sentences: those that are named, or all that wait for review.

    They are of one language. `judge` is the one that was named. Keys are read only if it `asks`; an
    engine is made ready, and its permission is needed, only if it `sends` or says what it would.
    Raise RefusedError, UndecidedError, ConfigError, UsageError.
    """
    project, own = actor.project, judge_settings.load()
    name = judge or own.default or _DEFAULT
    module, options = judges.load(name), own.of(name) if sends else {}
    places = _wanted(actor, refs)
    forget_private(project, actor.now)
    locale = next(iter(places)).locale if places else project.locale()
    source = source_of(project, next(iter(places))) if places else project.settings.source
    ready, label, currency = None, name, "USD"
    if module.ENGINE and sends:
        user_settings = engine_settings.load()
        ready, currency = (
            ready_engine(module.ENGINE, source, locale, user_settings, project.root, asks=asks),
            user_settings.currency,
        )
        _check_sending(project, user_settings, ready, name, is_named=bool(judge or own.default))
        label = f"{name}/{ready.setup.model}"
    is_local = ready is None or ready.is_local
    wanted = [each for place, ids in places.items() for each in _wanted_units(actor, place, ids)]
    pairs = [each for each in wanted if isinstance(each, Pair)]
    withheld = [] if is_local else list(dict.fromkeys(pair.place for pair in pairs if pair.private))
    kept = [pair for pair in pairs if pair.place not in withheld]
    judging = Judging(
        actor, name, module, label, JudgeSetup(source, locale, options), kept, KnownJudgements(project), ready, currency
    )
    judging.withheld, judging.passed_over = withheld, len(wanted) - len(pairs)
    return judging


def _check_sending(
    project: Project, settings: engine_settings.EngineSettings, ready: ReadyEngine, judge: str, *, is_named: bool
) -> None:
    """Close an engine that the user has not allowed for the project, and raise RefusedError."""
    try:
        check_sending(project, settings, ready.setup.engine, is_named=is_named, is_local=ready.is_local, judge=judge)
    except TransflowError:
        ready.close()
        raise


def _wanted(actor: Actor, refs: Sequence[str]) -> dict[CatalogRef, set[str] | None]:
    """Return the catalogs, with the ids of the named units; None for those that wait for review."""
    project = actor.project
    if not refs:
        return dict.fromkeys(project.catalogs(project.locale(), "reports"))
    found: dict[CatalogRef, set[str] | None] = {}
    for ref in refs:
        parsed = parse_ref(project, ref)
        if parsed.place.folder != "reports":
            raise UsageError(MESSAGES("story", ref=ref))
        if other := next((each for each in found if each.locale != parsed.place.locale), None):
            raise UsageError(MESSAGES("languages", first=str(other), other=str(parsed.place)))
        found.setdefault(parsed.place, set())
        ids = found[parsed.place]
        if ids is not None:
            ids |= set(parsed.ids(project.load(parsed.place)))
    return found


def _wanted_units(actor: Actor, place: CatalogRef, ids: set[str] | None) -> Iterator[Pair | None]:
    """Yield the units to judge, and None for each that is named and has nothing to judge."""
    project, units = actor.project, actor.project.load(place).units
    private, kept = _permissions(actor, place)
    is_off = project.has(report_path(place.slug)) and project.front_matter(place.slug).record in UNPRINTED
    for index, unit in enumerate(units):
        if not (workflow.state(unit) == "translated" if ids is None else unit.id in ids):
            continue
        if not unit.target or unit.omitted or unit.cut or is_off or not may_be_kept(unit):
            yield None
            continue
        kind = "" if unit.kind == "paragraph" else unit.kind
        item = JudgeItem(str(index + 1), unit.source, unit.target, kind, *neighbours(units, index))
        yield Pair(place, index + 1, unit, item, private, kept)


def _permissions(actor: Actor, place: CatalogRef) -> tuple[bool, bool]:
    """Return whether texts of a report must stay on this machine, and whether they may be kept."""
    project = actor.project
    private = is_local_only(project, engine_settings.load()) or is_private(project, place.slug, actor.now)
    return private, may_leave(project, place.slug, actor.now)


def _batches(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Yield the pairs of each request: those of one report."""
    batch: list[Pair] = []
    for pair in pairs:
        size = sum(len(each.item.source) + len(each.item.target) for each in (*batch, pair))
        if batch and (batch[0].place != pair.place or len(batch) >= _AT_ONCE or size > _CHARACTERS):
            yield batch
            batch = []
        batch.append(pair)
    if batch:
        yield batch

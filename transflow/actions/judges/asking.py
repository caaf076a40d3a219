"""Asking a judge about translations: which texts are sent, what that costs, and the run.

Invariant: a pair of texts is asked about once; each answer is kept when it arrives, so that an
interruption loses nothing. Texts that must not leave this machine go to judges on it only, and
nothing of them is kept. Nothing here changes the record.
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
from transflow.actions.judges.known import Judged, KnownJudgements, forget_private
from transflow.actions.refs import parse_ref
from transflow.engines import Prompt, Reply
from transflow.engines.setup import settings as engine_settings
from transflow.engines.setup.ready import ReadyEngine, ready_engine
from transflow.errors import UsageError
from transflow.judges import Judge, JudgeFinding, JudgeItem, JudgeSetup
from transflow.judges.asking import rules
from transflow.judges.asking import settings as judge_settings
from transflow.messages import Message, Messages
from transflow.model.unit import Unit
from transflow.network.hosts import host_of
from transflow.project import CatalogRef
from transflow.project.index_sync import may_leave
from transflow.project.languages import source_of
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
    withheld: tuple[Message, ...]
    """Reports that must not go to this judge, with the reason."""


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
    withheld: tuple[CatalogRef, ...] = ()
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
            tuple(privacy_reason(self.actor.project, each, self.actor.now) for each in self.withheld),
        )

    def run(self) -> Iterator[int]:
        """Ask about the texts; yield the number of sentences of each request.

        Raise EngineError, JudgeError; what was answered before is kept.
        """
        for batch in self.batches:
            private = batch[0].private
            setup = self.setup if self.ready is None else _with_model(self.setup, self.ready, private=private)
            found = self.judge.judge([pair.item for pair in batch], setup)
            for pair in batch:
                own = tuple(each for each in found if each.item == pair.item.id)
                self.judged.append((pair, own))
                if pair.kept:
                    texts = (pair.unit.source, pair.unit.target, self.actor.now)
                    self.known.add(pair.place, pair.unit.id, Judged(self.label, self._version, *texts, own))
            self.known.save([pair.place for pair in batch if pair.kept])
            yield len(batch)

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
        ready = ready_engine(module.ENGINE, source, locale, user_settings, project.root, asks=asks)
        is_named, currency = bool(judge or own.default), user_settings.currency
        try:
            check_sending(project, user_settings, module.ENGINE, is_named=is_named, is_local=ready.is_local)
        except Exception:
            ready.close()
            raise
        label = f"{name}/{ready.setup.model}"
    is_local = ready is None or ready.is_local
    pairs = [pair for place, ids in places.items() for pair in _pairs(actor, place, ids)]
    withheld = () if is_local else tuple(dict.fromkeys(pair.place for pair in pairs if pair.private))
    kept = [pair for pair in pairs if pair.place not in withheld]
    setup = JudgeSetup(source, locale, options)
    return Judging(actor, name, module, label, setup, kept, KnownJudgements(project), ready, currency, withheld)


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


def _pairs(actor: Actor, place: CatalogRef, ids: set[str] | None) -> Iterator[Pair]:
    project, units = actor.project, actor.project.load(place).units
    private = is_local_only(project, engine_settings.load()) or is_private(project, place.slug, actor.now)
    kept = may_leave(project, place.slug, actor.now)
    for index, unit in enumerate(units):
        is_wanted = workflow.state(unit) == "translated" if ids is None else unit.id in ids
        if is_wanted and unit.target and not (unit.omitted or unit.cut or unit.redacted or unit.is_unprintable):
            kind = "" if unit.kind == "paragraph" else unit.kind
            item = JudgeItem(str(index + 1), unit.source, unit.target, kind, *neighbours(units, index))
            yield Pair(place, index + 1, unit, item, private, kept)


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

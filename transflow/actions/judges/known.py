"""Judgements so far, in the user's cache folder.

Invariant: nothing of it is in the record. Texts of reports that must not leave this machine are not
kept, so their findings are gone with the run.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing, suppress
from typing import Any, NamedTuple

from transflow.actions.checks.verdict_cache import VerdictCache
from transflow.actions.checks.verdict_keys import key_of
from transflow.errors import UnreadableError
from transflow.judges import JudgeFinding
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.project.index_sync import may_leave

_MOST = 10
"""Number of judgements of one unit that are kept, the newest."""


class Judged(NamedTuple):
    """A pair of texts that a judge was asked about, and what it found."""

    judge: str
    """Judge and model: `openai/gpt-5-mini`."""
    version: str
    """Digest of the judge's rules and options."""
    source: str
    target: str
    time: str
    """UTC time of the answer."""
    findings: tuple[JudgeFinding, ...]

    def is_about(self, unit: Unit) -> bool:
        """Return whether a unit has these texts still."""
        return (self.source, self.target) == (unit.source, unit.target)


class KnownJudgements:
    """Judgements by unit. To be closed."""

    def __init__(self, project: Project) -> None:
        self._cache = VerdictCache(project.cache)
        self._own: dict[bytes, list[Judged]] = {}
        """Judgements of this run, also where no cache can be used."""
        self._unsaved: set[bytes] = set()

    def of(self, place: CatalogRef, unit_id: str) -> list[Judged]:
        """Return the judgements of a unit, oldest first."""
        key = key_of("judged", str(place.path), unit_id)
        return self._own.get(key) or self._cache.get(key, _read) or []

    def places(self) -> list[str]:
        """Return the paths of the catalogs that have judgements."""
        return self._cache.get(key_of("judged"), lambda value: [str(each) for each in value]) or []

    def add(self, place: CatalogRef, unit_id: str, judged: Judged) -> None:
        """Add a judgement, which takes the place of the one of the same judge and texts."""
        key = key_of("judged", str(place.path), unit_id)
        others = [each for each in self.of(place, unit_id) if each[:4] != judged[:4]]
        self._own[key] = [*others, judged][-_MOST:]
        self._unsaved.add(key)

    def save(self, places: Iterable[CatalogRef]) -> None:
        """Write what was added for units of these catalogs."""
        for key in self._unsaved:
            values = [[*each[:-1], [[*finding] for finding in each.findings]] for each in self._own[key]]
            self._cache.put(key, values)
        known = self.places()
        if new := {place.path for place in places} - set(known):
            self._cache.put(key_of("judged"), sorted({*known, *new}))
        self._unsaved.clear()
        self._cache.save()

    def drop(self, place: CatalogRef, unit_ids: Iterable[str]) -> None:
        """Drop all judgements of a catalog."""
        for unit_id in unit_ids:
            self._cache.put(key_of("judged", str(place.path), unit_id), [])
        self._cache.put(key_of("judged"), [each for each in self.places() if each != place.path])
        self._cache.save()

    def close(self) -> None:
        self._cache.close()


def forget_private(project: Project, now: str) -> None:
    """Drop the judgements of reports that must not leave this machine any more, or are gone."""
    with closing(KnownJudgements(project)) as known:
        paths = set(known.places())
        places = [each for each in project.all_catalogs() if each.path in paths] if paths else []
        for place in places:
            if not may_leave(project, place.slug, now):
                with suppress(UnreadableError):  # `check` names it, and the next run tries again
                    known.drop(place, [unit.id for unit in project.load(place).units])


def _read(value: Any) -> list[Judged]:
    return [
        Judged(
            *(judge, version, source, target, time),
            tuple(JudgeFinding(item, (start, end), *rest) for item, (start, end), *rest in findings),
        )
        for judge, version, source, target, time, findings in value
    ]

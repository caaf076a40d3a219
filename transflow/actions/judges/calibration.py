"""Calibration of judges: how often one was right at this desk, by what became of its findings.

Invariant: every finding has exactly one outcome. It was right if somebody changed the words that it
is about, and a person stands by the change; wrong if an editor waived it, or approved the text as
it was since; open until then. So a judge's own repair proves nothing. A text whose source changed
since says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from transflow.actions.judges.known import Judged, KnownJudgements
from transflow.errors import UnreadableError
from transflow.judges import CHECK, JudgeFinding
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.similarity import indel_opcodes
from transflow.units.workflow import is_waiver_valid, state, why_unconfirmed

Outcome = Literal["corrected", "waived", "ignored", "open"]


class Tally(NamedTuple):
    """Outcomes of the findings of one kind."""

    corrected: int = 0
    waived: int = 0
    ignored: int = 0
    """Approved as they were, without a waiver."""
    open: int = 0

    @property
    def found(self) -> int:
        return sum(self)

    @property
    def decided(self) -> int:
        return self.found - self.open

    @property
    def precision(self) -> float | None:
        """Share of the decided ones that were right; None if none is decided."""
        return self.corrected / self.decided if self.decided else None

    def with_outcome(self, outcome: Outcome) -> Tally:
        return self._replace(**{outcome: getattr(self, outcome) + 1})

    def is_silent(self, settings: Settings) -> bool:
        """Return whether a kind is right too seldom to be shown."""
        precision = self.precision
        return self.decided >= settings.judges_cases and precision is not None and precision < settings.judges_precision


Calibration = dict[tuple[str, str], Tally]
"""(judge and model, kind) -> outcomes."""


def calibrate(project: Project, known: KnownJudgements) -> Calibration:
    """Return the outcomes of all findings that are known on this machine."""
    paths, found = set(known.places()), Calibration()
    for place in project.all_catalogs() if paths else ():
        if place.path in paths:
            for key, outcome in _outcomes(place, _units(project, place), known):
                found[key] = found.get(key, Tally()).with_outcome(outcome)
    return found


def _units(project: Project, place: CatalogRef) -> Sequence[Unit]:
    """Return the units of a catalog; none of one that cannot be read, which `check` names."""
    try:
        return project.load(place).units
    except UnreadableError:
        return ()


def _outcomes(
    place: CatalogRef, units: Iterable[Unit], known: KnownJudgements
) -> Iterator[tuple[tuple[str, str], Outcome]]:
    for unit in units:
        for judged in known.of(place, unit.id):
            if judged.source == unit.source:
                for finding in judged.findings:
                    yield (judged.judge, finding.kind), outcome(unit, judged, finding)


def outcome(unit: Unit, judged: Judged, finding: JudgeFinding) -> Outcome:
    """Return what became of a finding, given the unit as it is now."""
    if judged.target != unit.target and _is_changed(judged.target, unit.target, finding.span):
        is_open = state(unit) == "needs-work" or why_unconfirmed(unit)
        return "open" if is_open else "corrected"
    waived = {each.check for each in unit.waivers if is_waiver_valid(each, unit)}
    if f"{CHECK}.{finding.kind}" in waived:
        return "waived"
    is_approved_since = unit.approved is not None and unit.approved.time >= judged.time
    return "ignored" if is_approved_since and state(unit) == "approved" else "open"


def _is_changed(old: str, new: str, span: tuple[int, int]) -> bool:
    """Return whether a change of a text touches a part of it."""
    start, end = span
    changed = [(each.src_start, each.src_end) for each in indel_opcodes(old, new) if each.tag != "equal"]
    return any(first < end and start < last if first < last else start < first < end for first, last in changed)

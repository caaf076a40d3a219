"""Findings of judges about the texts as they are now: hints, and the order of a review.

Invariant: a finding is shown as long as the unit has exactly the texts that were judged, nobody
waived it, and its kind is not silent. It is a hint whatever the judge says.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from transflow.actions.judges.calibration import Calibration, Tally, calibrate
from transflow.actions.judges.known import KnownJudgements
from transflow.judges import CHECK, JudgeFinding, Severity
from transflow.messages import Messages
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.workflow import is_waiver_valid

MESSAGES = Messages(
    __name__,
    {
        "finding": "{judge} ({percent}% sure): {reason}",
        "finding/repair": "{judge} ({percent}% sure): {reason} It proposes “{repair}”.",
    },
)
_WEIGHTS: dict[Severity, float] = {"critical": 6.0, "major": 3.0, "minor": 1.0}
_ENDS = (".", "!", "?", "…", "”", "’", ")", ":", "。")
_CHECKS = {"error": 8.0, "warning": 4.0, "hint": 1.0}
"""Weight of an issue of our own checks in the order of a review."""


class JudgedFinding(NamedTuple):
    """A finding, the judge that has it, and its weight in the order of a review."""

    judge: str
    finding: JudgeFinding
    weight: float

    @property
    def issue(self) -> Issue:
        kind, percent = f"{CHECK}.{self.finding.kind}", round(100 * self.finding.confidence)
        key, repair = "finding/repair" if self.finding.repair else "finding", self.finding.repair
        reason = self.finding.reason + "." * (not self.finding.reason.endswith(_ENDS))
        message = MESSAGES(key, judge=self.judge, percent=percent, reason=reason, repair=repair)
        return Issue(kind, "hint", message, None, self.finding.span)


class Findings:
    """Findings of one project. To be closed."""

    def __init__(self, project: Project, known: KnownJudgements | None = None) -> None:
        self._project, self._known = project, known or KnownJudgements(project)

    @cached_property
    def calibration(self) -> Calibration:
        return calibrate(self._project, self._known)

    def silent(self) -> list[tuple[str, str]]:
        """Return the judges and kinds that are right too seldom to be shown."""
        settings = self._project.settings
        return sorted(key for key, tally in self.calibration.items() if tally.is_silent(settings))

    def of(self, place: CatalogRef, unit: Unit) -> list[JudgedFinding]:
        """Return the findings about a unit as it is now, the weightiest first."""
        if not (judgements := [each for each in self._known.of(place, unit.id) if each.is_about(unit)]):
            return []
        waived = {each.check for each in unit.waivers if is_waiver_valid(each, unit)}
        found = [
            JudgedFinding(judged.judge, finding, self.weight(judged.judge, finding))
            for judged in judgements
            for finding in judged.findings
            if f"{CHECK}.{finding.kind}" not in waived
        ]
        return sorted((each for each in found if each.weight), key=lambda each: (-each.weight, each.finding))

    def is_judged(self, place: CatalogRef, unit: Unit) -> bool:
        """Return whether a judge was asked about a unit as it is now."""
        return any(each.is_about(unit) for each in self._known.of(place, unit.id))

    def issues(self, place: CatalogRef, unit: Unit) -> list[Issue]:
        """Return the findings about a unit as hints."""
        return [each.issue for each in self.of(place, unit)]

    def risk(self, place: CatalogRef, unit: Unit, issues: Sequence[Issue]) -> float:
        """Return how much speaks against a text: findings, and issues of the checks."""
        own = sum(_CHECKS[each.severity] for each in issues if not each.check.startswith(f"{CHECK}."))
        return own + sum(each.weight for each in self.of(place, unit))

    def weight(self, judge: str, finding: JudgeFinding) -> float:
        """Return severity × confidence × precision at this desk; 0 for a kind that is silent."""
        tally = self.calibration.get((judge, finding.kind), Tally())
        if tally.is_silent(self._project.settings):
            return 0.0
        is_known = tally.decided >= self._project.settings.judges_cases
        precision = tally.precision if is_known and tally.precision is not None else 1.0
        return _WEIGHTS[finding.severity] * max(finding.confidence, 0.01) * precision

    def close(self) -> None:
        self._known.close()

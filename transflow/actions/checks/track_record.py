"""Track record of each check at this desk, from the record and its history.

Invariant: a warning about a text counts once, with one outcome: it was corrected if a later text of
the same source no longer has it; waived, or ignored, which is approved as it was; open until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from transflow.actions.checks.cached import issue_finder
from transflow.actions.judges.calibration import Calibration, Outcome, Tally
from transflow.actions.judges.found import Findings
from transflow.errors import UnreadableError
from transflow.judges import CHECK
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.po.catalog import parse
from transflow.project import CatalogRef, Project
from transflow.project.git_history import CommittedVersions
from transflow.units.workflow import is_waiver_valid, state

_MOST_VERSIONS = 50
"""Number of committed versions of a catalog that are read, the newest."""


class CheckRow(NamedTuple):
    """Outcomes of one id of a check, or of one kind of a judge's findings."""

    check: str
    judge: str
    """Judge and model; empty for a check."""
    tally: Tally
    is_silent: bool = False


def track_record(
    project: Project, locale: str = "", progress: Callable[[int, int], None] = lambda *_: None
) -> list[CheckRow]:
    """Return the outcomes by check and judge, most frequent first."""
    locales = (locale,) if locale else project.settings.locales
    places = [place for each in locales for place in project.catalogs(each, "reports")]
    found: dict[str, Tally] = {}
    with closing(CommittedVersions(project.root)) as versions:
        for number, place in enumerate(places):
            progress(number, len(places))
            for check, became in _outcomes(project, place, versions):
                found[check] = found.get(check, Tally()).with_outcome(became)
    progress(len(places), len(places))
    rows = [CheckRow(check, "", tally) for check, tally in found.items()]
    return sorted((*rows, *_judges(project)), key=lambda row: (-row.tally.found, row.check, row.judge))


def _judges(project: Project) -> list[CheckRow]:
    with closing(Findings(project)) as findings:
        calibration: Calibration = findings.calibration
    settings = project.settings
    return [
        CheckRow(f"{CHECK}.{kind}", judge, tally, tally.is_silent(settings))
        for (judge, kind), tally in calibration.items()
    ]


def _outcomes(project: Project, place: CatalogRef, versions: CommittedVersions) -> Iterator[tuple[str, Outcome]]:
    catalog = project.load(place)
    issues_of = issue_finder(project, place, catalog)
    earlier = _earlier_texts(place, versions)
    for unit in catalog.units:
        texts = [each for each in earlier.get((unit.id, unit.source), ()) if each != unit.target]
        checks = [_checks(issues_of(unit.replace(target=text))) for text in texts]
        present = _checks(issues_of(unit)) if unit.target else set()
        for newer, older in zip([present, *checks], checks, strict=False):
            yield from ((check, "corrected") for check in sorted(older - newer))
        waived = {each.check for each in unit.waivers if is_waiver_valid(each, unit)}
        for check in sorted(present):
            yield check, "waived" if check in waived else "ignored" if state(unit) == "approved" else "open"


def _checks(issues: Sequence[Issue]) -> set[str]:
    return {issue.check for issue in issues}


def _earlier_texts(place: CatalogRef, versions: CommittedVersions) -> dict[tuple[str, str], list[str]]:
    """Return (id, source) -> texts that were confirmed, each once, newest first."""
    found: dict[tuple[str, str], list[str]] = {}
    for text in versions.texts(place.path, _MOST_VERSIONS):
        for unit in _units(text, place.path):
            texts = found.setdefault((unit.id, unit.source), [])
            if unit.target and not unit.fuzzy and unit.target not in texts:
                texts.append(unit.target)
    return found


def _units(text: str, path: str) -> Sequence[Unit]:
    try:
        return parse(text, path).units
    except UnreadableError:
        return ()

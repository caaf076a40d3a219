"""Readings of the checks in units: `transflow check --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transflow import checks
from transflow.actions.checks.cached import issue_finder
from transflow.actions.checks.check_context import CheckContexts, unit_context
from transflow.actions.refs import parse_ref
from transflow.model.catalog import Catalog
from transflow.model.explanation import Explanation
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project


class ExplainedUnit(NamedTuple):
    """A unit with what its checks read, and with their issues, waived ones and hints among them."""

    number: int
    unit: Unit
    explanations: Sequence[Explanation]
    issues: Sequence[Issue]


def explain(project: Project, ref: str) -> list[ExplainedUnit]:
    """Return what the checks read in the units of a REF.

    Raise UsageError for a malformed one, and UnknownNameError for one that does not exist.
    """
    goal = parse_ref(project, ref)
    catalog = project.load(goal.place)
    return list(explain_units(project, goal.place, catalog, goal.ids(catalog)))


def explain_units(
    project: Project, place: CatalogRef, catalog: Catalog, ids: Sequence[str], target: str | None = None
) -> Iterator[ExplainedUnit]:
    """Yield the units of these ids that have a target; `target` is a text that is not saved yet."""
    base = CheckContexts(project, place.locale).base(place, catalog)
    issues_of = issue_finder(project, place, catalog)
    for number, saved in enumerate(catalog.units):
        if saved.id not in ids:
            continue
        unit = saved if target is None else saved.replace(target=target)
        if unit.target:
            explanations = checks.explanations(unit, unit_context(number, catalog, base))
            yield ExplainedUnit(number + 1, unit, explanations, issues_of(unit))

"""What an editor does besides single steps: what can be approved, what was approved before, and taking a step back.

Invariant: taking back puts just those units back that the step changed, and only while nobody changed them since.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.checks.cached import issue_finder
from transflow.actions.refs import target
from transflow.actions.units.steps import StepResult
from transflow.errors import RefusedError, TransflowError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, git
from transflow.units import workflow


class ApprovalCheck(NamedTuple):
    """A unit that somebody wants to approve."""

    id: str
    number: int
    """1-based place in the catalog."""
    why: str
    """Why it cannot be approved by this person now; empty where it can."""


def approval_checks(actor: Actor, ref: str) -> list[ApprovalCheck]:
    """What would become of each unit of a REF if the user approved it now."""
    wanted = target(actor.project, ref)
    catalog = actor.project.load(wanted.place)
    numbers = {unit.id: number for number, unit in enumerate(catalog.units, 1)}
    units = {unit.id: unit for unit in catalog.units}

    ask = issue_finder(actor.project, wanted.place, catalog)

    def why(unit: Unit) -> str:
        return workflow.why_not_approve(unit, actor.user, actor.now, ask(unit))

    return [ApprovalCheck(each, numbers[each], why(units[each])) for each in wanted.ids(catalog)]


class Approved(NamedTuple):
    """A text as it was when somebody approved it."""

    source: str
    target: str
    who: str
    time: str


def approved_texts(actor: Actor, place: CatalogRef) -> dict[str, Approved]:
    """By id, the newest text of each unit that an approval was given to: in the file now, else in git's history."""
    from transflow.po.catalog import parse

    found: dict[str, Approved] = {}

    def take(catalog: Catalog) -> None:
        for unit in catalog.units:
            if unit.approved and workflow.is_approved(unit):
                found.setdefault(unit.id, Approved(unit.source, unit.target, unit.approved.who, unit.approved.time))

    present = actor.project.load(place)
    take(present)
    if any(unit.target and unit.id not in found for unit in present.units):
        for text in git.versions(actor.project.root, place.path):
            try:
                take(parse(text, place.path, torn_ok=True))
            except TransflowError:
                continue
    return found


def take_back(actor: Actor, place: CatalogRef, before: Catalog, after: Catalog) -> StepResult:
    """Undoes a step that made `after` of `before`. Raises RefusedError where somebody changed the same since."""
    found: list[str] = []

    def change(now: Catalog) -> Catalog:
        if now == after:
            found[:] = [unit.id for unit in before.units if after.find(unit.id) != unit]
            return now.replace(header=before.header, units=before.units, obsolete=before.obsolete)
        steps = _steps(before, after)
        _check_untouched(now, steps)
        found[:] = list(steps)
        back = {unit_id: old for unit_id, (old, _new) in steps.items()}
        return now.replace(units=tuple(back.get(unit.id, unit) for unit in now.units))

    catalog = actor.project.change(place, change)
    return StepResult(place, catalog, tuple(found), tuple(found))


def _steps(before: Catalog, after: Catalog) -> dict[str, tuple[Unit, Unit]]:
    """Id -> (as it was, as it became), of a step that left order, number and header alone. Raises RefusedError otherwise."""
    if before.header != after.header or [unit.id for unit in before.units] != [unit.id for unit in after.units]:
        raise RefusedError("somebody else saved since: this step cannot be taken back by itself.")
    return {old.id: (old, new) for old, new in zip(before.units, after.units, strict=True) if old != new}


def _check_untouched(now: Catalog, steps: dict[str, tuple[Unit, Unit]]) -> None:
    for unit_id, (_old, new) in steps.items():
        if now.find(unit_id) != new:
            raise RefusedError("somebody else changed it since: it stays as it is now.")

"""Review beyond single steps: possible approvals, last approved texts, and undo of a step.

Invariant: an undo restores exactly the units that the step changed, and only while nobody has
changed them since.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.actions import Actor, recording
from transflow.actions.checks.cached import issue_finder
from transflow.actions.refs import parse_ref
from transflow.actions.units.one_by_one import why_not_together
from transflow.actions.units.steps import StepResult
from transflow.errors import RefusedError, TransflowError
from transflow.messages import NOTHING, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.catalog import parse
from transflow.project import CatalogRef, git
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "saved-since": "somebody else saved since: this step cannot be taken back by itself.",
        "changed-since": "somebody else changed it since: it stays as it is now.",
    },
)


class ApprovalCheck(NamedTuple):
    """The result of asking whether the user can approve a unit."""

    id: str
    number: int
    """1-based position in the catalog."""
    refusal: str
    """Reason why this person cannot approve it now; `NOTHING` if they can."""
    is_judged_alone: bool = False
    """True if the desk's rule about machines has it judged by itself."""


def approval_checks(actor: Actor, ref: str) -> list[ApprovalCheck]:
    """Return, for each unit of a REF, whether the user could approve it now."""
    parsed = parse_ref(actor.project, ref)
    catalog = actor.project.load(parsed.place)
    numbers = {unit.id: number for number, unit in enumerate(catalog.units, 1)}
    units = {unit.id: unit for unit in catalog.units}

    issues_of = issue_finder(actor.project, parsed.place, catalog)

    rule, ids = actor.project.settings.machine_rule(parsed.place.locale), parsed.ids(catalog)

    def check(unit: Unit) -> ApprovalCheck:
        alone = why_not_together(rule, unit) if len(ids) > 1 else NOTHING
        why = workflow.why_not_approve(unit, actor.user, actor.now, issues_of(unit)) or alone
        return ApprovalCheck(unit.id, numbers[unit.id], why, bool(alone))

    return [check(units[each]) for each in ids]


class Approved(NamedTuple):
    """Texts of a unit at the time of its approval."""

    source: str
    target: str
    who: str
    time: str


def approved_texts(actor: Actor, place: CatalogRef) -> dict[str, Approved]:
    """Return the newest approved source and target of each unit, by id.

    They are taken from the file, or else from the git history. Units that were never approved are
    missing from the result.
    """
    found: dict[str, Approved] = {}

    def collect(catalog: Catalog) -> None:
        for unit in catalog.units:
            if unit.approved and workflow.is_approved(unit):
                found.setdefault(unit.id, Approved(unit.source, unit.target, unit.approved.who, unit.approved.time))

    current = actor.project.load(place)
    collect(current)
    if any(unit.target and unit.id not in found for unit in current.units):
        for text in git.versions(actor.project.root, place.path):
            try:
                collect(parse(text, place.path, torn_ok=True))
            except TransflowError:
                continue
    return found


def undo(actor: Actor, place: CatalogRef, before: Catalog, after: Catalog) -> StepResult:
    """Undo a step that changed the catalog `before` into `after`.

    Raise RefusedError if somebody has changed the same units since.
    """
    restored_ids: list[str] = []

    def change(now: Catalog) -> Catalog:
        if now == after:
            restored_ids[:] = [unit.id for unit in before.units if after.find(unit.id) != unit]
            return now.replace(header=before.header, units=before.units, obsolete=before.obsolete)
        changed = _changed_units(before, after)
        _check_untouched(now, changed)
        restored_ids[:] = list(changed)
        restored = {unit_id: old for unit_id, (old, _new) in changed.items()}
        return now.replace(units=tuple(restored.get(unit.id, unit) for unit in now.units))

    saved = recording.change(actor, place, change)
    return StepResult(place, saved.catalog, tuple(restored_ids), tuple(restored_ids), unsigned=saved.unsigned)


def _changed_units(before: Catalog, after: Catalog) -> dict[str, tuple[Unit, Unit]]:
    """Return id -> (old unit, new unit) for a step that changed nothing but units.

    Raise RefusedError for a step that changed the header, or the number or order of units.
    """
    if before.header != after.header or [unit.id for unit in before.units] != [unit.id for unit in after.units]:
        raise RefusedError(MESSAGES("saved-since"))
    return {old.id: (old, new) for old, new in zip(before.units, after.units, strict=True) if old != new}


def _check_untouched(now: Catalog, steps: dict[str, tuple[Unit, Unit]]) -> None:
    for unit_id, (_old, new) in steps.items():
        if now.find(unit_id) != new:
            raise RefusedError(MESSAGES("changed-since"))

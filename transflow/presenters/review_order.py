"""The order in which an editor reads what nobody reviewed yet: what is most likely wrong first.

Invariant: the order changes no text and hides none; texts of the same risk stay in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from transflow.actions.judges.found import Findings
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.i18n import _, say
from transflow.units.workflow import unwaived


class RiskyUnit(NamedTuple):
    """A unit that nobody reviewed yet, and why it is at its place in the order."""

    unit: Unit
    words: str


IssuesOf = Callable[[Unit], Sequence[Issue]]


def next_by_risk(view: CatalogView, last: str, issues_of: IssuesOf, findings: Findings) -> RiskyUnit | None:
    """Return the unit after the one with the id `last` in the order of risk.

    Without one, where that is reviewed, and after the end, it is the riskiest. None if nothing is
    unread.
    """
    unread = [unit for unit, state in zip(view.units, view.states, strict=True) if state == "translated"]
    risks = {unit.id: findings.risk(view.place, unit, unwaived(unit, issues_of(unit))) for unit in unread}
    order = sorted(unread, key=lambda unit: -risks[unit.id])
    if not order:
        return None
    ids = [unit.id for unit in order]
    place = (ids.index(last) + 1) % len(order) if last in ids else 0
    unit = order[place]
    issues = unwaived(unit, issues_of(unit))
    return RiskyUnit(unit, _words(issues, findings.is_judged(view.place, unit), place + 1, len(order)))


def _words(issues: Sequence[Issue], is_judged: bool, place: int, whole: int) -> str:
    """Return the place in the order, and the first thing that speaks against the unit."""
    nothing = _("nothing was found in it") if is_judged else _("no warning; no judge has read it")
    why = say(issues[0].message) if issues else nothing
    return _("{place} of {whole} by risk: {why}").format(place=place, whole=whole, why=why)

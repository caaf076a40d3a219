"""The certain fixes of checks, applied through the workflow: whoever applies them wrote what they change.

Invariant: a text that is approved changes only where an editor applies the fix and may approve it again; a text that needed another look
still does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.checks.cached import issue_finder
from transflow.actions.units import steps
from transflow.errors import RefusedError
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.units.marks import mark
from transflow.units.workflow import unwaived

_MOST = 100
"""Fixes of one unit: they end by themselves, but a project's own rules of style may go in circles."""


class Fixed(NamedTuple):
    """A unit that was fixed, or why it was not."""

    where: str
    checks: tuple[str, ...]
    old: str
    new: str
    why_not: str = ""


def fix(actor: Actor, places: Sequence[CatalogRef], takes: Callable[[str], bool]) -> Iterator[Fixed]:
    """Applies the fixes of the checks that are asked for, catalog by catalog."""
    for place in places:
        catalog = actor.project.load(place)
        ask = issue_finder(actor.project, place, catalog)
        for number, unit in enumerate(catalog.units, 1):
            new, checks = fixed(unit, ask, takes)
            if new != unit.target:
                why_not = _apply(actor, place, number, unit, new, ask)
                yield Fixed(f"{place.locale}:{place.slug}#{number}", checks, unit.target, new, why_not)


def fixed(unit: Unit, ask: Callable[[Unit], list[Issue]], takes: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """The text of a unit with every fix applied, one after the other, and the checks whose fixes they were."""
    now, seen, used = unit, {unit.target}, []
    for _ in range(_MOST):
        found = [
            issue for issue in unwaived(now, ask(now)) if issue.fix and takes(issue.check) and issue.fix not in seen
        ]
        if not found:
            break
        seen.add(found[0].fix or "")
        used.append(found[0].check)
        now = now.replace(target=found[0].fix)
    return now.target, tuple(dict.fromkeys(used))


def _apply(
    actor: Actor, place: CatalogRef, number: int, unit: Unit, new: str, ask: Callable[[Unit], list[Issue]]
) -> str:
    """Writes a fixed text. Returns why not, where the workflow says no."""
    try:
        steps.fix(actor, f"{place}#{unit.id}", new, (mark(unit),), ask)
    except RefusedError as error:
        return str(error).removeprefix(f"{place.slug}#{number}: ")
    return ""

"""The certain fixes of checks, applied through the workflow: whoever applies them wrote what they change.

Invariant: a text that is approved changes only where an editor applies the fix and may approve it again; a text that needed another look
still does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from transflow.actions import Desk, units
from transflow.actions.checked import asker
from transflow.errors import RefusedError
from transflow.marks import mark
from transflow.model import Issue, Unit
from transflow.project import Place
from transflow.workflow import unwaived

_MOST = 100
"""Fixes of one unit: they end by themselves, but a project's own rules of style may go in circles."""


class Fixed(NamedTuple):
    """A unit that was fixed, or why it was not."""

    where: str
    checks: tuple[str, ...]
    old: str
    new: str
    why_not: str = ""


def fix(desk: Desk, places: Sequence[Place], takes: Callable[[str], bool]) -> Iterator[Fixed]:
    """Applies the fixes of the checks that are asked for, catalog by catalog."""
    for place in places:
        catalog = desk.project.load(place)
        ask = asker(desk.project, place, catalog)
        for number, unit in enumerate(catalog.units, 1):
            new, checks = fixed(unit, ask, takes)
            if new != unit.target:
                why_not = _apply(desk, place, number, unit, new, ask)
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
        now = now.having(target=found[0].fix)
    return now.target, tuple(dict.fromkeys(used))


def _apply(desk: Desk, place: Place, number: int, unit: Unit, new: str, ask: Callable[[Unit], list[Issue]]) -> str:
    """Writes a fixed text. Returns why not, where the workflow says no."""
    try:
        units.fix(desk, f"{place}#{unit.id}", new, (mark(unit),), ask)
    except RefusedError as error:
        return str(error).removeprefix(f"{place.slug}#{number}: ")
    return ""

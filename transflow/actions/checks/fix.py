"""Certain fixes of checks, applied through the workflow: the user becomes author of the changes.

Invariant: an approved text changes only if the user is an editor who may approve it again; a fuzzy
text stays fuzzy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.checks.cached import issue_finder
from transflow.actions.units import steps
from transflow.errors import RefusedError
from transflow.messages import NOTHING, Message
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.units.marks import state_digest
from transflow.units.workflow import unwaived

_MOST = 100
"""Maximum number of fixes of one unit: style rules of a project may undo each other without end."""


class Fixed(NamedTuple):
    """A unit that was fixed, or the reason why it was not."""

    where: str
    checks: tuple[str, ...]
    old: str
    new: str
    why_not: str = ""
    unsigned: Message = NOTHING
    """Reason why an approval that was given again is not signed."""


def fix(actor: Actor, places: Sequence[CatalogRef], takes: Callable[[str], bool]) -> Iterator[Fixed]:
    """Apply the fixes of the selected checks, catalog by catalog."""
    for place in places:
        catalog = actor.project.load(place)
        issues_of = issue_finder(actor.project, place, catalog)
        for number, unit in enumerate(catalog.units, 1):
            new, checks = text_with_fixes(unit, issues_of, takes)
            if new != unit.target:
                done = _apply(actor, place, number, unit, new, issues_of)
                yield Fixed(place.ref(number), checks, unit.target, new, *done)


def text_with_fixes(
    unit: Unit, issues_of: Callable[[Unit], list[Issue]], takes: Callable[[str], bool]
) -> tuple[str, tuple[str, ...]]:
    """Return a unit's text with every fix applied in turn, and the checks with these fixes."""
    now, seen, used = unit, {unit.target}, []
    for _ in range(_MOST):
        found = [
            issue
            for issue in unwaived(now, issues_of(now))
            if issue.fix and takes(issue.check) and issue.fix not in seen
        ]
        if not found:
            break
        seen.add(found[0].fix or "")
        used.append(found[0].check)
        now = now.replace(target=found[0].fix)
    return now.target, tuple(dict.fromkeys(used))


def _apply(
    actor: Actor, place: CatalogRef, number: int, unit: Unit, new: str, issues_of: Callable[[Unit], list[Issue]]
) -> tuple[str, Message]:
    """Write a fixed text. Return the reason if the workflow refuses it, or else the reason why what
    was decided with it is not signed; empty messages where there is none.
    """
    try:
        done = steps.fix(actor, place.ref(unit.id), new, (state_digest(unit),), issues_of)
    except RefusedError as error:
        message = error.message
        if isinstance(message, Message) and message.values.get("ref") == actor.project.ref(place, number):
            why = message.values.get("why")
            return (why if isinstance(why, str) else message), NOTHING
        return message, NOTHING
    return NOTHING, done.unsigned

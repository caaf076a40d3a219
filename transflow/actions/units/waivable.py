"""Ids that can be waived, and whoever reports them: checks, and judges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from transflow import judges
from transflow.actions import Actor
from transflow.actions.checks.cached import all_check_ids, issue_finder
from transflow.model.issue import Issue
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.project import CatalogRef


def waivable_ids(settings: Settings) -> list[str]:
    """Return the ids of all checks, and of all kinds of findings of judges."""
    return [*all_check_ids(settings), *(f"{judges.CHECK}.{kind}" for kind in judges.KINDS)]


def issues_by(actor: Actor, place: CatalogRef, check: str) -> Callable[[Unit], Sequence[Issue]]:
    """Return the function that finds what an id may be about. Loads SQLite for those of judges."""
    if not check.startswith(f"{judges.CHECK}."):
        return issue_finder(actor.project, place, actor.project.load(place))
    from transflow.actions.judges.found import Findings

    return partial(Findings(actor.project).issues, place)

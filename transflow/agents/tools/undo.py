"""Undo all that you changed since you were started: drafts, questions and comments. What a person
has taken over or answered since stays theirs.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import sessions
from transflow.actions.agents.desk import AgentProject
from transflow.actions.refs import unit_ref
from transflow.agents.desk import Desk
from transflow.agents.tools import DRY_RUN

PARAMETERS = (DRY_RUN,)
WRITES = True
_MOST_NAMED = 200


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    _, project = desk.enter()
    done = sessions.undo(project.whole, desk.session, dry_run=arguments["dry_run"])
    return {
        "dry_run": arguments["dry_run"],
        "undone": [_ref(project, each) for each in done if each.is_restored][:_MOST_NAMED],
        "stays": [_ref(project, each) for each in done if not each.is_restored][:_MOST_NAMED],
        "number": len(done),
    }


def _ref(project: AgentProject, undone: sessions.Undone) -> str:
    if not project.exists(undone.place):
        return "a text that you do not see now"
    return unit_ref(project, project.load(undone.place), undone.place, undone.unit)

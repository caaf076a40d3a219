"""Add a comment to one sentence or paragraph, for instance what you found out about a question. It
is shown with your name. It closes no question: a person does that.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import writing
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter
from transflow.agents.tools import DRY_RUN

PARAMETERS = (
    Parameter("ref", "One sentence or paragraph, such as un-letter#3.", required=True, most=300),
    Parameter("text", "The comment.", required=True, most=1000),
    DRY_RUN,
)
WRITES = True


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    actor, project = desk.enter(dry_run=arguments["dry_run"])
    ref = writing.comment(actor, project, arguments["ref"], arguments["text"])
    outcome = "would be added" if arguments["dry_run"] else "added"
    return {"dry_run": arguments["dry_run"], "ref": ref, "outcome": outcome}

"""Ask the people of the desk a question about one sentence or paragraph. A person answers it; look
with `status`. Ask when something is unclear, when an approved text seems wrong, and when you are
asked for something that only people do.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import writing
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter
from transflow.agents.tools import DRY_RUN

PARAMETERS = (
    Parameter("ref", "One sentence or paragraph, such as un-letter#3.", required=True, most=300),
    Parameter("text", "The question.", required=True, most=1000),
    Parameter("to", "The id of the person, from `status`; without one, anybody.", most=60),
    DRY_RUN,
)
WRITES = True


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    actor, project = desk.enter(dry_run=arguments["dry_run"])
    ref = writing.ask(actor, project, arguments["ref"], arguments["text"], arguments["to"])
    return {
        "dry_run": arguments["dry_run"],
        "ref": ref,
        "outcome": "would be asked" if arguments["dry_run"] else "asked",
    }

"""Search the sources and translations of all reports and stories for words; a phrase in quotation
marks is found as it stands. For translations of a similar sentence, use `memory`.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import reading
from transflow.agents import answers
from transflow.agents.answers import PAGE
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter

PARAMETERS = (Parameter("words", "The words, in any order.", required=True, most=300), PAGE)
WRITES = False


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    actor, project = desk.enter()
    found = reading.search(actor, project, arguments["words"])
    return answers.page("units", found, arguments["from"], lambda each: answers.unit_values(project, each))

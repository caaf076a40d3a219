"""Read sentences of a report, or paragraphs of a story: source, present translation, state, open
questions, comments, and the mark that `draft` takes. REF is a name from `list`, alone or with
positions: un-letter, un-letter#3, un-letter#3-9,14; with the language in front if several have it:
vi:un-letter#3.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import reading
from transflow.agents import answers
from transflow.agents.answers import PAGE
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter
from transflow.model.unit import STATES
from transflow.units.workflow import state

PARAMETERS = (
    Parameter("ref", "What to read, such as un-letter#3-9.", required=True, most=300),
    Parameter("state", "Only those in this state.", "choice", choices=STATES),
    PAGE,
)
WRITES = False


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    _, project = desk.enter()
    named = reading.named_units(project, arguments["ref"])
    wanted = [each for each in named.units if not arguments["state"] or state(each.unit) == arguments["state"]]
    return answers.page("units", wanted, arguments["from"], lambda each: answers.unit_values(project, each))

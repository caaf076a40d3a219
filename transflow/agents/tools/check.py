"""Say what the checks find in the translation of sentences or paragraphs: figures, dates, names,
quotations, spelling, house style. With `text`, they judge that text for one sentence, and nothing
is written. An error keeps people from approving the text; a hint may be wrong.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import lookups, reading
from transflow.actions.refs import unit_ref
from transflow.agents import answers
from transflow.agents.answers import PAGE
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter

PARAMETERS = (
    Parameter("ref", "What to check, such as un-letter or un-letter#3.", required=True, most=300),
    Parameter("text", "A translation of this one sentence to check in place of the present one."),
    PAGE,
)
WRITES = False


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    _, project = desk.enter()
    if arguments["text"]:
        place, catalog, _, unit = reading.one_unit(project, arguments["ref"])
        tried = unit.replace(target=arguments["text"], waivers=())
        found = [(unit.id, each) for each in lookups.issues_of_text(project, place, catalog, tried)]
    else:
        named = reading.named_units(project, arguments["ref"])
        place, catalog = named.place, named.catalog
        found = lookups.issues(project, place, catalog, [each.unit for each in named.units])
    return answers.page(
        "findings",
        found,
        arguments["from"],
        lambda each: (
            {"ref": unit_ref(project, catalog, place, each[0]) if each[0] else project.ref(place)}
            | answers.issue_values(each[1])
        ),
    )

"""Find earlier translations of similar sentences, best first: of a sentence (`ref`), or of a text.
A score of 100 is an equal sentence.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import lookups, reading
from transflow.actions.agents.desk import AgentProject
from transflow.agents import answers
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter
from transflow.errors import UsageError
from transflow.memory.match import Match
from transflow.messages import Messages
from transflow.model.references import reference
from transflow.project import CatalogRef

MESSAGES = Messages(__name__, {"one": "pass either “ref” or “text”."})
PARAMETERS = (
    Parameter("ref", "A sentence of a report, such as un-letter#4.", most=300),
    Parameter("text", "A sentence in the source language.", most=2000),
    Parameter("language", "The language of the translations, if the project has several.", most=35),
    Parameter("threshold", "The lowest score.", "number", default=60, most=100),
    Parameter("limit", "The largest number of answers.", "number", default=5, most=20),
)
WRITES = False


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    _, project = desk.enter()
    if bool(arguments["ref"]) == bool(arguments["text"]):
        raise UsageError(MESSAGES("one"))
    locale, source, own = arguments["language"], arguments["text"], ("", "")
    if arguments["ref"]:
        place, _, _, unit = reading.one_unit(project, arguments["ref"])
        locale, source, own = place.locale, unit.source, (place.slug, unit.id)
    locale = project.locale(locale)
    limit = arguments["limit"]
    found = lookups.earlier_translations(project, locale, source, desk.clock, arguments["threshold"], limit + 1)
    others = [each for each in found if (each.origin.catalog, each.origin.unit) != own][:limit]
    return answers.page("translations", others, 1, lambda each: _values(project, locale, each))


def _values(project: AgentProject, locale: str, match: Match) -> dict[str, Any]:
    place = CatalogRef(locale, "reports", match.origin.catalog)
    name = project.ref(place, match.origin.unit) if project.exists(place) else reference(place.slug, match.origin.unit)
    return {
        "ref": name,
        "score": match.score,
        "state": match.origin.state,
        "data": {"source": answers.text(match.source), "target": answers.text(match.target)},
    }

"""Find the desk's decided spellings of names and terms: those with these words, and those that a
whole sentence contains.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import lookups
from transflow.agents import answers
from transflow.agents.answers import PAGE
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter
from transflow.glossary.terms import Term

PARAMETERS = (
    Parameter("words", "Words of a term, or a sentence that has terms in it.", required=True, most=2000),
    Parameter("language", "The language of the glossary, if the project has several.", most=35),
    PAGE,
)
WRITES = False


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    _, project = desk.enter()
    found = lookups.terms(project, project.locale(arguments["language"]), arguments["words"])
    return answers.page("terms", found, arguments["from"], _values)


def _values(term: Term) -> dict[str, Any]:
    data = {
        "sources": [answers.text(each) for each in term.sources],
        "target": answers.text(term.target),
        "also_allowed": [answers.text(each) for each in term.allowed],
        "never": [answers.text(each) for each in term.forbidden],
        "comments": [answers.text(each) for each in term.comments[:5]],
    }
    return {"data": {key: value for key, value in data.items() if value}}

"""Say who you are here, what the desk allows machines, what you changed so far, and which of your
questions were answered.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import reading
from transflow.actions.agents.desk import AgentProject
from transflow.agents import answers
from transflow.agents.desk import Desk
from transflow.attribution.shown_people import is_shown
from transflow.units.workflow import open_questions

PARAMETERS = ()
WRITES = False


def call(desk: Desk, _arguments: dict[str, Any]) -> dict[str, Any]:
    _, project = desk.enter()
    settings = project.settings
    people = [each for each in settings.people if not each.left and is_shown(settings, each.id)]
    return answers.with_notice(
        {
            "you_are": desk.agent,
            "source_language": settings.source,
            "languages": {
                locale: {"machines_may_write": settings.machine_rule(locale).use} for locale in settings.locales
            },
            "people": [{"id": each.id, "roles": [role.name for role in each.roles]} for each in people[:50]],
            "you_changed": desk.session.units,
            "undo": "the tool “undo”, or for people: transflow undo",
            "your_questions": _questions(project, desk.agent),
        }
    )


def _questions(project: AgentProject, agent: str) -> list[dict[str, Any]]:
    """Return the newest questions of the agent, with the answers."""
    found = []
    mark = f"# @question {agent} "
    for place in [each for each in project.all_catalogs() if mark in project.text(each)]:
        for seen, question in reading.questions_of(project, agent, place):
            replies = [each for each in seen.unit.answers if each.re == question.reference]
            values = {
                "ref": project.ref(place, seen.number),
                "is_open": question in open_questions(seen.unit),
                "data": {
                    "question": answers.text(question.text),
                    "answers": [answers.text(each.text) for each in replies],
                },
            }
            found.append((question.time, values))
    return [values for _, values in sorted(found, key=lambda each: each[0])[-20:]]

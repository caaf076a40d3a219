"""List the reports and stories, with their progress: how many of their sentences or paragraphs are
untranslated, need work, are translated, approved or left out. Names here are what the other tools
take as REF. Texts that are withheld (confidential, under embargo, off the record) are not listed.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import reading
from transflow.agents import answers
from transflow.agents.answers import PAGE
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter
from transflow.project import CatalogRef

PARAMETERS = (
    Parameter("language", "Only this language of the project, such as en.", most=35),
    Parameter("kind", "Only reports, or only stories.", "choice", choices=("report", "story")),
    PAGE,
)
WRITES = False


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    actor, project = desk.enter()

    def shown(place: CatalogRef) -> dict[str, Any]:
        row = reading.progress(project, actor.now, place)
        values: dict[str, Any] = {
            "ref": project.ref(place),
            "kind": "story" if place.folder == "articles" else "report",
            "language": place.locale,
        }
        if row is None or row.error:
            return values | {"problem": "it cannot be read: a person runs `transflow check`"}
        values["units"] = {name: count for name, count in row.counts.units.items() if count}
        if row.article:
            values["story_is"] = row.article
        return values | {"data": {"headline": answers.text(reading.title(project, place))}}

    found = reading.places(project, arguments["language"], arguments["kind"])
    return answers.page("catalogs", found, arguments["from"], shown)

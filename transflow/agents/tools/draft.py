"""Draft translations of sentences, or texts of paragraphs, up to 50 at once. A draft is recorded as
yours, needs another look, and is nobody's decision: a person confirms and approves it. Where a text
stands already, pass the `mark` that `read` gave you. Approved texts, and texts of stories that are
ready or out, stay as they are: ask about them. The answer has what the checks say of each text.
"""

from __future__ import annotations

from typing import Any

from transflow.actions.agents import writing
from transflow.agents import answers
from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter
from transflow.agents.tools import DRY_RUN

PARAMETERS = (
    Parameter(
        "drafts",
        "The texts.",
        "list",
        required=True,
        most=50,
        items=(
            Parameter("ref", "One sentence or paragraph, such as un-letter#3.", required=True, most=300),
            Parameter("text", "The whole text.", required=True),
            Parameter("mark", "The mark that `read` gave; not needed where there is no text yet.", most=100),
        ),
    ),
    DRY_RUN,
)
WRITES = True


def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
    actor, project = desk.enter(dry_run=arguments["dry_run"])
    items = [writing.DraftItem(each["ref"], each["text"], each["mark"]) for each in arguments["drafts"]]
    done = writing.draft(actor, project, items)
    outcome = "would be drafted" if arguments["dry_run"] else "drafted"
    return answers.with_notice({"dry_run": arguments["dry_run"], "drafts": [_values(each, outcome) for each in done]})


def _values(done: writing.Drafted, outcome: str) -> dict[str, Any]:
    if done.why_not:
        return {"ref": done.ref[:300], "outcome": "refused", "why": answers.text(done.why_not)}
    findings = [answers.issue_values(each) for each in done.issues[:10]]
    return {"ref": done.ref, "outcome": outcome, "mark": done.mark, "findings": findings}

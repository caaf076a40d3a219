"""The readings of the checks: `transflow check --explain`."""

from __future__ import annotations

import click

from transflow.actions.checks.explain import ExplainedUnit, explain
from transflow.actions.refs import parse_ref
from transflow.cli.notices import notify, print_text
from transflow.cli.options import keep_from_log
from transflow.cli.streams import write_json
from transflow.errors import UsageError
from transflow.messages import Message, Messages, joined
from transflow.presenters import explained
from transflow.project import Project

MESSAGES = Messages(
    __name__,
    {
        "alone": "--explain goes with --format text or json only, not with {option}.",
        "nothing": "{ref} has no translation to explain.",
        "heading": "{ref}\n  {source}\n  {target}",
    },
)


def print_explanation(ctx: click.Context, project: Project, ref: str, form: str, other_option: str) -> int:
    """Print what the checks read in the units of a REF. Raise UsageError for another option."""
    if other_option:
        raise UsageError(MESSAGES("alone", option=other_option))
    keep_from_log(ctx, ref)
    place = parse_ref(project, ref).place
    found = explain(project, ref)
    if form == "json":
        write_json([explained.values(project.ref(place, each.number), each) for each in found])
    elif found:
        print_text(joined([_text(project.ref(place, each.number), each) for each in found], "\n\n"))
    else:
        notify(MESSAGES("nothing", ref=ref))
    return 0


def _text(ref: str, found: ExplainedUnit) -> Message:
    heading = MESSAGES("heading", ref=ref, source=found.unit.source, target=found.unit.target)
    return joined([heading, *explained.lines(found)], "\n")

"""Confirmation of decisions: by the marks of what was read, or by a question in a terminal.

Invariant: what was agreed to in a terminal is compared, under the lock, with what the catalog has
then; and no question is asked where none can be answered.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.checks.cached import CachedChecker
from transflow.actions.refs import parse_ref, unit_ref
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import story_mark as story_mark
from transflow.actions.units.seen import ChangedMeanwhileError, Seen
from transflow.cli.actors import pass_actor
from transflow.cli.formatting import pluralize
from transflow.cli.notices import ask, tell
from transflow.cli.streams import is_interactive
from transflow.cli.unit_output import unit_text
from transflow.errors import RefusedError, TransflowError
from transflow.messages import Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.marks import state_digest
from transflow.units.workflow import without_left_out

MESSAGES = Messages(
    __name__,
    {
        "approve": "Approve {units}?",
        "claim": "Take as your own {units}?",
        "confirm": "Confirm {units}?",
        "cut": "Cut {units}?",
        "omit": "Leave out {units}?",
        "resolve": "Decide so for {units}?",
        "return": "Send back {units}?",
        "waive": "Waive this warning of {units}?",
        "sentence": "this sentence",
        "paragraph": "this paragraph",
        "unchanged": "nothing was changed.",
        "warnings": "{warnings} of {name}:",
        "warning": "  {ref}: {check}: {problem}",
        "now": "There now:",
    },
)


def judging(question: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator of commands on a REF that decide about its units.

    It adds the options --as and --seen, and passes the user as the first argument and the marks
    as `seen`. `question` is the key of what a terminal is asked about the units that are shown,
    such as "approve"; with --undo nothing is asked.
    """

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option(
            "--seen",
            multiple=True,
            metavar="MARK",
            help="The mark of the unit that you read, as `unit show` prints it; "
            "refused if the unit has changed since. For several units, one for each, in any order.",
        )
        @pass_actor
        @functools.wraps(command)
        def wrapped(actor: Actor, /, ref: str, seen: Seen, **options: Any) -> Any:
            marks = tuple(each.rpartition("=")[2] for each in seen)  # scripts may give ID=MARK
            if question and not marks and not options.get("undo") and is_interactive():
                marks = _confirm_units(actor, ref, question)
            with _printing_changes(actor):
                return command(actor, ref=ref, seen=marks, **options)

        return wrapped

    return decorated


def _confirm_units(actor: Actor, ref: str, question: str) -> Seen:
    """Print the units of a REF and ask once.

    Return their marks; raise RefusedError for the answer no.
    """
    goal = parse_ref(actor.project, ref)
    catalog = actor.project.load(goal.place)
    ids = set(goal.ids(catalog))
    units = [unit for unit in catalog.units if unit.id in ids]
    if question == "approve":
        units = without_left_out(units)
        ids = {unit.id for unit in units}
    _print_units(actor, goal.place, catalog, units)
    print_issues_of(actor.project, goal.place, catalog, ids)
    noun = "paragraph" if goal.place.folder == "articles" else "sentence"
    confirm(MESSAGES(question, units=MESSAGES(noun) if len(units) == 1 else pluralize(len(units), noun)))
    return tuple(map(state_digest, units))


def print_issues_of(project: Project, place: CatalogRef, catalog: Catalog, ids: Collection[str]) -> None:
    """Print the errors and warnings of units; of a paragraph, those of its sentences too.

    None if a file that the checks need cannot be read: `check` reports that, and what was asked for
    is done.
    """
    try:
        found = _issues_of(project, place, catalog, ids)
    except TransflowError:
        return
    located = [
        issue.at(Location(unit=issue.location.unit, label=unit_ref(project, catalog, place, issue.location.unit)))
        for issue in found
    ]
    print_warnings(str(place), located)


def _issues_of(project: Project, place: CatalogRef, catalog: Catalog, ids: Collection[str]) -> list[Issue]:
    if place.folder == "articles":
        context = load_print_context(project, place.locale, catalog)
        return [each for each in story_context.warnings(project, place, catalog, context) if each.location.unit in ids]
    issues = CachedChecker(project, place.locale).issues(place, catalog, ids)
    return [issue.at(Location(unit=unit.id)) for unit, issue in issues if issue.severity != "hint"]


def confirm(question: str) -> None:
    """Ask a question. Raise RefusedError for the answer no."""
    if not ask(question):
        raise RefusedError(MESSAGES("unchanged"))


def _print_units(actor: Actor, place: CatalogRef, catalog: Catalog, units: list[Unit]) -> None:
    """Print units on stderr as `transflow unit show` does."""
    project = actor.project
    refs = {unit.id: project.ref(place, number) for number, unit in enumerate(catalog.units, 1)}
    tell(joined([unit_text(project.settings, place, refs[unit.id], unit) for unit in units], "\n\n"))


def print_warnings(name: str, warnings: Sequence[Issue]) -> None:
    """Print the warnings about a catalog, each with the reference of its unit."""
    if warnings:
        tell(MESSAGES("warnings", warnings=pluralize(len(warnings), "warning"), name=name))
    for issue in warnings:
        tell(MESSAGES("warning", ref=issue.location.label, check=issue.check, problem=issue.message))


@contextmanager
def _printing_changes(actor: Actor) -> Iterator[None]:
    """Print the units as they are now where they are not as they were read."""
    try:
        yield
    except ChangedMeanwhileError as error:
        tell(MESSAGES("now"))
        _print_units(actor, error.place, error.catalog, list(error.units))
        raise

"""What commands that judge have in common: they take the mark of what was read, or show what is there and ask.

Invariant: what somebody agreed to in a terminal is compared, under the lock, with what stands there then; nobody is asked where
nobody can answer.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.checks.cached import CachedChecker
from transflow.actions.refs import numbered, target
from transflow.actions.units.steps import ChangedMeanwhileError, Seen
from transflow.cli.asking import can_ask
from transflow.cli.session import acting, many
from transflow.cli.showing import shown
from transflow.errors import RefusedError
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.units.marks import mark


def judging(question: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command on a REF the options --as and --seen, a `Actor` as its first argument, and the marks as `seen`.

    `question`: what a terminal is asked about what is shown, such as "Approve"; nothing is asked with --undo.
    """

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option(
            "--seen",
            multiple=True,
            metavar="MARK",
            help="The mark of the unit as you read it (`show` prints it); refused where it is another one now. Of several, "
            "one for each, in any order.",
        )
        @acting
        @functools.wraps(command)
        def wrapped(actor: Actor, /, ref: str, seen: Seen, **options: Any) -> Any:
            marks = tuple(each.rpartition("=")[2] for each in seen)  # ID=MARK, where a script finds that easier
            if question and not marks and not options.get("undo") and can_ask():
                marks = _agreed(actor, ref, question)
            with telling_changes(actor):
                return command(actor, ref=ref, seen=marks, **options)

        return wrapped

    return decorated


def _agreed(actor: Actor, ref: str, question: str) -> Seen:
    """Shows what is about to be judged, and asks once. Raises RefusedError where the answer is no."""
    wanted = target(actor.project, ref)
    catalog = actor.project.load(wanted.place)
    ids = wanted.ids(catalog)
    units = [unit for unit in catalog.units if unit.id in set(ids)]
    show_units(actor, wanted.place, catalog, units)
    found = list(CachedChecker(actor.project, wanted.place.locale).issues(wanted.place, catalog, set(ids)))
    _tell_warnings(
        str(wanted.place),
        [(numbered(catalog, wanted.place, unit.id), issue) for unit, issue in found if issue.severity != "hint"],
    )
    agree(f"{question} {many(len(units), wanted.what) if len(units) != 1 else f'this {wanted.what}'}?")
    return tuple(map(mark, units))


def agree(question: str) -> None:
    """Raises RefusedError where the answer is no."""
    if not click.confirm(question, err=True):
        raise RefusedError("nothing was changed.")


def show_units(actor: Actor, place: CatalogRef, catalog: Catalog, units: list[Unit]) -> None:
    """Units as `unit show` has them, beside the output."""
    numbers = {unit.id: number for number, unit in enumerate(catalog.units, 1)}
    zone = actor.project.settings.timezone
    click.echo("\n\n".join(shown(place, numbers[unit.id], unit, zone) for unit in units), err=True)


@contextmanager
def reading_story(actor: Actor, name: str, seen: str | None, question: str) -> Iterator[str | None]:
    """Gives the mark of what is judged, and tells what the checks say of it. Without --seen a terminal is shown the story, and
    asked, before anything is done."""
    from transflow.actions.stories.print_context import load_print_context
    from transflow.actions.stories.reading import StoryChangedError, lines, mark, reading

    read = reading(actor, name)
    asks = seen is None and can_ask()
    if asks:
        click.echo("\n".join(lines(actor, read.place, read.article)), err=True)
        _tell_warnings(str(read.place), read.warnings)
        agree(question)
    try:
        yield read.mark if asks else seen
    except StoryChangedError as error:
        newsroom = load_print_context(actor.project, error.place.locale, error.article)
        now = lines(actor, error.place, error.article)
        click.echo("\n".join(["There now:", *now, f"mark {mark(error.article, newsroom)}"]), err=True)
        raise
    if not asks:
        _tell_warnings(str(read.place), read.warnings)


def _tell_warnings(name: str, warnings: Sequence[tuple[str, Issue]]) -> None:
    if warnings:
        click.echo(f"{many(len(warnings), 'warning')} of {name}:", err=True)
    for where, issue in warnings:
        click.echo(f"  {where}: {issue.check}: {issue.message}", err=True)


@contextmanager
def telling_changes(actor: Actor) -> Iterator[None]:
    """Shows what is there now where it is not what was seen."""
    try:
        yield
    except ChangedMeanwhileError as error:
        click.echo("There now:", err=True)
        show_units(actor, error.place, error.catalog, list(error.units))
        raise

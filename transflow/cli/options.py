"""Options and arguments that several commands have, and the completion of their values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import click

from transflow.actions import Actor
from transflow.cli.session import find_project, now
from transflow.errors import TransflowError
from transflow.model.settings import Person
from transflow.project import Project

Completer = Callable[[click.Context, click.Parameter, str], list[str]]
Command = Callable[..., Any]


def comma_separated(text: str) -> tuple[str, ...]:
    """Return the parts of a comma-separated value, without the empty ones."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _completer(find: Callable[[Project], list[str]]) -> Completer:
    """Return a completer of the last of comma-separated names.

    Nothing is completed outside a project, or in one that cannot be read.
    """

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        try:
            return _with_last(incomplete, find(find_project(ctx)))
        except TransflowError:
            return []

    return complete


def complete_from(names: Callable[[], Iterable[str]]) -> Completer:
    """Return a completer of the last of comma-separated names that need no project."""
    return lambda _, __, incomplete: _with_last(incomplete, names())


def _with_last(incomplete: str, known: Iterable[str]) -> list[str]:
    """Return the ways to complete the last of comma-separated names."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in known if name.startswith(last)]


complete_people = _completer(lambda project: [person.id for person in project.settings.people])
complete_reports = _completer(lambda project: project.report_slugs())
complete_articles = _completer(
    lambda project: [
        place.slug for locale in project.settings.locales for place in project.catalogs(locale, "articles")
    ]
)
complete_catalogs = _completer(lambda project: list(dict.fromkeys(place.slug for place in project.all_catalogs())))
complete_locales = _completer(lambda project: list(project.settings.locales))

story_argument = click.argument("name", metavar="STORY", shell_complete=complete_articles)
format_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
locale_option = click.option("--locale", default="", metavar="L", help="The language.", shell_complete=complete_locales)
story_seen_option = click.option(
    "--seen",
    default=None,
    metavar="MARK",
    help="The mark of the story that you read, as `article show` prints it; refused if the page has changed since.",
)


def pass_anonymous_actor(command: Command) -> Command:
    """Decorate a command to take an Actor with an empty id as its first argument.

    For commands that record nobody: CI runs them, and is no person.
    """

    @click.pass_context
    @functools.wraps(command)
    def wrapped(ctx: click.Context, /, *args: Any, **options: Any) -> Any:
        return command(Actor(find_project(ctx), Person(""), now()), *args, **options)

    return wrapped

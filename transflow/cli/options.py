"""Options and arguments that several commands have, and the completion of their values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import click

from transflow.actions import Actor
from transflow.cli.session import LOCALE, find_project, now
from transflow.errors import RefusedError, TransflowError, UnknownNameError, UsageError
from transflow.messages import Messages
from transflow.model.settings import Person
from transflow.project import Project
from transflow.project.cache import is_ci
from transflow.project.places import FOLDERS, Folder
from transflow.stories.publications import CAUSES

MESSAGES = Messages(
    __name__,
    {
        "withheld": "{place} is confidential or under embargo, and others read the log of CI. Where they may read its texts: "
        "transflow --withheld …",
        "limited": (
            "{refs} is off the record or on hold, and others read the log of CI. Name the others, or, where they may read "
            "its texts: transflow --withheld …",
            "{refs} are off the record or on hold, and others read the log of CI. Name the others, or, where they may read "
            "their texts: transflow --withheld …",
        ),
    },
)
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


def _references(project: Project, folders: Iterable[Folder]) -> list[str]:
    """Return the catalogs as people type them: with their language where a slug has several."""
    wanted = [place for place in project.all_catalogs() if place.folder in folders]
    return list(dict.fromkeys([*(project.ref(place) for place in wanted), *map(str, wanted)]))


complete_people = _completer(lambda project: [person.id for person in project.settings.people])
complete_report_slugs = _completer(lambda project: project.report_slugs())
complete_reports = _completer(lambda project: _references(project, ("reports",)))
complete_articles = _completer(lambda project: _references(project, ("articles",)))
complete_catalogs = _completer(lambda project: _references(project, FOLDERS))
complete_locales = _completer(lambda project: list(project.settings.locales))


class AliasGroup(click.Group):
    """A group whose commands have other names too, which no help shows."""

    def __init__(self, *args: Any, aliases: dict[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.aliases = aliases

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, self.aliases.get(cmd_name, cmd_name))


class RenamedOption(click.Option):
    """An option that scripts may still call by the names `old`, which no help shows."""

    def __init__(self, *args: Any, old: tuple[str, ...], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.old = old

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        shown = self.opts
        try:
            self.opts = [*shown, *self.old]
            super().add_to_parser(parser, ctx)
        finally:
            self.opts = shown


def _choose_locale(ctx: click.Context, _: click.Parameter, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Note the language of --locale for `find_project`, and return it. Several choose none."""
    chosen = (value,) if isinstance(value, str) else value
    ctx.meta[LOCALE] = chosen[0] if len(chosen) == 1 else ""
    return value


def _locale_option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    return click.option(
        "--locale",
        *names,
        metavar="L",
        help="Only this language; a name without its language is of it.",
        callback=_choose_locale,
        shell_complete=complete_locales,
        **settings,
    )


locale_option = _locale_option(default="")
locales_option = _locale_option("locales", multiple=True)
names_locale_option = _locale_option(default="", expose_value=False)
"""For commands that need the language only for names and listings: see `find_project`."""


def take_user(command: click.Command) -> None:
    """Give the option --as to a command that does not read it itself, and to those of a group."""
    if not any("--as" in each.opts for each in command.params):
        click.option(
            "--as",
            "as_id",
            metavar="ID",
            default="",
            help="Who you are.",
            hidden=isinstance(command, click.Group),
            expose_value=False,
            callback=_note_user,
            shell_complete=complete_people,
        )(command)
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        take_user(each)


def _note_user(ctx: click.Context, _: click.Parameter, value: str) -> None:
    """Take the user for what follows, as if it had been named before the command."""
    root = ctx.find_root().obj
    if value and root is not None:
        root["as"] = value


def names_argument(*names: str, **settings: Any) -> Callable[[Command], Command]:
    """Return a decorator for an argument that names catalogs, and the option --locale for it."""
    argument = click.argument(*names, **settings)
    return lambda command: argument(names_locale_option(command))


def shown_argument(*names: str, **settings: Any) -> Callable[[Command], Command]:
    """Return a decorator for `names_argument` of a command that shows texts of what it names.

    In CI it refuses to show those that are withheld.
    """
    argument = names_argument(*names, **settings)

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def wrapped(*args: Any, **options: Any) -> Any:
            keep_from_log(click.get_current_context(), options[names[0]])
            return command(*args, **options)

        return argument(wrapped)

    return decorate


def keep_from_log(ctx: click.Context, ref: str) -> None:
    """Raise RefusedError in CI, whose log others read, if the texts of a REF are withheld.

    With --withheld they are shown. Loads what decides it, for CI alone.
    """
    if not is_ci() or (ctx.find_root().obj or {}).get("withheld"):
        return
    from transflow.actions.refs import parse_ref
    from transflow.actions.withheld import is_withheld, limited_in

    project = find_project(ctx)
    try:
        parsed = parse_ref(project, ref)
        place = parsed.place
    except (UnknownNameError, UsageError):  # the command itself says so, or makes a new one
        return
    if is_withheld(project, place, now()):
        raise RefusedError(MESSAGES("withheld", place=str(place)))
    limited, number = limited_in(project, parsed)
    if number:
        raise RefusedError(MESSAGES("limited", refs=limited, n=number))


story_argument = shown_argument("name", metavar="STORY", shell_complete=complete_articles)
ref_argument = shown_argument("ref", metavar="REF", shell_complete=complete_catalogs)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json: the same for programs.",
)
story_seen_option = click.option(
    "--seen",
    default=None,
    metavar="MARK",
    help="The mark of the story that you read, as `article show` prints it; refused if the page has changed since.",
)


cause_option = click.option(
    "--cause", type=click.Choice(CAUSES), default=None, help="Where the mistake was made, for your records."
)
told_option = click.option("--told", default="", metavar="TEXT", help="The partners who were informed; needs --cause.")


def pass_anonymous_actor(command: Command) -> Command:
    """Decorate a command to take an Actor with an empty id as its first argument.

    For commands that record nobody: CI runs them, and is no person.
    """

    @click.pass_context
    @functools.wraps(command)
    def wrapped(ctx: click.Context, /, *args: Any, **options: Any) -> Any:
        return command(Actor(find_project(ctx), Person(""), now()), *args, **options)

    return wrapped

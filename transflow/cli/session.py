"""What every command needs: the project, the user, the time, and how values are shown and completed."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from transflow.actions import Actor, utc_now
from transflow.errors import TransflowError, UsageError
from transflow.project import Project
from transflow.project.waiting import process


def now() -> str:
    """The time, in UTC, to the second."""
    return utc_now()


def project(ctx: click.Context) -> Project:
    """The project that the command runs in. Raises UsageError where there is none. Whoever waits for a file of it is told the
    command's name, and nothing that stands after it."""
    process.command, process.tell = ctx.command_path, _told
    root = ctx.find_root()
    folder = Path((root.obj or {}).get("folder") or root.params.get("folder") or ".").resolve()
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}.")
    found = Project.find(folder)
    if (root.obj or {}).get("no_cache"):
        found.cache = None
    return found


def _told(text: str) -> None:
    if text:
        click.echo(f"transflow: {text}", err=True)


def actor(ctx: click.Context, as_id: str = "") -> Actor:
    from transflow.actions.project.people import identify

    found = project(ctx)
    return Actor(found, identify(found, as_id or ctx.find_root().obj["as"]), now())


def acting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the option --as, and a `Actor` as its first argument."""

    @click.option("--as", "as_id", metavar="ID", default="", help="Who you are.", shell_complete=complete_people)
    @click.pass_context
    @functools.wraps(command)
    def wrapped(ctx: click.Context, /, *args: Any, as_id: str, **options: Any) -> Any:
        return command(actor(ctx, as_id), *args, **options)

    return wrapped


def unsigned(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command that records nobody a `Actor` as its first argument: CI runs it, and is no person."""

    @click.pass_context
    @functools.wraps(command)
    def wrapped(ctx: click.Context, /, *args: Any, **options: Any) -> Any:
        from transflow.model.settings import Person

        return command(Actor(project(ctx), Person(""), now()), *args, **options)

    return wrapped


def local_time(time: str, timezone: str) -> str:
    """A UTC time as people in the project's zone read it: `2024-03-26 18:00`. One that no calendar has stays as it is."""
    from zoneinfo import ZoneInfo

    try:
        return datetime.fromisoformat(time).astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return time


def names(text: str) -> tuple[str, ...]:
    """The parts of a comma-separated value."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def input_bytes(path: str) -> bytes:
    """What a file that somebody named holds, or standard input for "-". Raises UsageError, UnreadableError."""
    if path == "-":
        return sys.stdin.buffer.read()
    from transflow.project.files import read

    if not Path(path).exists():
        raise UsageError(f"there is no file {path}.")
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder: name a file.")
    return read(Path(path), path)


def many(count: int, one: str, more: str = "") -> str:
    """`1 sentence`, `2 sentences`."""
    return f"{count} {one if count == 1 else more or one + 's'}"


Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def _completing(find: Callable[[Project], list[str]]) -> Completer:
    """A completer of the last of comma-separated names. A project that cannot be read completes nothing."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        try:
            known = find(project(ctx))
        except TransflowError:
            return []
        return [f"{before}{comma}{name}" for name in known if name.startswith(last)]

    return complete


complete_people = _completing(lambda found: [person.id for person in found.settings.people])
complete_reports = _completing(lambda found: found.report_slugs())
complete_articles = _completing(
    lambda found: [place.slug for locale in found.settings.locales for place in found.places(locale, "articles")]
)
complete_catalogs = _completing(lambda found: list(dict.fromkeys(place.slug for place in found.all_places())))
complete_locales = _completing(lambda found: list(found.settings.locales))

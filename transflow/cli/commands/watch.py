"""The `transflow watch` command."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from transflow.actions import Actor
from transflow.actions.reports import watching
from transflow.actions.reports.origins import ReportOrigins
from transflow.actions.reports.watching import NewItem
from transflow.cli.adding import add_sources
from transflow.cli.notices import notify, print_text
from transflow.cli.options import format_option, pass_anonymous_actor
from transflow.cli.reading import Sources
from transflow.cli.streams import write_json
from transflow.errors import TransflowError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.project.files import files_below
from transflow.readers import Piece, is_address

MESSAGES = Messages(
    __name__,
    {
        "new": "{name}: “{title}”",
        "new/date": "{name}: “{title}” ({date})",
        "version": "{name}: “{title}”, a new version of {report}: {command}",
        "problem": "{name}: {why}",
        "two": "--format json lists what is new: leave --add out.",
        "nothing": "Nothing is new.",
        "more": "There is more: {most} are listed (--limit).",
        "add": "To add them: {command}",
    },
)
_MOST = 20
"""Reports of one look, unless --limit says otherwise."""
_MOST_FILES = 2000
"""Files of a folder that are looked at."""


@click.command()
@click.argument("source", metavar="FEED|FOLDER")
@click.option("--add", "is_added", is_flag=True, help="Add what is new.")
@click.option(
    "--limit", default=_MOST, show_default=True, type=click.IntRange(1, 200), help="Most reports of one look."
)
@format_option
@pass_anonymous_actor
def watch(actor: Actor, source: str, is_added: bool, limit: int, form: str) -> int:
    """List what is new in a feed or a folder, or add it.

    A feed is an address or a file. New are entries whose pages are no reports yet, and files that
    no report came from. Nothing is stored: a second look says the same until reports are added.
    With --add, the pages of new entries are fetched one after the other, with a second between two
    of one host.

    \b
    Examples:
      transflow watch https://www.example.org/rss.xml
      transflow watch https://www.example.org/rss.xml --add --limit 5
      transflow watch ~/incoming --add
    """
    if is_added and form == "json":
        raise UsageError(MESSAGES("two"))
    found = [*islice(_new(actor, source), limit + 1)]
    items = found[:limit]
    if not is_added or not items:
        write_json([_values(each) for each in items]) if form == "json" else _print(source, items)
        if len(found) > limit:
            notify(MESSAGES("more", most=limit))
        return max((3 for each in items if each.problem), default=0)
    return add_sources(actor, tuple(each.name for each in items))


def _new(actor: Actor, source: str) -> Iterator[NewItem]:
    origins = ReportOrigins(actor.project)
    if not is_address(source) and Path(source).is_dir():
        return watching.new_files(_files(source), origins)
    return watching.new_entries(Sources().read(source), source, origins)


def _files(folder: str) -> Iterator[Piece]:
    """Yield the files in a folder and below it, without hidden ones."""
    reading = Sources()
    for name in islice(files_below(Path(folder)), _MOST_FILES):
        path = str(Path(folder, name))
        if not any(part.startswith(".") for part in Path(name).parts):
            try:
                yield Piece(path, reading.read(path))
            except TransflowError:  # it went away, or is too large
                continue


def _values(item: NewItem) -> dict[str, str]:
    return {
        "name": item.name,
        "title": item.title,
        "date": item.date,
        "report": item.slug,
        "problem": str(item.problem),
    }


def _print(source: str, items: list[NewItem]) -> None:
    for each in items:
        if each.problem:
            print_text(MESSAGES("problem", name=each.name, why=each.problem))
        elif each.slug:
            command = CommandRef(f"update {each.slug} {each.name}")
            print_text(MESSAGES("version", name=each.name, title=each.title, report=each.slug, command=command))
        else:
            key = "new/date" if each.date else "new"
            print_text(MESSAGES(key, name=each.name, title=each.title, date=each.date[:10]))
    if not items:
        notify(MESSAGES("nothing"))
    elif any(not each.problem for each in items):
        notify(MESSAGES("add", command=CommandRef(f"watch {source} --add")))

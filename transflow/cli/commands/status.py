"""The `transflow status` command: bars on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from transflow.actions.project.status import StatusRow, as_json, rows
from transflow.cli.options import complete_catalogs, complete_locales, format_option
from transflow.cli.session import find_project, now
from transflow.cli.streams import Piece, print_coloured, write_json
from transflow.errors import UnknownNameError
from transflow.model.unit import State
from transflow.project import Project
from transflow.text import visible

_BAR = 20
"""Width of a bar, in columns."""
_DONE: tuple[State, ...] = ("translated", "approved", "omitted", "cut")
_APPROVED: tuple[State, ...] = ("approved", "omitted", "cut")


@click.command()
@click.argument("names", metavar="[SLUG]…", nargs=-1, shell_complete=complete_catalogs)
@click.option("--locale", default="", help="One language only.", shell_complete=complete_locales)
@format_option
@click.pass_context
def status(ctx: click.Context, names: tuple[str, ...], locale: str, form: str) -> int:
    """Show the progress of every report and story.

    \b
    Examples:
      transflow status
      transflow status un-letter vi:un-story
      transflow status --format json | jq '.[] | select(.overdue > 0)'
    """
    project = find_project(ctx)
    locales = (project.locale(locale),) if locale else ()
    listing = rows(project, now(), locales, tuple(_slug(project, name, locale) for name in names))
    if form == "json":
        listed = list(listing)
        write_json(list(as_json(iter(listed))))
        return _exit_code(listed)
    return _exit_code(_print_rows(listing, sys.stdout.isatty(), len(project.settings.locales) > 1))


def _slug(project: Project, name: str, locale: str) -> str:
    """Return the slug in a name such as `un-letter` or `vi:un-letter`.

    Raise UnknownNameError, which names similar ones, where no catalog has it.
    """
    if ":" in name or locale:
        return project.find_catalog(name if ":" in name else f"{locale}:{name}").slug
    known = {place.slug for place in project.all_catalogs()}
    if name not in known:
        raise UnknownNameError("report or story", name, known)
    return name


def _print_rows(listing: Iterable[StatusRow], on_terminal: bool, with_locale: bool) -> Iterator[StatusRow]:
    """Print the rows as they come, and yield them."""
    empty = True
    for row in listing:
        if row.error:
            click.echo(f"transflow: {row.error}", err=True)
        else:
            print_coloured(_bar_line(row, with_locale) if on_terminal else [(_plain_line(row), "")])
        empty = False
        yield row
    if empty:
        click.echo("No catalogs yet: `transflow add REPORT.md`.", err=True)


def _exit_code(listing: Iterable[StatusRow]) -> int:
    return max((row.error.exit_code for row in listing if row.error), default=0)


def _warnings(row: StatusRow) -> list[str]:
    """Return what needs attention, in words."""
    counts = row.counts
    numbers = [
        (counts.changed, "the Korean changed" if not row.article else "the draft changed"),
        (row.stale, "stale"),
        (counts.overdue, "overdue"),
        (counts.questions, "open questions"),
        (counts.conflicts, "with two texts"),
        (counts.void, "changed since approval"),
    ]
    flags = {"second read owed": row.second_read_owed, _published_differs(row): bool(row.differing)}
    return [f"{number} {label}" for number, label in numbers if number] + [
        label for label, holds in flags.items() if holds
    ]


def _published_differs(row: StatusRow) -> str:
    return (
        "killed, but a page stands"
        if row.article == "killed"
        else "published text differs: correct it or update the page"
    )


def _numbers(row: StatusRow) -> str:
    counts = row.counts
    translated, words = counts.share(*_DONE), counts.share(*_DONE, words=True)
    approved = counts.share(*_APPROVED)
    return f"{translated:5.1f}% translated ({words:.1f}% of words)  {approved:5.1f}% approved  of {counts.total}"


def _plain_line(row: StatusRow) -> str:
    kind = f"story {row.article}" if row.article else "report"
    return "  ".join([f"{row.place.locale}:{row.place.slug}", kind, _numbers(row).strip(), *_warnings(row)])


def _bar_line(row: StatusRow, with_locale: bool) -> list[Piece]:
    counts = row.counts
    whole = counts.total or 1
    approved = sum(counts.units[state] for state in _APPROVED) * _BAR // whole
    done = sum(counts.units[state] for state in _DONE) * _BAR // whole
    name = str(row.place) if with_locale else row.place.slug
    kind = f"story, {row.article}" if row.article else "report"
    return [
        (f"{visible(name):<28} ", ""),
        ("█" * approved, "green"),
        ("▒" * (done - approved), "yellow"),
        (f"{'·' * (_BAR - done)} {_numbers(row)}  {kind}  ", ""),
        ("  ".join(_warnings(row)), "red"),
    ]

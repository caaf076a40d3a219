"""`transflow status`: bars on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from transflow.actions.project.status import StatusRow, as_json, rows
from transflow.cli.session import complete_catalogs, complete_locales, now, project
from transflow.cli.streams import Piece, json_out, painted
from transflow.errors import UnknownNameError
from transflow.model.unit import State
from transflow.project import Project
from transflow.text import visible

_BAR = 20
_DONE: tuple[State, ...] = ("translated", "approved", "omitted", "cut")
_APPROVED: tuple[State, ...] = ("approved", "omitted", "cut")


@click.command()
@click.argument("names", metavar="[SLUG]…", nargs=-1, shell_complete=complete_catalogs)
@click.option("--locale", default="", help="One language only.", shell_complete=complete_locales)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def status(ctx: click.Context, names: tuple[str, ...], locale: str, form: str) -> int:
    """How far every report and story is.

    \b
    Examples:
      transflow status
      transflow status un-letter vi:un-story
      transflow status --format json | jq '.[] | select(.overdue > 0)'
    """
    found = project(ctx)
    locales = (found.locale(locale),) if locale else ()
    listing = rows(found, now(), locales, tuple(_known(found, name, locale) for name in names))
    if form == "json":
        listed = list(listing)
        json_out(list(as_json(iter(listed))))
        return _exit_code(listed)
    return _exit_code(_shown(listing, sys.stdout.isatty(), len(found.settings.locales) > 1))


def _known(found: Project, name: str, locale: str) -> str:
    """A name that a language has, which may stand before it. Raises UnknownNameError, with near names."""
    if ":" in name or locale:
        return found.place(name if ":" in name else f"{locale}:{name}").slug
    known = {place.slug for place in found.all_places()}
    if name not in known:
        raise UnknownNameError("report or story", name, known)
    return name


def _shown(listing: Iterable[StatusRow], on_terminal: bool, several: bool) -> Iterator[StatusRow]:
    """Prints the rows as they come, and hands them on."""
    empty = True
    for row in listing:
        if row.error:
            click.echo(f"transflow: {row.error}", err=True)
        else:
            painted(_bar_line(row, several) if on_terminal else [(_plain_line(row), "")])
        empty = False
        yield row
    if empty:
        click.echo("No catalogs yet: `transflow add REPORT.md`.", err=True)


def _exit_code(listing: Iterable[StatusRow]) -> int:
    return max((row.error.exit_code for row in listing if row.error), default=0)


def _marks(row: StatusRow) -> list[str]:
    """What needs somebody's eye, in words."""
    counts = row.counts
    found = [
        (counts.changed, "the Korean changed" if not row.article else "the draft changed"),
        (row.stale, "stale"),
        (counts.overdue, "overdue"),
        (counts.questions, "open questions"),
        (counts.conflicts, "with two texts"),
        (counts.void, "changed since approval"),
    ]
    words = {"second read owed": row.owed, _published_differs(row): bool(row.differing)}
    return [f"{number} {what}" for number, what in found if number] + [word for word, holds in words.items() if holds]


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
    return "  ".join([f"{row.place.locale}:{row.place.slug}", kind, _numbers(row).strip(), *_marks(row)])


def _bar_line(row: StatusRow, several: bool) -> list[Piece]:
    counts = row.counts
    whole = counts.total or 1
    approved = sum(counts.units[state] for state in _APPROVED) * _BAR // whole
    done = sum(counts.units[state] for state in _DONE) * _BAR // whole
    name = str(row.place) if several else row.place.slug
    kind = f"story, {row.article}" if row.article else "report"
    return [
        (f"{visible(name):<28} ", ""),
        ("█" * approved, "green"),
        ("▒" * (done - approved), "yellow"),
        (f"{'·' * (_BAR - done)} {_numbers(row)}  {kind}  ", ""),
        ("  ".join(_marks(row)), "red"),
    ]

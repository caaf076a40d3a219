"""The `transflow status` command: bars on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from transflow.actions.project.status import StatusRow, as_json, rows
from transflow.cli.notices import notify, print_error
from transflow.cli.options import complete_catalogs, format_option, locale_option
from transflow.cli.session import find_project, now
from transflow.cli.streams import Piece, print_coloured, write_json
from transflow.errors import UnknownNameError
from transflow.messages import CommandRef, Messages
from transflow.model.unit import State
from transflow.presenters import i18n
from transflow.project import Project
from transflow.text import visible

MESSAGES = Messages(
    __name__,
    {
        "none": "No catalogs yet: {command}.",
        "numbers": "{translated}% translated ({words}% of words)  {approved}% approved  of {n}",
        "report": "report",
        "story": "story {state}",
        "story/bar": "story, {state}",
        "composing": "composing",
        "ready": "ready",
        "cleared": "cleared",
        "published": "published",
        "killed": "killed",
        "korean-changed": "{n} the Korean changed",
        "draft-changed": "{n} the draft changed",
        "stale": "{n} stale",
        "overdue": "{n} overdue",
        "questions": "{n} open questions",
        "conflicts": "{n} with two texts",
        "void": "{n} changed since approval",
        "second-read": "second read owed",
        "killed-page": "killed, but a page is still published",
        "differs": "published text differs: correct it or update the page",
    },
)

_BAR = 20
"""Width of a bar, in columns."""
_DONE: tuple[State, ...] = ("translated", "approved", "omitted", "cut")
_APPROVED: tuple[State, ...] = ("approved", "omitted", "cut")


@click.command()
@click.argument("names", metavar="[SLUG]…", nargs=-1, shell_complete=complete_catalogs)
@locale_option
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
            print_error(row.error.message)
        else:
            print_coloured(_bar_line(row, with_locale) if on_terminal else [(_plain_line(row), "")])
        empty = False
        yield row
    if empty:
        notify(MESSAGES("none", command=CommandRef("add REPORT.md")))


def _exit_code(listing: Iterable[StatusRow]) -> int:
    return max((row.error.exit_code for row in listing if row.error), default=0)


def _warnings(row: StatusRow) -> list[str]:
    counts = row.counts
    numbers = {
        "draft-changed" if row.article else "korean-changed": counts.changed,
        "stale": row.stale,
        "overdue": counts.overdue,
        "questions": counts.questions,
        "conflicts": counts.conflicts,
        "void": counts.void,
    }
    flags = {
        "second-read": row.second_read_owed,
        "killed-page" if row.article == "killed" else "differs": bool(row.differing),
    }
    messages = [MESSAGES(key, n=number) for key, number in numbers.items() if number]
    messages += [MESSAGES(key) for key, holds in flags.items() if holds]
    return list(map(i18n.say, messages))


def _numbers(row: StatusRow) -> str:
    counts = row.counts
    return i18n.say(
        MESSAGES(
            "numbers",
            translated=f"{counts.share(*_DONE):5.1f}",
            words=f"{counts.share(*_DONE, words=True):.1f}",
            approved=f"{counts.share(*_APPROVED):5.1f}",
            n=counts.total,
        )
    )


def _kind(row: StatusRow, key: str) -> str:
    return i18n.say(MESSAGES(key, state=MESSAGES(row.article)) if row.article else MESSAGES("report"))


def _plain_line(row: StatusRow) -> str:
    name = f"{row.place.locale}:{row.place.slug}"
    return "  ".join([name, _kind(row, "story"), _numbers(row).strip(), *_warnings(row)])


def _bar_line(row: StatusRow, with_locale: bool) -> list[Piece]:
    counts = row.counts
    whole = counts.total or 1
    approved = sum(counts.units[state] for state in _APPROVED) * _BAR // whole
    done = sum(counts.units[state] for state in _DONE) * _BAR // whole
    name = str(row.place) if with_locale else row.place.slug
    return [
        (f"{visible(name):<28} ", ""),
        ("█" * approved, "green"),
        ("▒" * (done - approved), "yellow"),
        (f"{'·' * (_BAR - done)} {_numbers(row)}  {_kind(row, 'story/bar')}  ", ""),
        ("  ".join(_warnings(row)), "red"),
    ]

"""The `transflow status` command: bars on a terminal, plain lines in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import click

from transflow.actions.project.status import StatusRow, as_json, rows
from transflow.cli.formatting import cell_width, padded
from transflow.cli.notices import notify, print_error
from transflow.cli.options import complete_catalogs, format_option, locale_option
from transflow.cli.session import find_project, now
from transflow.cli.streams import Piece, print_coloured, write_json
from transflow.errors import UnknownNameError
from transflow.messages import CommandRef, Messages
from transflow.model.unit import State
from transflow.presenters import i18n
from transflow.project import CatalogRef, Project
from transflow.project.places import FOLDERS
from transflow.text import visible

MESSAGES = Messages(
    __name__,
    {
        "none": "No catalogs yet: {command}.",
        "numbers/narrow": "{translated}% translated  {approved}% approved  of {n}",
        "numbers": "{translated}% translated ({words}% of words)  {approved}% approved  of {n}",
        "report": "report",
        "story": "story {state}",
        "composing": "composing",
        "ready": "ready",
        "cleared": "cleared",
        "published": "published",
        "killed": "killed",
        "live": "live: {n} to come",
        "live/whole": "live: nothing to come",
        "behind": "its file changed: {command}",
        "korean-changed": "{n} the Korean changed",
        "draft-changed": "{n} the draft changed",
        "stale": "{n} stale",
        "overdue": "{n} overdue",
        "questions": "{n} open questions",
        "conflicts": "{n} with two texts",
        "void": "{n} changed since approval",
        "second-read": "second read owed",
        "page/killed": "killed, but a page is still published",
        "page/newer": "A newer version is ready. Update the page; correct only if it was wrong.",
        "page/wrong": "The page is wrong: its correction was begun.",
        "page/changed": "changed since it was published, and not cleared yet",
    },
)

_STATES = ("composing", "ready", "cleared", "published", "killed")
_INDENT = 4
"""Indent of remarks that have no room behind the figures."""
_DIGITS = 4
"""Width of the number of sentences."""
_FIGURES = 62
"""Width of the figures of a row, and of the spaces between its columns."""
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
    layout = _Layout.of(project, locales, tuple(_slug(project, name, locale) for name in names))
    return _exit_code(_print_rows(listing, layout))


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


class _Layout(NamedTuple):
    """Widths of the columns, and whether names have a language and rows a bar."""

    names: int
    kinds: int
    with_locale: bool
    width: int = 0
    """Columns of the terminal; 0 in a pipe."""

    @classmethod
    def of(cls, project: Project, locales: Sequence[str], slugs: Collection[str]) -> _Layout:
        """Return the layout of these catalogs, before any of them is counted."""
        width = _terminal_width() if sys.stdout.isatty() else 0
        with_locale = not width or len(project.settings.locales) > 1
        listed = (
            place
            for language in locales or project.settings.locales
            for folder in FOLDERS
            for place in project.catalogs(language, folder)
            if not slugs or place.slug in slugs
        )
        names = max((len(str(place) if with_locale else place.slug) for place in listed), default=0)
        kinds = [*(MESSAGES("story", state=MESSAGES(state)) for state in _STATES), MESSAGES("report")]
        return cls(names, max(cell_width(i18n.say(each)) for each in kinds), with_locale, width)

    @property
    def is_narrow(self) -> bool:
        """True if bars and words have no room on the terminal."""
        return self.width < self.names + _BAR + self.kinds + _FIGURES

    def name(self, place: CatalogRef) -> str:
        return padded(visible(str(place) if self.with_locale else place.slug), self.names)


def _terminal_width() -> int:
    """Return the columns of the terminal, or what COLUMNS says."""
    said = os.environ.get("COLUMNS", "")
    return (int(said) if said.isdecimal() else 0) or os.get_terminal_size(sys.stdout.fileno()).columns or 80


def _print_rows(listing: Iterable[StatusRow], layout: _Layout) -> Iterator[StatusRow]:
    """Print the rows as they come, and yield them."""
    empty = True
    for row in listing:
        if row.error:
            print_error(row.error.message)
        else:
            print_coloured(_bar_line(row, layout) if layout.width else [(_plain_line(row, layout), "")])
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
    messages = [MESSAGES("behind", command=CommandRef(f"update {row.place.slug}"))] if row.behind else []
    messages += [MESSAGES("live" if row.to_come else "live/whole", n=row.to_come)] if row.to_come is not None else []
    messages += [MESSAGES(key, n=number) for key, number in numbers.items() if number]
    messages += [MESSAGES("second-read")] if row.second_read_owed else []
    messages += [MESSAGES(f"page/{row.page_state}")] if row.page_state else []
    return list(map(i18n.say, messages))


def _numbers(row: StatusRow, *, is_narrow: bool = False) -> str:
    """Return the figures of a row, as wide in every row."""
    counts = row.counts
    gap = " " * (_DIGITS - len(str(counts.total)))
    return gap.join((_figures(row, "numbers/narrow" if is_narrow else "numbers"), ""))


def _figures(row: StatusRow, key: str) -> str:
    counts = row.counts
    words = f"{counts.share(*_DONE, words=True):.1f}"
    gap = "" if key == "numbers/narrow" else " " * (len("100.0") - len(words))
    translated, approved = f"{counts.share(*_DONE):5.1f}", f"{gap}{counts.share(*_APPROVED):5.1f}"
    return i18n.say(MESSAGES(key, translated=translated, words=words, approved=approved, n=counts.total))


def _kind(row: StatusRow, layout: _Layout) -> str:
    kind = MESSAGES("story", state=MESSAGES(row.article)) if row.article else MESSAGES("report")
    return padded(i18n.say(kind), layout.kinds)


def _plain_line(row: StatusRow, layout: _Layout) -> str:
    return "  ".join([layout.name(row.place), _kind(row, layout), _numbers(row), *_warnings(row)])


def _bar_line(row: StatusRow, layout: _Layout) -> list[Piece]:
    """Return a row for a terminal, of which no line is wider than it."""
    counts = row.counts
    whole = counts.total or 1
    approved = sum(counts.units[state] for state in _APPROVED) * _BAR // whole
    done = sum(counts.units[state] for state in _DONE) * _BAR // whole
    bar = [
        ("█" * approved, "green"),
        ("▒" * (done - approved), "yellow"),
        (f"{'·' * (_BAR - done)}   ", ""),
    ]
    figures = f"{_kind(row, layout)}  {_numbers(row, is_narrow=layout.is_narrow)}"
    pieces = [(f"{layout.name(row.place)}  ", ""), *([] if layout.is_narrow else bar), (figures, "")]
    return [*pieces, (_wrapped(_warnings(row), sum(cell_width(text) for text, _ in pieces), layout.width), "red")]


def _wrapped(remarks: Sequence[str], column: int, width: int) -> str:
    """Return remarks that follow a text which ends at a column: on lines of their own where they
    have no room.
    """
    text = ""
    for remark in remarks:
        if column + 2 + cell_width(remark) <= width:
            text += f"  {remark}"
            column += 2 + cell_width(remark)
        else:
            text += "\n" + " " * _INDENT + remark
            column = _INDENT + cell_width(remark)
    return text

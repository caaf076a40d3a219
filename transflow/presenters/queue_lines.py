"""Rows of the queue screen.

Invariant: a row is readable without colours: progress is a bar and a number, marks are words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from transflow.actions.project.overview import OverviewRow
from transflow.actions.reports.handover import OpenItem
from transflow.actions.reports.queue import Waiting
from transflow.model.unit import State
from transflow.presenters.cells import fitted
from transflow.presenters.i18n import _, count, mark, say
from transflow.presenters.list_rows import ListRow, Piece
from transflow.presenters.live_notes import live_mark
from transflow.presenters.unit_lines import SIGNS

WAITS = {
    "take-down": mark("take the page down"),
    "correct": mark("correct"),
    "update": mark("update the page"),
    "question": mark("answer a question"),
    "answered": mark("read an answer"),
    "returned": mark("sent back"),
    "look": mark("look again"),
    "translate": mark("translate"),
    "compose": mark("take in changes"),
    "write": mark("write"),
    "ready": mark("hand to editor"),
    "approve": mark("review"),
    "clear": mark("read and clear to publish"),
    "assign": mark("assign"),
}
WIDE, _NARROW = 110, 60
"""Cells from which on there are columns, and below which there is no bar."""
SORTS = (mark("deadline"), mark("name"), mark("progress"))
ARTICLE_STATES = {
    "composing": mark("writing"),
    "ready": mark("with editor"),
    "cleared": mark("cleared"),
    "published": mark("published"),
    "killed": mark("killed"),
}
PAGE_STATES = {
    "newer": mark("a newer version is ready"),
    "wrong": mark("the page is wrong"),
    "changed": mark("changed since it was published"),
    "killed": mark("a page is still there"),
}
"""Phrase for a story whose pages have to be changed, in a row."""
WHAT_TO_DO = {
    "newer": mark("A newer version is ready. Update the page; correct only if it was wrong."),
    "wrong": mark("The page is wrong: its correction was begun."),
    "changed": mark("It was changed since it was published, and is not cleared yet."),
    "killed": mark("It was killed, but a page is still published: take it down."),
}
"""The same as a sentence."""


class Columns(NamedTuple):
    """Widths of a row's columns in cells: as wide as the widest value, up to a maximum."""

    name: int
    states: int = 0
    when: int = 0
    marks: int = 0
    people: int = 0


_ONE_CLOCK = 20
"""Width of a deadline on one clock; one on two clocks takes its room from the names."""
NARROWEST, _WIDEST = Columns(12), Columns(60, 18, 38, 44, 24)


def columns(
    each: OverviewRow | Waiting, name: str, format_time: Callable[[str], str], person: Callable[[str], str]
) -> Columns:
    """Return the widths that a row needs."""
    if isinstance(each, Waiting):
        return Columns(cell_len(name), when=cell_len(deadline(each.due, each.overdue, format_time)))
    line = each
    if not line.is_read or line.problem:
        return Columns(cell_len(name))
    when = deadline(line.due, bool(line.overdue), format_time)
    return Columns(*map(cell_len, (name, by_state(line), when, _flags_text(line), _people(line, person))))


def widest(widths: Iterable[Columns]) -> Columns:
    """Return the widths that fit all rows, up to the maximum of each column."""
    return Columns(
        *(min(max(cells), maximum) for cells, maximum in zip(zip(*widths, strict=True), _WIDEST, strict=True))
    )


def heading(text: str) -> ListRow:
    return ListRow([(text, "heading")], heading=True)


def sort_rows(lines: Sequence[OverviewRow], sort: str) -> list[OverviewRow]:
    keys: dict[str, Callable[[OverviewRow], tuple[object, ...]]] = {
        "deadline": lambda line: (line.due or "9", line.title, line.place.slug),
        "name": lambda line: (line.title, line.place.slug, line.place.locale),
        "progress": lambda line: (line.done, line.title, line.place.slug),
    }
    return sorted(lines, key=keys[sort])


def waiting_row(
    each: Waiting,
    name: str,
    columns: Columns,
    width: int,
    format_time: Callable[[str], str],
    *,
    is_current: bool = False,
) -> ListRow:
    """Return a row with task, headline, number of sentences and deadline."""
    is_narrow = width < _NARROW
    is_short = is_narrow or (width < WIDE and columns.when > _ONE_CLOCK)
    task = fitted(_(WAITS[each.reason]), 10 if is_narrow else 18, fill=True).text
    number = str(len(each.numbers) or "") if is_short else units_text(each)
    number = fitted(number, 3 if is_short else 17 if width >= WIDE else 13, fill=True).text
    rest = cell_len(task) + cell_len(number) + 5 + columns.when
    name = fitted(name, _name_width(columns, width, rest), fill=True).text
    when, style = deadline(each.due, each.overdue, format_time), "bad" if each.overdue else ""
    sign = "▸ " if is_current else "  "
    pieces: list[Piece] = [(f"{sign}{task} ", "strong"), (f"{name} ", ""), (f"{number} ", "")]
    if width < WIDE:
        return ListRow([*pieces, (when, style)])
    return ListRow([*pieces, _column(when, columns.when, style)])


def units_text(each: Waiting | OpenItem) -> str:
    """Return the number of sentences or paragraphs that wait."""
    if not each.numbers:
        return _("the whole story")
    if each.place.folder == "articles":
        return count("{n} paragraph", "{n} paragraphs", len(each.numbers))
    return count("{n} sentence", "{n} sentences", len(each.numbers))


def line_row(
    line: OverviewRow,
    name: str,
    columns: Columns,
    width: int,
    format_time: Callable[[str], str],
    person: Callable[[str], str],
    sign: str = "  ",
) -> ListRow:
    """Return a row with name, progress, states, deadline, marks and people.

    They are in columns on wide screens; otherwise the last ones are cut. `sign` stands before it.
    """
    progress = _progress(line, 0 if width < _NARROW else 10)
    rest = columns.when + columns.marks + columns.people + 4
    rest = rest + columns.states + 4 if width >= WIDE else min(rest, width * 7 // 20 + _other_clock(columns))
    rest += 3 + sum(cell_len(text) for text, _look in progress)
    name = fitted(name, _name_width(columns, width, rest), fill=True).text
    if line.problem:
        return ListRow([(f"{sign}{name} ", ""), (say(line.problem), "bad")])
    if not line.is_read:
        return ListRow([(f"{sign}{name} ", ""), ("…", "faint")])
    pieces: list[Piece] = [(f"{sign}{name} ", ""), *progress]
    when, style = deadline(line.due, bool(line.overdue), format_time), "bad" if line.overdue else ""
    people = _people(line, person)
    if width < WIDE:
        return ListRow([*pieces, *_flags(line), (f"{when}  " if when else "", style), (people, "faint")])
    gap = columns.marks - cell_len(_flags_text(line))
    marks_column: list[Piece] = (
        [*_flags(line), (" " * (gap + 2 * (not _flags_text(line))), "")] if columns.marks else []
    )
    return ListRow(
        [
            *pieces,
            _column(by_state(line), columns.states, "faint"),
            _column(when, columns.when, style),
            *marks_column,
            _column(people, columns.people, "faint"),
        ]
    )


def _progress(line: OverviewRow, bar_cells: int) -> list[Piece]:
    """Return a bar and a number; without room for a bar, the number without its fraction."""
    if not bar_cells:
        return [(f"{int(line.done):>3}%  ", "")]
    return [(f"{_bar(line, bar_cells)} ", "good"), (f"{line.done:5.1f}%  ", "")]


def _other_clock(columns: Columns) -> int:
    """Return the cells that the second clock of a deadline takes from the names."""
    return max(0, columns.when - _ONE_CLOCK)


def _name_width(columns: Columns, width: int, rest: int) -> int:
    """Return the cells for headlines: what `rest` leaves, at least a fifth or 3 in 10."""
    if width >= WIDE:
        return max(width // 5, min(columns.name, width - rest))
    return max(12, width * 3 // 10 - _other_clock(columns), width - rest)


def _column(text: str, cells: int, style: str = "") -> Piece:
    return (fitted(text, cells, fill=True).text + "  " if cells else "", style)


def deadline(due: str, overdue: bool, format_time: Callable[[str], str]) -> str:
    """Return a phrase with a deadline; "" for none."""
    words = _("overdue {time}") if overdue else _("due {time}")
    return words.format(time=format_time(due)) if due else ""


def _people(line: OverviewRow, person: Callable[[str], str]) -> str:
    return ", ".join(person(who) for who in line.people)


def _flags(line: OverviewRow) -> list[Piece]:
    """Return the state of a story, and its marks."""
    state: list[Piece] = [(_(ARTICLE_STATES[line.article]) + "  ", "strong")] if line.article else []
    return state + [(f"{words}  ", "look") for words in marks(line)]


def _flags_text(line: OverviewRow) -> str:
    return "".join(text for text, _look in _flags(line)).rstrip()


def by_state(line: OverviewRow) -> str:
    """Return the number of sentences in each state, with the signs of the lists."""
    states: tuple[State, ...] = ("approved", "translated", "needs-work", "untranslated")
    return " ".join(f"{SIGNS[state][0]}{number}" for state, number in zip(states, line.units, strict=True) if number)


def marks(line: OverviewRow) -> list[str]:
    """Return phrases for what needs attention."""
    changed = _("the translations changed: {n}") if line.article else _("the Korean changed: {n}")
    found = [
        (line.changed, changed),
        (line.conflicts, _("two texts: {n}")),
        (line.questions, _("questions: {n}")),
        (line.void, _("changed since it was reviewed: {n}")),
        (line.unexamined, _("machine's words, not examined: {n}")),
    ]
    return [
        *([live_mark(line.to_come)] if line.to_come is not None else []),
        *(words.format(n=number) for number, words in found if number),
        *([_("second read owed")] if line.second_read_owed else []),
        *([_(PAGE_STATES[line.pages])] if line.pages else []),
    ]


def filter_text(line: OverviewRow, person: Callable[[str], str]) -> str:
    """Return the text that a filter searches: names, languages, people, state and marks, as
    shown.
    """
    state = _(ARTICLE_STATES[line.article]) if line.article else ""
    return " ".join((line.search_text(person), state, *marks(line)))


def contains_words(words: Sequence[str], text: str) -> bool:
    """True if a text contains every one of these lower-case words, ignoring case."""
    text = text.casefold()
    return all(word in text for word in words)


def _bar(line: OverviewRow, width: int) -> str:
    """Return a bar of approved, done and remaining units."""
    approved = int(line.approved * width / 100)
    done = int(line.done * width / 100)
    return "█" * approved + "▒" * (done - approved) + "·" * (width - done)

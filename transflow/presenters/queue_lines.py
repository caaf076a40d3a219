"""What stands in the lines of the Queue.

Invariant: a line reads without colours: progress is a bar and a number, marks are words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from transflow.actions.project.overview import OverviewRow
from transflow.actions.reports.queue import Waiting
from transflow.model.unit import State
from transflow.presenters.cells import fitted
from transflow.presenters.i18n import _, count, mark
from transflow.presenters.list_rows import ListRow, Piece
from transflow.presenters.unit_lines import SIGNS

WAITS = {
    "correct": mark("correct"),
    "question": mark("answer a question"),
    "returned": mark("sent back"),
    "look": mark("look again"),
    "translate": mark("translate"),
    "compose": mark("compose again"),
    "write": mark("write"),
    "ready": mark("call it ready"),
    "approve": mark("approve"),
    "clear": mark("read and clear"),
    "assign": mark("assign"),
}
WIDE = 110
"""Cells from which on there are columns."""
SORTS = (mark("deadline"), mark("name"), mark("progress"))
ARTICLE_STATES = {
    "composing": mark("composing"),
    "ready": mark("ready"),
    "cleared": mark("cleared"),
    "published": mark("published"),
    "killed": mark("killed"),
}


class Columns(NamedTuple):
    """Cells of what a line shows in columns: as many as the widest takes, up to a measure, so that what comes last has the rest."""

    name: int
    states: int = 0
    when: int = 0
    marks: int = 0
    people: int = 0


NARROWEST, _MOST = Columns(12), Columns(60, 18, 28, 44, 24)


def columns(each: OverviewRow | Waiting, name: str, at: Callable[[str], str], person: Callable[[str], str]) -> Columns:
    """What a line takes."""
    if isinstance(each, Waiting):
        return Columns(cell_len(name), when=cell_len(_when(each.due, each.overdue, at)))
    line = each
    if not line.is_read or line.problem:
        return Columns(cell_len(name))
    when = _when(line.due, bool(line.overdue), at)
    return Columns(*map(cell_len, (name, by_state(line), when, _told(line), _people(line, person))))


def widest(several: Iterable[Columns]) -> Columns:
    """What all of them take, up to a measure for each column."""
    return Columns(*(min(max(cells), most) for cells, most in zip(zip(*several, strict=True), _MOST, strict=True)))


def heading(text: str) -> ListRow:
    return ListRow([(text, "heading")], heading=True)


def ordered(lines: Sequence[OverviewRow], sort: str) -> list[OverviewRow]:
    keys: dict[str, Callable[[OverviewRow], tuple[object, ...]]] = {
        "deadline": lambda line: (line.due or "9", line.place.slug),
        "name": lambda line: (line.place.slug, line.place.locale),
        "progress": lambda line: (line.done, line.place.slug),
    }
    return sorted(lines, key=keys[sort])


def waiting_row(
    each: Waiting, name: str, columns: Columns, width: int, at: Callable[[str], str], title: str = ""
) -> ListRow:
    """What, where, how many, until when; the headline where there is room."""
    what = fitted(_(WAITS[each.what]), 18 if width >= 60 else 10, fill=True).text
    name = fitted(name, _of_name(columns, width), fill=True).text
    number = count("{n} sentence", "{n} sentences", len(each.numbers)) if each.numbers else _("the whole story")
    if width < 60:
        number = str(len(each.numbers) or "")
    number = fitted(number, 17 if width >= 60 else 3, fill=True).text
    when, look = _when(each.due, each.overdue, at), "bad" if each.overdue else ""
    pieces: list[Piece] = [(f"  {what} ", "strong"), (f"{name} ", ""), (f"{number} ", "")]
    if width < WIDE:
        return ListRow([*pieces, (when, look)])
    return ListRow([*pieces, _column(when, columns.when, look), (title, "faint")])


def line_row(
    line: OverviewRow,
    name: str,
    columns: Columns,
    width: int,
    at: Callable[[str], str],
    person: Callable[[str], str],
    *,
    marked: bool,
) -> ListRow:
    """Name, progress, states, deadline, marks, people: in columns where there is room, else the last ones are cut."""
    sign = "* " if marked else "  "
    name = fitted(name, _of_name(columns, width), fill=True).text
    if line.problem:
        return ListRow([(f"{sign}{name} ", ""), (line.problem, "bad")])
    if not line.is_read:
        return ListRow([(f"{sign}{name} ", ""), ("…", "faint")])
    pieces: list[Piece] = [(f"{sign}{name} ", ""), (f"{_bar(line, 10 if width >= 60 else 5)} ", "good")]
    pieces.append((f"{line.done:5.1f}%  ", ""))
    when, look = _when(line.due, bool(line.overdue), at), "bad" if line.overdue else ""
    people = _people(line, person)
    if width < WIDE:
        return ListRow([*pieces, *_flags(line), (f"{when}  " if when else "", look), (people, "faint")])
    gap = columns.marks - cell_len(_told(line))
    marks_column: list[Piece] = [*_flags(line), (" " * (gap + 2 * (not _told(line))), "")] if columns.marks else []
    return ListRow(
        [
            *pieces,
            _column(by_state(line), columns.states, "faint"),
            _column(when, columns.when, look),
            *marks_column,
            _column(people, columns.people),
            (line.title, "faint"),
        ]
    )


def _of_name(columns: Columns, width: int) -> int:
    """Cells for the names: as many as the longest takes, and no more than a third."""
    return max(12, min(columns.name, width // 3))


def _column(text: str, cells: int, look: str = "") -> Piece:
    return (fitted(text, cells, fill=True).text + "  " if cells else "", look)


def _when(due: str, overdue: bool, at: Callable[[str], str]) -> str:
    late = _("overdue") + " " if overdue else ""
    return late + _("due {time}").format(time=at(due)) if due else ""


def _people(line: OverviewRow, person: Callable[[str], str]) -> str:
    return ", ".join(person(who) for who in line.people)


def _flags(line: OverviewRow) -> list[Piece]:
    """The state of a story, and what needs somebody's eye."""
    state: list[Piece] = [(_(ARTICLE_STATES[line.article]) + "  ", "strong")] if line.article else []
    return state + [(f"{words}  ", "look") for words in marks(line)]


def _told(line: OverviewRow) -> str:
    return "".join(text for text, _look in _flags(line)).rstrip()


def by_state(line: OverviewRow) -> str:
    """How many of its sentences are in which state, with the signs of the lists."""
    states: tuple[State, ...] = ("approved", "translated", "needs-work", "untranslated")
    return " ".join(f"{SIGNS[state][0]}{number}" for state, number in zip(states, line.units, strict=True) if number)


def marks(line: OverviewRow) -> list[str]:
    """What needs somebody's eye, in words."""
    changed = _("the draft changed: {n}") if line.article else _("the Korean changed: {n}")
    found = [
        (line.changed, changed),
        (line.conflicts, _("two texts: {n}")),
        (line.questions, _("questions: {n}")),
        (line.void, _("changed since approval: {n}")),
    ]
    return [words.format(n=number) for number, words in found if number] + (
        [_("second read owed")] if line.owed else []
    )


def searched(line: OverviewRow, person: Callable[[str], str]) -> str:
    """What a filter looks in: names, languages, people, state and marks, as the line shows them."""
    state = _(ARTICLE_STATES[line.article]) if line.article else ""
    return " ".join((line.words(person), state, *marks(line)))


def holds(words: Sequence[str], text: str) -> bool:
    """Whether a text has every one of these words, given in small letters."""
    text = text.casefold()
    return all(word in text for word in words)


def _bar(line: OverviewRow, width: int) -> str:
    """Approved, then done, then the rest."""
    approved = int(line.approved * width / 100)
    done = int(line.done * width / 100)
    return "█" * approved + "▒" * (done - approved) + "·" * (width - done)

"""What stands in the lines of the Queue.

Invariant: a line reads without colours: progress is a bar and a number, marks are words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transflow.actions.overview import Line
from transflow.actions.queueing import Waiting
from transflow.model import State
from transflow.tui.cells import fitted
from transflow.tui.rows import Piece, Row
from transflow.tui.unit_lines import SIGNS
from transflow.tui.words import _, count, mark

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


def heading(text: str) -> Row:
    return Row([(text, "heading")], heading=True)


def ordered(lines: Sequence[Line], sort: str) -> list[Line]:
    keys: dict[str, Callable[[Line], tuple[object, ...]]] = {
        "deadline": lambda line: (line.due or "9", line.place.slug),
        "name": lambda line: (line.place.slug, line.place.locale),
        "progress": lambda line: (line.done, line.place.slug),
    }
    return sorted(lines, key=keys[sort])


def waiting_row(each: Waiting, name: str, widest: int, width: int, at: Callable[[str], str], title: str = "") -> Row:
    """What, where, how many, until when; the headline where there is room."""
    what = fitted(_(WAITS[each.what]), 18 if width >= 60 else 10, fill=True).text
    name = fitted(name, widest, fill=True).text
    number = count("{n} sentence", "{n} sentences", len(each.numbers)) if each.numbers else _("the whole story")
    if width < 60:
        number = str(len(each.numbers) or "")
    number = fitted(number, 17 if width >= 60 else 3, fill=True).text
    due = _("due {time}").format(time=at(each.due)) if each.due else ""
    late = _("overdue") + " " if each.overdue else ""
    pieces: list[Piece] = [(f"  {what} ", "strong"), (f"{name} ", ""), (f"{number} ", "")]
    if width < WIDE:
        return Row([*pieces, (f"{late}{due}", "bad" if late else "")])
    pieces.append((fitted(f"{late}{due}", 28, fill=True).text, "bad" if late else ""))
    return Row([*pieces, (title, "faint")])


def line_row(
    line: Line,
    name: str,
    widest: int,
    width: int,
    at: Callable[[str], str],
    person: Callable[[str], str],
    *,
    marked: bool,
) -> Row:
    """Name, progress, state, marks, people, deadline: in columns where there is room, else the last ones are cut."""
    sign = "* " if marked else "  "
    name = fitted(name, widest, fill=True).text
    if line.problem:
        return Row([(f"{sign}{name} ", ""), (line.problem, "bad")])
    if not line.is_read:
        return Row([(f"{sign}{name} ", ""), ("…", "faint")])
    pieces: list[Piece] = [(f"{sign}{name} ", ""), (f"{_bar(line, 10 if width >= 60 else 5)} ", "good")]
    pieces.append((f"{line.done:5.1f}%  ", ""))
    flags: list[Piece] = [(_(ARTICLE_STATES[line.article]) + "  ", "strong")] if line.article else []
    flags += [(f"{words}  ", "look") for words in marks(line)]
    due = _("due {time}").format(time=at(line.due)) if line.due else ""
    late = _("overdue") + " " if line.due and line.overdue else ""
    when: Piece = (late + due, "bad" if late else "")
    people = ", ".join(person(who) for who in line.people)
    if width < WIDE:
        return Row([*pieces, *flags, (f"{when[0]}  " if due else "", when[1]), (people, "faint")])
    columns = [
        (fitted(by_state(line), 18, fill=True).text, "faint"),
        (fitted(when[0], 24, fill=True).text, when[1]),
        (fitted(people, 24, fill=True).text + " ", ""),
    ]
    return Row([*pieces, *columns, *flags, (line.title, "faint")])


def by_state(line: Line) -> str:
    """How many of its sentences are in which state, with the signs of the lists."""
    states: tuple[State, ...] = ("approved", "translated", "needs-work", "untranslated")
    return " ".join(f"{SIGNS[state][0]}{number}" for state, number in zip(states, line.units, strict=True) if number)


def marks(line: Line) -> list[str]:
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


def searched(line: Line, person: Callable[[str], str]) -> str:
    """What a filter looks in: names, languages, people, state and marks, as the line shows them."""
    state = _(ARTICLE_STATES[line.article]) if line.article else ""
    return " ".join((line.words(person), state, *marks(line)))


def holds(words: Sequence[str], text: str) -> bool:
    """Whether a text has every one of these words, given in small letters."""
    text = text.casefold()
    return all(word in text for word in words)


def _bar(line: Line, width: int) -> str:
    """Approved, then done, then the rest."""
    approved = int(line.approved * width / 100)
    done = int(line.done * width / 100)
    return "█" * approved + "▒" * (done - approved) + "·" * (width - done)

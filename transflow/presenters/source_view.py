"""A source with its neighbours, as shown above the text: block, state, old and new source.

Invariant: changes of the source are readable without colours: `[-old-] [+new+]`. The source stands
out, and what is said about it does not, unless it calls for an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from transflow.model.unit import Unit
from transflow.presenters.cells import fitted
from transflow.presenters.formatting import Formats
from transflow.presenters.i18n import _
from transflow.presenters.limit_words import limit_phrase
from transflow.presenters.unit_lines import KIND_SIGNS, kind_word, state_word
from transflow.presenters.word_diff import diff, marked
from transflow.units.workflow import new_answers, open_questions, state

STYLES = {"": "", "removed": "strike not bold dim", "added": "bold underline"}
_INDENT = "  "


class Room(NamedTuple):
    """Room for the neighbours of a source: cells of a line, and lines for each of them.

    No lines: they are not shown. One line: the source of each is cut. More: their targets too.
    """

    width: int = 0
    lines: int = 0


NO_NEIGHBOURS = Room()


def source_text(
    unit: Unit,
    number: int,
    neighbours: tuple[Unit | None, Unit | None],
    formats: Formats,
    *,
    who: str = "",
    outdated: bool = False,
    read: str = "",
    room: Room = NO_NEIGHBOURS,
) -> Text:
    """Return the view of a unit's source.

    `who` is the person who reads it. `read` is the source when the draft was begun.
    """
    before, after = neighbours if room.lines else (None, None)
    text = _heading_line(unit, number, formats, who, outdated=outdated)
    if before is not None:
        text.append("\n").append_text(_neighbour(before, room))
    old_source = read if read and read != unit.source else unit.previous
    text.append("\n▸ ", "bold").append_text(changed_source(unit.replace(previous=old_source), "bold"))
    if after is not None:
        text.append("\n").append_text(_neighbour(after, room))
    return text


def changed_source(unit: Unit, style: str = "not bold") -> Text:
    """Return the source, as a diff if it changed since the text was confirmed."""
    if not unit.previous:
        return Text(unit.source, style=style)
    return pieces(marked(diff(unit.previous, unit.source)), style)


def pieces(parts: Sequence[tuple[str, str]], style: str = "not bold") -> Text:
    text = Text(style=style)
    for part, name in parts:
        text.append(part, STYLES[name])
    return text


def _neighbour(unit: Unit, room: Room) -> Text:
    """Return a neighbour's texts; of one that is left out, only the source."""
    is_out = bool(unit.omitted or unit.cut)
    sign = "–" if is_out else _INDENT[0] if unit.continued else KIND_SIGNS[unit.kind]
    source = f"{sign} {unit.source}"
    if is_out:
        source += f" ({state_word(state(unit))})"
    if room.lines == 1:
        return Text(fitted(source, room.width).text, style="not bold dim")
    text = Text(source, style="not bold dim")
    if unit.target and not is_out:
        text.append(f"\n{_INDENT}→ {unit.target}")
    return text


class Fact(NamedTuple):
    """A phrase about a unit; `is_urgent` if it calls for something."""

    phrase: str
    is_urgent: bool = False


def _heading_line(unit: Unit, number: int, formats: Formats, who: str, *, outdated: bool) -> Text:
    line = Text(style="not bold")
    for index, fact in enumerate(facts(unit, number, formats, who, outdated=outdated)):
        line.append(" · " if index else "", "dim").append(fact.phrase, "bold" if fact.is_urgent else "dim")
    return line


def heading(
    unit: Unit,
    number: int,
    person: Callable[[str], str],
    format_time: Callable[[str], str],
    *,
    who: str = "",
    outdated: bool,
) -> list[str]:
    """Return number, kind, state and notable facts of the unit, one phrase each.

    `who` is the person who reads it.
    """
    return [fact.phrase for fact in facts(unit, number, Formats(format_time, person), who, outdated=outdated)]


def facts(unit: Unit, number: int, formats: Formats, who: str, *, outdated: bool) -> Iterator[Fact]:
    """Yield number, kind and state of the unit, then what else is notable.

    `who` is the person who reads it.
    """
    yield Fact(f"{number}")
    yield Fact(kind_word(unit))
    yield Fact(state_word(state(unit)))
    if limit := limit_phrase(unit):
        yield Fact(limit, True)
    if unit.previous:
        yield Fact(_("the Korean changed"), True)
    if unit.conflicts:
        yield Fact(_("two texts"), True)
    if outdated:
        yield Fact(_("changed while you were writing"), True)
    if questions := open_questions(unit):
        yield Fact(_("{who} asks").format(who=formats.person(questions[0].who)), True)
    for answer in new_answers(unit, who):
        yield Fact(_("{who} answers: {text}").format(who=formats.person(answer.who), text=answer.text), True)
    if unit.returned:
        yield Fact(_("sent back: {why}").format(why=unit.returned.reason), True)
    if unit.assigned:
        due = unit.assigned.due
        phrase = _("{who}, due {time}") if due else "{who}"
        yield Fact(phrase.format(who=formats.person(unit.assigned.who), time=formats.time(due) if due else ""))

"""A source with its neighbours, as shown above the text: block, state, old and new source.

Invariant: changes of the source are readable without colours: `[-old-] [+new+]`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from transflow.model.unit import Unit
from transflow.presenters.i18n import _
from transflow.presenters.unit_lines import kind_word, state_word
from transflow.presenters.word_diff import diff, marked
from transflow.units.workflow import open_questions, state

STYLES = {"": "", "removed": "strike dim", "added": "bold underline"}


def source_text(
    unit: Unit,
    number: int,
    neighbours: tuple[Unit | None, Unit | None],
    person: Callable[[str], str],
    format_time: Callable[[str], str],
    *,
    outdated: bool = False,
    read: str = "",
    tall: bool = False,
) -> Text:
    """Return the view of a unit's source.

    `read` is the source when the draft was begun; `tall` shows the targets of the neighbours too.
    """
    before, after = neighbours
    text = Text(" · ".join(heading(unit, number, person, format_time, outdated=outdated)), style="bold")
    if before is not None:
        text.append("\n" + _neighbour(before, unit.continued, tall=tall), "not bold dim")
    old_source = read if read and read != unit.source else unit.previous
    text.append("\n▸ ").append_text(changed_source(unit.replace(previous=old_source)))
    if after is not None:
        text.append("\n" + _neighbour(after, after.continued, tall=tall), "not bold dim")
    return text


def changed_source(unit: Unit) -> Text:
    """Return the source, as a diff if it changed since the text was confirmed."""
    if not unit.previous:
        return Text(unit.source, style="not bold")
    return pieces(marked(diff(unit.previous, unit.source)))


def pieces(parts: Sequence[tuple[str, str]]) -> Text:
    text = Text(style="not bold")
    for part, style in parts:
        text.append(part, STYLES[style])
    return text


def _neighbour(unit: Unit, same_block: bool, *, tall: bool) -> str:
    """Return a neighbour's texts; `same_block` is true if it shares a block with the shown unit."""
    text = ("" if same_block else "¶ ") + unit.source
    return f"{text}\n   {unit.target}" if tall and unit.target else text


def heading(
    unit: Unit, number: int, person: Callable[[str], str], format_time: Callable[[str], str], *, outdated: bool
) -> list[str]:
    """Return number, kind, state and notable facts of the unit, one phrase each."""
    parts = [f"{number}", kind_word(unit), state_word(state(unit))]
    if unit.previous:
        parts.append(_("the Korean changed"))
    if unit.conflicts:
        parts.append(_("two texts"))
    if outdated:
        parts.append(_("changed while you were writing"))
    if questions := open_questions(unit):
        parts.append(_("{who} asks").format(who=person(questions[0].who)))
    if unit.returned:
        parts.append(_("sent back: {why}").format(why=unit.returned.reason))
    if unit.assigned:
        due = unit.assigned.due
        phrase = _("{who}, due {time}") if due else "{who}"
        parts.append(phrase.format(who=person(unit.assigned.who), time=format_time(due) if due else ""))
    return parts

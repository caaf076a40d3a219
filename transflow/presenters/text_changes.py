"""Changes that saving an edited text would make, paragraph by paragraph.

Invariant: each change has its number and a word; texts are compared word by word, readable without
colours.
"""

from __future__ import annotations

from rich.text import Text

from transflow.actions.stories.one_text import TextReading
from transflow.presenters.changes import word_diff
from transflow.presenters.formatting import Formats
from transflow.presenters.i18n import _, mark, say
from transflow.stories.whole_text import Reshaped, reshaped, shown_text
from transflow.text import one_line

_PREVIEW_LENGTH = 60
"""Number of characters that identify a paragraph."""
_WORDS = {
    "new": mark("New, at {place}"),
    "split": mark("A part of {number} is a paragraph by itself"),
    "joined": mark("{number} is joined to another paragraph"),
    "cut": mark("{number} is cut"),
    "printed": mark("{number} is printed again"),
    "kind": mark("{number} is of another kind"),
    "sentences": mark("{number} stands on other sentences"),
    "text": mark("{number} is changed"),
    "moved": mark("{number} is moved to {place}"),
}


def text_changes(reading: TextReading, formats: Formats) -> Text:
    """Return the changes, and the warnings of the paragraphs that they are about; empty without
    changes.
    """
    numbers = {unit.id: number for number, unit in enumerate(reading.before.units, 1)}
    places = {unit.id: number for number, unit in enumerate(reading.after.units, 1)}
    changes = list(reshaped(reading.before, reading.after))
    lines = [_line(change, numbers, places) for change in changes]
    changed_ids = {change.unit.id for change in changes}
    warnings = [issue for issue in reading.warnings if issue.location.unit in changed_ids]
    lines += [Text()] if warnings else []
    for issue in warnings:
        lines.append(Text(f"! {places[issue.location.unit]}: {say(issue.message, formats.command)}"))
    return Text("\n").join(lines)


def _line(change: Reshaped, numbers: dict[str, int], places: dict[str, int]) -> Text:
    unit, after = change.unit, change.after
    number = numbers.get(unit.split if change.change == "split" else unit.id, 0)
    place = places.get(after.id if after else unit.id, 0)
    text = Text(_(_WORDS[change.change]).format(number=number, place=place) + ": ", "bold")
    if change.change == "text" and after is not None:
        return text.append_text(word_diff(shown_text(unit), shown_text(after)))
    words = one_line(shown_text(unit))
    is_whole = change.change in ("new", "split")
    shortened = words if is_whole or len(words) <= _PREVIEW_LENGTH else f"{words[:_PREVIEW_LENGTH]}…"
    return text.append(shortened, "not bold")

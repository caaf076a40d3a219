"""Changes of a unit since somebody saw it: its texts word by word, comments, and history.

Invariant: whatever changes the digest of the unit is shown here; it is readable without colours.
"""

from __future__ import annotations

from rich.text import Text

from transflow.model.unit import Unit
from transflow.presenters.formatting import Formats
from transflow.presenters.i18n import _
from transflow.presenters.source_view import pieces
from transflow.presenters.unit_lines import state_word
from transflow.presenters.unit_notes import lines
from transflow.presenters.word_diff import diff, marked
from transflow.units.workflow import state


def unit_changes(before: Unit, now: Unit, number: int, formats: Formats) -> Text:
    """Return the changes of a unit, headed by its number."""
    before, now = formats.unit(before), formats.unit(now)
    text = Text(f"{number} · {state_word(state(now))}", style="bold")
    if before.source != now.source:
        text.append("\n" + (_("From the translations") if now.refs else _("The Korean")) + ": ", "not bold dim")
        text.append_text(word_diff(before.source, now.source))
    text.append("\n→ ", "not bold dim").append_text(word_diff(before.target, now.target))
    seen_lines = set(lines(before, formats.time, formats.person))
    for line in lines(now, formats.time, formats.person):
        if line not in seen_lines:
            text.append(f"\n{line}", "not bold")
    return text


def word_diff(old: str, new: str) -> Text:
    """Return two versions of a text as one, with their differences in brackets."""
    return pieces(marked(diff(old, new))) if old != new else Text(new or "–", style="not bold")

"""Everything about a unit, as text to read."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from transflow.model.references import reference
from transflow.model.unit import Unit
from transflow.presenters.headlines import named
from transflow.presenters.i18n import _
from transflow.presenters.source_view import changed_source
from transflow.presenters.unit_lines import kind_word, state_word
from transflow.presenters.unit_notes import notes
from transflow.units.workflow import state


def unit_history(unit: Unit, format_time: Callable[[str], str], person: Callable[[str], str], locale: str = "") -> Text:
    """Return kind, state, texts, references, comments and history of a unit.

    `locale` stands in the references, where the project has several.
    """
    text = Text(f"{kind_word(unit)} · {state_word(state(unit))}\n\n").append_text(changed_source(unit))
    text.append(f"\n→ {unit.target or '–'}\n\n")
    if unit.refs:
        refs = ", ".join(reference(each.report, each.unit, locale) for each in unit.refs)
        text.append(_("from {refs}").format(refs=named("refs", refs)) + "\n\n")
    return text.append_text(notes(unit, format_time, person))

"""Dialogue after a decision about units that somebody changed in the meantime.

Invariant: a decision is about what was on the screen. If somebody changed it in the meantime, the
changes are displayed and the person is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from transflow.actions.units.seen import ChangedMeanwhileError
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.changes import unit_changes
from transflow.presenters.dialogues.requests import Dialogue, Say, ShowCatalog, agree
from transflow.presenters.formatting import Formats
from transflow.presenters.i18n import _, count


def ask_again(
    view: CatalogView,
    before: Sequence[Unit],
    error: ChangedMeanwhileError,
    formats: Formats,
) -> Dialogue[bool]:
    """Show the changes of units, and return whether the person still wants it.

    `before` are the units as they were displayed.
    """
    yield ShowCatalog(error.catalog)
    old = {unit.id: unit for unit in before}
    about = Text("\n\n").join(
        unit_changes(old[now.id], now, view.number(now.id), formats) for now in error.units if now.id in old
    )
    question = _("This changed after you read it. Do it all the same?")
    if len(error.units) > 1:
        question = count(
            "{n} of these changed after you read it. Do it all the same?",
            "{n} of these changed after you read them. Do it all the same?",
            len(error.units),
        )
    if (yield from agree(question, about)):
        return True
    yield Say(_("Nothing was done."))
    return False

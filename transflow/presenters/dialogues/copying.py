"""Dialogue that copies a field of a story, for the system that publishes it.

Invariant: the copied text is what would print now, without markup; if the story may not print,
nothing is copied.
"""

from __future__ import annotations

from transflow.actions.stories import page
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import Copy, Dialogue, Say, choose, perform
from transflow.presenters.i18n import _, mark

_WORDS = {
    "headline": mark("headline"),
    "deck": mark("deck"),
    "byline": mark("byline"),
    "dateline": mark("dateline"),
    "body": mark("body"),
    "credits": mark("credit line"),
    "label": mark("label"),
    "whole": mark("everything"),
}


def copy(view: CatalogView) -> Dialogue[None]:
    """Copy one of the fields that have a text."""
    fields = yield from perform(page.fields, view.place)
    names = [name for name in page.FIELDS if fields[name]]
    choices = [f"{_(_WORDS[name])}: {' '.join(fields[name].split())}" for name in names]
    chosen = yield from choose(_("Copy what?"), choices)
    if chosen is not None:
        name = names[chosen]
        yield Copy(fields[name])
        yield Say(_("{field} is in the clipboard, where the terminal allows it.").format(field=_(_WORDS[name])))

"""Copying the fields of a story to the clipboard, through the terminal (OSC 52).

For the system that publishes the story.

Invariant: the copied text is what would print now, without markup; if the story may not print,
nothing is copied.
"""

from __future__ import annotations

from functools import partial

from transflow.actions.stories import page
from transflow.presenters.i18n import _, mark
from transflow.tui.dialogs import Choose
from transflow.tui.screens.catalog_screen import CatalogScreen

_WORDS = {
    "headline": mark("headline"),
    "deck": mark("deck"),
    "byline": mark("byline"),
    "dateline": mark("dateline"),
    "body": mark("body"),
    "credits": mark("credit line"),
    "whole": mark("everything"),
}


class CopySteps(CatalogScreen):
    """Command that copies a field of the story."""

    def action_copy(self) -> None:
        if self.view is not None:
            self.perform_action(page.fields, self.view.place, then=self._ask_field)

    def _ask_field(self, fields: dict[str, str]) -> None:
        names = [name for name in page.FIELDS if fields[name]]
        choices = [f"{_(_WORDS[name])}: {' '.join(fields[name].split())}" for name in names]
        self.app.push_screen(Choose(_("Copy what?"), choices), partial(self._copy, names, fields))

    def _copy(self, names: list[str], fields: dict[str, str], choice: int | None) -> None:
        if choice is not None:
            name = names[choice]
            self.app.copy_to_clipboard(fields[name])
            words = _("{field} is in the clipboard, where the terminal allows it.")
            self.say(words.format(field=_(_WORDS[name])))

"""Search: the filter of the list, and a search of the whole project."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from transflow.actions.language.concordance import ConcordanceHit, search
from transflow.errors import UsageError
from transflow.presenters.filtering import parse
from transflow.presenters.i18n import _, count
from transflow.tui.dialogs import Ask, Choose
from transflow.tui.screens.catalog_screen import CatalogScreen

_MOST = 200
"""Maximum number of results of a search of the project."""


class SearchSteps(CatalogScreen):
    """Commands for filtering and searching."""

    def action_find(self) -> None:
        def answered(text: str | None) -> None:
            if text is None:
                return
            if text.startswith("="):
                self._search(text[1:].strip())
            else:
                self.filter_by(text)

        hint = _(
            "Words, /regular expression/, @person; unfinished untranslated again translated approved omitted "
            "changed question conflict warning comment draft. With = before it, words are looked up in the whole project. "
            "Empty: all sentences."
        )
        now = self.sheet.filter.text if self.sheet else ""
        self.app.push_screen(Ask(_("Which sentences?"), hint, text=now, empty=True), answered)

    def filter_by(self, text: str) -> None:
        """Display only the units that match a filter; if there are none, keep the list."""
        sheet = self.sheet
        if sheet is None:
            return
        try:
            wanted = parse(text)
        except UsageError as error:
            self.refuse(error)
            return
        before = sheet.filter
        sheet.apply(wanted)
        if not sheet.visible:
            sheet.apply(before)
            self.say(" ".join(filter(None, (_("No sentence is so: {filter}").format(filter=text), self.still_asked()))))
            return
        self.lines.show(len(sheet.visible), self._row, sheet.row(self.current))
        self.lines.focus()
        self.show_unit()
        self.paint_title()
        if text:
            self.say(count("{n} sentence. Esc: all again.", "{n} sentences. Esc: all again.", len(sheet.visible)))

    def action_to_list(self) -> None:
        if self.lines.has_focus and self.sheet is not None and self.sheet.filter.text:
            self.filter_by("")
        self.set_focus(self.lines)

    # The whole project

    def _search(self, words: str) -> None:
        if not words:
            return
        self.say(_("Looking for “{words}” …").format(words=words))
        self.act(search, words, _MOST, then=partial(self._found, words))

    def _found(self, words: str, found: Sequence[ConcordanceHit]) -> None:
        self.say("")
        if not found:
            self.say(_("“{words}” stands nowhere in the project.").format(words=words))
            return

        def answered(choice: int | None) -> None:
            if choice is not None:
                each = found[choice]
                self.app.show("translate" if each.place.folder == "reports" else "story", each.place, each.unit)

        several = len(self.app.project.settings.locales) > 1
        choices = [
            f"{each.place if several else each.place.slug}#{each.number} {each.source} → {each.target or '–'}"
            for each in found
        ]
        title = count("“{words}”: {n} place", "“{words}”: {n} places", len(found), words=words)
        self.app.push_screen(Choose(title, choices), answered)

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

_MAX_RESULTS = 200
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
        current_filter = self.view.filter.text if self.view else ""
        self.app.push_screen(Ask(_("Which sentences?"), hint, text=current_filter, allow_empty=True), answered)

    def filter_by(self, text: str) -> None:
        """Display only the units that match a filter; if there are none, keep the list."""
        view = self.view
        if view is None:
            return
        try:
            new_filter = parse(text)
        except UsageError as error:
            self.refuse(error)
            return
        old_filter = view.filter
        view.apply(new_filter)
        if not view.visible:
            view.apply(old_filter)
            self.say(
                " ".join(
                    filter(None, (_("No sentence is so: {filter}").format(filter=text), self.pending_checks_message()))
                )
            )
            return
        self.lines.show(len(view.visible), self._row, view.row(self.current))
        self.lines.focus()
        self.show_unit()
        self.paint_title()
        if text:
            self.say(count("{n} sentence. Esc: all again.", "{n} sentences. Esc: all again.", len(view.visible)))

    def action_to_list(self) -> None:
        if self.lines.has_focus and self.view is not None and self.view.filter.text:
            self.filter_by("")
        self.set_focus(self.lines)

    # The whole project

    def _search(self, words: str) -> None:
        if not words:
            return
        self.say(_("Looking for “{words}” …").format(words=words))
        self.perform_action(search, words, _MAX_RESULTS, then=partial(self._show_hits, words))

    def _show_hits(self, words: str, hits: Sequence[ConcordanceHit]) -> None:
        self.say("")
        if not hits:
            self.say(_("“{words}” stands nowhere in the project.").format(words=words))
            return

        def answered(choice: int | None) -> None:
            if choice is not None:
                hit = hits[choice]
                self.app.show("translate" if hit.place.folder == "reports" else "story", hit.place, hit.unit)

        has_several_locales = len(self.app.project.settings.locales) > 1
        choices = [
            f"{hit.place if has_several_locales else hit.place.slug}#{hit.number} {hit.source} → {hit.target or '–'}"
            for hit in hits
        ]
        title = count("“{words}”: {n} place", "“{words}”: {n} places", len(hits), words=words)
        self.app.push_screen(Choose(title, choices), answered)

"""Translate mode: a report, unit by unit.

Invariant: each key changes one catalog, by one action.
"""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult

from transflow.model.catalog import source_language
from transflow.model.unit import Unit
from transflow.presenters.assistants import MESSAGES
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues import annotating, regrouping
from transflow.presenters.dialogues.requests import Dialogue
from transflow.presenters.i18n import _, say
from transflow.presenters.mode_rules import Translating
from transflow.tui import keymap
from transflow.tui.screens.catalog_screen import CatalogScreen
from transflow.tui.screens.file_watch import Stamp
from transflow.tui.screens.open_catalog import OpenCatalog
from transflow.tui.screens.suggestions import UnitSuggestions
from transflow.tui.screens.text_commands import TextCommands
from transflow.tui.screens.unit_checks import UnitChecks
from transflow.tui.screens.unit_page import UnitPage
from transflow.tui.widgets.line_list import LineList


class UnitList(LineList):
    """List of Translate, with its keys."""

    BINDINGS = keymap.bindings("translate.list", target="screen")


class TranslateCommands:
    """Commands of a translator for one open report."""

    def __init__(self, opened: OpenCatalog, page: UnitPage) -> None:
        self._opened, self._screen, self._view = opened, opened.screen, opened.view
        self._suggestions = UnitSuggestions(opened.sheet, opened.editing, page.side_pane, opened.run)
        self._checks = UnitChecks(opened.sheet, opened.editing.editor, page.warnings)
        opened.editing.text_changed = self._checks.text_changed
        opened.commands |= {
            **self._suggestions.commands,
            "next_warning": self._checks.next_warning,
            "split": opened.on_unit(partial(regrouping.split_sentence, self._view)),
            "join": opened.on_unit(
                lambda unit: regrouping.join_sentences(self._view, unit, source_language(self._view.catalog))
            ),
            "omit": opened.on_selection(self._omit),
            "limit": opened.on_selection(partial(annotating.limit, self._view)),
            "add_term": self.add_term,
            "explain": opened.sheet.on_unit(opened.explain),
            "mine": opened.show_mine,
            **TextCommands(opened, self._words_changed).commands,
        }

    def _omit(self, units: list[Unit]) -> Dialogue[None]:
        unit = self._opened.sheet.unit
        return annotating.omit(self._view, units, unit.source if unit is not None else "")

    def add_term(self) -> None:
        """Add a term to the glossary, and check everything again."""
        terms, unit = self._screen.app.assistants.terms, self._opened.sheet.unit
        if terms is None or unit is None:
            self._screen.say(say(MESSAGES("no-glossary")))
            return
        dialogue = annotating.add_term(terms, unit, self._view.place.locale)
        self._opened.changes.dialogues.run(dialogue, self._term_added)

    def _term_added(self, is_added: bool) -> None:
        if is_added:
            self._words_changed()
            self._suggestions.look_up()
            self._screen.say(_("In the glossary now."))

    def _words_changed(self) -> None:
        """Check everything again."""
        self._view.forget_checks()
        self._checks.check_next_units()
        self._checks.text_changed()


class TranslateScreen(CatalogScreen):
    """Screen of Translate."""

    NAME = "translate"

    def body(self) -> ComposeResult:
        yield UnitPage(UnitList(id="units"), self.text_typed)

    def opened_state(self, view: CatalogView, stamp: Stamp) -> OpenCatalog:
        page = self.query_one(UnitPage)

        def paint(unit: Unit) -> None:
            page.paint(view, unit, self.formats)

        opened = OpenCatalog(self, (self.lines, self.editor), view, stamp, Translating(), paint)
        opened.when_resized = opened.sheet.paint_unit
        TranslateCommands(opened, page)
        opened.sheet.show_list()
        return opened

"""Translate: a report, sentence by sentence.

Invariant: what a key does here changes one catalog, by one action.
"""

from __future__ import annotations

from transflow.presenters.i18n import _
from transflow.tui import keymap
from transflow.tui.screens.catalog_page import CatalogPage
from transflow.tui.screens.regrouping import RegroupSteps
from transflow.tui.widgets.line_list import LineList


class UnitList(LineList):
    BINDINGS = keymap.bindings("translate.list", target="screen")


class TranslateScreen(CatalogPage, RegroupSteps):
    NAME = "translate"

    def list_of_units(self) -> LineList:
        return UnitList(id="units")

    def title_word(self) -> str:
        return _("Translate")

"""Translate: a report, sentence by sentence.

Invariant: what a key does here changes one catalog, by one action.
"""

from __future__ import annotations

from transflow.tui import keymap
from transflow.tui.line_list import LineList
from transflow.tui.screens.regrouping import Regrouping
from transflow.tui.screens.sheet_page import SheetPage
from transflow.tui.words import _


class UnitList(LineList):
    BINDINGS = keymap.bindings("translate.list", target="screen")


class Translate(SheetPage, Regrouping):
    NAME = "translate"

    def list_of_units(self) -> LineList:
        return UnitList(id="units")

    def title_word(self) -> str:
        return _("Translate")

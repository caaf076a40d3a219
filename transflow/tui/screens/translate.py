"""Translate mode: a report, unit by unit.

Invariant: each key changes one catalog, by one action.
"""

from __future__ import annotations

from transflow.presenters.i18n import _
from transflow.tui import keymap
from transflow.tui.screens.catalog_page import CatalogPage
from transflow.tui.screens.regrouping import RegroupSteps
from transflow.tui.widgets.line_list import LineList


class UnitList(LineList):
    """List of Translate, with its keys."""

    BINDINGS = keymap.bindings("translate.list", target="screen")


class TranslateScreen(CatalogPage, RegroupSteps):
    """Screen of Translate."""

    NAME = "translate"

    def unit_list(self) -> LineList:
        return UnitList(id="units")

    def mode_name(self) -> str:
        return _("Translate")

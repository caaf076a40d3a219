"""Translate: the list of sentences, one of them with its neighbours, its text, and what helps to write it.

Invariant: this page only puts the parts together; what each does is its own page's business.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from transflow.tui import keymap
from transflow.tui.editor import Editor
from transflow.tui.line_list import LineList
from transflow.tui.screens.finding import Finding
from transflow.tui.screens.helping import Helping
from transflow.tui.screens.noting import Noting
from transflow.tui.screens.regrouping import Regrouping
from transflow.tui.side_pane import SidePane
from transflow.tui.source_view import source_text
from transflow.tui.words import _


class UnitList(LineList):
    BINDINGS = keymap.bindings("translate.list", target="screen")


class Translate(Finding, Helping, Regrouping, Noting):
    NAME = "translate"
    DEFAULT_CSS = """
    Translate #sheet { height: 1fr; }
    Translate #work { width: 1fr; height: 1fr; }
    Translate UnitList { height: 1fr; min-height: 3; }
    Translate #source { height: auto; max-height: 12; padding: 0 1; background: $surface; }
    Translate Editor { height: 6; }
    Translate #warnings { height: auto; max-height: 3; padding: 0 1; color: $text-warning; }
    Translate SidePane { width: 36%; background: $surface; border-left: solid $panel; }
    Translate.-low #source { max-height: 7; }
    Translate.-low Editor { height: 4; }
    Translate.-normal #sheet, Translate.-narrow #sheet { layout: vertical; }
    Translate.-normal #work, Translate.-narrow #work { width: 100%; }
    Translate.-normal SidePane, Translate.-narrow SidePane {
        width: 100%; height: 10; border-left: none;
    }
    Translate.-low.-normal SidePane, Translate.-low.-narrow SidePane { height: 5; }
    Translate:ansi #source { border-top: solid ansi_white; }
    Translate.-normal:ansi SidePane, Translate.-narrow:ansi SidePane { border-top: solid ansi_white; }
    Translate.-low.-narrow.-writing UnitList { display: none; }
    """

    def body(self) -> ComposeResult:
        with Horizontal(id="sheet"):
            with Vertical(id="work"):
                yield UnitList(id="units")
                yield Static(id="source")
                yield Editor(self.typed, id="text")
                yield Static(id="warnings")
            yield SidePane()

    def title_word(self) -> str:
        return _("Translate")

    def on_resize(self) -> None:
        self.paint_title()
        self.paint_unit()
        self.on_descendant_focus()

    def on_descendant_focus(self) -> None:
        writing = self.editor.has_focus
        self.set_class(writing, "-writing")
        self.show_keys("translate" if writing else "translate.list")

    def paint_unit(self) -> None:
        unit, sheet = self.unit, self.sheet
        if sheet is None or unit is None:
            return
        shown = source_text(
            unit,
            sheet.number(unit.id),
            sheet.neighbours(unit.id),
            self.person,
            self.at,
            outdated=sheet.is_outdated(unit),
            tall=self.app.size.height >= 30,
        )
        self.query_one("#source", Static).update(shown)
        self.query_one(SidePane).tell(unit, self.at)

"""The page of a report: the list of sentences, one of them with its neighbours, its text, and what helps to judge it.

Invariant: this page only puts the parts together; what each does is its own page's business. Translate and Review differ in
their keys and in what stands above the text.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from transflow.tui.editor import Editor
from transflow.tui.line_list import LineList
from transflow.tui.screens.finding import Finding
from transflow.tui.screens.helping import Helping
from transflow.tui.screens.noting import Noting
from transflow.tui.side_pane import SidePane
from transflow.tui.source_view import source_text
from transflow.tui.still import Still


class SheetPage(Finding, Helping, Noting):
    DEFAULT_CSS = """
    SheetPage #sheet { height: 1fr; }
    SheetPage #work { width: 1fr; height: 1fr; }
    SheetPage #units { height: 1fr; min-height: 3; }
    SheetPage #source { height: auto; max-height: 12; padding: 0 1; background: $surface; }
    SheetPage Editor { height: 6; }
    SheetPage #warnings { height: auto; max-height: 3; padding: 0 1; color: $text-warning; }
    SheetPage SidePane { width: 36%; background: $surface; border-left: solid $panel; }
    SheetPage.-low #source { max-height: 7; }
    SheetPage.-low Editor { height: 4; }
    SheetPage.-normal #sheet, SheetPage.-narrow #sheet { layout: vertical; }
    SheetPage.-normal #work, SheetPage.-narrow #work { width: 100%; }
    SheetPage.-normal SidePane, SheetPage.-narrow SidePane {
        width: 100%; height: 10; border-left: none;
    }
    SheetPage.-low.-normal SidePane, SheetPage.-low.-narrow SidePane { height: 5; }
    SheetPage.-low.-narrow SidePane { display: none; }
    SheetPage:ansi #source { border-top: solid ansi_white; }
    SheetPage.-normal:ansi SidePane, SheetPage.-narrow:ansi SidePane { border-top: solid ansi_white; }
    SheetPage.-low.-narrow.-writing #units { display: none; }
    """

    def list_of_units(self) -> LineList:
        """The list, with the id `units`, and the keys of its mode."""
        raise NotImplementedError

    def above_text(self) -> ComposeResult:
        """What stands between the source and the text."""
        yield from ()

    def body(self) -> ComposeResult:
        with Horizontal(id="sheet"):
            with Vertical(id="work"):
                yield self.list_of_units()
                yield Still(id="source")
                yield from self.above_text()
                yield Editor(self.typed, id="text")
                yield Still(id="warnings")
            yield SidePane()

    def on_resize(self) -> None:
        self.paint_title()
        self.paint_unit()
        self.on_descendant_focus()

    def on_descendant_focus(self) -> None:
        writing = self.editor.has_focus
        self.set_class(writing, "-writing")
        self.show_keys(self.NAME if writing else f"{self.NAME}.list")

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
            read=sheet.read_source(unit),
            tall=self.app.size.height >= 30,
        )
        self.query_one("#source", Still).tell(shown)
        self.query_one(SidePane).tell(unit, self.at)

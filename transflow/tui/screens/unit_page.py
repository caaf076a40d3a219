"""Layout of Translate and Review: the list of units, one unit with context, editor, side pane.

Invariant: this module only lays out the parts and paints a unit. Translate and Review differ in
their keys and in the widgets above the editor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.source_view import source_text
from transflow.tui.widgets.cached import CachedStatic
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.line_list import LineList
from transflow.tui.widgets.side_pane import SidePane


class UnitPage(Horizontal):
    """Page of a report. `above_text` are the widgets between the source and the editor."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    UnitPage { height: 1fr; }
    UnitPage #work { width: 1fr; height: 1fr; }
    UnitPage #units { height: 1fr; min-height: 3; }
    UnitPage #source { height: auto; max-height: 12; padding: 0 1; background: $surface; }
    UnitPage Editor { height: 6; }
    UnitPage #warnings { height: auto; max-height: 3; padding: 0 1; color: $text-warning; }
    UnitPage SidePane { width: 36%; background: $surface; border-left: solid $panel; }
    Mode.-low UnitPage #source { max-height: 7; }
    Mode.-low UnitPage Editor { height: 4; }
    Mode.-normal UnitPage, Mode.-narrow UnitPage { layout: vertical; }
    Mode.-normal UnitPage #work, Mode.-narrow UnitPage #work { width: 100%; }
    Mode.-normal UnitPage SidePane, Mode.-narrow UnitPage SidePane {
        width: 100%; height: 10; border-left: none;
    }
    Mode.-low.-normal UnitPage SidePane, Mode.-low.-narrow UnitPage SidePane { height: 5; }
    Mode.-low.-narrow UnitPage SidePane { display: none; }
    Mode:ansi UnitPage #source { border-top: solid ansi_white; }
    Mode.-normal:ansi UnitPage SidePane, Mode.-narrow:ansi UnitPage SidePane { border-top: solid ansi_white; }
    Mode.-low.-narrow.-writing UnitPage #units { display: none; }
    """

    def __init__(
        self, units: LineList, on_typed: Callable[[str, str], None], above_text: Sequence[Widget] = ()
    ) -> None:
        super().__init__(id="sheet")
        self._units, self._on_typed, self._above_text = units, on_typed, above_text

    def compose(self) -> ComposeResult:
        with Vertical(id="work"):
            yield self._units
            yield CachedStatic(id="source")
            yield from self._above_text
            yield Editor(self._on_typed, id="text")
            yield CachedStatic(id="warnings")
        yield SidePane()

    @property
    def warnings(self) -> CachedStatic:
        return self.query_one("#warnings", CachedStatic)

    @property
    def side_pane(self) -> SidePane:
        return self.query_one(SidePane)

    def paint(
        self, view: CatalogView, unit: Unit, person: Callable[[str], str], format_time: Callable[[str], str]
    ) -> None:
        """Render source, neighbours and notes of a unit."""
        shown = source_text(
            unit,
            view.number(unit.id),
            view.neighbours(unit.id),
            person,
            format_time,
            outdated=view.is_outdated(unit),
            read=view.read_source(unit),
            tall=self.app.size.height >= 30,
        )
        self.query_one("#source", CachedStatic).set_text(shown)
        self.side_pane.show_notes(unit, format_time)

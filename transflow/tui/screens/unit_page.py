"""Layout of Translate and Review: the list of units, one unit with context, editor, side pane.

Invariant: this module only lays out the parts and paints a unit. Translate and Review differ in
their keys and in the widgets above the editor. Source and text stay where they are when warnings,
suggestions or messages come and go: the list above them gives way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.widget import Widget

from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.checked_pair import pair_line
from transflow.presenters.formatting import Formats
from transflow.presenters.source_view import NO_NEIGHBOURS, Room, source_text
from transflow.tui.widgets.cached import CachedStatic
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.line_list import LineList
from transflow.tui.widgets.side_pane import SidePane

_TALL, _WIDE, _NORMAL = 30, 100, 60
"""Lines and cells of the breakpoints of `Mode`."""
_MOST_LINES = 3
"""Lines of a source on a small screen beside which its neighbours have room."""
_FRAME = 4
"""Cells of padding and scroll bar beside a source."""


class UnitPage(Vertical):
    """Page of a report: the list, and below it the desk with source, text and side pane.

    On a wide screen the pane stands beside source and text, on a very wide one all three stand side
    by side. `above_text` are the widgets between the source and the editor.
    """

    SCOPED_CSS = False
    DEFAULT_CSS = """
    UnitPage { height: 1fr; }
    UnitPage #units { height: 1fr; min-height: 3; }
    UnitPage #warnings { height: auto; max-height: 3; padding: 0 1; color: $text-warning; }
    UnitPage #desk { height: 17; background: $surface; border-top: solid $panel; }
    UnitPage #work, UnitPage #above, UnitPage #reading { width: 1fr; height: auto; }
    UnitPage #reading { padding: 0 1; }
    UnitPage #source { height: auto; }
    UnitPage SidePane { dock: right; width: 40%; height: 100%; background: $surface; border-left: solid $panel; }
    Mode.-wide UnitPage #work { height: 100%; }
    Mode.-wide UnitPage #reading { max-height: 11; }
    Mode.-wide UnitPage Editor { height: 1fr; min-height: 4; }
    Mode.-very-wide UnitPage #work { layout: horizontal; height: 100%; }
    Mode.-very-wide UnitPage #above, Mode.-very-wide UnitPage Editor { height: 100%; width: 1fr; }
    Mode.-very-wide UnitPage #reading { max-height: 1fr; }
    Mode.-very-wide UnitPage SidePane { width: 33%; }
    Mode.-low UnitPage #desk { height: 12; }
    Mode.-low.-wide UnitPage #reading { max-height: 7; }
    Mode.-normal UnitPage #desk, Mode.-narrow UnitPage #desk { height: auto; border-top: none; }
    Mode.-normal UnitPage SidePane, Mode.-narrow UnitPage SidePane {
        dock: none; width: 100%; height: auto; max-height: 9; border-left: none; border-top: solid $panel;
    }
    Mode.-normal UnitPage SidePane.-empty, Mode.-narrow UnitPage SidePane.-empty { display: none; }
    Mode.-normal UnitPage #reading, Mode.-narrow UnitPage #reading { max-height: 14; border-top: solid $panel; }
    Mode.-low.-normal UnitPage #reading { max-height: 9; }
    Mode.-low UnitPage #units { min-height: 1; }
    Mode.-low UnitPage #warnings { max-height: 2; }
    Mode.-low.-normal UnitPage Editor, Mode.-low.-narrow UnitPage Editor { height: 5; border-bottom: none; }
    Mode.-low.-normal UnitPage SidePane { max-height: 4; }
    Mode.-low.-narrow UnitPage SidePane { display: none; }
    Mode.-low.-narrow.-writing UnitPage #units, Mode.-low.-narrow.-writing UnitPage #warnings { display: none; }
    Mode.-low.-narrow.-writing UnitPage #desk, Mode.-low.-narrow.-writing UnitPage #work { height: 1fr; }
    Mode.-low.-narrow.-writing UnitPage Editor { height: 1fr; min-height: 4; }
    Mode:ansi UnitPage #desk { border-top: solid ansi_white; }
    """

    def __init__(
        self, units: LineList, on_typed: Callable[[str, str], None], above_text: Sequence[Widget] = ()
    ) -> None:
        super().__init__(id="sheet")
        self._units, self._on_typed, self._above_text = units, on_typed, above_text

    def compose(self) -> ComposeResult:
        yield self._units
        yield CachedStatic(id="warnings")
        with Container(id="desk"):
            yield SidePane()
            with Vertical(id="work"):
                with Vertical(id="above"):
                    with VerticalScroll(id="reading", can_focus=False):
                        yield CachedStatic(id="source")
                    yield from self._above_text
                yield Editor(self._on_typed, id="text")

    @property
    def warnings(self) -> CachedStatic:
        return self.query_one("#warnings", CachedStatic)

    @property
    def side_pane(self) -> SidePane:
        return self.query_one(SidePane)

    def paint(self, view: CatalogView, unit: Unit, formats: Formats) -> None:
        """Render source, neighbours and notes of a unit."""
        shown = source_text(
            unit,
            view.number(unit.id),
            view.neighbours(unit.id),
            formats,
            who=view.who,
            outdated=view.is_outdated(unit),
            read=view.read_source(unit),
            room=self._room(unit),
        )
        self.query_one("#source", CachedStatic).set_text(shown)
        self.query_one("#reading", VerticalScroll).scroll_home(animate=False)
        is_small = self.app.size.height < _TALL and self.app.size.width < _WIDE
        self.side_pane.show_notes(None if is_small else unit, formats, remark=pair_line(view.catalog))

    def _room(self, unit: Unit) -> Room:
        """Return the room for the neighbours of a unit: none on a small screen if it is long."""
        width, height = self.app.size
        if height >= _TALL:
            return Room(width, 2)
        is_long = cell_len(unit.source) > _MOST_LINES * (width - _FRAME)
        return NO_NEIGHBOURS if width < _NORMAL or is_long else Room(width - _FRAME, 1)

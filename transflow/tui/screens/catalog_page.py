"""Layout of Translate and Review: the list of units, one unit with context, editor, side pane.

Invariant: this module only lays out the parts, and each part's module defines its behaviour.
Translate and Review differ in their keys and in the widgets above the editor.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from transflow.presenters.source_view import source_text
from transflow.tui.screens.annotations import AnnotationSteps
from transflow.tui.screens.assistance import AssistanceSteps
from transflow.tui.screens.finding import SearchSteps
from transflow.tui.widgets.cached import CachedStatic
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.line_list import LineList
from transflow.tui.widgets.side_pane import SidePane


class CatalogPage(SearchSteps, AssistanceSteps, AnnotationSteps):
    """Base of Translate and Review."""

    DEFAULT_CSS = """
    CatalogPage #sheet { height: 1fr; }
    CatalogPage #work { width: 1fr; height: 1fr; }
    CatalogPage #units { height: 1fr; min-height: 3; }
    CatalogPage #source { height: auto; max-height: 12; padding: 0 1; background: $surface; }
    CatalogPage Editor { height: 6; }
    CatalogPage #warnings { height: auto; max-height: 3; padding: 0 1; color: $text-warning; }
    CatalogPage SidePane { width: 36%; background: $surface; border-left: solid $panel; }
    CatalogPage.-low #source { max-height: 7; }
    CatalogPage.-low Editor { height: 4; }
    CatalogPage.-normal #sheet, CatalogPage.-narrow #sheet { layout: vertical; }
    CatalogPage.-normal #work, CatalogPage.-narrow #work { width: 100%; }
    CatalogPage.-normal SidePane, CatalogPage.-narrow SidePane {
        width: 100%; height: 10; border-left: none;
    }
    CatalogPage.-low.-normal SidePane, CatalogPage.-low.-narrow SidePane { height: 5; }
    CatalogPage.-low.-narrow SidePane { display: none; }
    CatalogPage:ansi #source { border-top: solid ansi_white; }
    CatalogPage.-normal:ansi SidePane, CatalogPage.-narrow:ansi SidePane { border-top: solid ansi_white; }
    CatalogPage.-low.-narrow.-writing #units { display: none; }
    """

    def unit_list(self) -> LineList:
        """Return the list, with the id `units` and the keys of its mode."""
        raise NotImplementedError

    def widgets_above_text(self) -> ComposeResult:
        """Yield the widgets between the source and the editor."""
        yield from ()

    def body(self) -> ComposeResult:
        with Horizontal(id="sheet"):
            with Vertical(id="work"):
                yield self.unit_list()
                yield CachedStatic(id="source")
                yield from self.widgets_above_text()
                yield Editor(self.save_typed, id="text")
                yield CachedStatic(id="warnings")
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
        unit, view = self.unit, self.view
        if view is None or unit is None:
            return
        shown = source_text(
            unit,
            view.number(unit.id),
            view.neighbours(unit.id),
            self.person_name,
            self.format_time,
            outdated=view.is_outdated(unit),
            read=view.read_source(unit),
            tall=self.app.size.height >= 30,
        )
        self.query_one("#source", CachedStatic).set_text(shown)
        self.query_one(SidePane).show_notes(unit, self.format_time)

"""Story mode: the page as it will print, with the sentences behind the paragraph under the cursor.

Invariant: the page displays what would print now: headline, deck, byline, paragraphs, credit line.
Drafts that nobody took and paragraphs that are kept back are marked as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from transflow.actions.stories.page import Page, page, page_stamps, stories_from
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, count
from transflow.presenters.list_rows import PageRow
from transflow.presenters.page_lines import paragraph, with_surroundings
from transflow.presenters.queue_lines import ARTICLE_STATES
from transflow.presenters.story_notes import story_notes
from transflow.project import CatalogRef
from transflow.tui import keymap
from transflow.tui.controls import visible_text
from transflow.tui.screens.arranging import ParagraphSteps
from transflow.tui.screens.clearance import ClearanceSteps
from transflow.tui.screens.copying import CopySteps
from transflow.tui.screens.finding import SearchSteps
from transflow.tui.screens.waiving import WaiverSteps
from transflow.tui.screens.warned import Warned
from transflow.tui.screens.whole_text import WholeTextSteps
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.page_list import PageList

_TIGHT_KINDS = ("list item", "table cell")
"""Kinds that are set without an empty line between two of the same kind."""


class Paragraphs(PageList):
    """Page of the story, with its keys."""

    BINDINGS = keymap.bindings("story.list", target="screen")


class StoryScreen(SearchSteps, Warned, ParagraphSteps, WaiverSteps, ClearanceSteps, WholeTextSteps, CopySteps):
    """Screen of Story."""

    NAME = "story"
    FOLDER = "articles"
    DEFAULT_CSS = """
    StoryScreen #sheet { height: 1fr; }
    StoryScreen #work { width: 1fr; height: 1fr; }
    StoryScreen #units { height: 1fr; min-height: 5; padding: 0 0; }
    StoryScreen Editor { height: 8; display: none; }
    StoryScreen.-writing Editor { display: block; }
    StoryScreen #behind { width: 42%; height: 1fr; padding: 0 1; background: $surface; border-left: solid $panel; }
    StoryScreen #behind { scrollbar-size-vertical: 1; }
    StoryScreen.-low Editor { height: 6; }
    StoryScreen.-normal #sheet, StoryScreen.-narrow #sheet { layout: vertical; }
    StoryScreen.-normal #work, StoryScreen.-narrow #work { width: 100%; }
    StoryScreen.-normal #behind, StoryScreen.-narrow #behind { width: 100%; height: 12; border-left: none; }
    StoryScreen.-low.-normal #behind, StoryScreen.-low.-narrow #behind { height: 7; }
    StoryScreen.-low.-narrow.-writing #behind { display: none; }
    StoryScreen.-normal:ansi #behind, StoryScreen.-narrow:ansi #behind { border-top: solid ansi_white; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._page_stamps: tuple[object, ...] = ()

    def body(self) -> ComposeResult:
        with Horizontal(id="sheet"):
            with Vertical(id="work"):
                yield Paragraphs(self._page_row, id="units")
                yield Editor(self.save_typed, id="text")
            with VerticalScroll(id="behind", can_focus=False):
                yield Static(id="notes")

    def mode_name(self) -> str:
        return _("Story")

    # Byline, credits and drafts

    def catalog_opened(self) -> None:
        super().catalog_opened()
        self.page, self._page_stamps = Page(), ()
        self.read_page()

    def show_catalog(self, catalog: Catalog) -> None:
        super().show_catalog(catalog)
        self.read_page()

    def read_page(self) -> None:
        """Read byline, credits and drafts, which depend on this catalog and its reports."""
        if self.view is not None:
            place = self.view.place
            self.perform_action(
                lambda actor: (page(actor, place), page_stamps(actor.project, place)),
                then=partial(self._page_read, place),
            )

    def _page_read(self, place: CatalogRef, read: tuple[Page, tuple[object, ...]]) -> None:
        if self.view is not None and self.view.place == place:
            old_draft = self.page.drafts.get(self.current, "")
            self.page, self._page_stamps = read
            if (
                old_draft not in ("", self.page.drafts.get(self.current, ""))
                and self.view.draft(self.current) is not None
            ):
                self.say(_("The draft behind this paragraph changed while you were writing."))
            self.lines.repaint()
            self.paint_title()
            self.paint_unit()
            self.check_story()

    def check_for_changes(self) -> None:
        """Check the reports for changes too: somebody may translate a sentence behind it."""
        super().check_for_changes()
        if self.view is not None and self.is_active and not self.is_busy and self._page_stamps:
            try:
                has_changed = page_stamps(self.app.project, self.view.place) != self._page_stamps
            except UnreadableError:  # reported when the report is opened
                return
            if has_changed:
                self._page_stamps = ()
                self.read_page()

    # Rendering

    def _page_row(self, row: int, width: int) -> PageRow:
        view = self.view
        assert view is not None
        index = view.visible[row]
        unit = view.units[index]
        tight = unit.kind in _TIGHT_KINDS and self._next_kind(row) == unit.kind
        seen, state = view.filtered_unit(unit), view.states[index]
        block = paragraph(index + 1, seen, state, view.text(unit), self.page, width, tight=tight)
        before = self._byline() if row == self._first_body_row() else []
        after = [self._credits()] if row == len(view.visible) - 1 else []
        return with_surroundings(block, before, after, width)

    def _next_kind(self, row: int) -> str:
        view = self.view
        assert view is not None
        return view.units[view.visible[row + 1]].kind if row + 1 < len(view.visible) else ""

    def _first_body_row(self) -> int:
        """Return the row below the byline."""
        assert self.view is not None
        units = (self.view.units[place] for place in self.view.visible)
        return next((row for row, unit in enumerate(units) if unit.kind not in ("headline", "deck")), -1)

    def _credits(self) -> str:
        return self.page.credit_line or (_("Nobody is credited yet.") if self.page.is_read else "…")

    def _byline(self) -> list[str]:
        parts = (self.page.byline, self.page.dateline, self.page.date[:10])
        return [" · ".join(filter(None, parts))] if any(parts) else []

    def progress(self) -> str:
        assert self.view is not None
        printed = [unit for unit in self.view.units if not unit.cut and not unit.omitted]
        written = sum(bool(unit.target) for unit in printed)
        words = sum(len((unit.target or unit.source).split()) for unit in printed)
        parts = [
            _(ARTICLE_STATES[self.page.state]) if self.page.is_read else "…",
            _("{done} of {whole} written").format(done=written, whole=len(printed)),
            count("{n} word", "{n} words", words),
        ]
        if warnings := self.count_warnings():
            parts.insert(1, count("{n} warning", "{n} warnings", warnings))
        if self.page.blockers:
            parts.insert(1, count("{n} kept back", "{n} kept back", len(self.page.blockers)))
        if self.page.embargo:
            parts.insert(0, _("embargo until {time}").format(time=self.format_time(self.page.embargo)))
        if self.page.confidential:
            parts.insert(0, _("confidential"))
        return " · ".join(parts)

    def paint_unit(self) -> None:
        unit, view = self.unit, self.view
        if unit is None or view is None:
            return
        issues = (*view.issues(unit), *self.story_issues)
        number, is_outdated = view.number(unit.id), view.is_outdated(unit)
        shown = story_notes(
            unit,
            number,
            self.page,
            self.format_time,
            issues,
            outdated=is_outdated,
            read=view.read_source(unit),
            command=self.command_label,
        )
        self.query_one("#notes", Static).update(visible_text(shown))
        self.query_one("#behind", VerticalScroll).scroll_home(animate=False)

    def on_resize(self) -> None:
        self.paint_title()
        self.show_keys(self.NAME if self.editor.has_focus else f"{self.NAME}.list")

    def on_descendant_focus(self) -> None:
        writing = self.editor.has_focus
        self.set_class(writing, "-writing")
        self.show_keys(self.NAME if writing else f"{self.NAME}.list")

    def action_edit(self) -> None:
        self.add_class("-writing")
        super().action_edit()

    def present_draft(self, unit_id: str) -> str:
        return self.page.drafts.get(unit_id, "")

    # Opening

    def open(self, place: CatalogRef | None, unit: str) -> None:
        """Open a story, or the story made from a report, at the paragraph with a sentence."""
        if place is None or place.folder == self.FOLDER:
            super().open(place, unit)
            return
        self._is_reading = True
        found = partial(self._found_stories, place, unit)
        self.perform_action(lambda actor: stories_from(actor.project, place), then=found, failed=self._not_opened)

    def _found_stories(self, report: CatalogRef, unit: str, found: Sequence[CatalogRef]) -> None:
        self._is_reading = False
        if self.view is not None and self.view.place in found:
            self.go_to(unit)
        elif found:
            self.open(found[0], unit)
        else:
            self.say(_("No story is made from {report} yet: c in the Queue composes one.").format(report=report.slug))

    def is_wanted(self, index: int) -> bool:
        """Return whether a paragraph is unfinished, or kept back for another reason."""
        if self.view is None:
            return False
        return self.view.is_unfinished(index) or self.view.units[index].id in self.page.blockers

    def go_to(self, unit: str) -> None:
        """Display a paragraph, or the one made from a sentence; by default the first."""
        view = self.view
        if view is not None and unit and not unit.isdecimal() and view.find(unit) is None:
            found = (paragraph.id for paragraph in view.units if any(ref.unit == unit for ref in paragraph.refs))
            unit = next(found, "1")
        super().go_to(unit or "1")

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:
        """Return the first sentence behind the paragraph, for the modes over reports."""
        unit: Unit | None = self.unit
        behind = self.page.sources.get(unit.id, ()) if unit is not None else ()
        if mode in ("translate", "review") and behind:
            return behind[0].place, behind[0].unit.id
        return None, ""

"""Story mode: the page as it will print, with the sentences behind the paragraph under the cursor.

Invariant: the page displays what would print now; each step of a writer is one action, and can be
undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from transflow.actions.stories.page import stories_from
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues import clearance, live, mistakes, paragraphs, publishing, regrouping
from transflow.presenters.dialogues.copying import copy
from transflow.presenters.dialogues.requests import Dialogue
from transflow.presenters.dialogues.waiving import waive
from transflow.presenters.headlines import quoted, title
from transflow.presenters.i18n import _
from transflow.presenters.live_notes import empty_words
from transflow.presenters.mode_rules import Composing
from transflow.presenters.story_view import StoryView
from transflow.project import CatalogRef
from transflow.tui import keymap
from transflow.tui.controls import visible_text
from transflow.tui.screens.catalog_screen import CatalogScreen
from transflow.tui.screens.file_watch import Stamp
from transflow.tui.screens.open_catalog import OpenCatalog
from transflow.tui.screens.story_checks import StoryChecks
from transflow.tui.screens.story_reading import StoryReading
from transflow.tui.screens.whole_text import WholeText
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.page_list import PageList


class Paragraphs(PageList):
    """Page of the story, with its keys."""

    BINDINGS = keymap.bindings("story.list", target="screen")


class StoryCommands:
    """Commands of a writer, and of an editor who clears, for one open story."""

    def __init__(self, opened: OpenCatalog, story: StoryView) -> None:
        self._opened, self._story = opened, story
        view, screen, sheet = opened.view, opened.screen, opened.sheet
        checks = StoryChecks(sheet, story)
        reading = StoryReading(sheet, story, checks.check)
        opened.when_looked = reading.check_for_changes
        opened.find_unit = story.paragraph_of
        opened.position = self._position_for
        opened.editing.leaves_at_end = True
        opened.commands |= {
            "next_warning": checks.next_warning,
            "waive": opened.on_unit(lambda unit: waive(view, unit, view.issues(unit), screen.command_label)),
            "cut": opened.on_selection(partial(paragraphs.cut, view)),
            "move": opened.on_selection(partial(paragraphs.move, view)),
            "add": opened.on_unit(partial(paragraphs.add, view)),
            "cite": opened.on_selection(partial(paragraphs.cite, view)),
            "join": opened.on_unit(partial(regrouping.join_paragraphs, view)),
            "split": opened.on_unit(partial(regrouping.split_paragraph, view)),
            "take_draft": self.take_draft,
            "still_right": opened.on_selection(lambda units: paragraphs.keep_texts(view, units, story.draft)),
            "take_new": opened.on_selection(lambda units: paragraphs.take_drafts(view, units, story.draft)),
            "take_drafts": opened.on_catalog(self._take_drafts),
            "show_page": opened.on_catalog(partial(publishing.show_page, view)),
            "record_publication": opened.on_catalog(partial(publishing.record_address, view)),
            "mend_page": opened.on_unit(lambda unit: mistakes.mend_page(view, unit, screen.formats.command)),
            "take_in": opened.on_catalog(partial(paragraphs.compose_again, view)),
            "switch_live": opened.on_catalog(partial(live.switch_live, view)),
            "ready": opened.on_catalog(partial(clearance.switch_readiness, view, screen.formats)),
            "clear": opened.on_catalog(partial(clearance.clear, view, screen.formats)),
            "copy": opened.on_catalog(partial(copy, view)),
            "whole": WholeText(sheet, opened.changes.dialogues).edit,
            "take_back": opened.changes.take_back,
        }

    def _position_for(self, mode: str) -> tuple[CatalogRef | None, str]:
        """Return the first sentence behind the paragraph, for the modes over reports."""
        unit = self._opened.sheet.unit
        behind = self._story.sources(unit.id) if unit is not None else ()
        return behind[0] if mode in ("translate", "review") and behind else (None, "")

    def _take_drafts(self) -> Dialogue[None]:
        view = self._opened.view
        return paragraphs.take_first_drafts(view, self._opened.sheet.marked_units() or view.units, self._story.draft)

    def take_draft(self) -> None:
        """Put the present draft into the editor; undo restores the previous text."""
        unit = self._opened.sheet.unit
        draft = self._story.draft(unit.id) if unit is not None else ""
        if draft:
            self._opened.editing.editor.replace_text(draft)
            self._opened.editing.edit()
        else:
            self._opened.screen.say(_("No report stands behind this paragraph."))


class StoryScreen(CatalogScreen):
    """Screen of Story."""

    NAME = "story"
    FOLDER = "articles"
    DEFAULT_CSS = """
    StoryScreen #sheet { height: 1fr; }
    StoryScreen #work { width: 1fr; height: 1fr; }
    StoryScreen #units { height: 1fr; min-height: 5; padding: 0 0; }
    StoryScreen Editor { height: 9; display: none; }
    StoryScreen.-writing Editor { display: block; }
    StoryScreen #behind { width: 42%; height: 1fr; padding: 0 1; background: $surface; border-left: solid $panel; }
    StoryScreen #behind { scrollbar-size-vertical: 1; }
    StoryScreen.-low Editor { height: 7; }
    StoryScreen.-normal #sheet, StoryScreen.-narrow #sheet { layout: vertical; }
    StoryScreen.-normal #work, StoryScreen.-narrow #work { width: 100%; }
    StoryScreen.-normal #behind, StoryScreen.-narrow #behind { width: 100%; height: 12; border-left: none; }
    StoryScreen.-low.-normal #behind, StoryScreen.-low.-narrow #behind { height: 7; }
    StoryScreen.-low.-narrow.-writing #behind { display: none; }
    StoryScreen.-normal:ansi #behind, StoryScreen.-narrow:ansi #behind { border-top: solid ansi_white; }
    """

    def body(self) -> ComposeResult:
        with Horizontal(id="sheet"):
            with Vertical(id="work"):
                yield Paragraphs(id="units")
                yield Editor(self.text_typed, id="text")
            with VerticalScroll(id="behind", can_focus=False):
                yield Static(id="notes")

    def opened_state(self, view: CatalogView, stamp: Stamp) -> OpenCatalog:
        story = StoryView(view, self.formats)
        self.query_one(Paragraphs).block = story.row

        painted = [""]

        def paint(unit: Unit) -> None:
            self.query_one("#notes", Static).update(visible_text(story.notes(unit)))
            if painted != [unit.id]:  # what is read stays where it is
                self.query_one("#behind", VerticalScroll).scroll_home(animate=False)
            painted[:] = [unit.id]

        def empty() -> str:
            return empty_words(story.page, keymap.key_label(self.app.keys, "story.list.changes"))

        rules = Composing(story.is_kept_back, story.progress, empty)
        opened = OpenCatalog(self, (self.lines, self.editor), view, stamp, rules, paint)
        StoryCommands(opened, story)

        def show_keys() -> None:
            self.key_words = {"story.list.ready": _("Take back")} if clearance.is_ready(view) else {}
            self.on_descendant_focus()

        opened.sheet.when_replaced.append(show_keys)
        self.call_after_refresh(show_keys)
        opened.sheet.show_list()
        return opened

    def open(self, place: CatalogRef | None, unit: str) -> None:
        """Open a story, or the story made from a report, at the paragraph with a sentence."""
        if place is None or place.folder == self.FOLDER:
            super().open(place, unit)
            return
        self._is_reading = True
        found = partial(self._found_stories, place, unit)
        self.perform_action(lambda actor: stories_from(actor.project, place), then=found, failed=self.not_opened)

    def _found_stories(self, report: CatalogRef, unit: str, found: Sequence[CatalogRef]) -> None:
        self._is_reading = False
        if self.state.place in found:
            self.state.show(unit)
        elif found:
            self.open(found[0], unit)
        else:
            self.say(
                _("No story is made from {report} yet: c in the Queue starts one.").format(report=quoted(title(report)))
            )

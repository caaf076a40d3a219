"""Mode over one catalog: list of units, unit under the cursor, changes by other people.

Invariant: the catalog on the screen is the file as it was read last. Its stamp is compared every
second, and a changed file is read again. The cursor stays on its unit, wherever that moves.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from transflow.actions import Actor
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.i18n import _, count
from transflow.presenters.list_rows import ListRow
from transflow.presenters.unit_lines import unit_row
from transflow.project import CatalogRef
from transflow.tui.screens.mode import Mode
from transflow.tui.widgets.line_list import LineList

Stamp = tuple[int, int, int]


class CatalogScreen(Mode):
    """Base of the modes over one catalog.

    A subclass has a `LineList` with the id `units`, and displays the unit under the cursor in
    `paint_unit`.
    """

    FOLDER: ClassVar[str] = "reports"
    """Folder of the catalogs that it opens: reports or articles."""

    def __init__(self) -> None:
        super().__init__()
        self.view: CatalogView | None = None
        self.current = ""
        """Id of the unit that is displayed."""
        self._forward = 1
        self._is_reading = False
        self._stamp: Stamp | None = None

    def on_mount(self) -> None:
        self.say("")
        self.set_interval(1.0, self.check_for_changes)

    @property
    def lines(self) -> LineList:
        return self.query_one("#units", LineList)

    @property
    def unit(self) -> Unit | None:
        """Unit under the cursor."""
        if self.view is None or not 0 <= self.lines.cursor < len(self.view.visible):
            return None
        return self.view.units[self.view.visible[self.lines.cursor]]

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the marked units in order; without marks, of that under the cursor."""
        view = self.view
        return tuple(view.units[view.visible[row]].id for row in self.lines.selected_rows()) if view else ()

    # Opening

    def open(self, place: CatalogRef | None, unit: str) -> None:
        if place is None and self._is_reading:  # Textual resumes a new screen twice
            return
        if self.view is not None and place in (None, self.view.place):
            self.app.presence.enter(self.view.place)
            self.check_for_changes()
            if place is not None:
                self.go_to(unit)
        elif place is None or place.folder != self.FOLDER:
            self.app.call_later(self.app.show, "queue")
        else:
            self._is_reading = True
            # Not on the message line: its appearance would move the list down and up again
            self.show_title(_("Reading {name} …").format(name=place.slug))
            self.perform_action(
                partial(_read_catalog, place), then=partial(self._opened, place, unit), failed=self._not_opened
            )

    def _not_opened(self, error: Exception) -> None:
        self._is_reading = False
        self.refuse(error)

    def _opened(self, place: CatalogRef, unit: str, read: tuple[Stamp, Catalog]) -> None:
        self._is_reading = False
        self._stamp, catalog = read
        self.app.presence.enter(place)
        self.view = CatalogView(place, catalog, self.app.journal)
        self.current = ""
        self.say("")
        self.catalog_opened()
        self.lines.show(len(self.view.visible), self._row)
        self.go_to(unit)
        self.paint_title()
        drafts = len(self.app.journal.drafts_of(place.path))
        if drafts:
            self.say(
                count(
                    "{n} draft of yours is not confirmed yet: ✎", "{n} drafts of yours are not confirmed yet: ✎", drafts
                )
            )

    def catalog_opened(self) -> None:
        """Called when another catalog was opened, before its first unit is displayed."""

    def go_to(self, unit: str) -> None:
        """Display a unit given by id or number; without one, the first wanted unit."""
        view = self.view
        if view is None or not view.visible:
            return
        if unit.isdecimal():
            unit = view.units[min(max(int(unit), 1), len(view.units)) - 1].id
        found = view.find(unit)
        first = view.next(-1, self.is_wanted)
        self.lines.move_to(view.row(found.id) if found else first or 0)
        self.show_unit()

    def is_wanted(self, index: int) -> bool:
        """Return whether the unit at an index is one to stop at, such as an unfinished one."""
        return self.view is not None and self.view.is_unfinished(index)

    def all_done_message(self) -> str:
        """Return the message for the case that no unit is wanted any more."""
        return _("Everything here is done.")

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:
        return (self.view.place, self.current) if self.view and mode in ("review", "translate", "story") else (None, "")

    # Rendering

    def _row(self, row: int, width: int) -> ListRow:
        assert self.view is not None
        index = self.view.visible[row]
        unit = self.view.units[index]
        seen, text = self.view.filtered_unit(unit), self.view.text(unit)
        is_marked = row in self.lines.marked
        return unit_row(index + 1, seen, self.view.states[index], text, width, marked=is_marked)

    def paint_title(self) -> None:
        if self.view is None:
            return
        has_several_locales = len(self.app.project.settings.locales) > 1
        left = f"{self.mode_name()} {self.view.place if has_several_locales else self.view.place.slug}"
        if self.view.filter.text:
            left += f"  /{self.view.filter.text}/ {len(self.view.visible)}"
        right = self.progress()
        if others := [self.person_name(who) for who in self.app.presence.others(self.view.place)]:
            right = _("also open: {people}").format(people=", ".join(others)) + " · " + right
        self.show_title(left + (" ▲" if self._forward < 0 else ""), right)

    def progress(self) -> str:
        """Return the progress, for the title."""
        assert self.view is not None
        done, whole, words = self.view.progress()
        return _("{done} of {whole} done · {words} words left").format(done=done, whole=whole, words=words)

    def mode_name(self) -> str:
        """Return the name of the mode, for the title."""
        return self.NAME

    def show_unit(self) -> None:
        """Display the unit under the cursor."""
        unit = self.unit
        if unit is not None and self.current and self.current != unit.id:
            self.say("")
        self.current = unit.id if unit is not None else ""
        self.paint_unit()

    def paint_unit(self) -> None:
        """Render everything about the unit under the cursor."""

    def check_next_units(self) -> None:
        """Check what was not checked yet."""

    def ask_helpers(self) -> None:
        """Ask the helpers about the unit under the cursor."""

    # Moving in the list

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        if event.lines is self.lines and not self.is_busy and self.unit is not None and self.unit.id != self.current:
            self.show_unit()

    def action_list_next(self) -> None:
        self.lines.action_step(1)

    def action_list_previous(self) -> None:
        self.lines.action_step(-1)

    def action_turn(self) -> None:
        self._forward = -self._forward
        self.say(_("Onwards, towards the end.") if self._forward > 0 else _("Backwards, towards the beginning. ▲"))
        self.paint_title()

    def action_jump(self, state: str) -> None:
        view = self.view
        row = view.next(self.lines.cursor, lambda index: view.states[index] == state, self._forward) if view else None
        if row is None:
            self.say(_("There is none."))
        else:
            self.lines.move_to(row)

    def action_mark_line(self) -> None:
        self.lines.toggle_mark()

    def action_mark_range(self) -> None:
        marked = self.lines.mark_range()
        if marked < 0:
            self.say(_("A range begins here: go to its other end, and press the same key."))
        else:
            self.say(count("{n} sentence is marked.", "{n} sentences are marked.", marked))

    # Another state of the catalog

    def show_catalog(self, catalog: Catalog) -> None:
        """Display another state of the catalog, with the cursor on the same unit."""
        assert self.view is not None
        self._stamp = self.app.project.stamp(self.view.place)
        units_before, row = self.view.catalog.units, self.lines.cursor
        visible_before = list(self.view.visible)
        marked = {
            self.view.units[visible_before[marked_row]].id
            for marked_row in self.lines.marked
            if marked_row < len(visible_before)
        }
        self.view.replace_catalog(catalog)
        if found := self.view.find(self.current):
            row = self.view.row(found.id)
        if self.view.visible == visible_before and len(units_before) == len(catalog.units):
            self.lines.repaint()
            self.lines.move_to(row)
        else:
            self.lines.show(len(self.view.visible), self._row, row)
            self.lines.marked = {self.view.row(unit_id) for unit_id in marked if unit_id in self.view.places}
        self.paint_title()

    def pending_checks_message(self) -> str:
        """Return a message about checks that have no result yet; "" if there are none."""
        return ""

    def apply_filter_again(self) -> None:
        """Apply the filter again, after new results of checks."""
        view = self.view
        if view is None:
            return
        visible_before = view.visible
        view.apply(view.filter)
        if view.visible != visible_before:
            self.lines.show(len(view.visible), self._row, view.row(self.current))
            self.paint_title()

    def check_for_changes(self) -> None:
        """Read the file again if somebody changed it, and update who has it open.

        Does nothing while a dialog is open: the answer to a question is about what was displayed
        when it was asked.
        """
        if self.view is None or self.is_busy or not self.is_active:
            return
        self.paint_title()
        place = self.view.place
        try:
            stamp = self.app.project.stamp(place)
        except UnreadableError:
            message = _("The file of {name} is gone. What you write is kept as a draft.")
            self.say(message.format(name=place.slug), refused=True)
            return
        if stamp != self._stamp:
            self._stamp = stamp
            self.perform_action(lambda actor: actor.project.load(place), then=self._changed_outside)

    def _changed_outside(self, catalog: Catalog) -> None:
        if self.view is None or self.is_busy or catalog == self.view.catalog:
            return
        if not self.is_active:  # a dialog was opened while the file was read: read it again later
            self._stamp = None
            return
        displayed = self.view.find(self.current)
        self.show_catalog(catalog)
        self.file_changed(displayed, self.unit)

    def file_changed(self, before: Unit | None, now: Unit | None) -> None:
        """Called when somebody else saved.

        `before` is the unit that was displayed, `now` the one under the cursor.
        """
        self.show_unit()
        if before is not None and now is not None and before.id == now.id and before != now:
            self.say(_("Somebody else changed this sentence."))


def _read_catalog(place: CatalogRef, actor: Actor) -> tuple[Stamp, Catalog]:
    """Return the catalog, and the stamp of its file.

    The stamp is taken first, so that a change while the file is read is noticed later.
    """
    return actor.project.stamp(place), actor.project.load(place)

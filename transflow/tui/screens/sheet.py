"""Open catalog on a screen: the list of its units, the cursor, and the unit under it.

Invariant: the cursor stays on its unit, wherever that moves in the list.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.headlines import title
from transflow.presenters.i18n import _, count, say
from transflow.presenters.list_rows import ListRow
from transflow.presenters.mode_rules import MESSAGES, ModeRules, also_open, next_unit
from transflow.presenters.unit_lines import unit_row
from transflow.project.languages import source_of
from transflow.tui.screens.mode import Mode
from transflow.tui.widgets.line_list import LineList

_READING_PAUSE_SECONDS = 0.01
"""Seconds between reading some units of a long catalog and the next, in which keys are handled."""


class Sheet:
    """Open catalog: the view, the list, and the cursor.

    `paint` renders everything about a unit, except its text.
    """

    def __init__(
        self, screen: Mode, lines: LineList, view: CatalogView, rules: ModeRules, paint: Callable[[Unit], None]
    ) -> None:
        self.screen, self.lines, self.view, self.rules, self._paint = screen, lines, view, rules, paint
        self.show_text: Callable[[Unit], None] = lambda _unit: None
        """Puts the text of a unit into the editor."""
        self.current = ""
        """Id of the unit that is displayed."""
        self.source_language = source_of(screen.app.project, view.place)
        """Language of the sources, as it is on the disk."""
        self.is_open = True
        """False once another catalog is open."""
        self._forward = 1
        self._progress = ""
        """Progress that was computed last; a long catalog is not read whole at first."""
        self.when_unit_shown: list[Callable[[], None]] = []
        """Called after the unit under the cursor was displayed."""
        self.before_replacing: list[Callable[[Catalog], None]] = []
        """Called with another state of the catalog before it is displayed."""
        self.when_read: list[Callable[[], None]] = []
        """Called when all units of the catalog are read, after the first paint."""
        self.when_replaced: list[Callable[[], None]] = []
        """Called after another state of the catalog was displayed."""
        self._end: tuple[str, str] | None = None
        """Message at the end while texts were still being checked: without, and with that."""
        self.pending_checks_message: Callable[[], str] = str
        """Returns a message about checks that have no result yet; "" if there are none."""

    @property
    def unit(self) -> Unit | None:
        """Unit under the cursor."""
        if not 0 <= self.lines.cursor < len(self.view.visible):
            return None
        return self.view.units[self.view.visible[self.lines.cursor]]

    def selected_units(self) -> list[Unit]:
        """Return the marked units in order; without marks, the one under the cursor."""
        view = self.view
        return [view.units[view.visible[row]] for row in self.lines.selected_rows()]

    def marked_units(self) -> list[Unit]:
        """Return the marked units in order."""
        return self.selected_units() if self.lines.marked else []

    def on_unit(self, command: Callable[[Unit], object]) -> Callable[[], None]:
        """Return a command for the unit under the cursor, which does nothing without one.

        While a step is in progress it waits, for the unit that is displayed by then.
        """

        def run() -> None:
            if (unit := self.unit) is not None:
                command(unit)

        return partial(self.screen.steps.run_after, run)

    def on_selection(self, command: Callable[[list[Unit]], object]) -> Callable[[], None]:
        """Return a command for the selected units, which does nothing without one."""

        def run() -> None:
            if units := self.selected_units():
                command(units)

        return partial(self.screen.steps.run_after, run)

    @property
    def commands(self) -> dict[str, Callable[..., Any]]:
        """Commands that move in the list and mark its rows."""
        return {
            "list_next": lambda: self.lines.action_step(1),
            "list_previous": lambda: self.lines.action_step(-1),
            "turn": self.turn,
            "jump": self.jump,
            "mark_line": self.lines.toggle_mark,
            "mark_range": self.mark_range,
        }

    # The unit under the cursor

    def go_to(self, unit: str) -> None:
        """Display a unit given by id or number; without one, the first wanted unit."""
        view = self.view
        if not view.visible:
            return
        if unit.isdecimal():
            unit = view.units[min(max(int(unit), 1), len(view.units)) - 1].id
        found = view.find(unit)
        row = view.row(found.id) if found else view.next(-1, lambda index: self.rules.is_wanted(view, index)) or 0
        self.lines.move_to(row)
        self.show_unit()

    def show_unit(self) -> None:
        """Display the unit under the cursor."""
        unit = self.unit
        if unit is not None:
            self.show_text(unit)
            if self.current and self.current != unit.id:
                self.screen.say("")
        self.current = unit.id if unit is not None else ""
        self.paint_unit()
        for each in self.when_unit_shown:
            each()

    def paint_unit(self) -> None:
        """Render everything about the unit under the cursor, except its text."""
        if (unit := self.unit) is not None:
            self._paint(unit)

    def cursor_moved(self) -> None:
        """Display the unit under the cursor, unless a step is in progress."""
        if not self.screen.steps.is_busy and self.unit is not None and self.unit.id != self.current:
            self.show_unit()

    def go_to_next_wanted(self) -> bool:
        """Display the next wanted unit, or else the next unit.

        Returns True if there was a wanted one.
        """
        following = next_unit(self.view, self.lines.cursor, self.rules)
        self.lines.move_to(following.row)
        self.show_unit()
        return following.is_wanted

    def say_end(self, before: str = "") -> None:
        """Say that no unit is wanted any more, once every text is checked; `before` at once."""
        pending = self.pending_checks_message()
        self._end = (before, " ".join(filter(None, (before, pending)))) if pending else None
        self.screen.say(" ".join(filter(None, (before, pending or self.rules.all_done_message(self.view)))))

    def checks_done(self) -> None:
        """Say what was left open, unless something else was said since."""
        if self._end is not None and self.screen.message == self._end[1]:
            self.say_end(self._end[0])
        self._end = None

    # Moving and marking

    def go(self, by: int) -> None:
        """Display the unit some rows below or above, once its text is left."""

        def move() -> None:
            self.lines.move_to(self.lines.cursor + by, by)
            self.show_unit()
            self.screen.steps.finish()

        self.screen.steps.enqueue(move)

    def turn(self) -> None:
        self._forward = -self._forward
        forward = self._forward > 0
        self.screen.say(_("Onwards, towards the end.") if forward else _("Backwards, towards the beginning. ▲"))
        self.paint_title()

    def jump(self, state: str) -> None:
        """Go to the next unit in a state."""
        view = self.view
        row = view.next(self.lines.cursor, lambda index: view.states[index] == state, self._forward)
        if row is None:
            self.screen.say(say(MESSAGES("none")))
        else:
            self.lines.move_to(row)

    def mark_range(self) -> None:
        marked = self.lines.mark_range()
        if marked < 0:
            self.screen.say(_("A range begins here: go to its other end, and press the same key."))
        else:
            self.screen.say(count("{n} sentence is marked.", "{n} sentences are marked.", marked))

    def unmark(self) -> None:
        self.lines.marked = set()
        self.lines.repaint()

    # The list

    def show_list(self, row: int = -1) -> None:
        """Display the units that pass the filter, with the cursor at a row."""
        self.lines.show(len(self.view.visible), self._row, row)

    def _row(self, row: int, width: int) -> ListRow:
        view = self.view
        index = view.visible[row]
        unit = view.units[index]
        is_marked = row in self.lines.marked
        return unit_row(
            index + 1,
            view.filtered_unit(unit),
            view.states[index],
            view.text(unit),
            width,
            marked=is_marked,
            is_current=row == self.lines.cursor,
        )

    def apply_filter_again(self) -> None:
        """Apply the filter again, after new results of checks."""
        view = self.view
        visible_before = view.visible
        view.apply_again()
        if view.visible != visible_before:
            self.show_list(view.row(self.current))
            self.paint_title()

    def paint_title(self) -> None:
        """Display catalog, filter, progress, and who else has the catalog open."""
        app, view = self.screen.app, self.view
        left = f"{self.rules.title()} {title(view.place)}"
        if view.filter.text:
            left += f"  /{view.filter.text}/ {len(view.visible)}"
        if view.is_read:
            self._progress = self.rules.progress(view)
        right = self._progress
        if others := also_open(app.presence.others(view.place), app.user.id, self.screen.person_name):
            right = f"{others} · {right}" if right else others
        self.screen.show_title(left + (" ▲" if self._forward < 0 else ""), right)

    def read_on(self) -> None:
        """Read the rest of a long catalog bit by bit, and paint and do what needs all of it."""
        if not self.view.is_read:
            self.screen.set_timer(_READING_PAUSE_SECONDS, self._read_more)
        elif self.is_open:
            self.paint_title()
            for each in self.when_read:
                each()

    def _read_more(self) -> None:
        if self.is_open:
            self.view.read_more()
            self.read_on()

    # Another state of the catalog

    def show_catalog(self, catalog: Catalog) -> None:
        """Display another state of the catalog, with the cursor on the same unit."""
        for prepare in self.before_replacing:
            prepare(catalog)
        view, lines = self.view, self.lines
        units_before, visible_before, row = view.units, list(view.visible), lines.cursor
        marked = {units_before[visible_before[each]].id for each in lines.marked if each < len(visible_before)}
        was_read = view.is_read
        view.replace_catalog(catalog)
        self.source_language = source_of(self.screen.app.project, view.place)
        if found := view.find(self.current):
            row = view.row(found.id)
        if view.visible == visible_before and len(units_before) == len(catalog.units):
            lines.repaint()
            lines.move_to(row)
        else:
            self.show_list(row)
            lines.marked = {view.row(unit_id) for unit_id in marked if unit_id in view.places}
        self.paint_title()
        for each in self.when_replaced:
            each()
        if was_read and not view.is_read:
            self.screen.call_after_refresh(self.read_on)

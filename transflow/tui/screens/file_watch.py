"""Watch over the file of the open catalog, which other people change too.

Invariant: the catalog on the screen is the file as it was read last. Its stamp is compared every
second, and a changed file is read again.
"""

from __future__ import annotations

from collections.abc import Callable

from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.headlines import quoted, title
from transflow.presenters.i18n import _
from transflow.tui.screens.sheet import Sheet

Stamp = tuple[int, int, int]


class FileWatch:
    """Watch over one catalog.

    `changed` is called after somebody else's version is displayed, with the unit that was displayed
    before and the one under the cursor.
    """

    def __init__(self, sheet: Sheet, stamp: Stamp, changed: Callable[[Unit | None, Unit | None], None]) -> None:
        self._sheet, self._screen, self._changed = sheet, sheet.screen, changed
        self._stamp: Stamp | None = stamp
        sheet.before_replacing.append(self._note_stamp)

    def _note_stamp(self, _catalog: Catalog) -> None:
        self._stamp = self._screen.app.project.stamp(self._sheet.view.place)

    @property
    def is_paused(self) -> bool:
        """True during a step or another action of the person, and while a dialog is open.

        The answer to a question is about what was displayed when it was asked.
        """
        screen = self._screen
        return screen.steps.is_busy or screen.actions_in_progress > 0 or not screen.is_active

    def check(self) -> None:
        """Read the file again if somebody changed it, and update who has it open."""
        if self.is_paused:
            return
        self._sheet.paint_title()
        place = self._sheet.view.place
        try:
            stamp = self._screen.app.project.stamp(place)
        except UnreadableError:
            message = _("The file of {name} is gone. What you write is kept, but not saved.")
            self._screen.say(message.format(name=quoted(title(place))), refused=True)
            return
        if stamp != self._stamp:
            self._stamp = stamp
            self._screen.perform_action(lambda actor: actor.project.load(place), then=self._show)

    def _show(self, catalog: Catalog) -> None:
        sheet = self._sheet
        if not sheet.is_open or self._screen.steps.is_busy or catalog == sheet.view.catalog:
            return
        if not self._screen.is_active:  # a dialog was opened while the file was read: read it again later
            self._stamp = None
            return
        displayed = sheet.view.find(sheet.current)
        sheet.show_catalog(catalog)
        self._changed(displayed, sheet.unit)

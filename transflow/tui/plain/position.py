"""Position in an open catalog: the unit that is read out, as it was heard.

Invariant: the position is the id of a unit. The catalog is read again if its file changed.
"""

from __future__ import annotations

from transflow.errors import UsageError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.assistants import UnitContext, unit_context
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.mode_rules import ModeRules
from transflow.project import CatalogRef
from transflow.project.languages import source_of
from transflow.tui.plain.session import Session
from transflow.units.marks import text_digest


class Position:
    """Position in one open catalog."""

    def __init__(self, session: Session, place: CatalogRef, unit: str, rules: ModeRules) -> None:
        self.session, self.rules = session, rules
        catalog = session.project.load(place)
        self._stamp = session.project.stamp(place)
        self.view = CatalogView(place, catalog, session.journal, session.user.id)
        if not catalog.units:
            raise UsageError(f"{place} has no sentences.")
        self.current = catalog.units[self._start_index(unit)].id
        self.last_read = self.unit
        """Unit as it was read out last."""
        self._judged = self.last_read

    def _start_index(self, unit: str) -> int:
        """Return the index of a unit given by number or id; by default, of the first that waits."""
        view = self.view
        if unit.isdecimal():
            return min(max(int(unit), 1), len(view.units)) - 1
        if found := view.find(unit):
            return view.places[found.id]
        return view.next(-1, lambda index: self.rules.is_wanted(view, index)) or 0

    @property
    def unit(self) -> Unit:
        found = self.view.find(self.current)
        return found if found is not None else self.view.units[0]

    @property
    def index(self) -> int:
        return self.view.places[self.unit.id]

    @property
    def judged(self) -> Unit:
        """Unit as it had been read out when the line was typed that is executed now."""
        return self._judged if self._judged.id == self.unit.id else self.unit

    def as_heard(self, unit_id: str) -> Unit | None:
        """Return a unit as it was heard; None if there is none."""
        return self._judged if unit_id == self.unit.id else self.view.find(unit_id)

    def context(self, unit: Unit) -> UnitContext:
        return unit_context(self.view, unit, source_of(self.session.project, self.view.place))

    def go(self, index: int) -> None:
        self.current = self.view.units[index].id

    def line_begins(self) -> None:
        """Note that a line is typed about the unit as it was read out last."""
        self._judged = self.last_read

    # The file

    def has_changed(self) -> bool:
        """Return whether somebody changed the file. Raise UnreadableError if it is gone."""
        return self.session.project.stamp(self.view.place) != self._stamp

    def reload(self) -> None:
        self.refresh(self.session.project.load(self.view.place))

    def refresh(self, catalog: Catalog) -> None:
        """Go on with another state of the catalog."""
        self._stamp = self.session.project.stamp(self.view.place)
        self.view.replace_catalog(catalog)

    def note_own_change(self) -> None:
        """Note that the unit is as it was heard, but for what the person did themselves."""
        if text_digest(self.unit) == text_digest(self.last_read):
            self.last_read = self.unit

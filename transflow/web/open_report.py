"""A report as it is open on a page."""

from __future__ import annotations

from typing import NamedTuple

from transflow.errors import UnknownNameError
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.mode_rules import ModeRules, Reviewing, Translating
from transflow.presenters.queue_view import mode_of_reports
from transflow.project import CatalogRef
from transflow.project.languages import source_of
from transflow.web.visit import Visit, address_of
from transflow.web.watching import stamp_text

WINDOW = 50
"""Number of sentences on a page."""


class OpenReport(NamedTuple):
    """A report, the mode that it is open in, and the rules of the mode."""

    place: CatalogRef
    view: CatalogView
    mode: str
    rules: ModeRules
    source_language: str
    live: str
    """Address of the events about it since it was read."""

    def address(self, **query: str) -> str:
        """Return the address of a page of the report in this mode."""
        return address_of(self.place, mode=self.mode, **query)

    def unit_address(self, unit: Unit, what: str = "") -> str:
        """Return the address of a sentence, or of what is done to it."""
        return f"{address_of(self.place)}/u/{unit.id}" + (f"/{what}" if what else "")

    def window_of(self, unit: Unit) -> str:
        """Return the first id of the window, counted from the start, that has a sentence."""
        index = self.view.places[unit.id]
        return self.view.units[index - index % WINDOW].id

    def at(self, unit: Unit, **query: str) -> str:
        """Return the address of the page with a sentence, at that sentence."""
        return self.address(**{"from": self.window_of(unit)}, **query) + f"#u-{unit.id}"

    def next_wanted(self, index: int) -> Unit | None:
        """Return the next sentence that waits after an index, from the start after the end."""
        found = self.view.next(index, lambda each: self.rules.is_wanted(self.view, each))
        return None if found is None else self.view.units[found]


def open_report(visit: Visit) -> OpenReport:
    """Return the report that the address names, in the mode that the request names."""
    place = visit.place("reports")
    mode = visit.form.get("mode") or visit.query.get("mode", "")
    if mode not in ("translate", "review"):
        mode = mode_of_reports(visit.actor.user, visit.actor.now)
    live = live_address(visit, place, mode)
    view, rules = visit.office.view(visit.actor, place), Reviewing() if mode == "review" else Translating()
    return OpenReport(place, view, mode, rules, source_of(visit.actor.project, place), live)


def live_address(visit: Visit, place: CatalogRef, mode: str = "") -> str:
    """Return the address of the events about a catalog, from its files as they are now."""
    return f"/live{address_of(place, mode=mode, at=stamp_text(visit.actor.project, place))}"


def unit_of(visit: Visit, view: CatalogView) -> Unit:
    """Return the sentence or paragraph that the address names. Raise UnknownNameError."""
    unit = view.find(visit.path["unit"])
    if unit is None:
        raise UnknownNameError("sentence", visit.path["unit"], ())
    return unit

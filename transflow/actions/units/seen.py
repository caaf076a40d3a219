"""Marks of units as a person saw them, and the refusal of a step that judged another state."""

from __future__ import annotations

from collections.abc import Sequence

from transflow.actions.refs import at_unit, position_of
from transflow.errors import RefusedError
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.units.marks import state_digest, text_digest, text_part

MESSAGES = Messages(
    __name__,
    {
        "changed": "not what was seen: it changed after that, or its mark is not among those given.",
    },
)

Seen = tuple[str, ...]
"""Marks of all units of a REF as a person saw them, in any order.

Empty if a step judges the current state.
"""


class ChangedMeanwhileError(RefusedError):
    """Units differ from what the judging person saw; nothing was written.

    `units` are their current state.
    """

    def __init__(self, place: CatalogRef, catalog: Catalog, units: Sequence[Unit]) -> None:
        self.place, self.catalog, self.units = place, catalog, tuple(units)
        refs = ", ".join(place.ref(position_of(catalog, unit.id)) for unit in units)
        super().__init__(at_unit(refs, MESSAGES("changed")))

    @property
    def unit(self) -> Unit:
        return self.units[0]


def check_seen(
    place: CatalogRef, catalog: Catalog, units: Sequence[Unit], seen: Seen, *, text_only: bool = False
) -> None:
    """Raise ChangedMeanwhileError if the mark of a unit is not among `seen`."""
    if not seen:
        return
    known_marks = set(map(text_part, seen) if text_only else seen)
    mark_of = text_digest if text_only else state_digest
    if changed := [unit for unit in units if mark_of(unit) not in known_marks]:
        raise ChangedMeanwhileError(place, catalog, changed)

"""Catalogs indexed by unit id.

Invariant: `live_ids` has every id whose sentence is in the catalog: the ids of live units, and
those joined to one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Self

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit

UnitPlace = Literal["live", "obsolete", "absent"]


@dataclass(frozen=True, slots=True)
class Side:
    """A catalog of a merge: the base or one of the two sides."""

    catalog: Catalog
    live: dict[str, Unit] = field(repr=False)
    obsolete: dict[str, Unit] = field(repr=False)
    live_ids: dict[str, str] = field(repr=False)
    """Id -> id of the live unit that has its sentence: itself, or the one that it was joined to."""

    @classmethod
    def of(cls, catalog: Catalog) -> Self:
        live = {unit.id: unit for unit in catalog.units}
        cover = {gone: unit.id for unit in catalog.units for gone in unit.joined}
        return cls(catalog, live, {unit.id: unit for unit in catalog.obsolete}, cover | {key: key for key in live})

    def find(self, unit_id: str) -> Unit | None:
        """Return the live or obsolete unit with this id."""
        return self.live.get(unit_id) or self.obsolete.get(unit_id)

    def place_of(self, unit_id: str) -> UnitPlace:
        """Return the part of the catalog that the unit is in."""
        return "live" if unit_id in self.live else "obsolete" if unit_id in self.obsolete else "absent"

    def all_units(self) -> Iterable[Unit]:
        yield from self.catalog.units
        yield from self.catalog.obsolete

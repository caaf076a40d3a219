"""Units of a file that are made when somebody asks for them.

Invariant: a `LazyUnits` equals the tuple of its units, and replacing one unit makes no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, overload

from transflow.model.unit import Unit


class LazyUnits(Sequence[Unit]):
    """The live units of a catalog, in order. `make` returns the unit of a 0-based place."""

    __slots__ = ("_made", "make", "places", "replaced")

    def __init__(
        self,
        places: Mapping[str, int],
        make: Callable[[int], Unit],
        made: list[Unit | None] | None = None,
        replaced: Mapping[int, Unit] | None = None,
    ) -> None:
        self.places = places
        """Id -> place, in order."""
        self.make = make
        self._made: list[Unit | None] = [None] * len(places) if made is None else made
        self.replaced: Mapping[int, Unit] = replaced or {}
        """Place -> unit, for the units that are not those of the file."""

    def with_unit(self, unit_id: str, change: Callable[[Unit], Unit]) -> LazyUnits | tuple[Unit, ...]:
        """Return the units with one replaced by `change(unit)`; the same if there is none."""
        place = self.places.get(unit_id)
        if place is None:
            return self
        unit = change(self[place])
        if unit.id != unit_id:
            return (*self[:place], unit, *self[place + 1 :])
        return LazyUnits(self.places, self.make, self._made, {**self.replaced, place: unit})

    def find(self, unit_id: str) -> Unit | None:
        place = self.places.get(unit_id)
        return None if place is None else self[place]

    def has_same_file(self, other: LazyUnits) -> bool:
        return other._made is self._made

    def original(self, place: int) -> Unit:
        """Return the unit that the file has at a place."""
        unit = self._made[place]
        if unit is None:
            unit = self._made[place] = self.make(place)
        return unit

    def make_more(self, number: int) -> bool:
        """Make the next units of the file that nobody asked for; return whether all are made."""
        first = next((place for place, unit in enumerate(self._made) if unit is None), len(self))
        for place in range(first, min(first + number, len(self))):
            self.original(place)
        return all(self._made)

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> Unit: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Unit, ...]: ...

    def __getitem__(self, index: int | slice) -> Unit | tuple[Unit, ...]:
        if isinstance(index, slice):
            return tuple([self._at(place) for place in range(*index.indices(len(self)))])
        return self._at(range(len(self))[index])

    def _at(self, place: int) -> Unit:
        return self.replaced[place] if place in self.replaced else self.original(place)

    def __iter__(self) -> Iterator[Unit]:
        if not all(self._made):  # units are true, and None is not
            for place in range(len(self)):
                self.original(place)
        units: list[Any] = self._made
        if self.replaced:
            units = units.copy()
            for place, unit in self.replaced.items():
                units[place] = unit
        return iter(units)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LazyUnits) and self.has_same_file(other):
            return all(self._at(place) == other._at(place) for place in (*self.replaced, *other.replaced))
        if isinstance(other, LazyUnits | tuple):
            return len(self) == len(other) and tuple(self) == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[Unit, ...]], tuple[tuple[Unit, ...]]]:
        """Pickle the units, not the file."""
        return tuple, (tuple(self),)

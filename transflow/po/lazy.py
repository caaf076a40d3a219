"""Catalogs of which each unit is made when it is asked for.

Invariant: `read` gives a catalog only for a text of which it has matched every character; that
catalog is then the one that the line reader gives. Everything else (other wrapping, other
programs' lines, damage, duplicates) is left to that reader, and only it reports errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog, Header
from transflow.model.lazy_units import LazyUnits
from transflow.model.unit import Unit
from transflow.po import shape
from transflow.po.unit_entries import read_unit

_Entries = dict[str, tuple[Unit, str]]


class RawEntries(Mapping[str, tuple[Unit, str]]):
    """The entries of a file: see `Catalog.raw_entries`. Live units are made when asked for."""

    def __init__(self, text: str, head: tuple[Unit, str], found: Sequence[tuple[str, str]], obsolete: _Entries) -> None:
        self.text = text
        """The whole file."""
        self._found = found
        self._others = {"": head, **obsolete}
        self.obsolete = tuple(unit for unit, _ in obsolete.values())
        self.units = LazyUnits({unit_id: place for place, (_, unit_id) in enumerate(found)}, self._unit)

    def _unit(self, place: int) -> Unit:
        unit, _, _ = read_unit(self._found[place][0], 0, "", strict=True)
        assert unit is not None  # `shape.exact` matches such entries only
        return unit

    def live_texts(self) -> list[str]:
        """Return the raw text of each live unit, in order."""
        return [raw for raw, _ in self._found]

    def texts(self) -> list[str]:
        """Return the raw text of each entry, in the order of the file."""
        return [self._others[""][1], *self.live_texts(), *(self._others[unit.id][1] for unit in self.obsolete)]

    def __getitem__(self, unit_id: str) -> tuple[Unit, str]:
        if unit_id in self._others:
            return self._others[unit_id]
        place = self.units.places[unit_id]
        return self.units.original(place), self._found[place][0]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids in the order of the file."""
        yield ""
        yield from self.units.places
        yield from (unit.id for unit in self.obsolete)

    def __len__(self) -> int:
        return len(self._others) + len(self._found)


def read(text: str, header: Header, head: Unit, start: int) -> Catalog | None:
    """Return the catalog of a text whose header ends at `start`; None if the line reader has to.

    `head` is the header in the form of `Catalog.raw_entries`.
    """
    end = _end_of_live_entries(text, start)
    found = shape.exact().findall(text, start, end)
    if sum([len(raw) for raw, _ in found]) != end - start:
        return None
    obsolete = _obsolete_entries(text, end)
    if obsolete is None:
        return None
    raw_entries = RawEntries(text, (head, text[:start]), found, obsolete)
    places = raw_entries.units.places
    if len(places) != len(found) or not places.keys().isdisjoint(obsolete):
        return None
    return Catalog(header, raw_entries.units, raw_entries.obsolete, raw_entries)


def _end_of_live_entries(text: str, start: int) -> int:
    """Return the position of the first obsolete entry, which transflow writes last."""
    if text.rfind("\n#~") < 0:  # several times faster than to find none from the start
        return len(text)
    line = text.find("\n#~", start - 1) + 1
    return max(start, text.rfind("\n\n", 0, line) + 2)


def _obsolete_entries(text: str, start: int) -> _Entries | None:
    """Return the entries from a position on; None if they are not all obsolete units."""
    found: _Entries = {}
    while start < len(text):
        try:
            unit, is_obsolete, end = read_unit(text, start, "", strict=True)
        except UnreadableError:
            return None
        if unit is None or not is_obsolete or unit.id in found:
            return None
        found[unit.id] = unit, text[start:end]
        start = end
    return found

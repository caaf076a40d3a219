"""Catalogs: the units of one report or story in one locale."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from transflow.model.lazy_units import LazyUnits
from transflow.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Header:
    """The header entry of a catalog: fields in file order, and the comment lines above it."""

    fields: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """Return the value of a field, or an empty string. Names are case-insensitive."""
        lower_name = name.lower()
        return next((value for key, value in self.fields if key.lower() == lower_name), "")

    def replace(self, **changes: str | None) -> "Header":
        """Return the header with fields set, in place or at the end; None removes a field.

        The keyword `X_Report` stands for the field `X-Report`.
        """
        new_values = {name.replace("_", "-"): value for name, value in changes.items()}
        lower = {name.lower(): name for name in new_values}
        rest: list[tuple[str, str]] = []
        for key, value in self.fields:
            if key.lower() in lower:
                new = new_values.pop(lower[key.lower()], None)
                if new is not None:
                    rest.append((key, new))
            else:
                rest.append((key, value))
        rest += [(key, value) for key, value in new_values.items() if value is not None]
        return Header(tuple(rest), self.comments)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The units of one report or story in one locale: one PO file. `units` are in text order."""

    header: Header = Header()
    units: Sequence[Unit] = ()
    obsolete: Sequence[Unit] = ()
    raw_entries: Mapping[str, tuple[Unit, str]] = field(default_factory=dict, compare=False, repr=False)
    """Id -> (unit, its raw text in the file). `po.catalog.serialize` writes the raw text of each
    unit that did not change. The header has the id "".
    """
    tail: str = ""
    """Comment lines after the last entry, verbatim."""

    def replace(
        self,
        *,
        header: Header | None = None,
        units: Sequence[Unit] | None = None,
        obsolete: Sequence[Unit] | None = None,
    ) -> "Catalog":
        return Catalog(
            self.header if header is None else header,
            self.units if units is None else units,
            self.obsolete if obsolete is None else obsolete,
            self.raw_entries,
            self.tail,
        )

    def find(self, unit_id: str) -> Unit | None:
        """Return the live unit with this id. Ids joined to other units are not resolved."""
        if isinstance(self.units, LazyUnits):
            return self.units.find(unit_id)
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def map_unit(self, unit_id: str, change: Callable[[Unit], Unit]) -> "Catalog":
        """Return the catalog with one live unit replaced by `change(unit)`."""
        if isinstance(self.units, LazyUnits):
            return self.replace(units=self.units.with_unit(unit_id, change))
        return self.replace(units=tuple(change(unit) if unit.id == unit_id else unit for unit in self.units))

    @property
    def is_article(self) -> bool:
        """True for the catalog of a story."""
        return bool(self.header.get("X-Article"))


def source_language(catalog: Catalog) -> str:
    """Return the language of a catalog's sources, by its header."""
    return catalog.header.get("X-Source-Language")


def is_adaptation(catalog: Catalog) -> bool:
    """True for a report in the language of its catalog, which is adapted and not translated."""
    return bool(catalog.header.get("X-Report")) and source_language(catalog) == catalog.header.get("Language")

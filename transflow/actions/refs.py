"""What people type to name units: `[locale:]slug#12`, `slug#3-9,14`, `slug#k7f3q2mx`, or a slug alone for all."""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.attribution.assignment import positions
from transflow.errors import UnknownNameError, UsageError
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.project.places import Folder

_ID = re.compile(r"[a-z][0-9a-z]{7}")


class Target(NamedTuple):
    """A catalog and what of it is meant: `selector` as typed, empty for all."""

    place: CatalogRef
    selector: str

    @property
    def what(self) -> str:
        """What people call a unit of this catalog."""
        return "paragraph" if self.place.folder == "articles" else "sentence"

    def ids(self, catalog: Catalog) -> tuple[str, ...]:
        """The ids that are meant, in catalog order for positions. Raises UsageError, UnknownNameError."""
        live = [unit.id for unit in catalog.units]
        what = self.what
        if not self.selector:
            return tuple(live)
        parts = self.selector.split(",")
        if not any(_ID.fullmatch(part) for part in parts):
            return tuple(live[place - 1] for place in positions(self.selector, len(live), what))
        found: list[str] = []
        for part in parts:
            if _ID.fullmatch(part):
                found.append(_living(part, catalog, what))
            else:
                found += [live[place - 1] for place in positions(part, len(live), what)]
        return tuple(dict.fromkeys(found))


def _living(unit_id: str, catalog: Catalog, what: str) -> str:
    """The live unit that an id leads to, through joins. Raises UnknownNameError."""
    for unit in catalog.units:
        if unit_id == unit.id or unit_id in unit.joined:
            return unit.id
    raise UnknownNameError(what, unit_id, [unit.id for unit in catalog.units])


def target(project: Project, text: str, folder: Folder | None = None) -> Target:
    """What a REF names. Raises UsageError, UnknownNameError."""
    name, mark, selector = text.partition("#")
    if mark and not name.rpartition(":")[2]:
        raise UsageError(
            f"the name is missing before the “#”: which report or story, as in un-letter#{selector or 12}?"
        )
    if mark and not selector:  # a script's empty variable, say: it must not mean all
        raise UsageError(f"{text} names nothing after the “#”: say which, as in {name}#12, or {name} for all.")
    return Target(project.place(name, folder), selector)


def numbered(catalog: Catalog, place: CatalogRef, unit_id: str) -> str:
    """A unit as people type it: `un-letter#12`."""
    number = next((i for i, unit in enumerate(catalog.units, 1) if unit.id == unit_id), None)
    return f"{place.slug}#{number if number else unit_id}"

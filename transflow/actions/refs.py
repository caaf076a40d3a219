"""References to units as people type them.

`[locale:]slug#12`, `slug#3-9,14`, `slug#k7f3q2mx`, or a slug for all units.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.errors import UnknownNameError, UsageError
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.project.places import Folder
from transflow.units.positions import UnitNoun, parse_positions

MESSAGES = Messages(
    __name__,
    {
        "at": "{ref}: {why}",
        "not-one/sentence": "{ref} is not one sentence: name one, as in {slug}#12.",
        "not-one/paragraph": "{ref} is not one paragraph: name one, as in {slug}#12.",
        "no-name": "the name is missing before the “#”: which report or story, as in un-letter#{selector}?",
        "no-selector": "{ref} names nothing after the “#”: say which, as in {name}#12, or {name} for all.",
    },
)

_ID = re.compile(r"[a-z][0-9a-z]{7}")


class ParsedRef(NamedTuple):
    """A catalog and the selected units of it.

    `selector` is the text after the "#", empty for all units.
    """

    place: CatalogRef
    selector: str

    @property
    def unit_noun(self) -> UnitNoun:
        """Noun for a unit of this catalog in messages."""
        return "paragraph" if self.place.folder == "articles" else "sentence"

    def ids(self, catalog: Catalog) -> tuple[str, ...]:
        """Return the ids of the selected units; positions come in catalog order.

        Raise UsageError for a malformed selector, and UnknownNameError for an id that the catalog
        does not have.
        """
        live = [unit.id for unit in catalog.units]
        noun = self.unit_noun
        if not self.selector:
            return tuple(live)
        parts = self.selector.split(",")
        if not any(_ID.fullmatch(part) for part in parts):
            return tuple(live[position - 1] for position in parse_positions(self.selector, len(live), noun))
        found: list[str] = []
        for part in parts:
            if _ID.fullmatch(part):
                found.append(_live_id(part, catalog, noun))
            else:
                found += [live[position - 1] for position in parse_positions(part, len(live), noun)]
        return tuple(dict.fromkeys(found))


def _live_id(unit_id: str, catalog: Catalog, noun: UnitNoun) -> str:
    """Return the id of the live unit that has the id `unit_id`, or that absorbed it in a join.

    Raise UnknownNameError if there is none.
    """
    for unit in catalog.units:
        if unit_id == unit.id or unit_id in unit.joined:
            return unit.id
    raise UnknownNameError(noun, unit_id, [unit.id for unit in catalog.units])


def parse_ref(project: Project, text: str, folder: Folder | None = None) -> ParsedRef:
    """Parse a REF.

    Raise UsageError for a malformed REF, and UnknownNameError when no such catalog exists.
    """
    name, separator, selector = text.partition("#")
    if separator and not name.rpartition(":")[2]:
        raise UsageError(MESSAGES("no-name", selector=selector or 12))
    if separator and not selector:  # a script's empty variable, perhaps: it must not mean all
        raise UsageError(MESSAGES("no-selector", ref=text, name=name))
    return ParsedRef(project.find_catalog(name, folder), selector)


def not_one(parsed: ParsedRef, ref: str) -> UsageError:
    """Return the error for a REF that must name one unit and does not."""
    return UsageError(MESSAGES(f"not-one/{parsed.unit_noun}", ref=ref, slug=ref.partition("#")[0]))


def at_unit(ref: str, why: str) -> Message:
    """Return a reason with the unit that it is about."""
    return MESSAGES("at", ref=ref, why=why)


def position_of(catalog: Catalog, unit_id: str) -> int | str:
    """Return the 1-based position of a unit, or its id if it is not among the live ones."""
    return next((number for number, unit in enumerate(catalog.units, 1) if unit.id == unit_id), unit_id)


def unit_ref(project: Project, catalog: Catalog, place: CatalogRef, unit_id: str) -> str:
    """Return the reference to a unit as people type it: `un-letter#12`.

    With its language, `vi:un-letter#12`, if several have the slug.
    """
    return project.ref(place, position_of(catalog, unit_id))

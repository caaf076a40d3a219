"""Entries that the memory keeps of a catalog.

Invariant: every entry is a text that a person wrote or confirmed, with the source that it was
written for; unconfirmed machine drafts, redacted texts, and units off the record are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transflow.attribution.authorship import is_machine
from transflow.attribution.credits import main_author
from transflow.attribution.machines import is_engine, is_unconfirmed
from transflow.memory.grams import key, normalised
from transflow.model.catalog import Catalog
from transflow.model.unit import State, Unit
from transflow.units.workflow import state

RANKS: dict[State, int] = {"approved": 3, "translated": 2, "omitted": 1, "needs-work": 0}
"""Order of matches with equal scores: higher ranks come first."""
TEXT_EDGE = 0
"""Key that stands for the neighbour before the first unit and after the last one."""


class MemoryEntry(NamedTuple):
    """A translation; `before` and `after` are the keys of the neighbouring sources."""

    unit: str
    source: str
    target: str
    state: State
    who: str
    """The person or machine with the most words."""
    time: str
    before: int | None = None
    after: int | None = None


class CatalogEntries(NamedTuple):
    """New contents of a catalog, replacing its present entries."""

    catalog: str
    stamp: str
    entries: Sequence[MemoryEntry]


def entries(catalog: Catalog) -> list[MemoryEntry]:
    """Return the entries of a report's catalog, in its order."""
    keys = [TEXT_EDGE, *(key(normalised(unit.source)) for unit in catalog.units), TEXT_EDGE]
    return list(_entries(catalog.units, keys))


def _entries(units: Sequence[Unit], keys: Sequence[int]) -> Iterator[MemoryEntry]:
    for index, unit in enumerate(units, 1):
        if unit.target and not (unit.redacted or unit.is_unprintable or _is_unconfirmed_draft(unit)):
            source = unit.previous or unit.source if unit.fuzzy else unit.source
            yield MemoryEntry(
                unit.id,
                source,
                unit.target,
                state(unit),
                _author(unit),
                max((each.time for each in unit.by), default=""),
                keys[index - 1],
                keys[index + 1],
            )


def _author(unit: Unit) -> str:
    """Return the person with the most words, or the machine that has more."""
    machine = max((each for each in unit.by if is_engine(each.who)), key=lambda each: each.words, default=None)
    person = main_author(unit)
    count = sum(each.words for each in unit.by if each.who == person)
    return machine.who if machine and machine.words > count else person


def _is_unconfirmed_draft(unit: Unit) -> bool:
    return unit.fuzzy and bool(unit.by) and (all(is_machine(each.who) for each in unit.by) or is_unconfirmed(unit))

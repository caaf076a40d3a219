"""Edits beyond words and order, which a writer may not have intended.

Invariant: every paragraph that is no longer printed, or no longer by itself, is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit

Change = Literal["cut", "joined", "split", "kind", "sentences"]


class Reshaped(NamedTuple):
    """Change of a paragraph: cut, joined to the one above, split off, new kind or sentences.

    `unit` is the old paragraph or, for a split, the new one.
    """

    change: Change
    unit: Unit


def reshaped(before: Catalog, after: Catalog) -> Iterator[Reshaped]:
    """Yield the changes in the order of the edited story."""
    old = {unit.id: unit for unit in before.units}
    for unit in after.units:
        old_unit = old.get(unit.id)
        if old_unit is None:
            if unit.split:
                yield Reshaped("split", unit)
            continue
        joined = [old[each] for each in unit.joined if each in old]
        yield from (Reshaped("joined", each) for each in joined)
        if unit.cut and not old_unit.cut:
            yield Reshaped("cut", old_unit)
        if (unit.kind, unit.variant) != (old_unit.kind, old_unit.variant):
            yield Reshaped("kind", old_unit)
        if unit.refs != old_unit.refs and not joined:
            yield Reshaped("sentences", old_unit)

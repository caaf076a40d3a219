"""What an edit does to the paragraphs of a story, their words and their order aside: what a writer may not have meant.

Invariant: a paragraph that is printed no more, or not by itself, is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit

Change = Literal["cut", "joined", "split", "kind", "sentences"]


class Reshaped(NamedTuple):
    """A paragraph, as it was before where it was there, and what it is or does now: cut, joined to the one above it, split off another one,
    another kind of paragraph, on other sentences."""

    change: Change
    unit: Unit


def reshaped(before: Catalog, after: Catalog) -> Iterator[Reshaped]:
    """In the order of the edited story."""
    old = {unit.id: unit for unit in before.units}
    for unit in after.units:
        was = old.get(unit.id)
        if was is None:
            if unit.split:
                yield Reshaped("split", unit)
            continue
        joined = [old[each] for each in unit.joined if each in old]
        yield from (Reshaped("joined", each) for each in joined)
        if unit.cut and not was.cut:
            yield Reshaped("cut", was)
        if (unit.kind, unit.variant) != (was.kind, was.variant):
            yield Reshaped("kind", was)
        if unit.refs != was.refs and not joined:
            yield Reshaped("sentences", was)

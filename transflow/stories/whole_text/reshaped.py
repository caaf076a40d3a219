"""Effect of an edited text on a story, paragraph by paragraph.

Invariant: every paragraph that differs, and every one that is no longer printed, or no longer by
itself, is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.stories.whole_text.editing import moved_ids
from transflow.stories.whole_text.layout import shown_text

Change = Literal["new", "split", "joined", "cut", "printed", "kind", "sentences", "text", "moved"]


class Reshaped(NamedTuple):
    """Change of a paragraph: new, split off, joined to another, cut, printed again, moved, or of
    another kind, other sentences or another text.
    """

    change: Change
    unit: Unit
    """Paragraph as it was; a new one, or one that was split off, as it will be."""
    after: Unit | None = None
    """Paragraph as it will be, if it was there before."""


def reshaped(before: Catalog, after: Catalog) -> Iterator[Reshaped]:
    """Yield the changes in the order of the edited story."""
    old = {unit.id: unit for unit in before.units}
    places = {unit.id: number for number, unit in enumerate(before.units)}
    moved = moved_ids([unit.id for unit in after.units if not unit.cut], places)
    for unit in after.units:
        if unit.id not in old:
            yield Reshaped("split" if unit.split else "new", unit)
        else:
            joined = [old[each] for each in unit.joined if each in old]
            yield from (Reshaped("joined", each) for each in joined)
            yield from _changes(old[unit.id], unit, joined)
            if unit.id in moved:
                yield Reshaped("moved", old[unit.id], unit)


def _changes(old: Unit, new: Unit, joined: Sequence[Unit]) -> Iterator[Reshaped]:
    if bool(new.cut) != bool(old.cut):
        yield Reshaped("cut" if new.cut else "printed", old, new)
    if (new.kind, new.variant) != (old.kind, old.variant):
        yield Reshaped("kind", old, new)
    if new.refs != old.refs and not joined:
        yield Reshaped("sentences", old, new)
    if shown_text(new) != shown_text(old):
        yield Reshaped("text", old, new)

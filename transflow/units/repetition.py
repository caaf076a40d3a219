"""The same sentence at several places of a catalog.

Invariant: a text that is used again keeps its authors' shares.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.model.unit import Unit
from transflow.text import one_line


def has_same_source(first: Unit, second: Unit) -> bool:
    """True if two units have the same source, apart from white space."""
    return first.source == second.source or one_line(first.source) == one_line(second.source)


def same_without_text(units: Sequence[Unit], origin: Unit) -> list[Unit]:
    """Return the other units with the source of `origin` that have no text and are not left out."""
    return [
        unit
        for unit in units
        if not unit.target and not unit.omitted and unit.id != origin.id and has_same_source(unit, origin)
    ]


def with_text_of(unit: Unit, origin: Unit) -> Unit:
    """Return a unit without a text with that of `origin` and its shares; it needs another look."""
    return unit.replace(
        target=origin.target,
        by=origin.by,
        translated=origin.translated,
        text=origin.text,
        fuzzy=True,
        previous="",
        approved=None,
    )

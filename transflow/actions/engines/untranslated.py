"""Sentences of reports that have no translation yet, as engines are asked about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units import workflow


class SentenceToDraft(NamedTuple):
    """A unit without a text, with its position and its neighbours' sources."""

    place: CatalogRef
    number: int
    unit: Unit
    before: str
    after: str
    private: bool

    def __str__(self) -> str:
        return self.place.ref(self.number)


def untranslated(
    project: Project, place: CatalogRef, ids: Sequence[str] | None, *, private: bool
) -> Iterator[SentenceToDraft]:
    """Yield the untranslated sentences of a report: all, or those of `ids`."""
    units = project.load(place).units
    wanted = None if ids is None else set(ids)
    for index, unit in enumerate(units):
        if (
            workflow.state(unit) == "untranslated"
            and not (unit.redacted or unit.is_unprintable)
            and (wanted is None or unit.id in wanted)
        ):
            yield SentenceToDraft(place, index + 1, unit, *neighbours(units, index), private)


def neighbours(units: Sequence[Unit], index: int) -> tuple[str, str]:
    """Return the sources of the neighbouring sentences that may be sent along."""
    before, after = (
        units[neighbour].source if 0 <= neighbour < len(units) and not units[neighbour].is_unprintable else ""
        for neighbour in (index - 1, index + 1)
    )
    return before, after

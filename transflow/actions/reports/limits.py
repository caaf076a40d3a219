"""Limits of use that sentences of a report have in other catalogs.

Invariant: a limit is only made stricter here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit, Use
from transflow.project import CatalogRef, Project
from transflow.text import without_spaces
from transflow.units.regroup import strictest
from transflow.update.carry import with_strictest_record

_MARK = b"\n# @record "
_LEAST = 8
"""Number of letters from which on the same words in two reports are one sentence, not a phrase."""


def with_limits_of_others(project: Project, place: CatalogRef, catalog: Catalog, *, is_new: bool) -> Catalog:
    """Return a report's catalog with the limits that the same sentences have elsewhere.

    That is in its other languages and, for a new catalog, in other reports that have a sentence
    word for word: a report that came twice is not on the record the second time.
    """
    marked = [unit for other in _other_languages(project, place) for unit in _marked_units(project, other)]
    units = tuple(with_strictest_record(unit, marked) for unit in catalog.units) if marked else catalog.units
    if is_new:
        copied = list(_runs_of_other_reports(project, place))
        units = tuple(_with_record_of_copies(unit, copied) for unit in units) if copied else units
    return catalog if units == catalog.units else catalog.replace(units=units)


def _with_record_of_copies(unit: Unit, copied: Sequence[tuple[str, Use | None]]) -> Unit:
    """Return a unit with the limits of the sentences that it has whole, or is a part of."""
    own = without_spaces(unit.source)
    same = [
        use for letters, use in copied if min(len(own), len(letters)) >= _LEAST and (own in letters or letters in own)
    ]
    return unit.replace(record=strictest(unit.record, *same)) if same else unit


def _other_languages(project: Project, place: CatalogRef) -> Iterator[CatalogRef]:
    for locale in project.settings.locales:
        if locale != place.locale:
            yield place._replace(locale=locale)


def _runs_of_other_reports(project: Project, place: CatalogRef) -> Iterator[tuple[str, Use | None]]:
    """Yield the letters of the limited sentences of other reports, in any language.

    Neighbours count as one too, since they may be halves of a sentence that was split.
    """
    for other in project.all_catalogs():
        if other.folder != "reports" or other.slug == place.slug:
            continue
        for _, run in groupby(_units_of_marked(project, other), key=_is_limited):
            units = [unit for unit in run if _is_limited(unit)]
            yield from ((without_spaces(unit.source), unit.record) for unit in units)
            if len(units) > 1:
                yield (
                    "".join(without_spaces(unit.source) for unit in units),
                    strictest(*(each.record for each in units)),
                )


def _marked_units(project: Project, place: CatalogRef) -> Iterator[Unit]:
    yield from filter(_is_limited, _units_of_marked(project, place))


def _units_of_marked(project: Project, place: CatalogRef) -> Iterator[Unit]:
    """Yield the units of a catalog with limits; only few catalogs have any and are parsed."""
    if project.exists(place) and _MARK in project.raw_bytes(place):
        catalog = project.load(place)
        yield from (*catalog.units, *catalog.obsolete)


def _is_limited(unit: Unit) -> bool:
    return unit.record is not None and unit.record.allowance != "on"

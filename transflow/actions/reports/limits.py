"""Limits of use that sentences of a report have in other catalogs.

Invariant: a limit is only made stricter here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from time import monotonic
from typing import NamedTuple

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit, Use
from transflow.project import CatalogRef, Project
from transflow.text import without_spaces
from transflow.units.regroup import strictest
from transflow.update.carry import with_strictest_record

_MARK = b"\n# @record "
_LEAST = 8
"""Number of letters from which on the same words in two reports are one sentence, not a phrase."""

_SECONDS = 5.0
"""Seconds for which the limited sentences of a project are known after they were read."""


def with_limits_of_others(project: Project, place: CatalogRef, catalog: Catalog, *, is_new: bool) -> Catalog:
    """Return a report's catalog with the limits that the same sentences have elsewhere.

    That is in its other languages and, for a new catalog, in other reports that have a sentence
    word for word: a report that came twice is not on the record the second time.
    """
    marked = [unit for other in _other_languages(project, place) for unit in _marked_units(project, other)]
    units = tuple(with_strictest_record(unit, marked) for unit in catalog.units) if marked else catalog.units
    if is_new:
        copied = [(letters, use) for slug, letters, use in _limited_sentences(project) if slug != place.slug]
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


class _Limited(NamedTuple):
    """A sentence with limits."""

    report: str
    letters: str
    use: Use | None


_read: dict[str, tuple[float, list[_Limited]]] = {}
"""Folder of a project -> when its limited sentences were read, and the sentences."""


def _limited_sentences(project: Project) -> list[_Limited]:
    """Return the limited sentences of all reports, in any language.

    Those that were read a moment ago, so that adding many reports does not read all for each.
    """
    folder, now = str(project.root), monotonic()
    read_at, found = _read.get(folder, (0.0, []))
    if not read_at or now > read_at + _SECONDS:
        found = list(_read_limited_sentences(project))
        _read[folder] = monotonic(), found
    return found


def unlimited_copies(project: Project, place: CatalogRef, limited: Sequence[Unit]) -> Iterator[tuple[CatalogRef, str]]:
    """Yield the sentences of other reports that are word for word one of these, and have no limit.

    They may come from another source, so that a person decides about them. Only catalogs in which
    their beginning is found are parsed.
    """
    letters = {without_spaces(unit.source) for unit in limited}
    beginnings = [unit.source.split()[0].encode() for unit in limited if unit.source.split()]
    for other in project.catalogs(place.locale, "reports"):
        if other.slug != place.slug and any(each in project.raw_bytes(other) for each in beginnings):
            for unit in project.load(other).units:
                is_same = len(unit.source) >= _LEAST and without_spaces(unit.source) in letters
                if is_same and not unit.is_unprintable:
                    yield other, unit.id


def forget_limits(project: Project) -> None:
    """Read the limits of reports again when they are needed, since some changed."""
    _read.pop(str(project.root), None)


def _read_limited_sentences(project: Project) -> Iterator[_Limited]:
    """Yield the limited sentences of all reports.

    Neighbours count as one too, since they may be halves of a sentence that was split.
    """
    for other in project.all_catalogs():
        if other.folder != "reports":
            continue
        for _, run in groupby(_units_of_marked(project, other), key=_is_limited):
            units = [unit for unit in run if _is_limited(unit)]
            yield from (_Limited(other.slug, without_spaces(unit.source), unit.record) for unit in units)
            if len(units) > 1:
                letters = "".join(without_spaces(unit.source) for unit in units)
                yield _Limited(other.slug, letters, strictest(*(each.record for each in units)))


def _marked_units(project: Project, place: CatalogRef) -> Iterator[Unit]:
    yield from filter(_is_limited, _units_of_marked(project, place))


def _units_of_marked(project: Project, place: CatalogRef) -> Iterator[Unit]:
    """Yield the units of a catalog with limits; only few catalogs have any and are parsed."""
    if project.exists(place) and _MARK in project.raw_bytes(place):
        catalog = project.load(place)
        yield from (*catalog.units, *catalog.obsolete)


def _is_limited(unit: Unit) -> bool:
    return unit.record is not None and unit.record.allowance != "on"

"""Limits of use that a sentence does not have in every language of its report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from transflow.actions.refs import unit_ref
from transflow.actions.stories.affected import counterparts
from transflow.errors import TransflowError
from transflow.integrity.repair import SEVERITY
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location
from transflow.project import CatalogRef, Project
from transflow.units.regroup import strictest

MESSAGES = Messages(
    __name__,
    {
        "record.limits": "it is “{allowance}” in {other}, and not here: {command}.",
    },
)


def limited_units(catalog: Catalog) -> tuple[str, ...]:
    """Return the ids of the sentences that are not simply on the record."""
    return tuple(unit.id for unit in catalog.units if unit.record and unit.record.allowance != "on")


def differing(project: Project, limited: Mapping[CatalogRef, Collection[str]]) -> Iterator[Issue]:
    """Yield an issue for each sentence whose limits are stricter in another language.

    `limited` has the `limited_units` of catalogs of reports.
    """
    for place, ids in limited.items():
        others = [place._replace(locale=locale) for locale in project.settings.locales if locale != place.locale]
        for other in others if ids else ():
            yield from _differing(project, place, other, ids)


def _differing(project: Project, place: CatalogRef, other: CatalogRef, ids: Collection[str]) -> Iterator[Issue]:
    try:
        here, there = project.load(place), project.load_if_exists(other)
    except TransflowError:  # reported for the file itself
        return
    for unit in here.units if there else ():
        if unit.id not in ids or unit.record is None:
            continue
        for same in counterparts(unit, there or Catalog()):
            if strictest(same.record, unit.record) != unit.record or same.record == unit.record:
                continue
            if same.record and same.record.allowance == unit.record.allowance:
                continue
            ref = unit_ref(project, there or Catalog(), other, same.id)
            message = MESSAGES(
                "record.limits",
                allowance=unit.record.allowance,
                other=unit_ref(project, here, place, unit.id),
                command=CommandRef(f"unit record {ref} {unit.record.allowance}"),
            )
            location = Location(other.path, unit=same.id, label=ref)
            yield Issue("record.limits", SEVERITY["record.limits"], message, location=location)

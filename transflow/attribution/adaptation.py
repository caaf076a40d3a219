"""Reports in the language of their catalog, which are adapted and not translated.

Invariant: such a sentence is its own draft until somebody writes another text: its target is its
source, needs no look, and its words are nobody's, so that they earn nobody a credit.
"""

from __future__ import annotations

from transflow.attribution.authorship import SOURCE, with_target
from transflow.model.catalog import Catalog, is_adaptation
from transflow.model.unit import Unit


def with_sources_as_drafts(catalog: Catalog, now: str) -> Catalog:
    """Return the catalog with the sources of an adapted report as targets; others unchanged.

    A target in which somebody has words stays.
    """
    if not is_adaptation(catalog):
        return catalog
    return catalog.replace(units=tuple(_drafted(unit, now) for unit in catalog.units))


def _drafted(unit: Unit, now: str) -> Unit:
    is_own = not unit.target or (bool(unit.by) and all(each.who == SOURCE for each in unit.by))
    if not is_own or unit.target == unit.source or unit.omitted or unit.conflicts:
        return unit
    return with_target(unit, unit.source, SOURCE, now).replace(fuzzy=False, previous="", approved=None)

"""The catalogs and the units that an agent sees.

Invariant: a catalog whose texts are withheld, or cannot be judged, is not seen; a unit is not seen
if it is off the record or on hold, or if any of its texts has words of such a unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transflow.actions.stories.print_context import load_print_context
from transflow.actions.withheld import is_withheld
from transflow.errors import TransflowError
from transflow.model.catalog import Catalog
from transflow.model.unit import UNPRINTED, Unit
from transflow.project import CatalogRef, Project
from transflow.stories.compose import source_slugs
from transflow.stories.limits import has_words_of


def is_seen(project: Project, place: CatalogRef, now: str) -> bool:
    """Return whether an agent sees a catalog of the whole project."""
    try:
        slugs = (place.slug,) if place.folder == "reports" else source_slugs(project.load(place))
        return not is_withheld(project, place, now) and all(
            project.front_matter(slug).record not in UNPRINTED for slug in slugs
        )
    except (TransflowError, OSError):
        return False


def seen_units(project: Project, place: CatalogRef, catalog: Catalog) -> list[tuple[int, Unit]]:
    """Return the units of a catalog that an agent sees, with their positions from 1."""
    secret = list(_secret(project, place, catalog))
    hidden = {(each.id, each.source) for each in secret}
    return [
        (number, unit)
        for number, unit in enumerate(catalog.units, 1)
        if not secret or not ((unit.id, unit.source) in hidden or _quotes(unit, secret))
    ]


def has_hidden(project: Project, place: CatalogRef, catalog: Catalog) -> bool:
    """Return whether a catalog, or a report behind it, has units that an agent does not see."""
    return next(_secret(project, place, catalog), None) is not None


def _secret(project: Project, place: CatalogRef, catalog: Catalog) -> Iterator[Unit]:
    """Yield the units of a catalog, and of the reports behind it, that must not be printed."""
    catalogs = [catalog]
    if place.folder == "articles":
        catalogs += load_print_context(project, place.locale, catalog).reports.values()
    for each in catalogs:
        yield from (unit for unit in (*each.units, *each.obsolete) if unit.is_unprintable)


def _quotes(unit: Unit, secret: Sequence[Unit]) -> bool:
    """Return whether a unit is made from hidden ones, or has their words in any of its fields."""
    if {ref.unit for ref in unit.refs} & {name for each in secret for name in (each.id, *each.joined)}:
        return True
    texts = [unit.source, unit.target, unit.previous, *unit.comments]
    texts += [each.text for each in unit.conflicts]
    texts += [each.text for each in unit.questions] + [each.text for each in unit.answers]
    texts += [each.reason for each in (unit.omitted, unit.cut, unit.returned) if each]
    return any(_has_any(text, each) for text in texts if text for each in secret)


def _has_any(text: str, sentence: Unit) -> bool:
    return has_words_of(text, sentence) or any(each and each in text for each in (sentence.source, sentence.target))

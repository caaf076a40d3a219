"""Texts that are for the people of the project alone: confidential, under embargo, or limited.

Invariant: a story is withheld as long as any of its reports is, also one that its header does not
name; a report whose file is missing is withheld, since nothing says that it may leave.
"""

from __future__ import annotations

from transflow.actions import Actor
from transflow.actions.refs import ParsedRef
from transflow.actions.stories.print_context import load_print_context
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.project.index_sync import may_leave
from transflow.stories.compose import source_slugs
from transflow.stories.limits import unprintable
from transflow.units.positions import format_positions


def is_withheld(project: Project, place: CatalogRef, now: str, catalog: Catalog | None = None) -> bool:
    """Return whether the texts of a catalog must not leave the project now.

    `catalog` is its content, if the caller has read it already.
    """
    slugs = (place.slug,) if place.folder == "reports" else source_slugs(catalog or project.load(place))
    return not all(may_leave(project, slug, now) for slug in slugs)


def may_read(actor: Actor, place: CatalogRef) -> bool:
    """Return whether the user may read a catalog where people sign in: anybody reads what is not
    withheld.

    The rest is for editors, and for those who have work or words in it, also of a story in its
    reports and the other way round.
    """
    if actor.user.has_role("editor", actor.now):
        return True
    catalog = actor.project.load(place)
    if not is_withheld(actor.project, place, actor.now, catalog) or _has_part(actor, catalog):
        return True
    if place.folder == "articles":
        others = [CatalogRef(place.locale, "reports", slug) for slug in source_slugs(catalog)]
    else:
        stories = ((each, actor.project.load(each)) for each in actor.project.catalogs(place.locale, "articles"))
        others = [each for each, story in stories if place.slug in source_slugs(story)]
    return any(_has_part(actor, actor.project.load(each)) for each in others if actor.project.exists(each))


def _has_part(actor: Actor, catalog: Catalog) -> bool:
    """Return whether the user is assigned sentences or paragraphs of a catalog, or wrote in it."""
    who = actor.who
    return any(
        (unit.assigned is not None and unit.assigned.who == who) or any(each.who == who for each in unit.by)
        for unit in catalog.units
    )


def limited_in(project: Project, ref: ParsedRef) -> tuple[str, int]:
    """Return a reference to the named units that are off the record or on hold, and their number.

    Those of a story hold words of such sentences.
    """
    catalog = project.load(ref.place)
    ids = set(ref.ids(catalog))
    if ref.place.folder == "articles":
        context = load_print_context(project, ref.place.locale, catalog)
        ids &= {unit.id for unit, _ in unprintable(catalog, context)}
    else:
        ids = {unit.id for unit in catalog.units if unit.is_unprintable and unit.id in ids}
    positions = [number for number, unit in enumerate(catalog.units, 1) if unit.id in ids]
    return project.ref(ref.place, format_positions(positions)), len(positions)

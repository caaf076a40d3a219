"""Catalogs whose texts are for the people of the project alone: confidential, or under embargo.

Invariant: a story is withheld as long as any of its reports is, also one that its header does not
name; a report whose file is missing is withheld, since nothing says that it may leave.
"""

from __future__ import annotations

from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.project.index_sync import may_leave
from transflow.stories.compose import source_slugs


def is_withheld(project: Project, place: CatalogRef, now: str, catalog: Catalog | None = None) -> bool:
    """Return whether the texts of a catalog must not leave the project now.

    `catalog` is its content, if the caller has read it already.
    """
    slugs = (place.slug,) if place.folder == "reports" else source_slugs(catalog or project.load(place))
    return not all(may_leave(project, slug, now) for slug in slugs)

"""The source language of a catalog of a project."""

from __future__ import annotations

from transflow import report
from transflow.project.places import CatalogRef
from transflow.project.project import Project


def source_of(project: Project, place: CatalogRef) -> str:
    """Return the source language of a catalog: of its report, or of a story itself."""
    if place.folder == "articles":
        return place.locale
    return report.source_of(project.front_matter(place.slug), project.settings.source)

"""What an article is judged and printed with: its reports, their front matter, the spellings of names."""

from __future__ import annotations

from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.project.places import glossary_path, report_path
from transflow.stories.compose import report_slugs
from transflow.stories.story import PrintContext


def load_print_context(project: Project, locale: str, article: Catalog) -> PrintContext:
    """A report whose catalog is gone is left out: what refers to it then dangles, and the gate says so. The front matter of one
    whose file is gone is left out: the story does not print."""
    slugs = report_slugs(article)
    places = [CatalogRef(locale, "reports", slug) for slug in slugs]
    reports = {place.slug: project.load(place) for place in places if project.exists(place)}
    fronts = {slug: project.front(slug) for slug in slugs if project.has(report_path(slug))}
    return PrintContext(project.settings, reports, fronts, names(project, locale))


def names(project: Project, locale: str) -> dict[str, str]:
    text = project.glossary_text(locale)
    if not text:
        return {}
    from transflow.glossary import spellings  # here, for most of what asks for a room has no glossary to read

    return spellings(text, glossary_path(locale))

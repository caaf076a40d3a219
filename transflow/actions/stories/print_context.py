"""The context that an article is judged and printed in."""

from __future__ import annotations

from collections.abc import Iterable

from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.project.places import glossary_path, report_path
from transflow.stories.compose import report_slugs, source_slugs
from transflow.stories.printed import PrintContext


def load_print_context(project: Project, locale: str, article: Catalog) -> PrintContext:
    """Return the print context of an article.

    A report without a catalog is left out: references to it then dangle, and the gate reports that.
    The front matter of a report without a file is left out: the story then does not print.
    """
    places = [CatalogRef(locale, "reports", slug) for slug in report_slugs(article)]
    reports = {place.slug: project.load(place) for place in places if project.exists(place)}
    fronts = {slug: project.front_matter(slug) for slug in source_slugs(article) if project.has(report_path(slug))}
    slug = article.header.get("X-Article")
    prefix = project.ref(CatalogRef(locale, "articles", slug)).rpartition(":")[0]
    names = report_names(project, locale, source_slugs(article))
    return PrintContext(project.settings, reports, fronts, *_spellings(project, locale), prefix, names)


def report_names(project: Project, locale: str, reports: Iterable[str]) -> dict[str, str]:
    """Return the names of reports as people type them, by slug."""
    return {slug: project.ref(CatalogRef(locale, "reports", slug)) for slug in reports}


def _spellings(project: Project, locale: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the spellings of names and of places.

    Loads the parser of glossaries if there is one.
    """
    text = project.glossary_text(locale)
    if not text:
        return {}, {}
    from transflow.glossary import place_spellings, spellings

    return spellings(text, glossary_path(locale)), place_spellings(text, glossary_path(locale))

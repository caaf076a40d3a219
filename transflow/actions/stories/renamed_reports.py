"""Reports that were renamed while a story was made from them in another clone.

`mv` updates the references that it finds, so a story that comes later with a merge still has the
old name. The ids of sentences stay when a report is renamed, and are unique across reports: they
tell the new name.
"""

from __future__ import annotations

from transflow.actions import Actor
from transflow.errors import RefusedError
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.privacy.rename import with_renamed_report_refs
from transflow.project import CatalogRef
from transflow.project.places import report_path
from transflow.stories.compose import report_slugs

MESSAGES = Messages(
    __name__,
    {
        "missing": "{story} is made from the report “{report}”, which is missing: take it back from git, or, if it has "
        "another name now, name it with {command}.",
    },
)


def with_new_names(actor: Actor, place: CatalogRef, article: Catalog) -> Catalog:
    """Return a story with the new names of the reports that were renamed.

    Raise RefusedError if it is made from a report that is missing and has no other name.
    """
    project = actor.project
    old_names = [each for each in _referred(article) if not _is_there(actor, place.locale, each)]
    others = {each.slug: project.load(each) for each in project.catalogs(place.locale, "reports") if old_names}
    for old in old_names:
        if new := _new_name(article, old, others):
            article = with_renamed_report_refs(article, old, new)
        elif old in report_slugs(article):
            command = CommandRef(f"mv {old} NEW-NAME")
            raise RefusedError(MESSAGES("missing", story=str(place), report=old, command=command))
    return article


def _referred(article: Catalog) -> list[str]:
    """Return the names of all reports that a story lists or refers to."""
    return list(dict.fromkeys([*report_slugs(article), *(ref.report for unit in article.units for ref in unit.refs)]))


def _is_there(actor: Actor, locale: str, slug: str) -> bool:
    return actor.project.has(report_path(slug)) or actor.project.exists(CatalogRef(locale, "reports", slug))


def _new_name(article: Catalog, old: str, reports: dict[str, Catalog]) -> str:
    """Return the only report that has sentences which a story knows by an old name, or nothing."""
    ids = {ref.unit for unit in article.units for ref in unit.refs if ref.report == old}
    found = [slug for slug, catalog in reports.items() if not ids.isdisjoint(_all_ids(catalog))]
    return found[0] if len(found) == 1 else ""


def _all_ids(catalog: Catalog) -> set[str]:
    units = (*catalog.units, *catalog.obsolete)
    return {each for unit in units for each in (unit.id, *unit.joined)}

"""Texts that a mistake affects: the same sentences in other languages, and their paragraphs.

Invariant: nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from transflow.actions.refs import unit_ref
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Ref, Unit
from transflow.project import CatalogRef, Project
from transflow.stories import compose

MESSAGES = Messages(
    __name__,
    {
        "no-unit": "{ref} is no sentence or paragraph: name one, as in {name}#3.",
        "several-languages": "the story {name} is there in several languages ({languages}): say which, as in {place}.",
    },
)


class NotedParagraph(NamedTuple):
    """A paragraph that contains the mistake, with the named sentences that it uses."""

    place: CatalogRef
    unit: Unit
    refs: tuple[str, ...]


class Dependents:
    """Finder of affected texts in all catalogs of a project."""

    def __init__(self, project: Project, catalogs: Mapping[CatalogRef, Catalog]) -> None:
        self._project, self._catalogs, self._locales = project, catalogs, project.settings.locales

    def sentences(self, place: CatalogRef, units: Sequence[Unit]) -> dict[str, dict[Ref, str]]:
        """Return, by locale, the same sentences there, each mapped to the one that was named."""
        found: dict[str, dict[Ref, str]] = {}
        for locale in self._locales:
            counterpart = place._replace(locale=locale)
            for unit in units if counterpart in self._catalogs else ():
                for each in [unit] if counterpart == place else counterparts(unit, self._catalogs[counterpart]):
                    found.setdefault(locale, {})[Ref(place.slug, each.id)] = str(Ref(place.slug, unit.id))
        return found

    def paragraphs(self, locale: str, refs: Mapping[Ref, str]) -> Iterator[NotedParagraph]:
        """Yield the paragraphs that use these sentences, with the sentences."""
        for place in self._articles(locale):
            article = self._catalogs[place]
            for unit_id, sentences in compose.placement(article, self._reports(place)).items():
                used = tuple(dict.fromkeys(refs[each.ref] for each in sentences if each.ref in refs))
                unit = article.find(unit_id)
                if used and unit:
                    yield NotedParagraph(place, unit, used)

    def _articles(self, locale: str) -> list[CatalogRef]:
        return [place for place in self._catalogs if (place.locale, place.folder) == (locale, "articles")]

    def _reports(self, place: CatalogRef) -> compose.Reports:
        places = [CatalogRef(place.locale, "reports", slug) for slug in compose.report_slugs(self._catalogs[place])]
        return {each.slug: self._catalogs[each] for each in places if each in self._catalogs}

    def alike(self, place: CatalogRef, units: Sequence[Unit]) -> Iterator[str]:
        """Yield references to the sentences behind paragraphs, and to other paragraphs with them.

        In every language.
        """
        ids = {unit.id for unit in units}
        sentences = compose.placement(self._catalogs[place], self._reports(place))
        for each in {each for unit in units for each in sentences[unit.id]}:
            for locale in self._locales:
                report = CatalogRef(locale, "reports", each.report)
                catalog = self._catalogs.get(report, Catalog())
                same = [each.unit] if locale == place.locale else counterparts(each.unit, catalog)
                yield from (unit_ref(self._project, catalog, report, unit.id) for unit in same)
                refs = {Ref(each.report, unit.id): "" for unit in same}
                for article, unit, _ in self.paragraphs(locale, refs):
                    if article != place or unit.id not in ids:
                        yield unit_ref(self._project, self._catalogs[article], article, unit.id)


def counterparts(unit: Unit, catalog: Catalog) -> list[Unit]:
    """Return the units of another locale's catalog with the same sentences.

    Joins and splits on either side are followed.
    """
    unit_ids = {unit.id, *unit.joined}
    found = [each for each in catalog.units if unit_ids & {each.id, *each.joined}]
    if not found and unit.split:
        found = [each for each in catalog.units if unit.split in (each.id, *each.joined)]
    ids = {each.id for each in found}
    while halves := [each for each in catalog.units if each.split in ids and each.id not in ids]:
        found += halves
        ids |= {each.id for each in halves}
    return found


def named_catalog(project: Project, ref: str) -> CatalogRef:
    """Return the catalog that a reference names.

    A report's sentences are the same in every language, so the first catalog that has them will do.
    """
    name, _, selector = ref.partition("#")
    if not selector:
        raise UsageError(MESSAGES("no-unit", ref=ref, name=name))
    if ":" in name or project.chosen_locale:
        return project.find_catalog(name)
    for folder in ("reports", "articles"):
        places = [place for place in project.all_catalogs() if (place.folder, place.slug) == (folder, name)]
        if folder == "articles" and len(places) > 1:
            languages = ", ".join(place.locale for place in places)
            raise UsageError(MESSAGES("several-languages", name=name, languages=languages, place=str(places[0])))
        if places:
            return places[0]
    return project.find_catalog(name)

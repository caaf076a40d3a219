"""Parts of an article that readers see: units, reporters, dateline, and a digest of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow.attribution import credits
from transflow.digests import digest
from transflow.language.scripts import foreign_runs
from transflow.model.catalog import Catalog, is_adaptation
from transflow.model.references import reference
from transflow.model.report import FrontMatter
from transflow.model.settings import Settings
from transflow.model.unit import Ref, Unit
from transflow.report.front import source_of
from transflow.stories import machine_share
from transflow.stories.compose import Reports, report_slugs
from transflow.stories.corrections import CLARIFICATION, note_kind
from transflow.stories.publications import Publication, addresses, withheld_people

_BETWEEN_PLACES = re.compile(r"\s*[·ㆍ・、,/]\s*")


@dataclass(frozen=True, slots=True)
class PrintContext:
    """Inputs for printing an article besides its own catalog."""

    settings: Settings
    reports: Reports = field(default_factory=dict)
    fronts: Mapping[str, FrontMatter] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of the glossary: source spelling -> spelling in the article's language."""
    places: Mapping[str, str] = field(default_factory=dict)
    """The same of places only, which come first in a dateline."""
    locale: str = ""
    """Language in references to the article; empty if no other language has its slug."""
    report_names: Mapping[str, str] = field(default_factory=dict)
    """Reports as people type them, by slug: with their language if several have the slug."""
    _positions: dict[str, dict[str, int]] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def adapted(self) -> frozenset[str]:
        """Reports in the language of the story."""
        return frozenset(slug for slug, report in self.reports.items() if is_adaptation(report))

    def typed(self, ref: Ref) -> str:
        """Return a reference as people type it: by position, or by id if the sentence is gone."""
        if ref.report not in self._positions:
            units = self.reports[ref.report].units if ref.report in self.reports else ()
            self._positions[ref.report] = {unit.id: number for number, unit in enumerate(units, 1)}
        position = self._positions[ref.report].get(ref.unit, ref.unit)
        return reference(self.report_names.get(ref.report, ref.report), position)


def printed_units(article: Catalog) -> tuple[Unit, ...]:
    """Return the units that print, written or not."""
    return tuple(unit for unit in article.units if not unit.cut and not unit.omitted)


def used_reports(article: Catalog) -> tuple[str, ...]:
    """Return the reports with a unit behind a printed paragraph, in the order of X-Reports."""
    used = {ref.report for unit in printed_units(article) for ref in unit.refs}
    return tuple(slug for slug in report_slugs(article) if slug in used)


def bylines(article: Catalog, context: PrintContext) -> tuple[tuple[str, str], ...]:
    """Return (person id or "", printed name) of the reporters of used reports.

    Each is named once, withheld and protected people included.
    """
    people = {name: each for each in reversed(context.settings.people) for name in (*each.aliases, each.name, each.id)}
    known = frozenset((*people, *context.names)) - {""}
    found: dict[str, str] = {}
    for slug in used_reports(article):
        for spelling in _spellings(context.fronts.get(slug, FrontMatter()).byline, known):
            person = people.get(spelling)
            name = person.name if person and person.name else context.names.get(spelling, spelling)
            found.setdefault(name, person.id if person else "")
    return tuple((person_id, name) for name, person_id in found.items())


def _spellings(byline: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the names in a byline. Loads the patterns of bylines, unless it is a known name."""
    if byline.strip() in known:
        return (byline.strip(),)
    from transflow.report.byline import reporters

    return tuple(each.name for each in reporters(byline, known))


def printed_reporters(article: Catalog, context: PrintContext) -> tuple[str, ...]:
    """Return the names that the byline prints, without protected and withheld people."""
    hidden = withheld_people(article) | {person.id for person in context.settings.people if person.protected}
    return tuple(name for person_id, name in bylines(article, context) if person_id not in hidden)


def dateline(article: Catalog, context: PrintContext) -> str:
    """Return the dateline of the first used report that has one, as the glossary spells its places.

    A place that is not in the glossary stays as the report has it.
    """
    place = next(
        (front.dateline for slug in used_reports(article) if (front := context.fronts.get(slug)) and front.dateline), ""
    )
    spellings = {**context.names, **context.places}
    return spellings.get(place) or ", ".join(spellings.get(part, part) for part in _BETWEEN_PLACES.split(place))


class Tags(NamedTuple):
    """The tags of an article."""

    printed: tuple[str, ...]
    unspelled: tuple[str, ...]
    """Tags in the script of a report, which the glossary does not spell: they are not printed."""


def report_tags(article: Catalog, context: PrintContext) -> tuple[str, ...]:
    """Return the tags of the used reports, as these have them; confidential ones have none."""
    fronts = [context.fronts.get(slug, FrontMatter()) for slug in used_reports(article)]
    return tuple(dict.fromkeys(tag for front in fronts if not front.confidential for tag in front.tags))


def tags(article: Catalog, context: PrintContext) -> Tags:
    """Return the tags of the article as the glossary spells them."""
    locale = article.header.get("Language")
    languages = {
        source_of(context.fronts.get(slug, FrontMatter()), context.settings.source) for slug in used_reports(article)
    }
    printed: dict[str, None] = {}
    unspelled: dict[str, None] = {}
    for tag in report_tags(article, context):
        spelled = context.names.get(tag, tag)
        is_foreign = any(any(foreign_runs(spelled, language, locale)) for language in languages)
        (unspelled if is_foreign else printed)[spelled] = None
    return Tags(tuple(printed), tuple(unspelled))


def clarifications(article: Catalog) -> list[str]:
    """Return the ids of the printed notes whose label is that of a clarification."""
    notes = (unit for unit in printed_units(article) if unit.is_note)
    return [note.id for note in notes if note_kind(note) == CLARIFICATION]


def printed_digest(article: Catalog, context: PrintContext) -> str:
    """Return a digest of what readers see, which excludes drafts, tags and the editor's name.

    It does not change when a source changes under a text that is still right, or when another
    editor clears the same text.
    """
    texts = [part for unit in printed_units(article) for part in (unit.kind, unit.variant, unit.target)]
    texts += clarifications(article)
    groups = credits.credits(article, context.settings, withheld=withheld_people(article), adapted=context.adapted)
    names = [name for group in groups for name in (group.role, *group.names)]
    return digest(
        *texts,
        *printed_reporters(article, context),
        dateline(article, context),
        article.header.get("X-Date"),
        *names,
        *machine_share.label_rule(article, context),
    )


def outdated_publications(article: Catalog, context: PrintContext) -> tuple[Publication, ...]:
    """Return the addresses whose published version differs from the current one.

    Once the story is killed, all of them differ.
    """
    pages = addresses(article)
    if not pages or article.header.get("X-Killed"):
        return pages
    present = printed_digest(article, context)
    return tuple(page for page in pages if page.digest != present)

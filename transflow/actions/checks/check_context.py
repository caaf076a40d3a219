"""The context of checks: the date of a text, the sentences before it, the glossary.

Invariant: the command line, the gate, the terminal UI and approvals use the same context, so that
they report the same issues.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from transflow.actions.language.own_words import words_text
from transflow.checks import NO_TERMS, CheckContext
from transflow.glossary.termbase import Termbase
from transflow.language.style import Style
from transflow.language.style import load as load_style
from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.project.languages import source_of
from transflow.project.places import glossary_path
from transflow.report.front import when
from transflow.timezones import zone

NEIGHBOURS = 8
"""Number of preceding units in a context."""


class CheckContexts:
    """Contexts of the units of a locale; data that the locale shares is read once."""

    def __init__(self, project: Project, locale: str) -> None:
        self.project, self.locale = project, locale

    def contexts(self, place: CatalogRef, catalog: Catalog) -> Iterator[tuple[Unit, CheckContext]]:
        """Yield every unit with its context, in order."""
        base = self.base(place, catalog)
        for number, unit in enumerate(catalog.units):
            yield unit, unit_context(number, catalog, base)

    def base(self, place: CatalogRef, catalog: Catalog) -> CheckContext:
        """Return the context that all units of a catalog share."""
        is_article = place.folder == "articles"
        written = catalog.header.get("X-Date") if is_article else self._front(place.slug).date
        return self.shared()._replace(
            language=source_of(self.project, place),
            date=local_time(written, self.project.settings.timezone),
        )

    def shared(self) -> CheckContext:
        """Return the context that all units of the locale share.

        Raise UnreadableError for the lists of words, and ConfigError for the style rules.
        """
        return CheckContext(
            self.locale,
            self.project.settings.source,
            terms=self.terms,
            own_words=words_text(self.project, self.locale),
            style=self.style,
        )

    @cached_property
    def terms(self) -> Termbase:
        """The glossary; empty if there is none."""
        text = self.project.glossary_text(self.locale)
        return Termbase.of(text, glossary_path(self.locale)) if text else NO_TERMS

    @cached_property
    def style(self) -> Style:
        return load_style(self.project.settings.style, self.locale)

    def _front(self, slug: str) -> FrontMatter:
        return self.project.front_matter(slug)


def unit_context(number: int, catalog: Catalog, base: CheckContext) -> CheckContext:
    """Return the context of the unit at a 0-based position; `base` is the catalog's context."""
    before = tuple(unit.source for unit in catalog.units[max(0, number - NEIGHBOURS) : number])
    return base._replace(kind=catalog.units[number].kind, neighbours=before)


def local_time(value: str, timezone: str) -> str:
    """Return a date or time in the project's time zone, with its offset; empty for an invalid date.

    The zone decides the day: 20:00 in London is the next day in Seoul.
    """
    found = when(value, timezone) if value else None
    try:
        return found.astimezone(zone(timezone)).isoformat() if found else ""
    except OverflowError:  # in the year 1 or 9999
        return ""

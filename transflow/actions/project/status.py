"""Progress of the catalogs of a project.

Invariant: nothing is loaded that counting does not need; memory does not grow with the size of
catalogs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from transflow.actions.parallel import mapped
from transflow.actions.project.counting import Counts, count
from transflow.actions.stories.print_context import load_print_context
from transflow.errors import UnreadableError
from transflow.model.unit import STATES
from transflow.po import header
from transflow.po.catalog import parse
from transflow.po.syntax import decode
from transflow.project import CatalogRef, Project
from transflow.project.places import FOLDERS, report_path
from transflow.report.encoding import digest
from transflow.stories import live, machine_share
from transflow.stories.clearance import article_state, read_clearance
from transflow.stories.compose import placement, why_stale
from transflow.stories.page_state import PageState, page_state
from transflow.stories.printed import outdated_publications, printed_units
from transflow.stories.publications import addresses


class StatusRow(NamedTuple):
    """The row of one catalog."""

    place: CatalogRef
    counts: Counts
    article: str = ""
    """The state of an article; empty for a report."""
    stale: int = 0
    """Number of printed paragraphs whose reports have changed."""
    second_read_owed: bool = False
    """True if a second read is owed."""
    pages: tuple[str, ...] = ()
    """Addresses where the story was published."""
    differing: tuple[str, ...] = ()
    """Those addresses whose page differs from what would be printed now."""
    page_state: PageState = ""
    """State of the pages: empty if all are current."""
    behind: bool = False
    """True if the file of a report changed since its catalog was updated."""
    to_come: int | None = None
    """Number of sentences that a live story does not have yet; None if it is not live."""
    unexamined: int = 0
    """Number of printed paragraphs that the desk's rule about machines keeps back."""
    error: UnreadableError | None = None
    """Reason for missing figures: the catalog, or a report that it needs, cannot be read."""


MANY = 256
"""Number of catalogs from which on counting is distributed over the processors, and counts are
kept for the next run.
"""
_AT_ONCE = 4096
"""Number of catalogs whose counts are in memory at a time."""


def rows(project: Project, now: str, locales: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> Iterator[StatusRow]:
    """Yield a row for each catalog, reports before articles, locale by locale.

    An unreadable catalog gives a row with `error`.
    """
    for locale in locales or project.settings.locales:
        for folder in FOLDERS:
            places = [place for place in project.catalogs(locale, folder) if not names or place.slug in names]
            if folder == "articles":
                yield from mapped(partial(_guarded, article_row, project, now), places, MANY, 32)
            elif len(places) < MANY:
                yield from map(partial(_guarded, _report_row, project, now), places)
            else:
                for start in range(0, len(places), _AT_ONCE):
                    yield from _many_report_rows(project, now, places[start : start + _AT_ONCE], start)


def _guarded(
    make: Callable[[Project, CatalogRef, str], StatusRow], project: Project, now: str, place: CatalogRef
) -> StatusRow:
    """Return the row of a catalog; if it cannot be read, with the error."""
    try:
        return make(project, place, now)
    except UnreadableError as error:
        return StatusRow(place, Counts(dict.fromkeys(STATES, 0), dict.fromkeys(STATES, 0)), error=error)


def _many_report_rows(project: Project, now: str, places: list[CatalogRef], start: int) -> Iterator[StatusRow]:
    """Yield the rows of reports, of which those are counted that are not known. Loads SQLite.

    `places` begin with the catalog of number `start` of their locale.
    """
    from transflow.actions.project.known_counts import KnownCounts

    known = KnownCounts(project, now, places[0].locale, str(start))
    stamps = list(map(known.stamp_of, places))
    found = list(map(known.counts, stamps))
    known.save()
    unknown = [place for place, entry in zip(places, found, strict=True) if entry is None]
    counted = mapped(partial(_guarded, _report_row, project, now), unknown, MANY, 32)
    for place, stamp, entry in zip(places, stamps, found, strict=True):
        if entry:
            yield StatusRow(place, entry[0], behind=entry[1])
            continue
        row = next(counted)
        if not row.error:
            known.add_counts(stamp, row.counts, is_behind=row.behind)
        yield row
    known.save()


def _report_row(project: Project, place: CatalogRef, now: str) -> StatusRow:
    data = project.raw_bytes(place)
    try:
        counts = count(decode(data, place.path), place.path, now, data)
    except UnreadableError:
        counts = count(project.text(place), place.path, now)
    return StatusRow(place, counts, behind=_is_behind(project, place.slug, data))


def _is_behind(project: Project, slug: str, catalog: bytes) -> bool:
    """Return whether the file of a report is there and not the one that its catalog was made of."""
    path = report_path(slug)
    try:
        return project.has(path) and header.report_digest(catalog) != digest(project.read(path))
    except UnreadableError:
        return False


def article_row(project: Project, place: CatalogRef, now: str) -> StatusRow:
    """Return the row of an article, for which it and its reports are parsed."""
    text = project.text(place)
    article = parse(text, place.path)
    context = load_print_context(project, place.locale, article)
    sources = placement(article, context.reports)
    stale = sum(bool(why_stale(unit, sources[unit.id], place.locale)) for unit in printed_units(article))
    clearance = read_clearance(article)
    return StatusRow(
        place,
        count(text, place.path, now),
        article_state(article, context),
        stale,
        bool(clearance and clearance.alone),
        tuple(page.address for page in addresses(article)),
        tuple(page.address for page in outdated_publications(article, context)),
        page_state(article, context),
        to_come=len(live.to_come(article, context.reports)) if live.is_live(article) else None,
        unexamined=len(machine_share.refusals(article, context)),
    )


def as_json(found: Iterator[StatusRow]) -> Iterator[dict[str, object]]:
    """Yield the rows as plain values for JSON output."""
    for row in found:
        counts = row.counts
        if row.error:
            kind = "article" if row.place.folder == "articles" else "report"
            yield {"locale": row.place.locale, "kind": kind, "slug": row.place.slug, "error": str(row.error)}
            continue
        values: dict[str, object] = {
            "locale": row.place.locale,
            "kind": "article" if row.article else "report",
            "slug": row.place.slug,
            "units": dict(counts.units),
            "words": dict(counts.words),
            "percent": {
                "translated": counts.share("translated", "approved", "omitted", "cut"),
                "approved": counts.share("approved", "omitted", "cut"),
                "translated_words": counts.share("translated", "approved", "omitted", "cut", words=True),
                "approved_words": counts.share("approved", "omitted", "cut", words=True),
            },
            "changed": counts.changed,
            "overdue": counts.overdue,
            "questions": counts.questions,
            "conflicts": counts.conflicts,
            "void": counts.void,
        }
        if not row.article:
            values["behind"] = row.behind
        if row.article:
            values |= {"state": row.article, "stale": row.stale, "second_read_owed": row.second_read_owed}
            values |= {"published": list(row.pages), "published_differs": list(row.differing)}
            values |= {"page_state": row.page_state}
            values |= {"live": row.to_come is not None, "to_come": row.to_come or 0}
        yield values

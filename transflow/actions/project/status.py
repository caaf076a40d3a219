"""Progress of catalogs: units and words by state, counted in one pass over the text.

Invariant: nothing is cached, and nothing is loaded that counting does not need; memory does not
grow with the number of catalogs. A share that is not whole is never shown as 100%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from transflow.actions.parallel import mapped
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution.authorship import split_evenly
from transflow.errors import UnknownNameError, UnreadableError
from transflow.model.unit import STATES, State, Unit
from transflow.po import header, plain
from transflow.po.catalog import parse
from transflow.po.notes import read
from transflow.po.scan import scan_units
from transflow.po.syntax import decode
from transflow.project import CatalogRef, Project
from transflow.project.places import FOLDERS
from transflow.report.encoding import digest
from transflow.stories import live, machine_share
from transflow.stories.clearance import article_state, read_clearance
from transflow.stories.compose import placement, why_stale
from transflow.stories.page_state import PageState, page_state
from transflow.stories.printed import outdated_publications, printed_units
from transflow.stories.publications import addresses
from transflow.units.regroup import UNSPACED
from transflow.units.workflow import open_questions

_FROM = re.compile(r"# @from .*\n(?:# @\+.*\n)*")
_DUE = re.compile(r"^# @assigned \S+ due=(\S+)", re.MULTILINE)
_UNFINISHED = ("untranslated", "needs-work")


class Counts(NamedTuple):
    """Counts of one catalog: `units` and `words` of the source, by state."""

    units: dict[State, int]
    words: dict[State, int]
    changed: int = 0
    """Units whose source changed after their target was confirmed."""
    overdue: int = 0
    questions: int = 0
    conflicts: int = 0
    void: int = 0
    """Approvals that were given to another text."""

    def share(self, *states: State, words: bool = False) -> float:
        """Return the percentage of units (or words) in these states, rounded down to a tenth.

        It is 100.0 only if all are.
        """
        numbers = self.words if words else self.units
        return percent(sum(numbers[state] for state in states), sum(numbers.values()))

    @property
    def total(self) -> int:
        return sum(self.units.values())


def percent(part: int, whole: int) -> float:
    """Return a percentage rounded down to a tenth.

    It is 100.0 only for all, and 0.0 only for none; nothing of nothing is all.
    """
    if part >= whole:
        return 100.0
    return max(part * 1000 // whole, 1 if part else 0) / 10


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


def count(text: str, path: str, now: str, data: bytes = b"") -> Counts:
    """Return the counts of a catalog's text.

    `data` are the bytes of the file, if the caller has them; they make counting faster. Raises
    UnreadableError.
    """
    return (_count_plain(data, now) if data else None) or _count_any(text, path, now)


def _count_plain(data: bytes, now: str) -> Counts | None:
    """Return the counts of a report's catalog without unusual entries; None for others."""
    head = plain.plain_header(data)
    entries = plain.plain_units(data, head) if head else None
    if head is None or entries is None:
        return None
    units, words = dict.fromkeys(STATES, 0), dict.fromkeys(STATES, 0)
    spaced = _is_spaced(head.language)
    changed = overdue = void = 0
    for source, state, entry, source_changed, is_void in entries:
        units[state] += 1
        words[state] += source.count(b" ") + 1 if spaced else len(source.decode())
        changed += source_changed
        void += is_void
        if state in _UNFINISHED and b"@assigned" in entry:
            overdue += _is_overdue(entry.decode(), now)
    return Counts(units, words, changed, overdue, void=void)


def _is_spaced(language: str) -> bool:
    return language.replace("-", "_").split("_")[0] not in UNSPACED


def _count_any(text: str, path: str, now: str) -> Counts:
    units, words = dict.fromkeys(STATES, 0), dict.fromkeys(STATES, 0)
    head, position = header.read(text, path)
    spaced = _is_spaced(head.get("X-Source-Language"))
    is_article = bool(head.get("X-Article"))
    asks, disagrees = "# @question " in text, "# @conflict " in text
    drafts: dict[str, tuple[int, list[State]]] = {}
    changed = overdue = questions = conflicts = void = 0
    for _, source, _, state, notes, source_changed, is_void in scan_units(text, path, head, position):
        units[state] += 1
        length = source.count(" ") + 1 if spaced else len(source)
        if is_article and (refs := _FROM.search(notes)):
            drafts.setdefault(refs[0], (length, []))[1].append(state)
        else:
            words[state] += length
        changed += source_changed
        void += is_void
        if state in _UNFINISHED and "@assigned" in notes:
            overdue += _is_overdue(notes, now)
        if asks and "# @question " in notes:
            questions += _open_questions(source, notes)
        if disagrees and "# @conflict " in notes:
            conflicts += 1
    # Halves of a split paragraph have the same draft, whose words count once.
    for length, states in drafts.values():
        for state, part in zip(states, split_evenly(length, [1] * len(states)), strict=True):
            words[state] += part
    return Counts(units, words, changed, overdue, questions, conflicts, void)


def _is_overdue(notes: str, now: str) -> bool:
    match = _DUE.search(notes)
    return match is not None and match[1] < now


def _open_questions(source: str, notes: str) -> int:
    lines = [line[2:] for line in notes.splitlines()]
    return len(open_questions(Unit("", source, **read(lines))))


MANY = 256
"""Number of catalogs from which on counting is distributed over the processors."""


def rows(project: Project, now: str, locales: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> Iterator[StatusRow]:
    """Yield a row for each catalog, reports before articles, locale by locale.

    An unreadable catalog gives a row with `error`.
    """
    for locale in locales or project.settings.locales:
        for folder in FOLDERS:
            places = [place for place in project.catalogs(locale, folder) if not names or place.slug in names]
            yield from mapped(partial(_row, project, now), places, MANY, 32)


def _row(project: Project, now: str, place: CatalogRef) -> StatusRow:
    try:
        if place.folder == "articles":
            return article_row(project, place, now)
        data = project.raw_bytes(place)
        try:
            counts = count(decode(data, place.path), place.path, now, data)
        except UnreadableError:
            counts = count(project.text(place), place.path, now)
        return StatusRow(place, counts, behind=_is_behind(project, place.slug, data))
    except UnreadableError as error:
        return StatusRow(place, Counts(dict.fromkeys(STATES, 0), dict.fromkeys(STATES, 0)), error=error)


def _is_behind(project: Project, slug: str, catalog: bytes) -> bool:
    """Return whether the file of a report is there and not the one that its catalog was made of."""
    try:
        return header.report_digest(catalog) != digest(project.report_bytes(slug))
    except (UnreadableError, UnknownNameError):
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

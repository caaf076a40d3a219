"""Queue of one person: waiting work, and every report and story, filtered and sorted.

Invariant: a row displays only what was read from the files. Names are listed at once; the counts
follow as catalogs are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from transflow.actions.project.overview import OverviewRow
from transflow.actions.reports.queue import Waiting, urgency
from transflow.model.settings import Person, Settings
from transflow.presenters import headlines
from transflow.presenters.formatting import format_person
from transflow.presenters.i18n import _, count
from transflow.presenters.list_rows import ListRow
from transflow.presenters.queue_lines import (
    NARROWEST,
    SORTS,
    WAITS,
    Columns,
    columns,
    contains_words,
    filter_text,
    heading,
    line_row,
    sort_rows,
    waiting_row,
    widest,
)
from transflow.project import CatalogRef

Entry = str | Waiting | OverviewRow
"""Heading, waiting work, or a catalog."""


class Target(NamedTuple):
    """Mode, catalog and unit that an entry opens."""

    mode: str
    place: CatalogRef
    unit: str = ""


def target(entry: Waiting | OverviewRow, mode_of_reports: str = "translate") -> Target:
    """Return what an entry opens.

    `mode_of_reports` is the mode for a report where the work itself does not name one.
    """
    if entry.place.folder == "articles":
        mode = "story"
    elif isinstance(entry, Waiting) and entry.reason != "assign":
        mode = "review" if entry.reason == "approve" else "translate"
    else:
        mode = mode_of_reports
    number = str(entry.numbers[0]) if isinstance(entry, Waiting) and entry.numbers else ""
    return Target(mode, entry.place, number)


def mode_of_reports(user: Person, now: str) -> str:
    """Return the mode to open a report in: review for an editor who is no translator."""
    return "review" if user.has_role("editor", now) and not user.has_role("translator", now) else "translate"


def catalog_name(place: CatalogRef, settings: Settings) -> str:
    """Return the name of a catalog, with its locale if there are several."""
    return str(place) if len(settings.locales) > 1 else place.slug


class QueueView:
    """Entries of the queue; `entries` holds them in order, `columns` the widths for all of them."""

    def __init__(self, settings: Settings, format_time: Callable[[str], str]) -> None:
        self.settings, self._format_time = settings, format_time
        self.lines: dict[CatalogRef, OverviewRow] = {}
        self.waiting: Sequence[Waiting] = ()
        self.all_read = False
        self.entries: list[Entry] = []
        self.marked: set[CatalogRef] = set()
        self.filter = ""
        self._sort = 0
        self._columns = NARROWEST
        self._widths: dict[CatalogRef, tuple[OverviewRow, Columns]] = {}
        """Column widths by catalog, computed once for each row.

        All rows are arranged again for each batch.
        """

    def take_lines(self, lines: Iterable[OverviewRow]) -> None:
        """Take in rows that were read."""
        self.lines |= {line.place: line for line in lines}

    def take_waiting(
        self, found: Iterable[Waiting], read: Collection[CatalogRef], existing: Collection[CatalogRef]
    ) -> None:
        """Take in the work that waits in the catalogs that were read; drop what is gone."""
        self.lines = {place: line for place, line in self.lines.items() if place in existing}
        self.marked &= self.lines.keys()
        others = [each for each in self.waiting if each.place in self.lines and each.place not in read]
        self.waiting = sorted([*others, *found], key=urgency)
        self.all_read = True

    def arrange(self) -> None:
        """Filter and sort the entries again."""
        words = self.filter.casefold().split()
        waiting = [item for item in self.waiting if contains_words(words, self._search_text(item))]
        lines = [line for line in self.lines.values() if contains_words(words, filter_text(line, self._person))]
        entries: list[Entry] = [_("Waits for me"), *waiting]
        if not waiting:
            entries.append("" if not self.all_read else self._nothing_waits())
        for folder, title in (("reports", _("Reports")), ("articles", _("Stories"))):
            rows = sort_rows([line for line in lines if line.place.folder == folder], SORTS[self._sort])
            if rows:
                entries += ["", title, *rows]
        if self.all_read and self.lines and not any(place.folder == "articles" for place in self.lines):
            entries += ["", _("No story yet: c on a report starts one.")]
        self.entries = entries
        self._columns = widest([NARROWEST, *map(self._column_widths, waiting), *map(self._cached_column_widths, lines)])

    def _search_text(self, item: Waiting) -> str:
        return f"{item.place} {self._known_title(item.place)} {_(WAITS[item.reason])}"

    def _known_title(self, place: CatalogRef) -> str:
        return self.lines[place].title if place in self.lines else ""

    def _nothing_waits(self) -> str:
        """Return what to do where no work waits."""
        if self.filter:
            return _("nothing")
        return _("Nothing waits for you. Enter opens a line below, i adds a report.")

    def sort_next(self) -> str:
        """Choose the next way to sort, for `arrange`, and return its name."""
        self._sort = (self._sort + 1) % len(SORTS)
        return _(SORTS[self._sort])

    def entry(self, row: int) -> Waiting | OverviewRow | None:
        """Return the entry at a row; None for a heading, or if there is no such row."""
        found = self.entries[row] if 0 <= row < len(self.entries) else ""
        return None if isinstance(found, str) else found

    def row_of(self, entry: Entry | None, default: int = 0) -> int:
        """Return the row of the entry about the same; `default` if there is none."""
        key = _key(entry)
        return next((row for row, each in enumerate(self.entries) if key and _key(each) == key), default)

    def reveal(self, place: CatalogRef) -> int:
        """Return the row of a catalog; one that was just made is listed, and no filter hides it."""
        line = self.lines.setdefault(place, OverviewRow(place))
        self.arrange()
        if line not in self.entries:
            self.filter = ""
            self.arrange()
        return self.row_of(line)

    def row(self, number: int, width: int, *, is_current: bool = False) -> ListRow:
        """Return a row of the list; that of the cursor has a sign."""
        entry = self.entries[number]
        if isinstance(entry, str):
            return heading(entry)
        name = self._headline(entry.place)
        if isinstance(entry, Waiting):
            return waiting_row(entry, name, self._columns, width, self._format_time, is_current=is_current)
        sign = ("▸" if is_current else " ") + ("*" if entry.place in self.marked else " ")
        return line_row(entry, name, self._columns, width, self._format_time, self._person, sign)

    def _headline(self, place: CatalogRef) -> str:
        """Return what people know a report or story by: the headline, as soon as it was read."""
        if title := self._known_title(place):
            return f"{place.locale} {title}" if len(self.settings.locales) > 1 else title
        return headlines.title(place) if self.all_read else catalog_name(place, self.settings)

    def _person(self, who: str) -> str:
        return format_person(self.settings, who)

    def _column_widths(self, item: OverviewRow | Waiting) -> Columns:
        return columns(item, self._headline(item.place), self._format_time, self._person)

    def _cached_column_widths(self, line: OverviewRow) -> Columns:
        cached = self._widths.get(line.place)
        if cached is None or cached[0] is not line:
            cached = self._widths[line.place] = line, self._column_widths(line)
        return cached[1]

    def title(self, who: str) -> str:
        """Return the title: person, work that waits, and the filter."""
        number = sum(max(len(each.numbers), 1) for each in self.waiting)
        words = count("{n} waits for me", "{n} wait for me", number) if self.all_read else _("reading …")
        left = f"{_('Queue')}  {self._person(who)} · {words}"
        return left + (f"  /{self.filter}/" if self.filter else "")

    # Marks

    def toggle_mark(self, row: int) -> bool:
        """Mark a catalog, or unmark it; return whether the row is one."""
        entry = self.entry(row)
        if isinstance(entry, OverviewRow):
            self.marked ^= {entry.place}
        return isinstance(entry, OverviewRow)

    def mark(self, rows: Iterable[int]) -> None:
        """Mark the catalogs at these rows only."""
        found = [self.entries[row] for row in rows]
        self.marked = {entry.place for entry in found if isinstance(entry, OverviewRow)}

    def marked_rows(self) -> set[int]:
        """Return the rows of the marked catalogs."""
        return {
            row
            for row, entry in enumerate(self.entries)
            if isinstance(entry, OverviewRow) and entry.place in self.marked
        }

    def selected_reports(self, row: int) -> list[CatalogRef]:
        """Return the marked reports in list order; without marks, the one at a row."""
        marked = [
            entry.place for entry in self.entries if isinstance(entry, OverviewRow) and entry.place in self.marked
        ]
        entry = self.entry(row)
        if not marked and entry is not None:
            marked = [entry.place]
        return [place for place in marked if place.folder == "reports"]


def _key(entry: Entry | None) -> tuple[str, ...]:
    if isinstance(entry, Waiting):
        return (str(entry.place), entry.reason)
    return (entry.place.path,) if isinstance(entry, OverviewRow) else ()

"""Queue mode: waiting work, and every report and story with people, deadline and progress.

Invariant: a row displays only what was read from the files. Names are listed at once; the counts
follow as catalogs are read.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.message import Message

from transflow.actions.project.overview import OverviewRow, overview
from transflow.actions.reports.queue import Waiting, queue
from transflow.errors import TransflowError
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
from transflow.tui import keymap
from transflow.tui.dialogs import Ask
from transflow.tui.screens.adding import ReportSteps
from transflow.tui.widgets.line_list import LineList

_CHUNK = 200
"""Number of catalogs to read between two updates of the list."""


class QueueList(LineList):
    """List of the Queue, with its keys."""

    BINDINGS = keymap.bindings("queue.list", target="screen")


Entry = str | Waiting | OverviewRow


class QueueScreen(ReportSteps):
    """Screen of the Queue."""

    NAME = "queue"

    class Read(Message):
        """Catalogs that were read, or the work that waits for the user."""

        def __init__(self, lines: Sequence[OverviewRow], waiting: Sequence[Waiting] | None, run: int) -> None:
            super().__init__()
            self.lines, self.waiting, self.run = lines, waiting, run

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Sequence[Waiting] = ()
        self._lines: dict[CatalogRef, OverviewRow] = {}
        self._entries: list[Entry] = []
        self._widths: dict[CatalogRef, tuple[OverviewRow, Columns]] = {}
        """Column widths by catalog, computed once for each row.

        All rows are arranged again for each batch.
        """
        self._columns = NARROWEST
        self._marked: set[CatalogRef] = set()
        self._filter = ""
        self._sort = 0
        self._read_number = 0
        self._all_read = self._is_cursor_moved = False

    def body(self) -> ComposeResult:
        yield QueueList(id="lines")

    @property
    def table(self) -> QueueList:
        return self.query_one(QueueList)

    def on_mount(self) -> None:
        self.say("")
        self.table.focus()

    def on_resize(self) -> None:
        self._paint_title()
        self.show_keys("queue.list")

    # Reading

    def open(self, place: CatalogRef | None, unit: str) -> None:  # noqa: ARG002 - it has no place
        self.action_reload()

    def action_reload(self) -> None:
        """Read everything in a thread; old rows stay until they are read again."""
        self._read_number += 1
        run = self._read_number
        actor = self.app.actor()
        if not self._lines:
            self._lines = {place: OverviewRow(place) for place in actor.project.all_catalogs()}
            self._rebuild_rows()

        def read() -> None:
            chunk: list[OverviewRow] = []
            for line in overview(actor):
                chunk.append(line)
                if len(chunk) >= _CHUNK:
                    self.post_message(self.Read(chunk, None, run))
                    chunk = []
            self.post_message(self.Read(chunk, None, run))
            try:
                self.post_message(self.Read((), queue(actor), run))
            except TransflowError as error:
                self.app.call_from_thread(self.refuse, error)

        self.run_worker(read, thread=True, group="read", exclusive=True)

    def on_queue_screen_read(self, message: Read) -> None:
        message.stop()
        if message.run != self._read_number:
            return
        for line in message.lines:
            self._lines[line.place] = line
        if message.waiting is not None:
            self._waiting = message.waiting
            self._all_read = True
        self._rebuild_rows()

    # Rendering

    def _rebuild_rows(self) -> None:
        """Rebuild the rows in order, with the cursor on the same entry."""
        current_key = self._entry_key(self._entry)
        words = self._filter.casefold().split()
        waiting = [item for item in self._waiting if contains_words(words, f"{item.place} {_(WAITS[item.reason])}")]
        lines = [line for line in self._lines.values() if contains_words(words, filter_text(line, self.person_name))]
        entries: list[Entry] = [_("Waits for me")]
        entries += waiting
        if not waiting:
            entries.append("" if not self._all_read else _("nothing"))
        for folder, title in (("reports", _("Reports")), ("articles", _("Stories"))):
            rows = sort_rows([line for line in lines if line.place.folder == folder], SORTS[self._sort])
            if rows or folder == "reports":
                entries += ["", title, *rows]
        self._entries = entries
        self._columns = widest([NARROWEST, *map(self._column_widths, waiting), *map(self._cached_column_widths, lines)])
        row = (
            next((i for i, entry in enumerate(entries) if current_key and self._entry_key(entry) == current_key), 0)
            if self._is_cursor_moved
            else 0
        )
        self.table.show(len(entries), self._row, max(row, 0))
        self.table.marked = {
            i for i, entry in enumerate(entries) if isinstance(entry, OverviewRow) and entry.place in self._marked
        }
        self._paint_title()
        if not self._lines:
            self.say(_("No reports yet. Press i and paste one."))

    @property
    def _entry(self) -> Entry | None:
        row = self.table.cursor
        return self._entries[row] if 0 <= row < len(self._entries) else None

    @staticmethod
    def _entry_key(entry: Entry | None) -> tuple[str, ...]:
        if isinstance(entry, Waiting):
            return (str(entry.place), entry.reason)
        return (entry.place.path,) if isinstance(entry, OverviewRow) else ()

    def _row(self, number: int, width: int) -> ListRow:
        entry = self._entries[number]
        if isinstance(entry, str):
            return heading(entry)
        name = self._catalog_name(entry.place)
        if isinstance(entry, Waiting):
            title = self._lines[entry.place].title if entry.place in self._lines else ""
            return waiting_row(entry, name, self._columns, width, self.format_time, title)
        return line_row(
            entry, name, self._columns, width, self.format_time, self.person_name, marked=entry.place in self._marked
        )

    def _column_widths(self, item: OverviewRow | Waiting) -> Columns:
        return columns(item, self._catalog_name(item.place), self.format_time, self.person_name)

    def _cached_column_widths(self, line: OverviewRow) -> Columns:
        cached = self._widths.get(line.place)
        if cached is None or cached[0] is not line:
            cached = self._widths[line.place] = line, self._column_widths(line)
        return cached[1]

    def _catalog_name(self, place: CatalogRef) -> str:
        return str(place) if len(self.app.project.settings.locales) > 1 else place.slug

    def _paint_title(self) -> None:
        number = sum(max(len(each.numbers), 1) for each in self._waiting)
        right = self.app.project.settings.name or self.app.project.root.name
        words = count("{n} waits for me", "{n} wait for me", number) if self._all_read else _("reading …")
        left = f"{_('Queue')}  {self.person_name(self.app.user.id)} · {words}"
        if self._filter:
            left += f"  /{self._filter}/"
        self.show_title(left, right)

    # Keys

    def on_line_list_moved(self) -> None:
        """Keep the cursor where the person put it, from the first move on."""
        self._is_cursor_moved = self._all_read

    def action_list_next(self) -> None:
        self.table.action_step(1)

    def action_list_previous(self) -> None:
        self.table.action_step(-1)

    def on_line_list_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        entry = self._entry
        if isinstance(entry, Waiting):
            number = str(entry.numbers[0]) if entry.numbers else ""
            modes = {"approve": "review", "assign": self._mode_of(entry.place)}
            mode = "story" if entry.place.folder == "articles" else modes.get(entry.reason, "translate")
            self.app.show(mode, entry.place, number)
        elif isinstance(entry, OverviewRow):
            self.app.show(self._mode_of(entry.place), entry.place)

    def _mode_of(self, place: CatalogRef) -> str:
        """Return the mode to open a catalog in: review for an editor who is no translator."""
        user, now = self.app.user, self.app.clock()
        if place.folder == "articles":
            return "story"
        return "review" if user.has_role("editor", now) and not user.has_role("translator", now) else "translate"

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:
        entry = self._entry
        folder = "articles" if mode == "story" else "reports"
        if isinstance(entry, str) or entry is None or entry.place.folder != folder:
            return None, ""
        return entry.place, str(entry.numbers[0]) if isinstance(entry, Waiting) and entry.numbers else ""

    def action_filter(self) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                self._filter = text
                self._rebuild_rows()

        hint = _("Parts of names, languages, people or marks. Empty: all.")
        self.app.push_screen(Ask(_("Which lines?"), hint, text=self._filter, allow_empty=True), answered)

    def action_sort(self) -> None:
        self._sort = (self._sort + 1) % len(SORTS)
        self._rebuild_rows()
        self.say(_("Sorted by {what}.").format(what=_(SORTS[self._sort])))

    def action_mark_line(self) -> None:
        entry = self._entry
        if isinstance(entry, OverviewRow):
            self._marked ^= {entry.place}
            self.table.toggle_mark()

    def action_mark_range(self) -> None:
        if self.table.mark_range() < 0:
            self.say(_("A range begins here: go to its other end, and press the same key."))
            return
        found = [self._entries[row] for row in self.table.marked]
        self._marked = {entry.place for entry in found if isinstance(entry, OverviewRow)}
        self.table.marked = {row for row in self.table.marked if isinstance(self._entries[row], OverviewRow)}
        self.say(count("{n} is marked.", "{n} are marked.", len(self._marked)))

    def selected_reports(self) -> list[CatalogRef]:
        """Return the marked reports in list order; without marks, the one under the cursor."""
        marked = [
            entry.place for entry in self._entries if isinstance(entry, OverviewRow) and entry.place in self._marked
        ]
        entry = self._entry
        if not marked and entry is not None and not isinstance(entry, str):
            marked = [entry.place]
        return [place for place in marked if place.folder == "reports"]

    def report_change(self, words: str, nothing: object = None) -> None:  # noqa: ARG002 - what the action returned
        """Display a message after a change, and read everything again."""
        self._marked = set()
        self.say(words)
        self.action_reload()

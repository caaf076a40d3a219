"""Queue mode: waiting work, and every report and story with people, deadline and progress.

Invariant: old rows stay until they are read again, in a thread; the cursor stays on its entry.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from transflow.actions.project.overview import OverviewRow
from transflow.presenters.dialogues import reports
from transflow.presenters.dialogues.requests import Dialogue, ask
from transflow.presenters.dialogues.sharing import exchange_work
from transflow.presenters.dialogues.shift import hand_over_shift
from transflow.presenters.formatting import format_deadline, local_date
from transflow.presenters.i18n import _, count
from transflow.presenters.list_rows import ListRow
from transflow.presenters.queue_view import QueueView, mode_of_reports, target
from transflow.project import CatalogRef
from transflow.tui import keymap
from transflow.tui.screens.dialogue_runner import DialogueRunner
from transflow.tui.screens.mode import Commands, Mode
from transflow.tui.screens.queue_reading import QueueReading, RowsRead
from transflow.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from transflow.tui.app import TransflowApp

_LOOK_SECONDS = 1.0
"""Seconds between two looks at the files of the project."""


class QueueList(LineList):
    """List of the Queue, with its keys."""

    BINDINGS = keymap.bindings("queue.list", target="screen")


def _format_deadline(app: TransflowApp, time: str) -> str:
    actor = app.actor()
    return format_deadline(app.project.settings, actor.who, time, actor.now)


class QueueScreen(Mode):
    """Screen of the Queue."""

    NAME = "queue"

    def __init__(self) -> None:
        super().__init__()
        self.view = QueueView(self.app.project.settings, partial(_format_deadline, self.app))
        self._dialogues = DialogueRunner(self)
        self._reading = QueueReading(self)
        self._is_cursor_moved = False

    def body(self) -> ComposeResult:
        yield QueueList(id="lines")

    @property
    def table(self) -> QueueList:
        return self.query_one(QueueList)

    @property
    def commands(self) -> Commands:
        return {
            **super().commands,
            "list_next": lambda: self.table.action_step(1),
            "list_previous": lambda: self.table.action_step(-1),
            "open": self.open_entry,
            "filter": lambda: self._dialogues.run(self._filter()),
            "sort": self.sort,
            "mark_line": self.mark_line,
            "mark_range": self.mark_range,
            "assign": lambda: self._change(
                reports.assign(
                    self.view.selected_reports(self.table.cursor), self.app.project.settings, self.app.clock()
                )
            ),
            "compose": lambda: self._change(reports.compose(self.view.selected_reports(self.table.cursor))),
            "compose_live": lambda: self._change(
                reports.compose(self.view.selected_reports(self.table.cursor), as_live=True)
            ),
            "add_report": lambda: self._change(
                reports.add_report(local_date(self.app.clock(), self.app.project.settings.timezone))
            ),
            "hand_over": lambda: self._change(
                hand_over_shift(self.app.project.settings, self.app.user.id, self.app.clock())
            ),
            "exchange": lambda: self._change(exchange_work()),
            "reload": self.reload,
        }

    def on_mount(self) -> None:
        self.say("")
        self.table.focus()
        self.set_interval(_LOOK_SECONDS, self.follow)

    def on_resize(self) -> None:
        self._paint_title()
        self.show_keys("queue.list")

    # Reading

    def open(self, place: CatalogRef | None, unit: str) -> None:  # noqa: ARG002 - it has no place
        self.reload()

    def reload(self) -> None:
        """Read everything in a thread; old rows stay until they are read again."""
        if not self.view.lines:
            self.view.lines = {place: OverviewRow(place) for place in self.app.project.all_catalogs()}
            self._show_entries()
        self._reading.read_all()

    def follow(self) -> None:
        """Read what others changed, unless a question about the list is open."""
        settings = self.app.project.settings
        if not self.is_active:
            return
        if settings is not self.view.settings:
            self.view.settings = settings
            self._reading.read_all()
        else:
            self._reading.follow()

    def on_rows_read(self, message: RowsRead) -> None:
        message.stop()
        if not self._reading.is_current(message):
            return
        self.view.take_lines(message.lines)
        if message.waits is not None:
            self.view.take_waiting(*message.waits)
        self._show_entries()

    # Rendering

    def _show_entries(self) -> None:
        """Arrange the rows again, with the cursor on the same entry."""
        view, table = self.view, self.table
        row, entry, first = table.cursor, view.entry(table.cursor), view.entry(table.range_from)
        view.arrange()
        self._show_rows(view.row_of(entry, row) if self._is_cursor_moved else 0)
        table.range_from = view.row_of(first, -1)
        if not view.lines:
            self.say(_("No reports yet. Press i and paste one."))

    def _show_rows(self, cursor: int) -> None:
        table = self.table

        def row(number: int, width: int) -> ListRow:
            return self.view.row(number, width, is_current=number == table.cursor)

        table.show(len(self.view.entries), row, cursor)
        table.marked = self.view.marked_rows()
        self._paint_title()

    def _paint_title(self) -> None:
        project = self.app.project
        self.show_title(self.view.title(self.app.user.id), project.settings.name or project.root.name)

    # Keys

    def on_line_list_moved(self) -> None:
        """Keep the cursor where the person put it, from the first move on."""
        self._is_cursor_moved = self.view.all_read

    def on_line_list_chosen(self) -> None:
        self.open_entry()

    def open_entry(self) -> None:
        """Open the entry under the cursor."""
        entry = self.view.entry(self.table.cursor)
        if entry is not None:
            self.app.show(*target(entry, mode_of_reports(self.app.user, self.app.clock())))

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:
        entry = self.view.entry(self.table.cursor)
        folder = "articles" if mode == "story" else "reports"
        if entry is None or entry.place.folder != folder:
            return None, ""
        return entry.place, target(entry).unit

    def _filter(self) -> Dialogue[None]:
        hint = _("Parts of names, languages, people or marks. Empty: all.")
        text = yield from ask(_("Which lines?"), hint, text=self.view.filter, allow_empty=True)
        if text is not None:
            self.view.filter = text
            self._show_entries()

    def sort(self) -> None:
        """Sort in the next way."""
        name = self.view.sort_next()
        self._show_entries()
        self.say(_("Sorted by {what}.").format(what=name))

    def mark_line(self) -> None:
        if self.view.toggle_mark(self.table.cursor):
            self.table.toggle_mark()
        else:
            self.say(_("Reports and stories are marked, further below; this line is work that waits."), refused=True)

    def mark_range(self) -> None:
        if self.table.mark_range() < 0:
            self.say(_("A range begins here: go to its other end, and press the same key."))
            return
        self.view.mark(self.table.marked)
        self.table.marked = self.view.marked_rows()
        self.say(count("{n} is marked.", "{n} are marked.", len(self.view.marked)))

    # Changes

    def _change(self, dialogue: Dialogue[reports.WorkDone]) -> None:
        """Run a dialogue that changes catalogs, and read them; the cursor goes to a new one."""

        def show(done: reports.WorkDone) -> None:
            if done.words:
                self.view.marked = set()
                self.say(done.words)
                self._reading.read_changes()
            if done.place is not None:
                self._is_cursor_moved = True
                self._show_rows(self.view.reveal(done.place))

        self._dialogues.run(dialogue, show)

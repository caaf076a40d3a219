"""Queue mode: waiting work, and every report and story with people, deadline and progress.

Invariant: old rows stay until they are read again, in a thread; the cursor stays on its entry.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.message import Message

from transflow.actions import Actor
from transflow.actions.project.overview import OverviewRow, overview
from transflow.actions.reports.queue import Waiting, queue
from transflow.errors import TransflowError
from transflow.presenters.dialogues import reports
from transflow.presenters.dialogues.requests import Dialogue, ask
from transflow.presenters.i18n import _, count
from transflow.presenters.queue_view import QueueView, mode_of_reports, target
from transflow.project import CatalogRef
from transflow.tui import keymap
from transflow.tui.screens.dialogue_runner import DialogueRunner
from transflow.tui.screens.mode import Commands, Mode
from transflow.tui.widgets.line_list import LineList

_CHUNK = 200
"""Number of catalogs to read between two updates of the list."""


class QueueList(LineList):
    """List of the Queue, with its keys."""

    BINDINGS = keymap.bindings("queue.list", target="screen")


class QueueScreen(Mode):
    """Screen of the Queue."""

    NAME = "queue"

    class Read(Message):
        """Catalogs that were read, or the work that waits for the user."""

        def __init__(self, lines: Sequence[OverviewRow], waiting: Sequence[Waiting] | None, run: int) -> None:
            super().__init__()
            self.lines, self.waiting, self.run = lines, waiting, run

    def __init__(self) -> None:
        super().__init__()
        self.view = QueueView(self.app.project.settings, self.format_time)
        self._dialogues = DialogueRunner(self)
        self._read_number = 0
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
                reports.assign(self._selected_reports(), self.app.project.settings, self.app.clock())
            ),
            "compose": lambda: self._change(reports.compose(self._selected_reports())),
            "add_report": lambda: self._change(reports.add_report(self.app.actor().now[:10])),
            "reload": self.reload,
        }

    def on_mount(self) -> None:
        self.say("")
        self.table.focus()

    def on_resize(self) -> None:
        self._paint_title()
        self.show_keys("queue.list")

    # Reading

    def open(self, place: CatalogRef | None, unit: str) -> None:  # noqa: ARG002 - it has no place
        self.reload()

    def reload(self) -> None:
        """Read everything in a thread; old rows stay until they are read again."""
        self._read_number += 1
        run = self._read_number
        actor = self.app.actor()
        if not self.view.lines:
            self.view.lines = {place: OverviewRow(place) for place in actor.project.all_catalogs()}
            self._show_entries()
        self.run_worker(lambda: self._read(actor, run), thread=True, group="read", exclusive=True)

    def _read(self, actor: Actor, run: int) -> None:
        """Read all catalogs, and post them in chunks. Called in a thread."""
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

    def on_queue_screen_read(self, message: Read) -> None:
        message.stop()
        if message.run != self._read_number:
            return
        for line in message.lines:
            self.view.lines[line.place] = line
        if message.waiting is not None:
            self.view.waiting, self.view.all_read = message.waiting, True
        self._show_entries()

    # Rendering

    def _show_entries(self) -> None:
        """Arrange the rows again, with the cursor on the same entry."""
        view, entry = self.view, self.view.entry(self.table.cursor)
        view.arrange()
        self.table.show(len(view.entries), view.row, view.row_of(entry) if self._is_cursor_moved else 0)
        self.table.marked = view.marked_rows()
        self._paint_title()
        if not view.lines:
            self.say(_("No reports yet. Press i and paste one."))

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

    def mark_range(self) -> None:
        if self.table.mark_range() < 0:
            self.say(_("A range begins here: go to its other end, and press the same key."))
            return
        self.view.mark(self.table.marked)
        self.table.marked = self.view.marked_rows()
        self.say(count("{n} is marked.", "{n} are marked.", len(self.view.marked)))

    # Changes

    def _selected_reports(self) -> list[CatalogRef]:
        """Return the marked reports in list order; without marks, the one under the cursor."""
        return self.view.selected_reports(self.table.cursor)

    def _change(self, dialogue: Dialogue[str]) -> None:
        """Run a dialogue that changes reports, and read everything again."""

        def show(words: str) -> None:
            if words:
                self.view.marked = set()
                self.say(words)
                self.reload()

        self._dialogues.run(dialogue, show)

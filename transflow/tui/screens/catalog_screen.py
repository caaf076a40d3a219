"""Mode over one catalog: it opens catalogs, and passes keys and messages on to the open one.

Invariant: without an open catalog the screen is in another state, `NothingOpen`, in which keys of
the catalog do nothing.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Protocol

from transflow.actions import Actor
from transflow.model.catalog import Catalog
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.headlines import title
from transflow.presenters.i18n import _, count
from transflow.project import CatalogRef
from transflow.tui import keymap
from transflow.tui.screens.file_watch import Stamp
from transflow.tui.screens.mode import Commands, Mode
from transflow.tui.screens.step_queue import EditorInput
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.line_list import LineList


class Opened(Protocol):
    """State of a screen: an open catalog, or none."""

    @property
    def commands(self) -> Commands:
        """Commands that are available, by the name of the action of their key."""
        ...

    @property
    def place(self) -> CatalogRef | None:
        """Catalog that is open."""
        ...

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:
        """Return the catalog and unit to show in another mode; (None, "") for its last one."""
        ...

    def show(self, unit: str) -> None:
        """Display a unit given by id or number; without one, the first wanted unit."""
        ...

    def close(self) -> None:
        """Called before another catalog is opened."""
        ...

    def check_for_changes(self) -> None:
        """Read the file again if somebody changed it."""
        ...

    def resized(self) -> None:
        """Render what depends on the size."""
        ...

    def cursor_moved(self) -> None:
        """Display the unit under the cursor."""
        ...

    def chosen(self) -> None:
        """Write the text of the row that was clicked."""
        ...

    def typed(self, unit_id: str, text: str) -> None:
        """Save an edited text as a draft."""
        ...


class NothingOpen:
    """State of a screen without an open catalog."""

    def __init__(self) -> None:
        self.commands: Commands = {}
        self.place: CatalogRef | None = None

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:  # noqa: ARG002 - there is none
        return None, ""

    def show(self, unit: str) -> None:
        pass

    def close(self) -> None:
        pass

    def check_for_changes(self) -> None:
        pass

    def resized(self) -> None:
        pass

    def cursor_moved(self) -> None:
        pass

    def chosen(self) -> None:
        pass

    def typed(self, unit_id: str, text: str) -> None:
        pass


class CatalogScreen(Mode):
    """Base of the modes over one catalog.

    A subclass has a `LineList` with the id `units` and an `Editor` with the id `text` that reports
    to `text_typed`, and returns the state for a catalog from `opened_state`.
    """

    FOLDER: ClassVar[str] = "reports"
    """Folder of the catalogs that it opens: reports or articles."""

    def __init__(self) -> None:
        super().__init__()
        self.state: Opened = NothingOpen()
        self._is_reading = False

    def opened_state(self, view: CatalogView, stamp: Stamp) -> Opened:
        """Return the state for a catalog, before its first unit is displayed."""
        raise NotImplementedError

    @property
    def commands(self) -> Commands:
        return {**super().commands, **self.state.commands}

    @property
    def lines(self) -> LineList:
        return self.query_one("#units", LineList)

    @property
    def editor(self) -> Editor:
        return self.query_one("#text", Editor)

    def on_mount(self) -> None:
        self.say("")
        self.steps.input = EditorInput(self.editor)
        self.set_interval(1.0, self.check_for_changes)

    def check_for_changes(self) -> None:
        self.state.check_for_changes()

    def key_scopes(self) -> tuple[str, ...]:
        return (self.NAME, f"{self.NAME}.list", "text", "app")

    # Opening

    def open(self, place: CatalogRef | None, unit: str) -> None:
        if place is None and self._is_reading:  # Textual resumes a new screen twice
            return
        if self.state.place is not None and place in (None, self.state.place):
            self.app.presence.enter(self.state.place)
            self.check_for_changes()
            if place is not None:
                self.state.show(unit)
        elif place is None or place.folder != self.FOLDER:
            self.app.call_later(
                self.app.show_queue, _("Nothing is open there yet: choose a line here, and press Enter.")
            )
        else:
            self._is_reading = True
            # Not on the message line: its appearance would move the list down and up again
            self.show_title(_("Reading {name} …").format(name=title(place)))
            self.perform_action(
                partial(_read_catalog, place), then=partial(self._opened, place, unit), failed=self.not_opened
            )

    def not_opened(self, error: Exception) -> None:
        """Display why a catalog was not opened."""
        self._is_reading = False
        self.refuse(error)

    def _opened(self, place: CatalogRef, unit: str, read: tuple[Stamp, Catalog]) -> None:
        """Display a catalog that was read, after the step in progress."""

        def show() -> None:
            self._show_opened(place, unit, *read)
            self.steps.finish()

        if self.steps.is_busy:
            self.steps.enqueue(show)
        else:
            self._show_opened(place, unit, *read)

    def _show_opened(self, place: CatalogRef, unit: str, stamp: Stamp, catalog: Catalog) -> None:
        self._is_reading = False
        self.app.presence.enter(place)
        self.state.close()
        self.say("")
        self.editor.forget_histories()
        self.lines.focus()
        self.state = self.opened_state(CatalogView(place, catalog, self.app.journal, self.app.user.id), stamp)
        self.state.show(unit)
        if drafts := len(self.app.journal.drafts_of(place.path)):
            self.say(count("{n} text of yours is not saved yet: ✎", "{n} texts of yours are not saved yet: ✎", drafts))

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:
        return self.state.position_for(mode)

    # Messages of widgets

    def text_typed(self, unit_id: str, text: str) -> None:
        """Called by the editor on every edit."""
        self.state.typed(unit_id, text)

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        if event.lines is self.lines:
            self.state.cursor_moved()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        if event.lines is self.lines:
            self.state.chosen()

    def on_editor_entered(self) -> None:
        words = _("{key}: the paragraph is done.") if self.FOLDER == "articles" else _("{key}: the sentence is done.")
        self.say(words.format(key=keymap.key_label(self.app.keys, f"{self.NAME}.confirm")))

    def on_resize(self) -> None:
        self.state.resized()
        self.on_descendant_focus()

    def on_descendant_focus(self) -> None:
        writing = self.editor.has_focus
        self.set_class(writing, "-writing")
        self.show_keys(self.NAME if writing else f"{self.NAME}.list")
        back, edit = (
            keymap.key_label(self.app.keys, f"{self.NAME}.back"),
            keymap.key_label(self.app.keys, f"{self.NAME}.list.edit"),
        )
        self.editor.show_frame(
            _("WRITING: letters are text · {key}: list").format(key=back),
            _("Letters are commands · {key}: write").format(key=edit),
        )


def _read_catalog(place: CatalogRef, actor: Actor) -> tuple[Stamp, Catalog]:
    """Return the catalog, and the stamp of its file.

    The stamp is taken first, so that a change while the file is read is noticed later.
    """
    return actor.project.stamp(place), actor.project.load(place)

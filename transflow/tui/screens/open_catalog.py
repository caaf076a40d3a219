"""State of a screen with an open catalog.

Invariant: what belongs to the open catalog ends with it; another catalog gets another state.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial

from rich.text import Text

from transflow.actions.checks.explain import explain_units
from transflow.actions.judges.found import Findings
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.annotating import comment
from transflow.presenters.dialogues.requests import Dialogue
from transflow.presenters.explained import lines
from transflow.presenters.headlines import quoted, title
from transflow.presenters.i18n import _, say
from transflow.presenters.mode_rules import ModeRules
from transflow.presenters.unit_history import unit_history
from transflow.project import CatalogRef
from transflow.tui.dialogs import Tell
from transflow.tui.screens.changes import CatalogChanges
from transflow.tui.screens.editing import Editing
from transflow.tui.screens.file_watch import FileWatch, Stamp
from transflow.tui.screens.finding import Finding
from transflow.tui.screens.mode import Mode
from transflow.tui.screens.sheet import Sheet
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.line_list import LineList
from transflow.units.workflow import unwaived


class OpenCatalog:
    """Open catalog with its parts: list and cursor, editor, changes, and the watch over its file.

    `paint` renders everything about a unit, except its text. A mode adds its own `commands`, and
    what it does besides on a resize, on a look at the file, and before a unit is displayed.
    """

    def __init__(
        self,
        screen: Mode,
        widgets: tuple[LineList, Editor],
        view: CatalogView,
        stamp: Stamp,
        rules: ModeRules,
        paint: Callable[[Unit], None],
    ) -> None:
        lines, editor = widgets
        self.screen, self.view = screen, view
        self.sheet = Sheet(screen, lines, view, rules, paint)
        self.changes = CatalogChanges(self.sheet, editor)
        self.editing = Editing(self.sheet, editor, self.changes.dialogues)
        self.sheet.show_text = self.editing.show_text
        self.watch = FileWatch(self.sheet, stamp, self.editing.file_changed)
        self._finding = Finding(self.sheet, editor, self.changes.dialogues)
        self.show_all = partial(self._finding.filter_by, "")
        """Displays all units again."""
        self.show_mine = self._finding.toggle_mine
        screen.call_after_refresh(self.sheet.read_on)
        self.commands: dict[str, Callable[..., object]] = {
            **self.sheet.commands,
            **self.editing.commands,
            **self._finding.commands,
            "comment": self.on_unit(lambda unit: comment(view, unit, screen.app.project.settings, screen.app.user.id)),
            "history": self.sheet.on_unit(self._show_history),
        }
        self.find_unit: Callable[[str], str] = str
        """Returns the unit to display for a requested one."""
        self.position: Callable[[str], tuple[CatalogRef | None, str]] = self._same_position
        """Returns the catalog and unit to show in another mode."""
        self.when_resized: Callable[[], None] = lambda: None
        self.when_looked: Callable[[FileWatch], None] = lambda _watch: None
        """Called after each look at the file."""

    def run(self, dialogue: Dialogue[None]) -> None:
        self.changes.dialogues.run(dialogue)

    def on_unit(self, dialogue: Callable[[Unit], Dialogue[None]]) -> Callable[[], None]:
        """Return a command that runs a dialogue about the unit under the cursor."""
        return self.sheet.on_unit(lambda unit: self.run(dialogue(unit)))

    def on_selection(self, dialogue: Callable[[list[Unit]], Dialogue[None]]) -> Callable[[], None]:
        """Return a command that runs a dialogue about the selected units."""
        return self.sheet.on_selection(lambda units: self.run(dialogue(units)))

    def on_catalog(self, dialogue: Callable[[], Dialogue[None]]) -> Callable[[], None]:
        """Return a command that runs a dialogue about the whole catalog."""
        return lambda: self.run(dialogue())

    def _show_history(self, unit: Unit) -> None:
        place, screen = self.view.place, self.screen
        locale = place.locale if len(screen.app.project.settings.locales) > 1 else ""
        words = f"{title(place)} · {self.view.number(unit.id)}"
        shown = screen.formats.unit(unit)
        screen.app.push_screen(Tell(words, unit_history(shown, screen.format_time, screen.person_name, locale)))

    def explain(self, unit: Unit) -> None:
        """Show what the checks read in the text that is displayed, also before it is saved."""
        typed = self.editing.editor.text.strip() if self.editing.editor.unit_id == unit.id else unit.target
        project, place = self.screen.app.project, self.view.place
        explained = explain_units(project, place, self.view.catalog, [unit.id], typed)
        with closing(Findings(project)) as findings:
            judged = unwaived(unit, findings.issues(place, unit.replace(target=typed)))
        text = Text("\n").join(Text(say(line)) for each in explained for line in lines(each, judged))
        ref = f"{quoted(title(self.view.place))} {self.view.number(unit.id)}"
        words = _("What the checks read: {ref}").format(ref=ref)
        self.screen.app.push_screen(Tell(words, text if text else Text(_("There is no translation yet."))))

    def _same_position(self, mode: str) -> tuple[CatalogRef | None, str]:
        return (self.view.place, self.sheet.current) if mode in ("review", "translate", "story") else (None, "")

    # State of the screen

    @property
    def place(self) -> CatalogRef | None:
        return self.view.place

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:
        return self.position(mode)

    def show(self, unit: str) -> None:
        sheet, view = self.sheet, self.view
        sheet.go_to(self.find_unit(unit))
        sheet.paint_title()
        if not unit and not any(sheet.rules.is_wanted(view, index) for index in range(len(view.units))):
            sheet.say_end()

    def close(self) -> None:
        self.sheet.is_open = False

    def check_for_changes(self) -> None:
        self.watch.check()
        self.when_looked(self.watch)

    def resized(self) -> None:
        self.sheet.paint_title()
        self.when_resized()

    def cursor_moved(self) -> None:
        self.sheet.cursor_moved()

    def chosen(self) -> None:
        self.editing.edit()

    def typed(self, unit_id: str, text: str) -> None:
        self.editing.typed(unit_id, text)

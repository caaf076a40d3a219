"""Menu of the commands of a list, for use while letters are text: a letter runs its command.

Invariant: the menu shows the keys in force, and each of them does what it does in the list.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding

from transflow.presenters.i18n import _
from transflow.presenters.list_rows import ListRow
from transflow.tui import keymap
from transflow.tui.dialogs import Dialog
from transflow.tui.keys import Key
from transflow.tui.widgets.line_list import LineList

_HIDDEN = frozenset({"help", "mark_line", "mark_range", "list_next", "list_previous", "edit"})
"""Actions that make sense in the list only."""
_KEY_CELLS = 8


class CommandMenu(Dialog[Key | None]):
    """Menu of the keys of a scope; the answer is the chosen one."""

    DEFAULT_CSS = """
    CommandMenu LineList { height: auto; max-height: 70vh; }
    """
    BINDINGS = [Binding("enter", "choose", show=False, priority=True)]  # noqa: RUF012 - Textual's own declaration

    def __init__(self, overrides: Mapping[str, str], scope: str) -> None:
        super().__init__(_("Which command?"), "", _("Its letter · ↑ ↓ Enter · Esc: leave it"))
        keys = [(value, key) for value, key in keymap.active_keys(overrides, scope)]
        self._entries = [(value, key) for value, key in keys if key.action.partition("(")[0] not in _HIDDEN]
        for number, (value, _key) in enumerate(self._entries):
            self._bindings.bind(keymap.with_hangul(value), f"choose({number})", show=False, priority=True)

    def answer_widgets(self) -> ComposeResult:
        yield LineList()

    def on_mount(self) -> None:
        lines = self.query_one(LineList)
        lines.styles.height = len(self._entries)
        lines.show(len(self._entries), self._row, 0)

    def _row(self, number: int, width: int) -> ListRow:  # noqa: ARG002 - the signature of LineList
        value, key = self._entries[number]
        label = keymap.key_labels(value)
        return ListRow([(label + " " * max(1, _KEY_CELLS - cell_len(label)), "strong"), (_(key.description), "")])

    def action_choose(self, number: int | None = None) -> None:
        self.dismiss(self._entries[self.query_one(LineList).cursor if number is None else number][1])

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        self.dismiss(self._entries[event.row][1])

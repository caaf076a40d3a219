"""Question at which words the texts of a unit are split."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from transflow.presenters.i18n import _
from transflow.presenters.split_points import SplitPoint, word_starts
from transflow.tui.controls import visible_text
from transflow.tui.dialogs import Dialog


class SplitAt(Dialog[tuple[int, int] | None]):
    """Question at which words two texts are split.

    The answer is the offset of the second half in source and target; the length of the target, or 0
    without one, if it is not split.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("left", "move(-1)", show=False, priority=True),
        Binding("right", "move(1)", show=False, priority=True),
        Binding("home", "to_end(-1)", show=False, priority=True),
        Binding("end", "to_end(1)", show=False, priority=True),
        Binding("tab,up,down", "other", show=False, priority=True),
        Binding("enter", "agree", show=False, priority=True),
    ]

    def __init__(self, source: str, target: str, at: SplitPoint) -> None:
        """Create the question, with both texts split at first as `at` says."""
        super().__init__(
            _("Where is it split?"),
            "",
            _("← → Home End: word by word · Tab: the other text · Enter: split · Esc: leave it"),
        )
        self._texts = (source, target)
        # The end of the target is a place too: then it stays whole, on the left
        self._offsets = (word_starts(source), [*word_starts(target), *([len(target)] if target else [])])
        self._positions = [
            offsets.index(offset) if offset in offsets else len(offsets) - 1
            for offsets, offset in zip(self._offsets, at, strict=True)
        ]
        self._side = 0

    def answer_widgets(self) -> ComposeResult:
        yield Static(id="halves")

    def on_mount(self) -> None:
        self._paint()

    def _offset(self, side: int) -> int:
        return self._offsets[side][self._positions[side]] if self._offsets[side] else 0

    def _paint(self) -> None:
        text = Text()
        for side, full_text in enumerate(self._texts):
            offset = self._offset(side)
            sign = "▶ " if side == self._side else "  "
            text.append(("\n" if side else "") + sign, "bold").append(
                full_text[:offset].rstrip() if offset else full_text
            )
            text.append("  ⏐  ", "bold reverse" if side == self._side else "bold").append(
                full_text[offset:] if 0 < offset < len(full_text) else "–"
            ).append("\n")
        self.query_one("#halves", Static).update(visible_text(text))

    def action_move(self, by: int) -> None:
        last = len(self._offsets[self._side]) - 1
        self._positions[self._side] = min(max(self._positions[self._side] + by, 0), max(last, 0))
        self._paint()

    def action_to_end(self, direction: int) -> None:
        """Go to the first or the last place."""
        self.action_move(direction * len(self._texts[self._side]))

    def action_other(self) -> None:
        if self._texts[1]:
            self._side = 1 - self._side
            self._paint()

    def action_agree(self) -> None:
        if self._offsets[0]:
            self.dismiss((self._offset(0), self._offset(1)))

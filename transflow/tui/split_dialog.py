"""Question at which words the texts of a unit are split."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from transflow.presenters.i18n import _
from transflow.tui.controls import visible_text
from transflow.tui.dialogs import Dialog


class SplitAt(Dialog[tuple[int, int] | None]):
    """Question at which words two texts are split.

    The answer is the offset of the second half in source and target; 0 if the target is not split.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("tab,up,down", "other", show=False),
        Binding("enter", "agree", show=False),
    ]

    def __init__(self, source: str, target: str, target_at: int) -> None:
        super().__init__(
            _("Where is it split?"), "", _("← →: word by word · Tab: the other text · Enter: split · Esc: leave it")
        )
        self._texts = (source, target)
        offsets = [_word_starts(text) for text in self._texts]
        self._word_offsets = offsets
        nearest = min(range(len(offsets[1])), key=lambda i: abs(offsets[1][i] - target_at), default=0)
        share = offsets[1][nearest] / len(target) if offsets[1] else 0.5
        source_offset = share * len(source)
        self._positions = [
            min(range(len(offsets[0])), key=lambda i: abs(offsets[0][i] - source_offset), default=0),
            nearest,
        ]
        self._side = 0

    def answer_widgets(self) -> ComposeResult:
        yield Static(id="halves")

    def on_mount(self) -> None:
        self._paint()

    def _offset(self, side: int) -> int:
        return self._word_offsets[side][self._positions[side]] if self._word_offsets[side] else 0

    def _paint(self) -> None:
        text = Text()
        for side, full_text in enumerate(self._texts):
            offset = self._offset(side)
            sign = "▶ " if side == self._side else "  "
            text.append(("\n" if side else "") + sign, "bold").append(
                full_text[:offset].rstrip() if offset else full_text
            )
            text.append("  ⏐  ", "bold reverse" if side == self._side else "bold").append(
                full_text[offset:] if offset else "–"
            ).append("\n")
        self.query_one("#halves", Static).update(visible_text(text))

    def action_move(self, by: int) -> None:
        last = len(self._word_offsets[self._side]) - 1
        self._positions[self._side] = min(max(self._positions[self._side] + by, 0), max(last, 0))
        self._paint()

    def action_other(self) -> None:
        if self._texts[1]:
            self._side = 1 - self._side
            self._paint()

    def action_agree(self) -> None:
        if self._word_offsets[0]:
            self.dismiss((self._offset(0), self._offset(1)))


def _word_starts(text: str) -> list[int]:
    """Return the offsets of every word but the first, where a second half may begin."""
    return [i for i in range(1, len(text)) if text[i - 1].isspace() and not text[i].isspace()]

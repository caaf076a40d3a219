"""Tables of HTML: their cells while they are read, and whether they are tables for readers.

Many pages and mails are laid out by tables; what is in those is text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_WIDEST = 50
"""Columns that a cell may span."""
_LONG = 400
"""Characters of a cell above which a table is for the layout."""


class Cell(NamedTuple):
    """A cell: the first of its blocks, and the one behind its last."""

    start: int
    end: int
    is_head: bool = False
    is_filler: bool = False
    """True for the place of a cell that spans several."""


_FILLER = Cell(0, 0, is_filler=True)


@dataclass(slots=True)
class HtmlTable:
    """A table that is being read; `start` is the first of its blocks."""

    start: int
    role: str = ""
    lines: list[list[Cell]] = field(default_factory=list)
    _below: dict[int, int] = field(default_factory=dict)
    """Column -> further rows that a cell above spans."""
    _is_open: bool = False
    _after: tuple[int, int] = (1, 1)

    def begin_row(self) -> None:
        self.lines.append([])
        self._fill()

    def begin_cell(self, start: int, *, is_head: bool, spans: tuple[str, str]) -> None:
        if not self.lines:
            self.begin_row()
        self.lines[-1].append(Cell(start, start, is_head))
        self._after, self._is_open = (_number(spans[0]), _number(spans[1])), True

    def end_cell(self, end: int) -> None:
        if not self._is_open:
            return
        self._is_open = False
        row = self.lines[-1]
        row[-1] = row[-1]._replace(end=end)
        columns, rows = self._after
        for column in range(len(row) - 1, len(row) - 1 + columns):
            if rows > 1:
                self._below[column] = rows - 1
        row += [_FILLER] * (columns - 1)
        self._fill()

    def _fill(self) -> None:
        """Add the places of cells that span rows from above."""
        row = self.lines[-1]
        while self._below.get(len(row), 0):
            self._below[len(row)] -= 1
            row.append(_FILLER)

    @property
    def heads(self) -> int:
        """The number of rows at the beginning that are a header."""
        rows = [row for row in self.lines if row]
        count = 0
        while count < len(rows) and all(cell.is_head for cell in rows[count] if not cell.is_filler):
            count += 1
        return min(count, 1) if count < len(rows) else 0

    def rows(self, blocks: Sequence[Any]) -> list[list[Cell]] | None:
        """Return the rows of a table for readers; None for one that is for the layout."""
        rows = [row for row in self.lines if any(cell.end > cell.start for cell in row)]
        if self.role in ("presentation", "none") or len(rows) < 2 or max(map(len, rows)) < 2:
            return None
        cells = [cell for row in rows for cell in row]
        is_layout = any(sum(len(each.text) for each in blocks[cell.start : cell.end]) > _LONG for cell in cells)
        return None if is_layout else rows


def _number(value: str) -> int:
    return min(int(value), _WIDEST) if value.strip().isdecimal() and value.strip().isascii() and int(value) else 1

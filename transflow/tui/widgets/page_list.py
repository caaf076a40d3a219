"""List whose rows are paragraphs of several lines: a page with a cursor on whole paragraphs.

Invariant: only visible lines are rendered; a paragraph is wrapped again only when it or the width
changed. Lines around paragraphs (byline, credits) are displayed and cannot be selected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from transflow.presenters.list_rows import ListRow, PageRow, Piece
from transflow.tui.widgets.line_list import LineList


class PageList(LineList):
    """List of paragraphs. `block` returns the lines of a row for a width, and is set before `show`.

    Rows are numbered as in `LineList`, and none is a heading.
    """

    DEFAULT_CSS = """
    PageList { scrollbar-gutter: stable; }
    PageList .line-list--cursor { background: $panel; color: $foreground; text-style: none; }
    PageList .line-list--cursor-away { background: $surface; color: $foreground; text-style: none; }
    PageList .line-list--bar { color: $accent; }
    PageList:ansi .line-list--cursor { background: ansi_default; color: ansi_default; text-style: bold; }
    PageList:ansi .line-list--cursor-away { text-style: none; }
    """
    COMPONENT_CLASSES = {"line-list--bar"}  # noqa: RUF012 - Textual reads a plain set

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.block: Callable[[int, int], PageRow] = lambda row, width: PageRow(())  # noqa: ARG005
        self._blocks: list[PageRow | None] = []
        self._lines_width = 0
        """Width for which the lines were made."""
        self._first_lines: list[int] = []
        """First line under the cursor, for each row."""
        self._lines: list[tuple[int, bool, Sequence[Piece]]] = []
        """(row, True if the cursor covers the line, pieces) of each line."""

    # Rendering

    def show(self, count: int, row: Callable[[int, int], ListRow], cursor: int = -1) -> None:
        self._blocks = [None] * count
        self._count = count
        self._lay_out_rows()
        super().show(count, row, cursor)

    def height_of_rows(self) -> int:
        return len(self._lines)

    def repaint(self, *rows: int) -> None:
        """Render paragraphs again that changed; all if none is given.

        If the number of lines stays the same, nothing else is rendered: paragraphs are typed into,
        over ssh too. A cursor that was in view stays in view if lines are inserted above it (a
        byline that was loaded later).
        """
        before, was_in_view = len(self._lines), self._is_in_view(self.cursor)
        for row in rows or range(len(self._blocks)):
            if 0 <= row < len(self._blocks):
                self._blocks[row] = None
        self._lay_out_rows()
        if rows and len(self._lines) == before:
            for row in rows:
                self._refresh_row(row)
            return
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()
        if was_in_view:
            self._scroll_into_view(self.cursor)

    def _lay_out_rows(self) -> None:
        width = self.line_width
        self._first_lines, self._lines, self._lines_width = [], [], width
        if width <= 0:
            return
        for row, cached in enumerate(self._blocks):
            block = cached if cached is not None else self.block(row, width)
            self._blocks[row] = block
            self._lines += [(row, False, line) for line in block.above]
            self._first_lines.append(len(self._lines))
            self._lines += [(row, True, line) for line in block.lines]
            self._lines += [(row, False, line) for line in block.below]

    def render_line(self, y: int) -> Strip:
        number, width = y + self.scroll_offset.y, self.line_width
        if width != self._lines_width:  # the scroll bar appeared or disappeared
            self._blocks = [None] * self._count
            self._lay_out_rows()
            self.call_later(self.repaint)
        if number >= len(self._lines) or width <= 0:
            return Strip.blank(width, self.rich_style)
        row, covered, pieces = self._lines[number]
        if not covered:
            return self.render_pieces([("  ", ""), *pieces], width)
        is_here = row == self.cursor
        sign = "▌" if is_here else "*" if row in self.marked else " "
        style = self._row_style(row)
        bar = Segment(
            f"{sign} ", self.rich_style + style + self.get_component_rich_style("line-list--bar", partial=True)
        )
        return Strip([bar, *self.render_pieces(pieces, width - 2, style)], width)

    # Moving

    def _selectable(self, row: int, direction: int) -> int:  # noqa: ARG002 - every paragraph can be chosen
        return row if 0 <= row < self._count else -1

    def _refresh_row(self, row: int) -> None:
        if 0 <= row < len(self._first_lines):
            block = self._blocks[row]
            top = self._first_lines[row] - self.scroll_offset.y
            self.refresh(Region(0, top, self.line_width, len(block.lines) if block else 1))

    def _is_in_view(self, row: int) -> bool:
        """Return whether any line of a row is visible."""
        block = self._blocks[row] if 0 <= row < len(self._first_lines) else None
        top = self._first_lines[row] - self.scroll_offset.y if block is not None else 0
        return block is not None and top < self.size.height and top + len(block.lines) > 0

    def _scroll_into_view(self, row: int) -> None:
        block = self._blocks[row] if row < len(self._first_lines) else None
        if block is not None and self.size.height:
            top = self._first_lines[row]
            above = len(block.above) if row == 0 else 1
            below = len(block.below) if row == self._count - 1 else 1
            region = Region(0, max(top - above, 0), 1, len(block.lines) + above + below)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        self.repaint()
        super().on_resize()

    def action_page(self, by: int) -> None:
        """Move by the height of the screen, to the nearest paragraph."""
        if self._first_lines:
            target_line = self._first_lines[self.cursor] + by * max(1, self.size.height - 2)
            rows = range(self._count)
            row = min(rows, key=lambda each: abs(self._first_lines[each] - target_line))
            self.move_to(row if row != self.cursor else row + by, by)

    def on_click(self, event: events.Click) -> None:
        number = event.y + self.scroll_offset.y
        if number < len(self._lines):
            self.choose(self._lines[number][0])

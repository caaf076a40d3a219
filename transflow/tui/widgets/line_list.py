"""Virtual list that renders only the visible lines: ten thousand rows cost as much as thirty.

Invariant: a row is one line. Moving the cursor renders the two rows that change, without a new
layout. The cursor is always on a row that can be selected, or at -1 in a list without one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from transflow.presenters.cells import fitted
from transflow.presenters.list_rows import ListRow, Piece
from transflow.tui import hangul
from transflow.tui.widgets.cached import LineCache

NO_STYLE = Style.null()

_CACHE_SIZE = 500
"""Number of rendered lines in the cache."""


def _with_sign_of_cut(last: Segment) -> Segment:
    """Return the last segment of a full line after which something was left out."""
    return Segment(fitted(last.text + "  ", last.cell_length, fill=True).text, last.style)


class LineList(ScrollView, can_focus=True):
    """Virtual list. `show` sets the number of rows and the function that returns a row."""

    LOOKS = ("cursor", "cursor-away", "marked", "heading", "faint", "strong", "good", "bad", "look")
    COMPONENT_CLASSES = {f"line-list--{look}" for look in LOOKS}  # noqa: RUF012 - Textual reads a plain set
    DEFAULT_CSS = """
    LineList { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; background: $background; }
    LineList .line-list--cursor { background: $primary; color: $background; text-style: bold; }
    LineList .line-list--cursor-away { background: $panel; text-style: bold; }
    LineList .line-list--marked { text-style: bold; color: $accent; }
    LineList .line-list--heading { color: $secondary; text-style: bold; }
    LineList .line-list--faint { color: $foreground 60%; }
    LineList .line-list--strong { text-style: bold; }
    LineList .line-list--good { color: $text-success; }
    LineList .line-list--bad { color: $text-error; }
    LineList .line-list--look { color: $text-warning; }
    LineList:ansi .line-list--cursor { background: ansi_blue; color: ansi_bright_white; text-style: bold reverse; }
    LineList:ansi .line-list--cursor-away { text-style: bold underline; }
    """
    BINDINGS = [  # noqa: RUF012 - Textual reads a plain list
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("home", "to_end(-1)", show=False, priority=True),
        Binding("end", "to_end(1)", show=False, priority=True),
    ]

    cursor: reactive[int] = reactive(-1, repaint=False)

    class Moved(Message):
        """Message that the cursor is on another row."""

        def __init__(self, lines: LineList, row: int) -> None:
            super().__init__()
            self.lines, self.row = lines, row

        @property
        def control(self) -> LineList:
            return self.lines

    class Chosen(Moved):
        """Message that the row under the cursor was clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        self._kept_lines = LineCache()
        super().__init__(id=id)
        self._row: Callable[[int, int], ListRow] = lambda row, width: ListRow(())  # noqa: ARG005
        self._count = 0
        self._styles: dict[str, Style] = {}
        """Look -> style, for the rendering in progress."""
        self._strip_cache: dict[tuple[int, int, bool], Strip] = {}
        """Cache of rendered lines by row, width and mark: scrolling displays most of them again."""
        self.marked: set[int] = set()
        self.range_from = -1
        """Row where a range begins; -1 if none was begun."""

    def show(self, count: int, row: Callable[[int, int], ListRow], cursor: int = -1) -> None:
        """Display other rows.

        `row` takes the number of a row and the width, and returns the `ListRow`.
        """
        self._count, self._row = count, row
        self._strip_cache.clear()
        self.marked, self.range_from = set(), -1
        self.virtual_size = Size(0, self.height_of_rows())
        first_selectable = self._selectable(max(cursor, 0), 1)
        self.set_reactive(LineList.cursor, -1)
        self.cursor = first_selectable if first_selectable >= 0 else self._selectable(count - 1, -1)
        self.refresh()

    def height_of_rows(self) -> int:
        """Return the height of all rows, in lines."""
        return self._count

    @property
    def line_width(self) -> int:
        """Width of a line in cells, without the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def count(self) -> int:
        return self._count

    def repaint(self, *rows: int) -> None:
        """Render rows again whose content changed; all rows if none is given."""
        if not rows:
            self._strip_cache.clear()
            self.refresh()
        for row in rows:
            self._forget_row(row)
            self.refresh_line(row)

    def _forget_row(self, row: int) -> None:
        for key in [key for key in self._strip_cache if key[0] == row]:
            del self._strip_cache[key]

    def notify_style_update(self) -> None:
        self._kept_lines.forget()
        self._strip_cache.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        width = self.line_width
        if number >= self._count or width <= 0:
            return Strip.blank(width, self.rich_style)
        if number == self.cursor:
            return self._render_row(number, width)
        key = (number, width, number in self.marked)
        if key not in self._strip_cache:
            if len(self._strip_cache) >= _CACHE_SIZE:
                self._strip_cache.clear()
            self._strip_cache[key] = self._render_row(number, width)
        return self._strip_cache[key]

    def _render_row(self, number: int, width: int) -> Strip:
        return self.render_pieces(self._row(number, width).pieces, width, self._row_style(number))

    def render_pieces(self, pieces: Sequence[Piece], width: int, style: Style = NO_STYLE) -> Strip:
        """Return a line of pieces, cut or filled to the width, with `style` on top."""
        segments: list[Segment] = []
        left = width
        for i, (text, look) in enumerate(pieces):
            if left <= 0:
                if any(rest for rest, _look in pieces[i:]) and not segments[-1].text.endswith("…"):
                    segments[-1] = _with_sign_of_cut(segments[-1])
                break
            part = fitted(text, left, fill=i == len(pieces) - 1)
            left -= part.width
            segments.append(Segment(part.text, self._style(look) + style))
        if left > 0:
            segments.append(Segment(" " * left, self._style("") + style))
        return Strip(segments, width)

    def _row_style(self, number: int) -> Style:
        """Return the style on top of a whole row: cursor or mark."""
        if number == self.cursor:
            return self.get_component_rich_style(f"line-list--cursor{'' if self.has_focus else '-away'}")
        if number in self.marked:
            return self.get_component_rich_style("line-list--marked", partial=True)
        return Style.null()

    def refresh(self, *regions: Region, **options: Any) -> Any:
        self._kept_lines.forget()
        return super().refresh(*regions, **options)

    def render_lines(self, crop: Region) -> list[Strip]:
        return self._kept_lines.lines(crop, self.scroll_offset, self.render_fresh_lines)

    def render_fresh_lines(self, crop: Region) -> list[Strip]:
        """Render lines with each style computed once.

        Skips borders, paddings and tints, which a list does not have: they are most of the cost of
        a line in Textual.
        """
        self._styles = {}
        if any(self.gutter) or self.opacity != 1 or self.styles.tint.a:
            return super().render_lines(crop)
        width, background = self.region.width, self.background_colors[1]
        strips = [self.render_line(y).adjust_cell_length(width, self._style("")) for y in crop.line_range]
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, background) for strip in strips]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _style(self, look: str) -> Style:
        if look not in self._styles:
            component_style = (
                self.get_component_rich_style(f"line-list--{look}", partial=True) if look else Style.null()
            )
            self._styles[look] = self.rich_style + component_style
        return self._styles[look]

    # Moving

    def _selectable(self, row: int, direction: int) -> int:
        """Return the row, or the nearest one in a direction that is no heading; -1 if none."""
        while 0 <= row < self._count:
            if not self._row(row, 1).heading:
                return row
            row += direction
        return -1

    def move_to(self, row: int, direction: int = 1) -> None:
        """Move the cursor to a row, or to the nearest one that can be selected."""
        row = min(max(row, 0), self._count - 1)
        selectable = self._selectable(row, direction)
        if selectable < 0:
            selectable = self._selectable(row, -direction)
        self.cursor = selectable

    def watch_cursor(self, old: int, new: int) -> None:
        for row in (old, new):
            if row >= 0:
                self._refresh_row(row)
        if new >= 0:
            self._scroll_into_view(new)
            self.post_message(self.Moved(self, new))

    def _scroll_into_view(self, row: int) -> None:
        """Scroll only if the cursor would leave the view, and then by two thirds of the view.

        The rows that follow are then in view too, and most keys render two lines instead of all of
        them, which is noticeable on a slow connection.
        """
        height, top = self.scrollable_content_region.height or self.size.height, self.scroll_offset.y
        first = row - 1 if row and self._row(row - 1, 1).heading else row
        if not height or (top <= first and row < top + height):
            return
        new_top = row - height // 3 if row >= top + height else row - height * 2 // 3
        self.scroll_to(y=max(new_top, 0), animate=False, force=True)

    def watch_show_vertical_scrollbar(self, is_shown: bool) -> None:
        """Start a scroll bar that appears after scrolling at the scroll offset.

        Textual starts it at the top.
        """
        if is_shown:
            self.vertical_scrollbar.position = self.scroll_y

    def on_resize(self) -> None:
        if self.cursor >= 0:
            self._scroll_into_view(self.cursor)

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        if self.cursor >= 0:
            self._refresh_row(self.cursor)

    def _refresh_row(self, row: int) -> None:
        self.refresh_line(row)

    def action_step(self, by: int) -> None:
        self.move_to(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        self.move_to(self.cursor + by * max(1, self.size.height - 1), by)

    def action_to_end(self, by: int) -> None:
        self.move_to(0 if by < 0 else self._count - 1, -by)

    # Marks

    def toggle_mark(self) -> None:
        if self.cursor >= 0:
            self.marked ^= {self.cursor}
            self._refresh_row(self.cursor)

    def mark_range(self) -> int:
        """Begin a range at the cursor, or mark the rows from its beginning to the cursor.

        Returns the number of marked rows, or -1 when a range was begun.
        """
        if self.range_from < 0:
            self.range_from = self.cursor
            return -1
        rows = range(min(self.range_from, self.cursor), max(self.range_from, self.cursor) + 1)
        self.marked |= {row for row in rows if not self._row(row, 1).heading}
        self.range_from = -1
        self.refresh()
        return len(self.marked)

    def selected_rows(self) -> list[int]:
        """Return the marked rows in order, or the row under the cursor if none is marked."""
        return sorted(self.marked) or ([self.cursor] if self.cursor >= 0 else [])

    # Keys and clicks

    def on_key(self, event: events.Key) -> None:
        """Translate a Hangul character into the letters of its keys.

        Single letters are bound as aliases, but an input method may have combined several.
        """
        letters = hangul.latin_letters(event.character) if event.character and len(event.character) == 1 else ""
        if letters:
            event.stop()
            event.prevent_default()
            for letter in letters:
                self.app.simulate_key(letter)

    def on_click(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y
        if row < self._count and not self._row(row, 1).heading:
            self.choose(row)

    def choose(self, row: int) -> None:
        """Move the cursor to a row; if it is there already, post `Chosen`."""
        if row == self.cursor:
            self.post_message(self.Chosen(self, row))
        else:
            self.cursor = row

"""Widgets that keep their rendered lines.

Invariant: the screen displays the content that was set last. Textual renders every widget that
shares a container with a changed one, and lays the screen out whenever a text is set. These classes
keep what they rendered, and skip updates that change nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widgets import Static

from transflow.tui.controls import visible_text


class CachedStatic(Static):
    """Static text that skips updates with the same text.

    The screen is laid out only if the height changes; with `one_line`, never.
    """

    def __init__(self, *, one_line: bool = False, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._one_line = one_line
        self._shown: Text | None = None

    def set_text(self, text: Text) -> None:
        """Display a text."""
        text = visible_text(text)
        if self._shown is None or (text, text.style) != (self._shown, self._shown.style):
            self._shown = text
            self.update(text, layout=False)
            if not (self._one_line or self._has_room()):
                self.refresh(layout=True)

    def _has_room(self) -> bool:
        """True if the text has the height that the widget was given in the last layout."""
        width, height = self.content_size
        if not width or self.styles.is_auto_width:
            return False
        return self.get_content_height(self.size, self.app.viewport_size, width) == height


class LineCache:
    """Rendered lines of a scroll view, kept until it is refreshed, scrolled or resized.

    The view calls `forget` in `refresh` and `notify_style_update`, and `lines` in `render_lines`.
    """

    def __init__(self) -> None:
        self.rendered_at: tuple[Region, Offset] | None = None
        """Region and scroll offset of the kept lines; None if there are none."""
        self._strips: list[Strip] = []

    def forget(self) -> None:
        self.rendered_at = None

    def lines(self, crop: Region, offset: Offset, render: Callable[[Region], list[Strip]]) -> list[Strip]:
        """Return the lines of a region at a scroll offset; `render` renders them."""
        at = (crop, offset)
        if self.rendered_at != at:
            self._strips = render(crop)
            self.rendered_at = at
        return self._strips

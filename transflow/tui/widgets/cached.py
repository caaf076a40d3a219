"""Widgets that keep their rendered lines.

Invariant: the screen displays the content that was set last. Textual renders every widget that
shares a container with a changed one, and lays the screen out whenever a text is set. These classes
keep what they rendered, and skip updates that change nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widgets import Static

from transflow.tui.controls import visible_text

if TYPE_CHECKING:
    from textual.scroll_view import ScrollView as _Base
else:
    _Base = object  # Textual inherits styles along the first base that is a widget


class CachedStatic(Static):
    """Static text that skips updates with the same text.

    With `one_line`, no update lays out the screen.
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
            self.update(text, layout=not self._one_line)


class CachedLines(_Base):
    """Mixin for a scroll view that renders its lines again only after a refresh, scroll or resize.

    Override `fresh_lines` to render lines in another way.
    """

    _painted_at: tuple[Region, Offset] | None = None
    _cached_strips: list[Strip]

    def refresh(self, *regions: Region, **options: Any) -> Any:
        self._painted_at = None
        return super().refresh(*regions, **options)

    def notify_style_update(self) -> None:
        self._painted_at = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        at = (crop, self.scroll_offset)
        if self._painted_at != at:
            self._cached_strips = self.render_fresh_lines(crop)
            self._painted_at = at
        return self._cached_strips

    def render_fresh_lines(self, crop: Region) -> list[Strip]:
        """Render the lines of a region."""
        return super().render_lines(crop)

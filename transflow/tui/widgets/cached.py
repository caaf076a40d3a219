"""What is painted anew only when it changed.

Invariant: what stands on the screen is what was told last. Textual renders every widget that shares a container with one that
changed, and lays the screen out whenever a text is set: these keep what they painted, and know when nothing is new.
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
    _Base = object  # Textual looks for styles along the first base that is a widget


class Still(Static):
    """A text. Nothing is painted where it is told what it shows already, nor laid out where it has a single line."""

    def __init__(self, *, one_line: bool = False, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._one_line = one_line
        self._told: Text | None = None

    def tell(self, text: Text) -> None:
        text = visible_text(text)
        if self._told is None or (text, text.style) != (self._told, self._told.style):
            self._told = text
            self.update(text, layout=not self._one_line)


class CachedLines(_Base):
    """Mixed into a scroll view: its lines are rendered again only once it was refreshed, scrolled or resized. It overrides
    `fresh_lines` where it renders lines in its own way."""

    _painted_at: tuple[Region, Offset] | None = None
    _as_painted: list[Strip]

    def refresh(self, *regions: Region, **options: Any) -> Any:
        self._painted_at = None
        return super().refresh(*regions, **options)

    def notify_style_update(self) -> None:
        self._painted_at = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        at = (crop, self.scroll_offset)
        if self._painted_at != at:
            self._as_painted = self.fresh_lines(crop)
            self._painted_at = at
        return self._as_painted

    def fresh_lines(self, crop: Region) -> list[Strip]:
        return super().render_lines(crop)

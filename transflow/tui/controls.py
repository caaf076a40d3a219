"""Controls in texts, shown on the screen instead of obeyed by the terminal.

Invariant: no segment that a widget paints holds a control or what turns the direction of writing, wherever its text came from: the
application's line filter is the last thing that looks at a line.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.text import Span, Text
from textual.color import Color
from textual.filter import LineFilter

from transflow.text import hides, visible


class Controls(LineFilter):
    """Shows controls in whatever is painted. The line keeps its width: texts that are laid out come through `visible_text` before."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        if not any(hides(text) for text, _, _ in segments):
            return segments
        width = sum(segment.cell_length for segment in segments)
        seen = [Segment(visible(text), style, control) for text, style, control in segments]
        return Segment.adjust_line_length(seen, width)


def visible_text(text: Text) -> Text:
    """A text with its controls shown, before it is laid out, so that nothing of it is pushed off the end of a line."""
    if not hides(text.plain):
        return text
    seen = Text(style=text.style, justify=text.justify, overflow=text.overflow, no_wrap=text.no_wrap, end=text.end)
    for each in text.divide(range(1, len(text.plain))):
        plain = visible(each.plain)
        seen.append_text(Text(plain, spans=[Span(0, len(plain), span.style) for span in each.spans]))
    return seen

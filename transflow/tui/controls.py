"""Display of control characters in texts, so that the terminal does not obey them.

Invariant: no segment that a widget renders contains a control or a character that changes the
direction of writing, wherever its text came from: the application's line filter is applied last to
every line.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.text import Span, Text
from textual.color import Color
from textual.filter import LineFilter

from transflow.text import has_hidden, hidden_offsets, visible


class ControlFilter(LineFilter):
    """Line filter that makes control characters visible.

    A line keeps its width. Texts that are laid out go through `visible_text` before, so that
    nothing is cut off at the end of a line.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        if not any(has_hidden(text) for text, _, _ in segments):
            return segments
        width = sum(segment.cell_length for segment in segments)
        shown = [Segment(visible(text), style, control) for text, style, control in segments]
        return Segment.adjust_line_length(shown, width)


def visible_text(text: Text) -> Text:
    """Return a text with its controls made visible, for use before it is laid out."""
    hidden = frozenset(hidden_offsets(text.plain))
    if not hidden:
        return text
    shown = Text(style=text.style, justify=text.justify, overflow=text.overflow, no_wrap=text.no_wrap, end=text.end)
    for at, character in enumerate(text.divide(range(1, len(text.plain)))):
        plain = visible(character.plain) if at in hidden else character.plain
        shown.append_text(Text(plain, spans=[Span(0, len(plain), span.style) for span in character.spans]))
    return shown

"""The paragraph of an edited text in which a line is."""

from __future__ import annotations

from typing import NamedTuple

from transflow.stories.whole_text.layout import HeadedText, head_of, paragraph_text


class TextPlace(NamedTuple):
    """Paragraph at a line, with the head above it."""

    head: HeadedText
    text: str
    """The paragraph as it would be saved; empty on a line between two."""


def place_at(text: str, row: int, language: str) -> TextPlace | None:
    """Return the paragraph at a 0-based row; None above the first head.

    A head's row belongs to the paragraph below it.
    """
    lines = text.split("\n")
    row = min(row, len(lines) - 1)
    above = next((i for i in range(row, -1, -1) if head_of(lines[i], i + 1, language)), None)
    if above is None or (head := head_of(lines[above], above + 1, language)) is None:
        return None
    start = end = max(row, above + 1)
    while start > above + 1 and lines[start - 1].strip():
        start -= 1
    while end < len(lines) and lines[end].strip() and not head_of(lines[end], end + 1, language):
        end += 1
    return TextPlace(head, paragraph_text(lines[start:end], language))

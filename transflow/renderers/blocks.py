"""The body of a story as blocks: what its paragraphs become when lists, quotations and tables are put together.

Invariant: every paragraph is in exactly one block, in order. The dateline is before the first paragraph of the body
and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from transflow.model.story import Paragraph, Story

Shape = Literal["paragraph", "subhead", "caption", "quote", "list", "numbered list", "table", "correction"]

_SHAPES: dict[str, Shape] = {
    "subhead": "subhead",
    "headline": "subhead",
    "caption": "caption",
    "quote": "quote",
    "list item": "list",
    "table cell": "table",
}
"""What a kind becomes. A second headline in the body is a subhead there, a second deck a paragraph."""
_TOGETHER: frozenset[Shape] = frozenset({"quote", "list", "numbered list", "table"})


Row = tuple[str, ...]
"""The cells of a row of a table."""


class RenderedBlock(NamedTuple):
    """A block of the body. All texts are inline Markdown."""

    shape: Shape
    texts: tuple[str, ...] = ()
    """One, or those of the items or of the quoted paragraphs."""
    heads: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    """Of a table, after its rows of heads."""
    dateline: str = ""
    """The place that the story begins with, on the block that it stands before."""


def body(story: Story) -> tuple[RenderedBlock, ...]:
    """The blocks of a story's body. A dateline that no paragraph follows first is a block of its own, without text."""
    made = tuple(block for shape, run in groupby(story.paragraphs, _shape) for block in _blocks(shape, tuple(run)))
    if not story.dateline:
        return made
    if made and made[0].shape == "paragraph":
        return (made[0]._replace(dateline=story.dateline), *made[1:])
    return (RenderedBlock("paragraph", ("",), dateline=story.dateline), *made)


def corrections(story: Story) -> tuple[Paragraph, ...]:
    """The correction notes, which are also in the body."""
    return tuple(paragraph for paragraph in story.paragraphs if _shape(paragraph) == "correction")


def _shape(paragraph: Paragraph) -> Shape:
    shape = _SHAPES.get(paragraph.kind, "paragraph")
    if shape == "paragraph" and paragraph.variant == "correction":
        return "correction"
    return "numbered list" if shape == "list" and "numbered" in paragraph.variant else shape


def _blocks(shape: Shape, run: Sequence[Paragraph]) -> Iterable[RenderedBlock]:
    if shape == "table":
        return _tables(run)
    texts = tuple(paragraph.text for paragraph in run)
    return [RenderedBlock(shape, texts)] if shape in _TOGETHER else [RenderedBlock(shape, (text,)) for text in texts]


def _tables(cells: Iterable[Paragraph]) -> Iterator[RenderedBlock]:
    """Cells as tables: "head row" begins a row of heads, "row" another row; heads after other rows begin a table."""
    heads: list[list[str]] = []
    rows: list[list[str]] = []
    for cell in cells:
        if cell.variant == "head row":
            if rows:
                yield _table(heads, rows)
                heads, rows = [], []
            heads.append([cell.text])
        elif cell.variant == "row" or not (rows or heads):
            rows.append([cell.text])
        else:
            (rows or heads)[-1].append(cell.text)
    yield _table(heads, rows)


def _table(heads: list[list[str]], rows: list[list[str]]) -> RenderedBlock:
    return RenderedBlock("table", heads=tuple(map(tuple, heads)), rows=tuple(map(tuple, rows)))

"""Body of a story as blocks: its paragraphs grouped into lists, quotations and tables.

Invariant: every paragraph is in exactly one block, in order. The dateline precedes the first
paragraph of the body and occurs nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from transflow.model.report import parts_of_cell
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
"""Shape by kind. A second headline in the body becomes a subhead, a second deck a paragraph."""
_TOGETHER: frozenset[Shape] = frozenset({"quote", "list", "numbered list", "table"})


Row = tuple[str, ...]
"""Cells of a table row."""


class RenderedBlock(NamedTuple):
    """Block of the body. All texts are inline Markdown."""

    shape: Shape
    texts: tuple[str, ...] = ()
    """A single text, or those of the list items or quoted paragraphs."""
    heads: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    """Table rows after the header rows in `heads`."""
    aligns: Row = ()
    """Alignment of each column of a table: "right", "center" or nothing."""
    dateline: str = ""
    """Dateline of the story, on the block that it precedes."""


def body(story: Story) -> tuple[RenderedBlock, ...]:
    """Return the blocks of a story's body.

    A dateline that is not followed by a paragraph is a block of its own, without text.
    """
    blocks = tuple(block for shape, run in groupby(story.paragraphs, _shape) for block in _blocks(shape, tuple(run)))
    if not story.dateline:
        return blocks
    if blocks and blocks[0].shape == "paragraph":
        return (blocks[0]._replace(dateline=story.dateline), *blocks[1:])
    return (RenderedBlock("paragraph", ("",), dateline=story.dateline), *blocks)


def corrections(story: Story) -> tuple[Paragraph, ...]:
    """Return the correction notes, which are also part of the body."""
    return tuple(paragraph for paragraph in story.paragraphs if _shape(paragraph) == "correction")


def _shape(paragraph: Paragraph) -> Shape:
    shape = _SHAPES.get(paragraph.kind, "paragraph")
    if shape == "paragraph" and paragraph.variant in ("correction", "clarification"):
        return "correction"
    return "numbered list" if shape == "list" and "numbered" in paragraph.variant else shape


def _blocks(shape: Shape, run: Sequence[Paragraph]) -> Iterable[RenderedBlock]:
    if shape == "table":
        return _tables(run)
    texts = tuple(paragraph.text for paragraph in run)
    return [RenderedBlock(shape, texts)] if shape in _TOGETHER else [RenderedBlock(shape, (text,)) for text in texts]


def _tables(cells: Iterable[Paragraph]) -> Iterator[RenderedBlock]:
    """Group cells into tables.

    "head row" starts a header row, "row" another row. A header row after other rows starts a new
    table.
    """
    heads: list[list[Paragraph]] = []
    rows: list[list[Paragraph]] = []
    for cell in cells:
        place, _ = parts_of_cell(cell.variant)
        if place == "head row":
            if rows:
                yield _table(heads, rows)
                heads, rows = [], []
            heads.append([cell])
        elif place == "row" or not (rows or heads):
            rows.append([cell])
        else:
            (rows or heads)[-1].append(cell)
    yield _table(heads, rows)


def _table(heads: list[list[Paragraph]], rows: list[list[Paragraph]]) -> RenderedBlock:
    """Return a table; the first cell of a column says how the column is aligned."""
    both = [*heads, *rows]
    aligns = tuple(
        next((parts_of_cell(row[column].variant)[1] for row in both if column < len(row)), "")
        for column in range(max(map(len, both), default=0))
    )
    texts = (tuple(tuple(cell.text for cell in row) for row in group) for group in (heads, rows))
    return RenderedBlock("table", heads=next(texts), rows=next(texts), aligns=aligns)

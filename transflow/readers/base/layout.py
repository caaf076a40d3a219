"""Parts within parts: tables in paragraphs, and paragraphs and tables in cells.

Invariant: no text or loss that is given is left out, and the order of the file is kept, but that
losses in a table follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from transflow.model.report import FrontMatter
from transflow.model.unit import Kind
from transflow.readers.base.losses import BOX
from transflow.readers.base.parts import DocumentPart, Loss, PageStart, TablePart, TextPart
from transflow.readers.base.runs import Run

Piece: TypeAlias = Run | DocumentPart
"""A run of text, or something else that stands in a paragraph."""

MOST_COLUMNS = 256
"""Columns that are kept empty in front of a cell."""


class PlacedCell(NamedTuple):
    """A cell of a table, with its 0-based place, and the parts in it."""

    row: int
    column: int
    parts: Sequence[DocumentPart]


def flowed(pieces: Iterable[Piece], kind: Kind = "paragraph", variant: str = "") -> Iterator[DocumentPart]:
    """Yield the parts of a paragraph: its text, what stands in it, and the text behind that.

    Losses follow the text that they stand in.
    """
    runs: list[Run] = []
    losses: list[DocumentPart] = []
    for piece in pieces:
        if isinstance(piece, Run):
            runs.append(piece)
        elif isinstance(piece, Loss):
            losses.append(piece)
        else:
            yield from _with_losses(runs, losses, kind, variant)
            runs, losses = [], []
            yield piece
    yield from _with_losses(runs, losses, kind, variant)


def _with_losses(runs: list[Run], losses: list[DocumentPart], kind: Kind, variant: str) -> Iterator[DocumentPart]:
    if any(run.text.strip() for run in runs):
        yield TextPart(runs, kind, variant)
    yield from losses


def text_of(parts: Iterable[DocumentPart]) -> str:
    """Return the text of parts on one line, with that of the losses that have one left out."""
    texts = []
    for part in parts:
        if isinstance(part, TextPart):
            texts.append("".join(run.text for run in part.runs))
        elif isinstance(part, TablePart):
            texts += ["".join(run.text for run in cell) for row in part.rows for cell in row]
    return " ".join(" ".join(texts).split())


def losses_of(parts: Iterable[DocumentPart]) -> list[DocumentPart]:
    return [part for part in parts if isinstance(part, Loss)]


def boxed(parts: Sequence[DocumentPart]) -> Iterator[DocumentPart]:
    """Yield the text of a box, and the note that it is one."""
    yield from parts
    if any(isinstance(part, TextPart | TablePart) for part in parts):
        yield BOX


def captions(parts: Iterable[DocumentPart]) -> Iterator[DocumentPart]:
    """Yield the parts of a caption."""
    return (part._replace(kind="caption", variant="") if isinstance(part, TextPart) else part for part in parts)


def table_parts(cells: Sequence[PlacedCell], heads: int = 0) -> Iterator[DocumentPart]:
    """Yield a table.

    One that only makes a frame, or holds tables itself, is no table to readers: what is in its
    cells is yielded in order, row by row.
    """
    filled = [cell for cell in cells if any(isinstance(part, TextPart | TablePart) for part in cell.parts)]
    if len(filled) <= 1 or any(isinstance(part, TablePart) for cell in cells for part in cell.parts):
        for cell in sorted(cells, key=lambda each: each[:2]):
            yield from cell.parts
        return
    rows: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    numbers = sorted(rows)
    yield TablePart([_row(rows[number]) for number in numbers], sum(number < heads for number in numbers))
    yield from (part for cell in cells for part in cell.parts if isinstance(part, Loss | PageStart))


def _row(cells: list[PlacedCell]) -> list[list[Run]]:
    found: list[list[Run]] = []
    for cell in sorted(cells, key=lambda each: each.column):
        found += [[]] * (min(cell.column, MOST_COLUMNS) - len(found))
        found.append(_runs(cell.parts))
    return found


def _runs(parts: Iterable[DocumentPart]) -> list[Run]:
    """Return the texts of a cell as one text, with a line break between two."""
    found: list[Run] = []
    for part in parts:
        if isinstance(part, TextPart):
            found += [*([Run("\n")] if found else []), *part.runs]
    return found


def with_head(parts: Iterable[DocumentPart]) -> tuple[FrontMatter, list[DocumentPart]]:
    """Move the first title and the first subtitle of a document to the front matter.

    They are parts of the kinds "headline" and "deck"; others of these kinds become subheads.
    """
    front: dict[str, str] = {}
    found: list[DocumentPart] = []
    for part in parts:
        if not isinstance(part, TextPart) or part.kind not in ("headline", "deck"):
            found.append(part)
            continue
        field, text = "title" if part.kind == "headline" else "deck", text_of([part])
        if text and field not in front and not any(run.address for run in part.runs):
            front[field] = text
        else:
            found.append(part._replace(kind="subhead"))
    return FrontMatter(**front), found  # type: ignore[arg-type] # title and deck

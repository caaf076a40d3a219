"""Plain text to blocks, and blocks to a report file.

Invariant: for the blocks of any plain text, `parse(to_markdown(front, blocks).encode())` returns
the same front matter and the same texts, in the same order and of the same kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby

from transflow.model.report import Block, FrontMatter, parts_of_cell
from transflow.report.front import write_front
from transflow.report.guards import guarded, with_escaped_tags
from transflow.report.lists import MOST, needs_other_mark
from transflow.text import one_line

_CLOSING_HASHES = re.compile(r"(?:^| )#+$")
_RULES = {"": "---", "right": "--:", "center": ":-:"}
_BRACKET = re.compile(r"\\.|[\[\]]")
"""A bracket, or an escape, whose character may be one."""


def plain_blocks(text: str) -> list[Block]:
    """Return a paragraph for each line that is not blank. `text` is as returned by `decode`."""
    lines = text.replace("\r\n", "\n").split("\n")
    folded = ((number, one_line(line)) for number, line in enumerate(lines, 1))
    return [Block("paragraph", line, line=number) for number, line in folded if line]


def to_markdown(front: FrontMatter, blocks: Sequence[Block]) -> str:
    """Return a report file with these blocks as its body.

    The first headline and deck among the blocks fill empty fields of the front matter; others are
    dropped. Texts are inline Markdown and stay as they are, except for brackets in captions, which
    are escaped. A table cell without a text keeps its column.
    """
    found = {block.kind: block.text for block in reversed(blocks)}
    front = replace(front, title=front.title or found.get("headline", ""), deck=front.deck or found.get("deck", ""))
    body = [
        block._replace(text=with_escaped_tags(block.text))
        for block in blocks
        if (block.text or block.kind == "table cell") and block.kind not in ("headline", "deck")
    ]
    parts = [part for _, run in groupby(body, key=_run_key) for part in _run_to_markdown(list(run))]
    return "\n\n".join(part for part in (write_front(front).rstrip("\n"), *parts) if part) + "\n"


def _run_key(block: Block) -> tuple[str, str]:
    """Return the grouping key of consecutive blocks that form one list, quote or table."""
    return block.kind, block.variant if block.kind == "list item" else ""


def _run_to_markdown(run: list[Block]) -> Iterator[str]:
    kind = run[0].kind
    texts = [guarded(block.text) for block in run]
    if kind == "list item":
        yield _list(texts, numbered=run[0].variant == "numbered")
    elif kind == "quote":
        yield "\n>\n".join(f"> {text}" for text in texts)
    elif kind == "table cell":
        yield from _tables(run)
    elif kind == "caption":
        yield from (f"![{_label(block.text)}]()" for block in run)
    elif kind == "cue":
        yield from (f"[{block.variant}] {block.text}" for block in run)
    elif kind == "subhead":
        yield from (_heading(text) for text in texts)
    else:
        yield from texts


def _list(texts: Sequence[str], *, numbered: bool) -> str:
    """Return a list with markers that keep its items from being read as dates or negative numbers.

    Markdown uses only the first number.
    """
    use_other_mark = any(needs_other_mark(text, numbered=numbered) for text in texts)
    marks = (
        f"{min(n, MOST)}{')' if use_other_mark else '.'}" if numbered else "*" if use_other_mark else "-"
        for n in count(1)
    )
    return "\n".join(f"{mark} {text}" for mark, text in zip(marks, texts, strict=False))


def _heading(text: str) -> str:
    """Return a second-level heading, closed if the end of its text would be read as a closing
    "##".
    """
    return f"## {text} ##" if _CLOSING_HASHES.search(text) else f"## {text}"


def _label(text: str) -> str:
    return _BRACKET.sub(lambda found: found[0] if len(found[0]) > 1 else "\\" + found[0], text)


def _tables(cells: list[Block]) -> Iterator[str]:
    rows: list[list[tuple[str, str]]] = []
    heads: list[bool] = []
    for cell in cells:
        place, align = parts_of_cell(cell.variant)
        if place or not rows:
            rows.append([])
            heads.append(place == "head row")
        rows[-1].append((cell.text.replace("|", "\\|"), align))
    starts = [n for n, is_head in enumerate(heads) if is_head or n == 0]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield _table(rows[start:end], heads[start])


def _table(rows: list[list[tuple[str, str]]], has_head: bool) -> str:
    """Return a table as wide as its longest row; Markdown requires a header row, empty if need
    be.
    """
    width = max(map(len, rows))
    aligns = [next((row[column][1] for row in rows if column < len(row)), "") for column in range(width)]
    texts = [[text for text, _ in row] for row in rows]
    if not has_head:
        texts = [[], *texts]
    head, *body = ("| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in texts)
    return "\n".join((head, "| " + " | ".join(_RULES[align] for align in aligns) + " |", *body))

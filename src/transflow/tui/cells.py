"""Texts cut and filled to terminal cells, where a Hangul syllable takes two.

Invariant: what `fitted` returns is never wider than asked, and says how wide it is.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len, set_cell_size


class Fitted(NamedTuple):
    text: str
    width: int


def fitted(text: str, width: int, *, fill: bool = False) -> Fitted:
    """`text` in at most `width` cells, cut with "…", or filled with spaces where `fill` says so."""
    if not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in text)
    text = text[: width + 1]  # no character but combining ones is narrower than a cell: the rest cannot be seen
    long = cell_len(text)
    if long > width:
        return Fitted(set_cell_size(text, width - 1) + "…", width) if width else Fitted("", 0)
    return Fitted(text + " " * (width - long), width) if fill else Fitted(text, long)

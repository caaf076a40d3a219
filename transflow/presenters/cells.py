"""Texts cut and padded to terminal cells; a Hangul syllable takes two.

Invariant: the result of `fitted` is never wider than requested, and states its width.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from transflow.text import visible

_WORD = re.compile(r"\S+\s*|\s+")


class Fitted(NamedTuple):
    text: str
    width: int


def fitted(text: str, width: int, *, fill: bool = False) -> Fitted:
    """Return `text` in at most `width` cells, cut with "…", or padded with spaces if `fill` is
    true.
    """
    if not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in visible(text))
    # only combining characters are narrower than a cell, so the rest is not visible
    text = text[: width + 1]
    text_width = cell_len(text)
    if text_width > width:
        return _cut(text, width, fill=fill)
    return Fitted(text + " " * (width - text_width), width) if fill else Fitted(text, text_width)


def _cut(text: str, width: int, *, fill: bool) -> Fitted:
    """Return the beginning of a text with "…" directly after it."""
    if not width:
        return Fitted("", 0)
    part = set_cell_size(text, width - 1)
    begin = part.rstrip(" ")
    left = len(part) - len(begin)
    return Fitted(begin + "…" + " " * left, width) if fill else Fitted(begin + "…", width - left)


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells, at least one line.

    Lines break between words; a longer word, and a script without spaces, breaks at the line end.
    Line breaks in the text are kept.
    """
    return [line for part in visible(text).split("\n") for line in _wrapped(part, max(width, 2))]


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line, line_width = "", 0
    for word in _WORD.findall(text):
        word_width = cell_len(word.rstrip())
        if line and line_width + word_width > width:
            lines.append(line.rstrip())
            line, line_width = "", 0
        while word_width > width:
            piece = set_cell_size(word, width).rstrip()
            lines.append(piece)
            word = word[len(piece) :].lstrip()
            word_width = cell_len(word.rstrip())
        line += word
        line_width += cell_len(word)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines

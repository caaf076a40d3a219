"""Splits a block of text into sentences, with exact offsets.

Invariant: for any string whatever, the segments are in order and do not overlap, `text[start:end] == source`,
no source begins or ends with white space, and everything outside them is white space: so the text can be
rebuilt from the segments and what stands before the first. The work is linear in the length of the text.

Korean, in the South's and the North's spelling, has rules of its own (`transflow.language.segment.korean`); the other
languages go through sentencex. Blocks that are one unit whatever they hold (headlines, decks, subheads) are
not to be given to `split`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transflow.model.report import Segment

VERSION = 1
"""Raised whenever a boundary changes for some text: part of a report's digest."""


def split(text: str, language: str = "ko") -> list[Segment]:
    """The sentences of one block. `language` is a BCP 47 tag or a gettext locale; only its language counts.

    An empty text, or one of white space only, has none.
    """
    # Both are imported here, so that whoever only asks for VERSION compiles no patterns.
    code = language.replace("_", "-").partition("-")[0].lower()
    if code in ("ko", "kor"):
        from transflow.language.segment import korean

        return list(_segments(text, korean.cuts(text)))
    from transflow.language.segment import foreign

    return list(_segments(text, foreign.cuts(text, code)))


def _segments(text: str, cuts: Iterable[int]) -> Iterator[Segment]:
    """The pieces between the cuts, without the white space around them; a piece of white space only is a gap."""
    spans: list[tuple[int, int]] = []
    left = 0
    for right in (*cuts, len(text)):
        piece = text[left:right]
        end = left + len(piece.rstrip())
        start = right - len(piece.lstrip())
        if start < end:
            spans.append((start, end))
        left = right
    followers = (*(start for start, _ in spans[1:]), len(text))
    for (start, end), follower in zip(spans, followers, strict=False):
        yield Segment(text[start:end], text[end:follower], start, end)

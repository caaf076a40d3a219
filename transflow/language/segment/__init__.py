"""Segmentation of a block of text into sentences, with exact offsets.

Invariant: for any string, the segments are in order and do not overlap, `text[start:end] ==
source`, no source begins or ends with white space, and everything outside them is white space: the
text can be rebuilt from the segments and what precedes the first. The work is linear in the length
of the text.

Korean, in South and North Korean spelling, has its own rules (`transflow.language.segment.korean`);
other languages are split by sentencex. Blocks that are one unit whatever they contain (headlines,
decks, subheads) must not be passed to `split`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transflow.model.report import Segment

VERSION = 1
"""Version of the rules, part of a report's digest; raised whenever a boundary changes for some
text.
"""


def split(text: str, language: str = "ko") -> list[Segment]:
    """Split one block into sentences.

    `language` is a BCP 47 tag or a gettext locale; only its language subtag counts. An empty text,
    or one of white space only, has no sentences. Loads the rules of the language, whose patterns
    are slow to compile: a caller that only needs VERSION compiles none.
    """
    code = language.replace("_", "-").partition("-")[0].lower()
    if code in ("ko", "kor"):
        from transflow.language.segment import korean

        return list(_segments(text, korean.cuts(text)))
    from transflow.language.segment import foreign

    return list(_segments(text, foreign.cuts(text, code)))


def _segments(text: str, cuts: Iterable[int]) -> Iterator[Segment]:
    """Yield the pieces between the cuts, stripped; a piece of white space only is skipped."""
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

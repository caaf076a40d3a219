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

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from transflow.model.report import Segment

VERSION = 1
"""Version of the rules, part of a report's digest; one higher for a text that earlier rules may
have split at other places (`may_split_otherwise`).
"""
_NEWER = r"""["(\[<【.!?。…‥:;=](?:  # one set of first characters: the search jumps from one to the next
    (?<=[0-9]")
    | (?<=[(\[<【]) \s?(?: (?:사진|자료|그래픽|영상|출처|글)[^=:：\])>】\n]{0,12}[=:：] | [^()\[\]=\n]{0,20}자료\s?(?:사진|화면|영상) )
    | (?<=[.!?。…]) [*_~”’"')\]]* (?: [\xb2\xb3\xb9\u2020\u2021\u2070-\u2079] | </
        | \s* [\u231a-\u27bf\u2b50\u2b55\U0001f000-\U0001faff]
        | \s+ (?: [:;=]['^o-]?[)(DPpO|\\\[\]] | \^ | [Tㅜㅠ][_.] | [-=]_ | [ㅋㅎㅠㅜㅇㄷQ] | <3 ) )
    | (?<=[…‥]) [)\]】〕]
    | (?<=[:;=]) ['^o-]?[()\[\]]
    | (?<==) [^=\n]{1,30} [)\]】〕] \s? (?![^=]{0,16}(?:기자|특파원|위원|통신원)) [가-힣 ·,]{2,16}= )"""
"""Pattern, compiled when it is first used.

Rules that came later, such as those for verbs without a full stop, are not in it: a catalog stays
as it is until its report changes.
"""


def split(text: str, language: str = "ko") -> list[Segment]:
    """Split one block into sentences.

    `language` is a BCP 47 tag or a gettext locale; only its language subtag counts. An empty text,
    or one of white space only, has no sentences.
    """
    return list(_segments(text, _rules(language)(text)))


@cache
def _rules(language: str) -> Callable[[str], list[int]]:
    """Return the function that finds the cuts of a language.

    Loads the rules of the language, whose patterns are slow to compile: a caller that only needs
    VERSION compiles none.
    """
    code = language.replace("_", "-").partition("-")[0].lower()
    if code in ("ko", "kor"):
        from transflow.language.segment import korean

        return korean.cuts
    from transflow.language.segment import foreign

    return partial(foreign.cuts, language=code)


def may_split_otherwise(text: str) -> bool:
    """True if the first version of the rules may have split a text at other places.

    Such a text has smileys, raised numbers, credits or labels beside its stops, inch marks, or a
    byline without a title. Fast, with false positives.
    """
    return re.search(_NEWER, text, re.VERBOSE) is not None


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

"""Quotations of an English text.

Straight marks are read by the characters around them, and curly ones that point the wrong way
(”so it is”) too. An apostrophe is no mark, and neither is the sign of inches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from transflow.language.quotations.marks import Quotations, UnpairedMark, words

DOUBLE = re.compile("[“”\"„‟«»]|''|``|´´|‘‘|’’")
_ANY = re.compile("[“”\"„‟«»'‘’`´]")
_ALWAYS_OPENS = frozenset("“„«") | {"``", "‘‘"}
_SINGLE_OPENS = re.compile(r"(?:(?<=[\s(\[—–])|^)(?:‘|'|`)(?=[A-Z“\"])|‘(?=\w)")
_NO_SINGLE = re.compile(r"[‘'](?:\d\ds?\b|(?:em|til|cause|tis|twas|n)\b)")
_SINGLE_CLOSES = re.compile(r"(?<=[\w.,?!…”\"])['’´](?!\w)")
_AFTER_STOP = re.compile(r"(?<=[.,?!…”\"])['’´](?!\w)")


class EnglishQuotation(NamedTuple):
    """A quotation with its marks."""

    text: str
    """The text between the marks."""
    start: int
    end: int


@lru_cache(64)
def read_english(text: str) -> Quotations[EnglishQuotation]:
    """Return the quotations in double marks, or in single ones if there is no double one."""
    if not _ANY.search(text):
        return Quotations((), (), words(text))
    spans, unpaired = _pairs(text)
    if not spans and not unpaired:
        spans, unpaired = _single_pairs(text)
    found = tuple(EnglishQuotation(text[start + 1 : end - 1], start, end) for start, end in spans)
    return Quotations(found, tuple(unpaired), words(text) - sum(words(each.text) for each in found))


def _pairs(text: str) -> tuple[list[tuple[int, int]], list[UnpairedMark]]:
    """Return the spans of quotations in double marks, and the marks without a partner.

    Some papers write quotations in quotations with double marks too.
    """
    spans: list[tuple[int, int]] = []
    unpaired: list[UnpairedMark] = []
    open_marks: list[int] = []
    last_opened = -1
    for match in DOUBLE.finditer(text):
        start, end = match.span()
        if match[0] in '"”' and text[start - 1 : start].isdigit() and not open_marks:
            continue  # inches
        opens, closes = _directions(match[0], text, start, end)
        if opens and (not open_marks or not closes or start == last_opened):
            open_marks.append(start)
            last_opened = end
        elif open_marks:
            opener = open_marks.pop()
            while spans and spans[-1][0] > opener:  # inside this one
                spans.pop()
            spans.append((opener, end))
        else:
            unpaired.append(UnpairedMark(start, opens=False, certain=not _may_be_apostrophe(text, start, end)))
    return spans, sorted([*unpaired, *(UnpairedMark(each, opens=True) for each in open_marks)])


def _directions(mark: str, text: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether a mark may open and whether it may close, by its shape and its neighbours."""
    before, after = text[start - 1 : start], text[end : end + 1]
    is_leading = not before or before.isspace() or before in "([—–-‘'“"
    is_trailing = not after or after.isspace() or after in ".,;:?!)]—–-…’'”\""
    if mark in _ALWAYS_OPENS:
        return True, False
    if is_leading and not is_trailing:
        return True, False
    if is_trailing and not is_leading:
        return False, True
    return True, True


def _may_be_apostrophe(text: str, start: int, end: int) -> bool:
    """True for a closing mark after a letter, inside a sentence: Lakers" website."""
    return text[start - 1].isalpha() and re.match(r"\s+[a-zA-Z]", text[end:]) is not None


def _single_pairs(text: str) -> tuple[list[tuple[int, int]], list[UnpairedMark]]:
    """Return the quotations in single marks, and openers without a closer."""
    spans: list[tuple[int, int]] = []
    unpaired: list[UnpairedMark] = []
    offset = 0
    while opener := _SINGLE_OPENS.search(text, offset):
        offset = opener.end()
        if _NO_SINGLE.match(text, opener.start()):
            continue
        closer = _AFTER_STOP.search(text, offset) or _SINGLE_CLOSES.search(text, offset)
        if closer is None:
            unpaired.append(UnpairedMark(opener.start(), opens=True))
        else:
            spans.append((opener.start(), closer.end()))
            offset = closer.end()
    return spans, unpaired


def unclosed_inside(text: str) -> Iterator[int]:
    """Yield the offsets of single marks of a quotation in a quotation that have no partner."""
    for quotation in read_english(text).quotations:
        if text[quotation.start] in "‘'`":
            continue
        for opener in re.finditer(r"(?<=[,:] )[‘'](?=[A-Z])|(?<=\s)‘(?=[A-Z])", quotation.text):
            if not _SINGLE_CLOSES.search(quotation.text, opener.end()):
                yield quotation.start + 1 + opener.start()
        closer = re.search(r"[.,?!]([’'])$", quotation.text)
        if closer and not re.search(r"(?:^|\s|[“\"(—])[‘'’]\w", quotation.text):
            yield quotation.start + 1 + closer.start(1)

"""Quotations of a Korean text.

Single marks are often emphasis (이른바 ‘햇볕정책’), and titles have marks of their own (《…》):
what somebody said is known by its end, by the particle after it (…”고), or by a verb of saying.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from transflow.language.quotations.marks import Quotations, UnpairedMark, words
from transflow.language.segment.marks import CLOSES, EITHER, OPENS, QUOTES, pair

_ANY = re.compile(
    "[" + re.escape("".join(mark for mark, kind in (OPENS | CLOSES | EITHER).items() if kind in QUOTES)) + "]"
)
_NO_MARK = re.compile(r"['’‘]\d\d|(?<=\d)[\"”'’]|(?<=[A-Za-z])['’](?=[A-Za-z])")
_ENDS_LIKE_SPEECH = re.compile("(?:[다까요죠라자오네군구래니지걸]|[.?!…])$")
_TAKEN_UP = re.compile("(?:이?라)?[고며면]|이?라는|는|등|하[고며는]|했다")
_THOUGHT = re.compile(r"(?:이?라)?[고는며]?\s?(?:[가-힣]+\s)?(?:생각|여기|여겼|느끼|느꼈|싶|믿)")
_SAID = re.compile("말|밝[혔히]|전[했하]|묻|물[었으]|답|주장|강조|설명|외[쳤치]|했다|증언|덧붙")


class KoreanQuotation(NamedTuple):
    """A quotation with its marks."""

    text: str
    """The text between the marks."""
    start: int
    end: int
    kind: str
    """Kind of the marks, as in `segment.marks`."""
    is_speech: bool


@lru_cache(64)
def read_korean(text: str) -> Quotations[KoreanQuotation]:
    """Return the outermost quotations of a text, and its unpaired double marks."""
    if not _ANY.search(text):
        return Quotations((), (), words(text))
    pairs = pair(text)
    found: list[KoreanQuotation] = []
    for opener, closer in sorted(pairs.closer.items()):
        if pairs.kind[opener] in QUOTES and (not found or opener >= found[-1].end):
            inside = text[opener + 1 : closer]
            found.append(
                KoreanQuotation(
                    inside,
                    opener,
                    closer + 1,
                    pairs.kind[opener],
                    _is_speech(inside, text[closer + 1 :], pairs.kind[opener]),
                )
            )
    unpaired = tuple(
        UnpairedMark(index, opens=mark == "“" or (mark == '"' and (not index or text[index - 1].isspace())))
        for index, mark in enumerate(text)
        if mark in '“”"' and index not in pairs.closer and index not in pairs.opener and not _is_inch(text, index)
    )
    return Quotations(tuple(found), unpaired, words(text) - sum(words(each.text) for each in found))


def has_marks(text: str) -> bool:
    """True if a text has any sign that may be a quotation mark: not in '90년대, nor after 60."""
    return _ANY.search(_NO_MARK.sub("", text)) is not None


def is_whole(text: str) -> bool:
    """True if a text is nothing but one quotation."""
    reading = read_korean(text)
    return len(reading.quotations) == 1 and not reading.words_outside


def _is_inch(text: str, index: int) -> bool:
    return text[index] in '"”' and text[index - 1 : index].isdigit()


def _is_speech(inside: str, after: str, kind: str) -> bool:
    """Return True if a quotation is what somebody said.

    It ends like a sentence, or a particle such as 고, 라고 or 며 follows it. Single marks need a
    verb of saying, and no verb of thinking.
    """
    after = after.lstrip()
    if len(inside) < 2 or kind == "angle":
        return False
    if kind == "double":
        return bool(_TAKEN_UP.match(after) or _ENDS_LIKE_SPEECH.search(inside))
    if kind != "single" or _THOUGHT.match(after):
        return False
    return bool(_ENDS_LIKE_SPEECH.search(inside) and re.match("(?:이?라)?[고며]", after) and _SAID.search(after[:20]))

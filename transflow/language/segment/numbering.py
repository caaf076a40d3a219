"""Full stops that end no sentence: after list numbers, dates and abbreviations.

Invariant: every function looks at no more than about twenty characters before the stop.
"""

from __future__ import annotations

import re

from transflow.language.segment.wording import OPENING_WORD, STARTER

_LETTERS = "가나다라마바사아자차카타파하"
"""Letters that number the items of a Korean list, in order."""

_LIST_MARK = re.compile(
    rf"""[*_\s■□◆◇●○◎▲△▶▷•-]*
      (?: 제?\d{{1,3}}(?:[-.]\d{{1,3}}){{0,3}}(?:조|항|장|절|호|관|편)?
        | [{_LETTERS}] | [A-Za-z]\d? | [IVXivx]{{1,5}} | [Ⅰ-Ⅻⅰ-ⅻ] | 문 | 답
        | (?:첫|둘|셋|넷|다섯|여섯|일곱)째 )""",
    re.X,
)
_LIST_START = re.compile(rf"(\d{{1,2}}|[{_LETTERS}Ⅰ-Ⅻ])([.)])\s+(?=[^\s\d])")
_LIST_STEP = re.compile(rf"\s(\d{{1,2}}|[{_LETTERS}Ⅰ-Ⅻ])$")

_DATE = re.compile(r"(?<![\d.,])(?:\d{2,4}\.\s?\d{1,2}\.\s?\d{1,2}|\d{1,4}\.\s\d{1,2}|['’]\d{2}(?:\.\s?\d{1,2})?)$")
"""A date up to its last full stop: 2024. 3. 11 or 3. 1 or '24. 3"""
_LABELLED_DATE = re.compile(r"[:：]\s?\d{4}\.\s?\d{1,2}\.\s?\d{1,2}$")
_TIME_OF_DAY = re.compile(r"오전|오후|새벽|아침|저녁|밤|정오|자정|이전|이후|까지|부터|현재|기준|[(~∼-]")

_ABBREVIATION = re.compile(
    r"""(?: mrs? | ms | dr | st | [js]r | prof | gen | col | sen | rep | gov | lt | sgt | capt | maj | adm | rev | hon | pres
    | nos? | vols? | vs | etc | eg | ie | cf | inc | co | corp | ltd | bros | dept | univ | est | approx | figs? | eds? | al | pp
    | jan | feb | mar | apr | jun | jul | aug | sept? | oct | nov | dec | ph | phd | ave | blvd | rd | mt | ft | sec | ch )""",
    re.X | re.I,
)
_LATIN = re.compile(r"(?<![A-Za-z])[A-Za-z](?:[A-Za-z]|\.(?=[A-Za-z]))*$")


def sentence_continues(text: str, start: int, stop: int, follower: int) -> bool:
    """Return whether the sentence from `start` continues after the full stop at `stop`.

    The next word begins at `follower`.
    """
    if _LIST_MARK.fullmatch(text, start, stop):
        return True
    before = text[stop - 1]
    if before.isdigit():
        return _number_goes_on(text, start, stop, follower)
    return before.isascii() and before.isalpha() and _is_abbreviation(text, start, stop, follower)


def _number_goes_on(text: str, start: int, stop: int, follower: int) -> bool:
    if text[follower].isdigit():
        return True
    tail = text[max(start, stop - 16) : stop]
    if not _DATE.search(tail):
        return False
    if _LABELLED_DATE.search(tail):
        return _TIME_OF_DAY.match(text, follower) is not None
    return STARTER.match(text, follower) is None


def _is_abbreviation(text: str, start: int, stop: int, follower: int) -> bool:
    word = _LATIN.search(text[max(start, stop - 16) : stop])
    if word is None:
        return False
    name = word.group()
    is_initial = len(name) == 1 or name[-2] == "."
    if not is_initial and not _ABBREVIATION.fullmatch(name.replace(".", "")):
        return False
    return (OPENING_WORD if "." in name else STARTER).match(text, follower) is None


def next_item(text: str, start: int, stop: int) -> int | None:
    """Return the offset of the next list item, if the mark at `stop` numbers the one after
    `start`'s.

    The mark is a point or bracket. For lists that run on in one paragraph without full stops: 1.
    접수 2. 심사 3. 발표
    """
    number = _LIST_STEP.search(text[max(start, stop - 4) : stop])
    if number is None or not text[stop + 1 : stop + 2].isspace():
        return None
    first_number = _LIST_START.match(text, start)
    item_start = stop - len(number.group(1))
    if first_number is None or first_number.group(2) != text[stop] or item_start < first_number.end():
        return None
    before = text[max(start, item_start - 20) : item_start].rstrip()[-1:]
    return (
        item_start
        if before != "," and _ordinal_value(number.group(1)) == _ordinal_value(first_number.group(1)) + 1
        else None
    )


def _ordinal_value(number: str) -> int:
    if number.isdigit():
        return int(number)
    return 100 + _LETTERS.index(number) if number in _LETTERS else ord(number)

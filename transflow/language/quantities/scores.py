"""Scores and ratios: 3대1 and 3-1, 5 대 4 and “five to four”.

Invariant: a score has two numbers without a unit; which stands first does not matter, as English
names the winner's first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transflow.language.quantities.english_numerals import ONES

_KOREAN = re.compile(
    r"(?<![0-9.,:\-–])(?P<a>[0-9]{1,3}) ?(?P<sign>대|[:\-–]) ?(?P<b>[0-9]{1,3})(?![0-9:%\-–])"
    r"(?=(?:으?로|[의을를은는이가,.)]|이[다었며라]|까지|으로|에|무승부|승|패|역전|완승|신승|대승|동점)(?![가-힣]{3})| (?!대)|$)"
)
_GAME = re.compile(
    "이[겼기긴]|이겨|꺾|[승패]리|승[을부으 했한하]|패[배했한하해]|졌|비[겼기]|스코어|앞[서섰]|뒤[지졌]|세트|골|동점"
    "|완승|대승|신승|낙승|연승|우승|결승|진출|비율|경쟁률|판결"
    "|표차|완파|제압|눌[렀러]|무너"
)
"""Words of games, votes and ratios, beside which 3:1 and 3-1 are scores."""
_COUNTED = re.compile(r" ?(?:명|개|번|시|분|월|일|년|원|층|호|회|차|만|천|억|km|kg|cm|m|㎞|㎏)")
_NUMBER = "|".join(ONES)
_THINGS = " (?:set|game|goal|vote|point|run)s?"
_ENGLISH = re.compile(
    rf"(?<![\w.,$£€:/\-–])(?:(?P<a>[0-9]{{1,3}})(?:[-–:]|[ -]to[ -])(?P<b>[0-9]{{1,3}})"
    rf"|(?P<x>{_NUMBER})(?:-|[ -]to[ -]|{_THINGS} to )(?P<y>{_NUMBER}))(?![\w%:/–-]|[.,][0-9])",
    re.IGNORECASE,
)


class Score(NamedTuple):
    numbers: frozenset[int]
    start: int
    end: int


def wrong_score(source: str, target: str) -> tuple[Score, Score] | None:
    """Return the only scores of both texts that differ."""
    if "대" not in source and ":" not in source and "-" not in source and "–" not in source:
        return None
    ours = list(_korean(source))
    theirs = list(_english(target)) if ours else []
    if len(ours) != len(theirs):
        return None
    missing, extra = _surplus(ours, theirs), _surplus(theirs, ours)
    return (missing[0], extra[0]) if len(missing) == len(extra) == 1 else None


def _surplus(ours: list[Score], theirs: list[Score]) -> list[Score]:
    """Return the scores that occur more often here than there."""
    left = [each.numbers for each in theirs]
    result = []
    for each in ours:
        if each.numbers in left:
            left.remove(each.numbers)
        else:
            result.append(each)
    return result


def _korean(text: str) -> Iterator[Score]:
    for match in _KOREAN.finditer(text):
        if (match["sign"] == "대" or _GAME.search(text)) and not _COUNTED.match(text, match.end()):
            yield Score(frozenset({int(match["a"]), int(match["b"])}), *match.span())


def _english(text: str) -> Iterator[Score]:
    for match in _ENGLISH.finditer(text):
        numbers = (int(ONES.get(word.lower(), word)) for word in match.groups() if word)
        yield Score(frozenset(numbers), *match.span())

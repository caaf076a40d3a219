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
    r"(?=(?:으?로|[의을를은는이가,.)]|이[다었며라]|까지|으로|에|무승부|승|패|역전|완승|신승|대승|동점)(?![가-힣]{3})| (?!대 ?[0-9])|$)"
)
_RECORD = re.compile(r"(?<![0-9])([0-9]{1,3})승 ?(?:[0-9]{1,3}무 ?)?([0-9]{1,3})패(?![배했])")
"""Won and lost games: 16승 7패 is a 16-7 record."""
_SCORELESS = re.compile("(?:득점 ?없이|무득점)(?= ?(?:비[겼기긴]|무승부))")
_GAME = re.compile(
    "역전|쿼터|[0-9]회|득점|물리[쳤치친]|대파|제[쳤치]|따돌|격파|완패|석패|잡[았고]|끝났|마쳤|실점|이[겼기긴]|이겨|꺾|[승패]리"
    "|승[을부으 했한하]|패[배했한하해]|졌|비[겼기]|스코어|앞[서섰]|뒤[지졌]|세트|골|동점"
    "|완승|대승|신승|낙승|연승|우승|결승|진출|비율|경쟁률|판결"
    "|표차|완파|제압|눌[렀러]|무너"
)
"""Words of games, votes and ratios, beside which 3:1 and 3-1 are scores."""
_COUNTED = re.compile(r" ?(?:명|개|번|시|분|월|일|년|원|층|호|회|차|만|천|억|km|kg|cm|m|㎞|㎏)")
_VALUES = {**ONES, "none": 0, "nil": 0}
_NUMBER = "|".join(_VALUES)
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


_SIGNS = re.compile("[0-9] ?[대:\\-–] ?[0-9]|[0-9]승|득점")


_MARGIN = re.compile(r"(?P<n>[0-9]{1,2}|한|두|세|네|다섯|여섯) ?(?:골|점|표|타) ?차")
_NATIVE = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6}
_MARGIN_IN_ENGLISH = re.compile(
    rf"\b(?:by (?P<n>an?|[0-9]{{1,2}}|{_NUMBER})(?: (?:more|single))? (?:goal|point|run|vote|stroke|shot)s?"
    rf"|(?P<m>[0-9]{{1,2}}|{_NUMBER})-(?:goal|point|run|vote|stroke|shot)\b)",
    re.IGNORECASE,
)


def _wrong_margin(source: str, target: str) -> tuple[Score, Score] | None:
    """Return the margin of a game that differs: by two goals for 한 골 차."""
    ours, theirs = list(_MARGIN.finditer(source)), list(_MARGIN_IN_ENGLISH.finditer(target))
    if len(ours) != 1 or len(theirs) != 1:
        return None
    word, other = ours[0]["n"], (theirs[0]["n"] or theirs[0]["m"]).lower()
    numbers = int(_NATIVE.get(word, word)), 1 if other in ("a", "an") else int(_VALUES.get(other, other))
    scores = (Score(frozenset({n}), *match.span()) for n, match in zip(numbers, (ours[0], theirs[0]), strict=True))
    return (next(scores), next(scores)) if numbers[0] != numbers[1] else None


def wrong_score(source: str, target: str) -> tuple[Score, Score] | None:
    """Return the only scores or margins of both texts that differ."""
    if " 차" in source:
        margin = _wrong_margin(source, target)
        if margin:
            return margin
    if not _SIGNS.search(source):
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
    for match in _RECORD.finditer(text):
        yield Score(frozenset({int(match[1]), int(match[2])}), *match.span())
    for match in _SCORELESS.finditer(text):
        yield Score(frozenset({0}), *match.span())


def _english(text: str) -> Iterator[Score]:
    for match in _ENGLISH.finditer(text):
        numbers = (int(_VALUES.get(word.lower(), word)) for word in match.groups() if word)
        yield Score(frozenset(numbers), *match.span())

"""Numbers in names: 제7조 and Article 7, 3여단 and the Third Brigade, 2호선 and Line 2.

Invariant: a kind of names is compared only if both texts have equally many numbers of it, and a
single one on each side has no equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transflow.language.quantities.english_names import ROMAN
from transflow.language.quantities.english_numerals import ONES, ORDINALS
from transflow.language.quantities.quantity import Quantity

_KINDS: tuple[tuple[str, str], ...] = (
    ("조(?= ?(?:[0-9]|[에의는를은가와과,.]|제|및|위반))(?!원)", "articles?|section"),
    ("항(?=[에의은을이과,. ]|$)", "clause|paragraph|section"),
    ("장(?=[에의은을이과, ])", "chapter"),
    ("사단", "division"), ("군단", "corps"), ("여단", "brigade"), ("연대", "regiment"), ("대대", "battalion"),
    ("중대", "company"), ("함대", "fleet"), ("비행단", "wing"), ("전단", "flotilla|squadron"),
    ("호선", "line"), ("번 ?출구", "exit"), ("호실", "office|room|bureau"), ("호기", "unit|reactor|flight"),
    ("국(?=[은이의에장,. ])", "bureau"),
    ("단계", "phase|stage|step|level|tier"), ("급(?=[의 이으])", "level|class|grade"),
    ("번 ?타자", "batt?(?:ed|ing|er)|hit(?:ting|ter)|spot"),
    ("대 ?(?=(?:국회의원|대통령|주석|총리|총장|회장|위원장|국왕|교황|장관|총재|사장|의장))",
     "president|premier|chief|chairman|king|pope|minister|leader|head|chancellor|director|speaker|governor"),
    ("층(?=[에의은 을이]|짜리)", "floors?|stor(?:e?y|ies)|level"), ("쿼터", "quarter"), ("라운드", "round"), ("이닝|회[초말]", "inning"),
    ("코스", "course"), ("공장", "factory|plant"),
    ("번 ?국도", "(?:national )?(?:route|highway|road)"), ("번 ?버스", "bus"), ("차 ?(?:세계 ?)?대전", "world war"),
    ("회 ?(?=[가-힣]{0,6} ?(?:대회|올림픽|영화제|총회|행사|축제|아시안게임|선수권|전시회|포럼|시상식))",
     "edition|festival|congress|session|conference|olympics|games|event|competition|forum|contest|award|ceremony|exhibition"),
    ("세대(?= ?(?:전투기|이동통신|통신|스텔스|무기|핵|로봇|원전|탈북|교포|동포))", "generation"),
)  # fmt: skip
"""Words behind the number in Korean, and the noun in English."""
_SCHOOL = re.compile(
    "(?P<school>초등학교|초등|초(?=[1-6])|중학교|중(?=[1-3])|고등학교|고(?=[1-3])|대학교?)? ?(?P<n>[1-6])학년"
)
_OFFSETS = {"초": 0, "중": 6, "고": 9}
_SIGNS = re.compile("[0-9](?:[조항장국급층]|사단|군단|여단|연대|대대|중대|함대|비행단|전단|호[선실기]|번|단계|대 ?[가-힣]{2}"
                    "|쿼터|라운드|이닝|회[초말]|코스|공장|차 ?(?:세계|대전)|회|세대|강|학년)|결승|주체")  # fmt: skip
_WORDS = {
    **{word: int(value) for word, value in ORDINALS.items() if value <= 20},
    **{word: int(value) for word, value in ONES.items() if value},
    **{word.lower(): value for word, value in ROMAN.items()}, "i": 1, "v": 5, "x": 10,
}  # fmt: skip
_NUMBER = rf"[0-9]{{1,4}}(?:st|nd|rd|th)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))}"

_NO_ADJECTIVE = rf"and|or|of|in|the|through|to|from|for|at|on|by|with|{_NUMBER}"
"""Words that are not between a number and its noun: 2-2 through nine innings."""


class Named(NamedTuple):
    """A number in a name, with its span."""

    values: frozenset[int]
    start: int
    end: int

    def quantity(self) -> Quantity:
        return Quantity("count", float(min(self.values)), self.start, self.end)


@cache
def _korean(suffix: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9.,~∼·])(?P<n>[0-9]{{1,4}}) ?(?:{suffix})")


@cache
def _english(noun: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![0-9][-–])\b(?P<a>{_NUMBER})(?:[ -](?!(?:{_NO_ADJECTIVE})\b)[A-Za-z'’]+){{0,2}}[ -](?:{noun})s?\b"
        rf"|\b(?:{noun})(?: No\.)? (?P<b>{_NUMBER})\b(?!\.?[0-9%])",
        re.IGNORECASE,
    )


def wrong_names(source: str, target: str) -> Iterator[tuple[Named, Named]]:
    """Yield the numbers in names that differ."""
    if not _SIGNS.search(source):
        return
    for suffix, noun in _KINDS:
        ours = [_named(match) for match in _korean(suffix).finditer(source)]
        theirs = [_named(match) for match in _english(noun).finditer(target)] if ours else []
        yield from _different(ours, theirs)
    if "주체" in source:
        yield from _wrong_juche(source, target)
    if "강" in source or "결승" in source:
        rounds = [_round(match) for match in _ROUND.finditer(source)]
        yield from _different(rounds, [_round(match) for match in _ROUND_IN_ENGLISH.finditer(target)] if rounds else [])
    if "학년" in source:
        ours = [_grade(match) for match in _SCHOOL.finditer(source)]
        yield from _different(ours, [_named(match) for match in _english("grade|grader|year").finditer(target)])


def _different(ours: Sequence[Named], theirs: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    if not ours or len(ours) != len(theirs):
        return
    missing, extra = _without_equal(ours, theirs), _without_equal(theirs, ours)
    if len(missing) == len(extra) == 1:
        yield missing[0], extra[0]


def _without_equal(ours: Sequence[Named], theirs: Sequence[Named]) -> list[Named]:
    return [each for each in ours if all(each.values.isdisjoint(other.values) for other in theirs)]


def _named(match: re.Match[str]) -> Named:
    groups = match.groupdict()
    name = next(name for name in ("n", "a", "b") if groups.get(name))
    text = match[name].lower()
    value = int(re.sub("[a-z]", "", text)) if text[0].isdigit() else _WORDS[text]
    return Named(frozenset({value}), *match.span(name))


_JUCHE = re.compile("주체 ?(?P<n>[0-9]{2,3})")
_JUCHE_IN_ENGLISH = re.compile(r"\b[Jj]uche(?: year)? (?P<n>[0-9]{2,3})\b(?:,? (?:\(|or )(?P<year>[0-9]{4})\b)?")
_BEFORE_JUCHE = 1911


def _wrong_juche(source: str, target: str) -> Iterator[tuple[Named, Named]]:
    """Yield a year counted from 1912 that differs, or that is not the year beside it."""
    ours = [_named(match) for match in _JUCHE.finditer(source)]
    matches = list(_JUCHE_IN_ENGLISH.finditer(target))
    yield from _different(ours, [_named(match) for match in matches])
    for match in matches:
        if ours and match["year"] and int(match["n"]) + _BEFORE_JUCHE != int(match["year"]):
            yield ours[0], Named(frozenset({int(match["year"])}), *match.span("year"))


_ROUND = re.compile(
    "(?P<final>(?<!준)결승)|(?P<semi>(?<!준)준결승|(?<![0-9])4강)|(?P<quarter>준준결승|(?<![0-9])8강)|(?P<n>16|32|64)강"
)
_ROUND_IN_ENGLISH = re.compile(
    r"\b(?:(?P<final>finals?|championship game)|(?P<semi>semi-?finals?|(?:final|last) four)|(?P<quarter>quarter-?finals?|(?:final"
    r"|last) eight)"
    r"|(?:round of|last) (?P<n>16|32|64))\b",
    re.IGNORECASE,
)
_ROUNDS = {"final": 2, "semi": 4, "quarter": 8}


def _round(match: re.Match[str]) -> Named:
    """Return the number of teams in a round: eight in the quarterfinals."""
    value = int(match["n"]) if match["n"] else _ROUNDS[match.lastgroup or ""]
    return Named(frozenset({value}), *match.span())


def _grade(match: re.Match[str]) -> Named:
    """Return a school year: the second of a middle school is the eighth grade, too."""
    number = int(match["n"])
    offset = _OFFSETS.get((match["school"] or "")[:1])
    others = {number + offset} if offset else set() if offset == 0 else {number + 6, number + 9}
    return Named(frozenset({number, *others}), *match.span("n"))

"""Figures that changed places: 14 soldiers and 41 civilians for 군인 41명과 민간인 14명.

Invariant: both texts have the same figures of a kind, and the same words of a class, each once and
in turn; so each figure has one word, and a text that is arranged otherwise is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transflow.language.quantities.compare import compare_figures
from transflow.language.quantities.quantity import Quantity, same


class Swap(NamedTuple):
    """The first figure of the source that has another word in the target, and that of the target
    with the same word.
    """

    source: Quantity
    target: Quantity


_CLASSES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("군인|병사|장병", r"\b(?:soldier|troop|service member)s?\b"), ("민간인|주민", r"\b(?:civilian|resident)s?\b"),
        ("경찰관?", r"\bpolice(?:men| officers)?\b"), ("시위대", r"\b(?:protester|demonstrator)s?\b"),
        ("학생", r"\bstudents?\b"), ("교사|교원", r"\bteachers?\b"),
    ),
    (("남성|남자|남학생|소년", r"\b(?:men|man|males?|boys?)\b"), ("여성|여자|여학생|소녀", r"\b(?:wom[ae]n|females?|girls?)\b")),
    (("어른|성인|대인", r"\badults?\b"), ("어린이|아동|아이|소인", r"\b(?:child|children|kids?)\b")),
    (("아버지|부친", r"\bfather\b"), ("어머니|모친", r"\bmother\b")),
    (("아들", r"\bsons?\b"), ("딸", r"\bdaughters?\b")),
    (("남편", r"\bhusband\b"), ("아내|부인", r"\bwife\b")),
    (("형(?=[은이과 ])|오빠|언니|누나", r"\b(?:older|elder)\b"), ("동생|아우", r"\byounger\b")),
    (
        ("사망|숨[지졌진]|죽|별세|타계", r"\b(?:died|dies|dead|deaths?|killed|fatalities)\b"),
        ("부상|다[쳤치친]", r"\b(?:injur\w+|hurt|wounded)\b"), ("실종", r"\bmissing\b"), ("구조", r"\brescued\b"),
        ("태어[나났난]|출생", r"\b(?:born|birth)\b"),
    ),
    (
        ("남한|남측|(?<![북가-힣])한국(?!시)", r"\b(?:South Korea(?:ns?)?\b|the South)\b"),
        ("북한|북측", r"\b(?:North Korea(?:ns?)?\b|the North)\b"),
        ("미국", r"\b(?:United States|Americans?)\b|(?-i:\bU\.?S\b)"), ("중국", r"\b(?:China|Chinese)\b"), ("일본", r"\bJapan(?:ese)?\b"),
        ("러시아", r"\bRussians?\b|\bRussia\b"),
    ),
    (("서울", r"\bSeoul\b"), ("평양", r"\bPyongyang\b"), ("부산", r"\bBusan\b"), ("신의주", r"\bSinuiju\b"), ("혜산", r"\bHyesan\b"),
    ("함흥", r"\bHamhung\b"),
        ("베이징", r"\bBeijing\b"), ("도쿄", r"\bTokyo\b"), ("워싱턴", r"\bWashington\b")),
    (("찬성", r"\b(?:votes? for|in favor|favou?red|supported|approved|ayes)\b"), ("반대", r"\b(?:against|opposed|nays)\b")),
    (("(?<![가-힣])수출", r"\bexport\w*\b"), ("(?<![가-힣])수입", r"\bimport\w*\b")),
    (("민주당", r"\bDemocratic Party\b"), ("국민의힘", r"\bPeople Power Party\b"), ("여당", r"\b(?:ruling|governing) party\b"),
    ("야당", r"\bopposition\b")),
    (
        ("작년|지난 ?해|전년", r"\b(?:last year|(?:the )?(?:previous|preceding) year|year (?:earlier|before|ago))\b"),
        ("올해|금년", r"\bthis year\b"), ("내년", r"\bnext year\b"),
    ),
    (("지난 ?달|전달", r"\b(?:last|previous) month\b"), ("이달|이번 ?달", r"\bthis month\b")),
    (
        ("시작|개막|개최|착공", r"\b(?:beg[aiu]n\w*|start\w*|open(?:s|ed)?)\b"),
        ("끝[나난내났]|종료|폐막|완공|마[쳤치친]", r"\b(?:ends?|ended|finish\w*|clos(?:es?|ed)|complet\w+)\b"),
    ),
    (
        ("떠[나났난]|출발|출국", r"\b(?:left|leaves?|depart\w*|set (?:off|out))\b"),
        ("도착", r"\barriv\w+\b"), ("돌아[오온왔올]|귀국|복귀", r"\b(?:return\w*|(?:came|come|comes|got) (?:back|home))\b"),
    ),
    (
        ("체포|붙잡|구속|검거|구금", r"\b(?:arrest\w*|caught|detained|captured)\b"),
        ("석방|풀려[나났난]", r"\b(?:releas\w+|freed|set free|let go)\b"),
        ("재판|기소", r"\b(?:tried|indict\w+|trial)\b"),
    ),
    (
        ("입[대학국]|입사", r"\b(?:join\w*|enter\w*|enlist\w*|enroll\w*)\b"),
        ("탈출|탈북|도주|달아[나났]|귀순", r"\b(?:fled|flees?|escap\w+|defect\w+)\b"),
        ("퇴사|퇴직", r"\b(?:retired|left|quit)\b"), ("제대|전역|졸업", r"\b(?:discharg\w+|graduat\w+)\b"),
    ),
    (("결혼", r"\bmarr\w+\b"), ("이혼", r"\bdivorc\w+\b")),
    (("취임", r"\b(?:took office|inaugurat\w+|sworn in|appointed)\b"),
    ("사임|퇴임|물러[나났난]|사퇴", r"\b(?:resign\w*|stepp?\w* down|left office)\b")),
    (
        ("고도|높이", r"\b(?:altitude|height|high|tall|apogee)\b"), ("폭|너비", r"\b(?:wide|width)\b"),
        ("깊이", r"\b(?:deep|depth)\b"), ("길이", r"\b(?:long|length)\b"),
        ("날아|날았|비행|비거리|사거리", r"\b(?:fly|flew|flying|flown|range|distance|travell?ed)\b"),
    ),
    (("(?:최저|아침) ?기온|최저", r"\b(?:lows?|minimum)\b"), ("(?:최고|낮) ?기온|최고", r"\b(?:highs?|maximum)\b")),
    (
        ("금메달|금(?= ?[0-9])", r"\bgolds?\b"), ("은메달|은(?= [0-9])", r"\bsilvers?\b"), ("동메달|동(?= ?[0-9])", r"\bbronzes?\b"),
    ),
    (
        ("(?<=[0-9])승(?!부)", r"\b(?:wins?|victories|won)\b"), ("(?<=[0-9])무(?!승)", r"\b(?:draws?|ties|drew|tied)\b"),
        ("(?<=[0-9])패", r"\b(?:loss(?:es)?|defeats?|lost)\b"),
    ),
    (("육군", r"\b[Aa]rmy\b"), ("해군", r"\b[Nn]avy\b"), ("공군", r"\b[Aa]ir [Ff]orce\b")),
    (("버스", r"\bbus(?:es)?\b"), ("트럭|화물차", r"\btrucks?\b"), ("승용차", r"\bcars?\b")),
    (("쌀|입쌀", r"\brice\b"), ("옥수수|강냉이", r"\bcorn\b"), ("밀가루", r"\bflour\b"), ("비료", r"\bfertilizer\b")),
    (("도시", r"\b(?:cit(?:y|ies)|urban)\b"), ("농촌", r"\b(?:rural|countryside)\b")),
    (("1차", r"\bfirst\b"), ("2차", r"\bsecond\b"), ("3차", r"\bthird\b")),
    (("전반", r"\bfirst half\b"), ("후반", r"\bsecond half\b")),
)  # fmt: skip
"""Classes of words that a figure stands beside, in Korean and in English."""


_KOREAN = re.compile(
    "|".join(f"(?P<w{i}_{j}>{korean})" for i, words in enumerate(_CLASSES) for j, (korean, _) in enumerate(words))
)
"""Pattern of all Korean words; the name of a group has the indexes of class and word."""


@cache
def _english(index: int) -> re.Pattern[str]:
    words = (english for _, english in _CLASSES[index])
    return re.compile("|".join(f"(?P<w{index}_{j}>{english})" for j, english in enumerate(words)), re.IGNORECASE)


_MOST = 4
"""Largest number of figures that are compared."""
QUANTITIES = frozenset({"count", "percent", "points", "money", "measure", "age"})
DATES = frozenset({"year", "month", "day", "weekday", "clock"})


def swaps(source: str, target: str, kinds: frozenset[str]) -> Iterator[Swap]:
    """Yield the swapped figures of a pair, at most one of each kind of figure."""
    ours, theirs, _ = compare_figures(source, target)
    words: list[list[_Word]] | None = None
    for key in dict.fromkeys(_key(each) for each in ours if each.kind in kinds):
        left, right = ([each for each in side if _key(each) == key] for side in (ours, theirs))
        if _have_same_values(left, right):
            words = _words_by_class(source) if words is None else words
            swap = _swapped(words, target, left, right)
            if swap:
                yield swap


class _Word(NamedTuple):
    start: int
    name: str


def _words_by_class(text: str) -> list[list[_Word]]:
    """Return the words of each class that has two or more in a Korean text."""
    found: dict[str, list[_Word]] = {}
    for match in _KOREAN.finditer(text):
        name = match.lastgroup or ""
        found.setdefault(name.partition("_")[0], []).append(_Word(match.start(), name))
    return [words for words in found.values() if len(words) > 1]


def _key(figure: Quantity) -> tuple[str, str]:
    if figure.kind in ("count", "age"):
        return "count", ""
    return figure.kind, "" if figure.unit.startswith("degree") else figure.unit


def _have_same_values(left: Sequence[Quantity], right: Sequence[Quantity]) -> bool:
    if not 1 < len(left) == len(right) <= _MOST:
        return False
    ours, theirs = (sorted(each.value for each in side) for side in (left, right))
    return len(set(ours)) == len(ours) and all(same(a, b) for a, b in zip(ours, theirs, strict=True))


def _swapped(
    classes: Sequence[Sequence[_Word]], target: str, left: Sequence[Quantity], right: Sequence[Quantity]
) -> Swap | None:
    for words in classes:
        ours = _by_word(words, left)
        if ours:
            pattern = _english(int(words[0].name[1:].partition("_")[0]))
            found = [_Word(match.start(), match.lastgroup or "") for match in pattern.finditer(target)]
            theirs = _by_word(found, right)
            if ours.keys() == theirs.keys():
                return next(
                    (Swap(ours[name], theirs[name]) for name in ours if not same(ours[name].value, theirs[name].value)),
                    None,
                )
    return None


def _by_word(words: Sequence[_Word], figures: Sequence[Quantity]) -> dict[str, Quantity]:
    """Return the figure of each word; empty unless they stand in turn, each word once."""
    if len(words) != len(figures) or len({each.name for each in words}) != len(words):
        return {}
    items: list[_Word | Quantity] = sorted([*words, *figures], key=lambda each: each.start)
    result: dict[str, Quantity] = {}
    for first, second in zip(items[::2], items[1::2], strict=True):
        word, figure = (first, second) if isinstance(first, _Word) else (second, first)
        if not isinstance(word, _Word) or not isinstance(figure, Quantity) or type(first) is not type(items[0]):
            return {}
        result[word.name] = figure
    return result

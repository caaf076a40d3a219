"""Names of people in a Korean report.

Invariant: every name that is returned is in the text at its span; a word that is no Korean name and
has no title beside it is not returned. The result is a reminder, not a register: a name without
surname, title or age beside it is found through the glossary only.

A Korean name is a surname and one or two syllables, beside a title, before 씨 or an age: 김하늘
대변인, 대변인 김하늘은, 김하늘(34). A foreign name is the unexplained words right before a title:
안토니우 구테흐스 사무총장.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transflow.glossary.endings import is_particle
from transflow.glossary.matching import Matcher
from transflow.glossary.nouns import nouns
from transflow.glossary.terms import Term

SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감음빈동온호범좌팽승간상시갈리림로량려련렴룡"
)
"""Surnames of one syllable, in South and North Korean spelling."""
LONG_SURNAMES = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방")
TITLES = tuple(
    sorted(
        """
        씨 양 군 대통령 부통령 총리 부총리 국무총리 장관 차관 차관보 국무장관 국방장관 외무장관 외교장관 외무상 국방상 부상 대사
        특사 특별대표 특별보고관 보고관 대변인 부대변인 위원장 부위원장 국무위원장 위원 의원 상원의원 하원의원 의장 하원의장
        총장 사무총장 사무차장 사무국장 국장 부국장 과장 실장 부장 부부장 제1부부장 비서 비서관 보좌관 안보보좌관 총비서
        사령관 참모총장 총참모장 합참의장 대장 중장 소장 준장 대령 중령 소령 대위 원수 차수 교수 박사 연구원 선임연구원
        연구위원 선임연구위원 소장 이사장 이사 대표 공동대표 회장 부회장 사장 원장 기자 특파원 작가 감독 변호사 판사 검사 목사
        신부 선교사 선수 주석 국왕 여왕 왕자 여사 전문가 분석관 담당관 조정관 최고대표 고등판무관 판무관 부차관보 지사 시장 활동가
        """.split(),
        key=len,
        reverse=True,
    )
)
_TITLES_BY_SYLLABLE = {
    syllable: tuple(title for title in TITLES if title[0] == syllable) for syllable in {title[0] for title in TITLES}
}
_WORD = re.compile("[가-힣]+")
_TITLE = re.compile(f"(?:{'|'.join(TITLES)})")
_AGE = re.compile(r"\s?\((?:\d{1,3}|[^()]{0,12}\d{1,3}세)[^()]{0,12}\)")
_CLEARLY_NO_NAME = re.compile(".*(?:[의와과를가]|[했었았였겠].*|으나|지만|거나|라도)")
_ADNOMINAL = re.compile(".*(?:[은는인한된던할될로서며고린른온간해을도]|라는|에서|까지|부터|에게|에따라|하는|있는|없는)")
_OTHER_WORDS = frozenset(
    "전 현 신임 당시 같은 그 이 한 두 또 새 등 및 고 모 각 총 약 첫 이들 그들 저들 모두 여부 각각 그러나 아마도 역시 물론 주한미 주일미 "
    "이날 그날 이후 이전 지난 최근 현재 당시 매우 가장 아주 거의 다만 또한 특히 만약 비록 오직 이미 아직 바로 다시 함께 "
    "하지만 그리고 이에 선출된".split()
)
_OFFICE = re.compile(".*(?:[부성청원처실국당단측]|위원회|대학|대학교|연구소|센터|협회|재단|은행|그룹|일보|신문)")
"""Offices, between a name and a title: 김하늘 외교부 대변인."""
_AMBIGUOUS_TITLES = frozenset("양 군 대표 이사 선수 감독 위원 의원 소장 대위 원수 회장 작가 시장".split())
"""Titles that are other words too, and count beside a Korean name only."""
_MOST_WORDS, _MOST_OFFICES = 3, 2


class NameInText(NamedTuple):
    """A person's name and its span in a text."""

    text: str
    start: int
    end: int
    term: Term | None = None
    """The glossary entry, if there is one."""


def find_names(text: str, matcher: Matcher | None = None) -> list[NameInText]:
    """Return the names in a text, in order.

    `matcher` finds the terms of the glossary; those of kind "person" are names.
    """
    hits = matcher.find(text) if matcher else []
    found = [
        NameInText(text[hit.start : hit.end], hit.start, hit.end, hit.term) for hit in hits if hit.term.kind == "person"
    ]
    taken_spans = [(hit.start, hit.end) for hit in hits]
    words = [(match[0], match.start()) for match in _WORD.finditer(text)]
    for index in range(len(words)):
        for name in _name_at(text, words, index):
            if all(name.end <= start or end <= name.start for start, end in taken_spans):
                found.append(name)
                taken_spans.append((name.start, name.end))
    return sorted(found, key=lambda name: name.start)


def _name_at(text: str, words: Sequence[tuple[str, int]], index: int) -> Iterator[NameInText]:
    """Yield the Korean name that a word is, or the foreign name that ends with it."""
    word, start = words[index]
    after_title = index > 0 and _is_before_space(text, words, index - 1) and _is_title(words[index - 1][0], bare=True)
    title, offices = _title_after(text, words, index)
    for length in _korean_name_lengths(word):
        suffix = word[length:]
        has_title = bool(suffix) and _is_title(suffix)
        has_age = not suffix and _AGE.match(text, start + length) is not None
        if has_title or has_age or (not suffix and title) or (after_title and (not suffix or is_particle(suffix))):
            yield NameInText(word[:length], start, start + length)
            return
    if not title or title in _AMBIGUOUS_TITLES:
        return
    first = _foreign_name_start(text, words, index)
    if first is not None and (first < index or not offices):  # after an office, a single word is too weak a sign
        name_start = words[first][1]
        yield NameInText(text[name_start : start + len(word)], name_start, start + len(word))


def _title_after(text: str, words: Sequence[tuple[str, int]], index: int) -> tuple[str, int]:
    """Return the title after a word, and the number of office words between them; empty if there is
    none.
    """
    for offices in range(_MOST_OFFICES + 1):
        if index + offices + 1 >= len(words) or not _is_before_space(text, words, index + offices):
            break
        word = words[index + offices + 1][0]
        if title := _title(word):
            return title, offices
        if word not in nouns() and not _OFFICE.fullmatch(word) and not _is_compound(word):
            break
    return "", 0


def _is_compound(word: str) -> bool:
    return any(word[:cut] in nouns() and word[cut:] in nouns() for cut in range(2, len(word) - 1))


def _title(word: str, *, bare: bool = False) -> str:
    """Return the title that a word is, with particles after it unless `bare`; empty if it is
    none.
    """
    for title in _titles(word):
        suffix = word[len(title) :]
        if not suffix or (not bare and is_particle(suffix)):
            return title
    return ""


def _is_title(word: str, *, bare: bool = False) -> bool:
    return bool(_title(word, bare=bare))


def _titles(word: str) -> Iterable[str]:
    return (title for title in _TITLES_BY_SYLLABLE.get(word[:1], ()) if word.startswith(title))


def _is_before_space(text: str, words: Sequence[tuple[str, int]], index: int) -> bool:
    """True if a single space separates a word from the next."""
    word, start = words[index]
    return text[start + len(word) : words[index + 1][1]] == " "


def _korean_name_lengths(word: str) -> Iterator[int]:
    """Yield the numbers of leading syllables that may be a Korean name, likeliest first."""
    has_long_surname = word.startswith(LONG_SURNAMES)
    if (not has_long_surname and word[0] not in SURNAMES) or word in _OTHER_WORDS or _CLEARLY_NO_NAME.fullmatch(word):
        return
    for length in (4, 3) if has_long_surname else (3, 2):
        name = word[:length]
        is_modifier = name[:2] in nouns() and name[-1] in "한된할"  # 방대한 장관
        is_word = name in nouns() or name in _OTHER_WORDS
        if len(name) == length and not is_word and not _is_title(name) and not is_modifier:
            yield length


def _foreign_name_start(text: str, words: Sequence[tuple[str, int]], last: int) -> int | None:
    """Return the index of the first word of a foreign name before a title; None if there is
    none.
    """
    first = None
    for index in range(last, max(last - _MOST_WORDS, -1), -1):
        if not _is_unexplained(words[index][0]) or (index < last and not _is_before_space(text, words, index)):
            break
        first = index
    return first


def _is_unexplained(word: str) -> bool:
    """True if a word is no noun, no title and no modifier of the next word."""
    if len(word) < 2 or word in _OTHER_WORDS or word in nouns() or _is_title(word):
        return False
    if _ADNOMINAL.fullmatch(word) or _CLEARLY_NO_NAME.fullmatch(word):
        return False
    return not any(word[:cut] in nouns() for cut in range(2, len(word))) and not word.endswith(TITLES)

"""The reporters of a byline, as newsrooms and agencies write it: `서울=이정은 기자`,
`(베이징=연합뉴스) 이정은·김하늘 특파원 =`, `글·사진 이정은`, `By Jeong Eun Lee and Haneul Kim`.

Invariant: no e-mail address, telephone number, place or title is part of a name, and the name is a
slice of the byline. A spelling that is known wins over every rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from transflow.language.romanisation.surnames import spellings

_PLACES = (
    "서울 부산 대구 인천 광주 대전 울산 세종 수원 춘천 청주 전주 창원 제주 파주 판문점 평양 개성 신의주 원산 함흥 청진 나선 "
    "베이징 북경 상하이 선양 심양 단둥 옌지 연길 홍콩 타이베이 도쿄 동경 오사카 워싱턴 뉴욕 로스앤젤레스 런던 파리 제네바 "
    "베를린 브뤼셀 빈 로마 모스크바 블라디보스토크 방콕 하노이 호찌민 프놈펜 비엔티안 양곤 싱가포르 자카르타 마닐라 뉴델리 "
    "시드니 오타와 카이로 예루살렘 테헤란 종합 특별취재팀"
)
_PLACE = frozenset(_PLACES.split())
_DEPARTMENT = re.compile(r"(?:[가-힣·]{2,}(?:부|팀|국|실|센터|본부|지국|뉴스|신문|일보|방송|연구소)|[가-힣]{1,4}=)$")

_POSITION = (
    r"(?:인턴|수습|객원|선임|전문|사진|영상|촬영|시민|명예|수석|책임|전|대)*"
    r"(?:기자|특파원|통신원|논설위원|편집위원|해설위원|전문위원|위원|주필|국장|부장|차장|팀장|실장|지국장|본부장|편집장|"
    r"대표|데스크|앵커|아나운서|리포터|피디|PD|프로듀서|작가|에디터|칼럼니스트|교수|연구원|연구위원|객원|인턴|수습|님|씨)"
)
_OTHERS = r"외\s*\d+\s*(?:명|인)"
_ENGLISH = r"(?:staff\s+|senior\s+|chief\s+)*(?:writer|reporter|correspondent|editor|journalist|intern)"
_TITLE = re.compile(
    rf"(?:\s+\S*?{_POSITION}|(?<=[가-힣]{{2}}){_POSITION}|\s+{_OTHERS}|\s+{_ENGLISH}|"
    r"(?<=[a-z])\s+(?:special\s+to|in|for)\s+\S.*)$",
    re.IGNORECASE,
)
_ONLY_TITLE = re.compile(rf"{_POSITION}|{_OTHERS}|{_ENGLISH}|(?:special\s+to|in|for)\s+\S.*", re.IGNORECASE)
_TITLE_BEFORE = re.compile(
    rf"{_POSITION}\s+(?=\S)|(?:reporters?|correspondents?|staff writers?)[:\s]\s*", re.IGNORECASE
)

_ADDRESS = re.compile(
    r"<?[^\s<>()\[\],;=·|]*@[^\s<>()\[\],;=·|]*>?|\S+\s*[(\[]\s*at\s*[)\]]\s*\S+|https?://\S+|\+?\d[\d-]{6,}\d",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”‘ⓒ©▲△■*]|(?<![^\W\d_])['’]|['’](?![^\W\d_])")
_BRACKETED = re.compile(r"[(\[【〔<]([^()\[\]【】〔〕<>]*)[)\]】〕>]")
_WORK = r"(?:글|사진|그림|취재|기사|정리|영상|촬영|편집|대담|인터뷰|기획|글쓴이|기자)"
_LABEL = re.compile(rf"(?:^|(?<=[\s,;|/·]))(?:{_WORK}(?:\s*[·ㆍ・/,&]\s*|\s+)?)+\s*[=:：]")
_LABEL_APART = re.compile(rf"(?:^|(?<=[\s,;|/])){_WORK}(?:\s*[·ㆍ・/&]\s*{_WORK})*(?:\s*/\s*|(?=\s+\S)(?!\s+기자))")
_BY = re.compile(
    r"(?:^|(?<=[,;|]))\s*(?:(?:(?:reported|written|story|text|words|photos?)\s+)?by\b\s*:?\s*)+", re.IGNORECASE
)
_PREFIX = re.compile(r"([^=,;]*)=")
SEPARATOR = re.compile(r"[,，;·ㆍ・/、&|\n]|(?<=\s)(?:및|and)(?=\s)")


class Reporter(NamedTuple):
    """A name in a byline: `byline[start:end] == name`."""

    name: str
    start: int
    end: int


def reporters(byline: str, known: Collection[str] = ()) -> tuple[Reporter, ...]:
    """Return the reporters in a byline. `known` are names and aliases, which may have several
    words.
    """
    whole = byline.strip()
    if whole in known:
        return (_slice(byline, 0, len(byline)),) if whole else ()
    text = _without_frame(byline, known)
    chunks = re.finditer(r"[^,]+", text)
    found = (each for chunk in chunks for each in _in_chunk(text, *chunk.span(), known))
    return tuple(each._replace(name=byline[each.start : each.end]) for each in found)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _comma(found: re.Match[str]) -> str:
    return "," * len(found[0])


def _without_frame(byline: str, known: Collection[str]) -> str:
    """Return a text of the same length, with commas or spaces for all but names and titles."""
    text = _QUOTES.sub(_blank, _ADDRESS.sub(_comma, byline))
    text = _without_brackets(text, known)
    text = _LABEL.sub(_comma, text)
    text = _PREFIX.sub(lambda found: _without_prefix(found, known), text)
    text = _LABEL_APART.sub(_comma, _BY.sub(_comma, text))
    return SEPARATOR.sub(_comma, text)


def _without_brackets(text: str, known: Collection[str]) -> str:
    """Take out what stands in brackets beside a name; of names in brackets, only the brackets."""
    outside = _BRACKETED.sub(_blank, text)
    names = any(_in_chunk(outside, *chunk.span(), known) for chunk in re.finditer(r"[^,;·/=|]+", outside))

    def blanked(found: re.Match[str]) -> str:
        return _comma(found) if names else f" {found[1]} "

    return re.sub(r"[()\[\]【】〔〕<>]", " ", _BRACKETED.sub(blanked, text))


def _without_prefix(found: re.Match[str], known: Collection[str]) -> str:
    """Return what stands before an equals sign: the people in it, without places and agencies."""
    parts = re.split(r"([·ㆍ・/])", found[1])
    kept = (part if part.strip() in known or _TITLE.search(part.rstrip()) else "," * len(part) for part in parts)
    return "".join(kept) + ","


def _in_chunk(text: str, start: int, end: int, known: Collection[str]) -> list[Reporter]:
    """Return the reporters in a part of a byline that has no separator."""
    chunk = _slice(text, start, end)
    if chunk.name in known:
        return [chunk] if chunk.name else []
    if begun := _TITLE_BEFORE.match(chunk.name):
        chunk = _slice(text, chunk.start + begun.end(), chunk.end)
    had_title = bool(begun)
    if _ONLY_TITLE.fullmatch(chunk.name):
        return []
    while chunk.name not in known and (title := _TITLE.search(chunk.name)):
        chunk, had_title = _slice(text, chunk.start, chunk.start + title.start()), True
    if not chunk.name or chunk.name in _PLACE or (had_title and _DEPARTMENT.fullmatch(chunk.name)):
        return []
    return [chunk] if chunk.name in known else list(_words_that_name(text, chunk, known, had_title=had_title))


def _words_that_name(text: str, chunk: Reporter, known: Collection[str], *, had_title: bool) -> Iterator[Reporter]:
    """Yield the names in a part without titles: known ones, else Korean names side by side, else
    all of it.
    """
    words = [
        _slice(text, chunk.start + found.start(), chunk.start + found.end())
        for found in re.finditer(r"\S+", chunk.name)
    ]
    if len(words) < 2:
        yield chunk
        return
    if any(word.name in known for word in words):
        yield from (word for word in words if word.name in known or _is_full_name(word.name))
        return
    rest = [word for word in words if word.name not in _PLACE and not _DEPARTMENT.search(word.name)]
    names = [word for word in rest if _is_full_name(word.name)]
    if names and (had_title or names == rest):
        yield from names
    elif rest:
        yield _slice(text, rest[0].start, rest[-1].end)


def _is_full_name(word: str) -> bool:
    """True for a surname, of one or two syllables, with a given name of two."""
    if not re.fullmatch("[가-힣]{3,4}", word) or word in _PLACE or _DEPARTMENT.search(word):
        return False
    return word[: len(word) - 2] in spellings()


def _slice(text: str, start: int, end: int) -> Reporter:
    """Return the text between two offsets without white space around it."""
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    name = raw.strip()
    return Reporter(name, start, start + len(name))

"""Counters and units after a Korean numeral: 명, 개, 원, 킬로미터, 년, 퍼센트.

Invariant: a counter is recognised only if it is not the beginning of another word: 3대 has a
counter, 3대표 has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from transflow.language.quantities import units
from transflow.language.quantities.korean_numerals import alternatives
from transflow.language.quantities.quantity import Kind

_PERSONS = ("명", "사람", "인분", "인", "식구")
_THINGS = (
    "개국", "개사", "개소", "개교", "개", "건", "곳", "군데", "대", "척", "마리", "권", "채", "편", "장", "점", "통", "발",
    "기", "동", "종", "가지", "나라", "팀", "회", "번", "차례", "층", "페이지", "쪽", "학년", "단계", "석", "표", "필지", "그루",
    "켤레", "벌", "쌍", "병", "잔", "상자", "세트", "골", "승", "패", "가구", "세대", "곡", "줄", "송이", "자루", "그릇", "끼",
    "문항", "과목", "매", "컷", "정", "문", "부", "본", "구", "명분", "조각", "모금", "걸음", "방", "뼘", "가닥", "마디",
)  # fmt: skip
_ORDINALS = ("번째", "째", "위", "등", "호", "차", "회째", "기생", "세대째")

SUFFIXES: dict[str, tuple[Kind, str]] = (
    dict.fromkeys(_THINGS, ("count", ""))
    | dict.fromkeys(_PERSONS, ("count", "person"))
    | dict.fromkeys(_ORDINALS, ("ordinal", ""))
    | {word: ("measure", unit) for word, unit in units.KOREAN_MEASURES.items()}
    | {word: ("money", unit) for word, unit in units.KOREAN_MONEY.items()}
    | dict.fromkeys(("%", "％", "퍼센트", "프로", "푼"), ("percent", ""))
    | dict.fromkeys(("%p", "%P", "%포인트", "% 포인트", "퍼센트포인트", "퍼센트 포인트", "포인트"), ("points", ""))
    | {
        "배": ("times", ""),
        "곱": ("times", ""),
        "세": ("age", ""),
        "살": ("age", ""),
        "평생": ("age", ""),
        "세기": ("ordinal", "century"),
    }
    | {"년대": ("decade", ""), "년": ("year", ""), "월": ("month", ""), "일": ("day", ""), "시": ("clock", "")}
    | {
        "분": ("measure", "minute"),
        "파운드": ("money", "pound"),
        "킬로": ("measure", ""),
        "분기": ("ordinal", "quarter"),
    }
    | dict.fromkeys(("bp", "베이시스 포인트", "베이시스포인트"), ("points", "basis"))
    | {"주년": ("ordinal", ""), "년생": ("year", ""), "주기": ("ordinal", ""), "년간": ("measure", "year")}
    | {"일간": ("measure", "day"), "박": ("measure", "day"), "해": ("measure", "year"), "년여": ("measure", "year")}
)
"""Counter -> kind of figure and unit."""
_NOT_BEFORE = {
    "원": "칙색소형년래점인숭생자로동내격본", "위": "안원치", "시": "즌리스장민절작속기설", "주": "의도민요자장식택연목변",
    "인": "치의민물구원정", "차": "량원선관장", "대": "표형통회학변령사장위법책", "도": "시로전심착달", "배": "우경급치달", "세": "력금상",
    "일": "본반제련등요", "분": "야석량단류", "엔": "진지터드", "불": "법량리만안씨꽃길빛경교", "리": "그더", "프로": "그젝필농야축듀덕테",
    "달": "성",
    "초": "과청중등", "개": "발최혁", "평": "균가양화생", "정": "도부상책치", "문": "제", "부": "터장총대", "본": "부", "구": "역간",
    "기": "자업지간술", "장": "관교소애기군자", "방": "송사출문향침울면식법", "호": "텔", "조": "사", "번": "호", "유로": "파",
    "건": "물설", "근": "무로",
    "톤": "급", "해": "외", "정보": "기원부", "점": "심", "석": "방유좌", "표": "현", "통": "일신", "종": "교료", "동": "안북서남맹지",
    "회": "담의사견원장", "등": "급", "명": "절령",
}  # fmt: skip
"""Counter -> syllables that may not follow it, as it would be the beginning of another word."""
_ASCII = re.compile(r"[A-Za-z0-9]+")


_DEGREES = r"(?:(?<! )도(?=로(?![가-힣]))|도(?![시로전심착달]))"
"""Degrees, also in 23도로; not the road in 23 도로."""


def _counter_pattern(word: str) -> str:
    """Return a pattern for a counter that does not begin another word."""
    if word == "도":
        return _DEGREES
    if _ASCII.fullmatch(word):
        return re.escape(word) + r"(?![A-Za-z])"
    return re.escape(word) + (f"(?![{_NOT_BEFORE[word]}])" if word in _NOT_BEFORE else "")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(_counter_pattern(word) for word in sorted(set(words), key=lambda each: (-len(each), each)))


SUFFIX = re.compile(rf"여? ?(?:북한 ?돈 ?|[미美] ?)?(?P<s>{_any_of(SUFFIXES)})")
COUNTERS = _any_of(
    [
        *_PERSONS, *_THINGS, *_ORDINALS, *units.KOREAN_MONEY, "분", "살", "평생", "세기", "세", "배", "년", "일", "시간", "시", "초",
        "개월", "달", "근", "피트", "인치", "마일", "그램", "배럴",
        "해",
        "주일", "주", "톤", "미터", "메터", "킬로미터", "리터", "평", "퍼센트", "도", "년대", "여", "정보", "리",
    ]
)  # fmt: skip
"""Counters that may follow a numeral in words after a space."""
GLUED = alternatives(
    "명 사람 달러 시간 살 마리 가지 번째 째 차례 군데 켤레 그루 나라 가구 개월 년 원 배로 배나 배에 곳 달 개 건 번 척 톤 킬로 퍼센트 "
    "엔 위안 유로 루블 배럴 미터 평생".split()
)
"""Counters that may follow a numeral in words without a space.

Others would match other words: 세부, 서방, 열차, 천장, 두통.
"""


def counter_after(text: str, index: int) -> tuple[str, int]:
    """Return the counter at an offset, or an empty string, and its end."""
    match = SUFFIX.match(text, index)
    return (match["s"], match.end()) if match else ("", index)

"""Family names with a title, without a given name: 박 대통령, 최 씨, 김모 씨.

Invariant: a syllable that is another word too (전 대통령, 이 의원) is a name only if the English
has another family name with a title, and no word for the other meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from transflow.gazetteer.compare import NameDifference
from transflow.language.romanisation.surnames import by_spelling, spellings

_TITLES = (
    "대통령|총리|부총리|장관|차관|의원|대표|위원장|부위원장|비서|총비서|총장|회장|부회장|사장|교수|박사|감독|선수|기자|특파원|검사|판사|변호사|대변인|국장|차장|실장"
    "|수석|비서관|보좌관|대사|원장|소장|시장|지사|후보|총재|목사|신부|외무상|부상|주석|특사|부부장|사령관|국무위원장|국방위원장|작가|시인|연구원|연구위원|이사장|의장"
    "|팀장|부장|과장|단장|청장|구청장|참모장|부대변인|상무|전무|이사|행장|서장|반장|이장|노인|할머니|할아버지|여인|여사|후보자|작곡가|기사|선장"
    "|대좌|상좌|중좌|소좌|대령|중령|소령|대장|중장|지배인|선교사|활동가"
)
_NO_NAMES = frozenset("당동구도시국공사본각부주두상소")
"""Syllables that are words before a title: 당 대표."""
_OTHER_MEANING = {
    "이": r"\b(?:this|these|the same|such)\b",
    "전": r"\b(?:former|ex|previous|then|late|past|predecessor|ousted|earlier)\b",
    "현": r"\b(?:current|incumbent|sitting|present|now|acting)\b",
    "한": r"\b(?:an?|one|another)\b",
    "고": r"\b(?:late|deceased|senior|former)\b",
    "신": r"\b(?:new|newly|incoming)\b",
    "양": r"\b(?:both|two|each|the sides)\b",
    "모": r"\b(?:an?|one|certain|all|every)\b",
    "남": r"\b(?:south|seoul|men|male|his)\b",
    "여": r"\b(?:ruling|wom[ae]n|female|her)\b",
    "원": r"\b(?:original|then|first)\b",
    "반": r"\b(?:class|half|anti)\b",
    "천": r"\b(?:thousand)\b|[0-9]",
    "정": r"\b(?:regular|full|both)\b",
}
"""Pattern of English words for the other meaning of a syllable that is a family name too."""
_ALONE = re.compile(
    rf"(?<![가-힣])([가-힣])(?:(?: ?모(?:\([^()]{{1,12}}\))?)? (?:전 |현 |前 )?)(?:(씨)(?![가-힣]{{3}})|(?:{_TITLES})(?![가-힣]{{3}}))"
)
_ENGLISH_TITLED = re.compile(
    r"\b(?:President|Minister|Premier|Chairman|Chairwoman|Chair|Secretary|Mr\.?|Ms\.?|Mrs\.?|Dr\.?|Professor|Prof\.|Rep\.|Sen\.|Gov\.|Mayor"
    r"|Ambassador|Director|Lawmaker|Spokesman|Spokeswoman|Spokesperson|Reporter|Judge|Prosecutor|Candidate|Coach|Pastor|Envoy|Marshal"
    r"|General|Gen\.|Commander|Correspondent|Writer|Author|Chief|Researcher|Colonel|Col\.|Captain|Capt\.|Major|Maj\.|Governor|Senator"
    r"|Representative|Commissioner|Speaker|Leader|Manager|Counselor|Attorney|[Ss]urnamed|[Ss]urname|(?:family|last) name) ([A-Z][a-z]+)"
    r"(?![-\w]| [A-Z][a-z]*[-a-z])"
)
_ENGLISH_ALONE = re.compile(
    r"(?:^|(?<=[.?!] )|(?<=[,;] )|(?<=[”\"] )|(?<=[a-z] )|(?<=[a-z], ))(?<!the )(?<!The )([A-Z][a-z]+)(?![-\w]| (?:[A-Z]|[a-z]+-[A-Z]))"
    r"(?=['’]s\b|[,.;:?!]| [a-z])"
)
"""Pattern for a capitalised word by itself."""
_SURE_ALONE = frozenset(
    "kim lee park choi choe jung chung jeong kang cho yoon jang lim han shin kwon hwang ahn ryu hong moon yang bae baek heo nam noh roh "
    "kwak cha joo seo suh yoo oh pak ri jo paek hyon kwak jon jong rim".split()
)
"""Family names that are hardly any other word."""


def family_names_alone(source: str, target: str) -> Iterator[NameDifference]:
    """Yield family names with a title, instead of which the English has another family name."""
    known = spellings()
    for match in _ALONE.finditer(source):
        family = match[1]
        if family not in known or (family in _NO_NAMES and not match[2]):
            continue
        words = {word.lower() for word in re.findall("[A-Za-z]+", target)}
        if not words.isdisjoint(known[family]):
            continue
        other_meaning = None if match[2] else _OTHER_MEANING.get(family)
        if other_meaning and re.search(other_meaning, target, re.IGNORECASE):
            continue
        if other := other_family(source, target, with_title=bool(other_meaning)):
            yield NameDifference("person", match[0], match.span(), other[1], other.span(1))


def other_family(source: str, target: str, *, with_title: bool = False) -> re.Match[str] | None:
    """Return a family name of the English with which no word of the Korean begins."""
    bare: Iterable[re.Match[str]] = () if with_title else _ENGLISH_ALONE.finditer(target)
    for match in (*_ENGLISH_TITLED.finditer(target), *bare):
        name = match[1].lower()
        is_name = name in by_spelling() if match.re is _ENGLISH_TITLED else name in _SURE_ALONE
        if is_name and not any(re.search(f"(?<![가-힣]){family}", source) for family in by_spelling()[name]):
            return match
    return None

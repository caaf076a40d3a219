"""Family names with a title, without a given name: 박 대통령, 최 씨.

Invariant: syllables that are other words before a title (전 대통령, 이 의원) are no names, except
before 씨.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transflow.gazetteer.compare import NameDifference
from transflow.language.romanisation.surnames import by_spelling, spellings

_TITLES = (
    "대통령|총리|부총리|장관|차관|의원|대표|위원장|부위원장|비서|총비서|총장|회장|사장|교수|박사|감독|선수|기자|검사|판사|변호사|대변인|국장|실장|수석|비서관"
    "|보좌관|대사|원장|소장|시장|지사|후보|총재|목사|신부|외무상|부상|주석|특사|부부장|사령관|국무위원장|국방위원장"
)
_NO_NAMES = frozenset("이전현한고신양각모부원주방여천지선기정반구사공동본당상소송성장남연설도채태용")
"""Syllables that are also words, or parts of them, before a title."""
_ALONE = re.compile(rf"(?<![가-힣])([가-힣])(?: (?:전|현|前) | )(?:(씨)(?![가-힣]{{3}})|(?:{_TITLES})(?![가-힣]{{3}}))")
_ENGLISH_TITLED = re.compile(
    r"\b(?:President|Minister|Premier|Chairman|Chairwoman|Chair|Secretary|Mr\.|Ms\.|Mrs\.|Dr\.|Professor|Prof\.|Rep\.|Sen\.|Gov\.|Mayor"
    r"|Ambassador|Director|Lawmaker|Spokesman|Spokeswoman|Reporter|Judge|Prosecutor|Candidate|Coach|Pastor|Envoy|Marshal|General"
    r"|Gen\.|Commander) ([A-Z][a-z]+)(?![-\w]| [A-Z][a-z]*[-a-z])"
)
_ENGLISH_ALONE = re.compile(r"(?:^|(?<=[.?!] )|(?<=[,;] )|(?<=” )|(?<=\" ))([A-Z][a-z]+)(?='s\b|’s\b|,? [a-z])")
_SURE_ALONE = frozenset(
    "kim lee park choi choe jung chung jeong kang cho yoon jang lim han shin kwon hwang ahn ryu hong moon yang bae baek heo nam noh roh "
    "kwak cha joo seo suh yoo oh pak ri jo paek hyon kwak jon jong rim".split()
)
"""Family names that are hardly any other word at the beginning of a sentence."""


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
        if other := _other_family(source, target):
            yield NameDifference("person", match[0], match.span(), other[1], other.span(1))


def _other_family(source: str, target: str) -> re.Match[str] | None:
    """Return a family name of the English with which no word of the Korean begins."""
    for match in (*_ENGLISH_TITLED.finditer(target), *_ENGLISH_ALONE.finditer(target)):
        name = match[1].lower()
        is_name = name in by_spelling() if match.re is _ENGLISH_TITLED else name in _SURE_ALONE
        if is_name and not any(re.search(f"(?<![가-힣]){family}", source) for family in by_spelling()[name]):
            return match
    return None

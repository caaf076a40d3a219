"""Names of Korean people: a wrong given name, another person's name, or no name.

A name is recognised by the title after it (이명박 대통령) or by the glossary. Any customary
spelling is accepted; no single system of romanisation is required. An issue is reported if the
right family name stands next to a given name that no custom explains, or if a person with a title
is not named while the English names a Korean person who is not in the source. A name that is only
missing is reported if the glossary has it, and only as a hint, since the translation may say “the
president”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from transflow.checks import CheckContext, Example
from transflow.glossary.termbase import Termbase
from transflow.glossary.terms import Term
from transflow.language.romanisation import surnames
from transflow.language.romanisation.names import could_be_korean, judge_spelling, letters
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {"names.given": "error", "names.other": "warning", "names.absent": "hint"}
_TERMS = Termbase([Term("김대중", "Kim Dae-jung", kind="person")])
MESSAGES = Messages(
    __name__,
    {
        "names.given": "“{korean}” is not “{english}”: the given name is different.",
        "names.other": "“{korean}” is not named in the English, which names “{english}”.",
        "names.absent": "the English does not name “{korean}”.",
    },
)
PASSING = (
    Example("김대중 전 대통령이 말했다.", "Former President Kim Dae-jung spoke."),
    Example("류현진 선수가 이겼다.", "Hyun Jin Ryu won."),
    Example("이회창 총재가 말했다.", "Lee Hoi-chang spoke."),
    Example("리커창 총리가 말했다.", "Premier Li Keqiang spoke."),
    Example("왕원빈 중국 외교부 대변인이 말했다.", "Chinese Foreign Ministry spokesman Wang Wenbin spoke."),
    Example("국방위원장이 말했다.", "The defense chairman spoke."),
    Example("고려대 교수가 말했다.", "A professor at Korea University spoke."),
)
FAILING = (
    Example("김대중 전 대통령이 말했다.", "Former President Kim Young-sam spoke.", "Kim Young-sam", "names.given"),
    Example("최선희 외무상이 말했다.", "Foreign Minister Choe Ryong Hae spoke.", "Choe Ryong Hae", "names.given"),
    Example(
        "김영호 통일부 장관이 말했다.", "Unification Minister Kim Yeon-chul spoke.", "Kim Yeon-chul", "names.given"
    ),
    Example("김정은 총비서가 말했다.", "General Secretary Kim Jong Il spoke.", "Kim Jong Il", "names.given"),
    Example("이명박 대통령이 말했다.", "President Roh Moo-hyun spoke.", "Roh Moo-hyun", "names.other"),
    Example(
        "반기문 전 외교부 장관이 말했다.",
        "Former Foreign Minister Song Min-soon spoke.",
        "Song Min-soon",
        "names.other",
    ),
    Example("김대중이 말했다.", "The former president spoke.", "", "names.absent", terms=_TERMS),
)
_TITLES = (
    "대통령|총리|부총리|장관|차관|의원|대표|위원장|부위원장|비서|총비서|총장|회장|부회장|사장|교수|박사|씨|감독|선수|기자|검사|판사|변호사|대변인|국장|실장|수석"
    "|비서관|보좌관|대사|원장|소장|청장|시장|지사|후보|총재|부장|팀장|연구원|연구위원|목사|신부|스님|작가|배우|가수|외무상|상임위원장|제1부상|부상|주석|특사|단장|의장|옹|상|위원|부부장|참모장|사령관|서기|여사|양|군"
)
_WORD_MOST = 10
"""Maximum number of syllables of each word between a name and its title: 자유북한운동연합 대표."""
_NAMED = re.compile(
    rf"(?<![가-힣])([가-힣]{{3,4}})(?=(?: [가-힣]{{1,{_WORD_MOST}}}){{0,2}}? ?[가-힣]{{0,6}}?(?:{_TITLES})(?![가-힣]*학))"
)
_TITLED = re.compile(
    rf" ?(?:[전현고] |신임 )?(?:[가-힣]{{2,{_WORD_MOST}}} )?(?:{_TITLES}"
    r"|[가-힣]{1,6}(?:대통령|총리|장관|차관|위원장|대변인|대사|총장))(?![가-힣]*학)"
)
"""Pattern for a title right after a name, or after one word in between."""
_NO_NAME_ENDS = frozenset("위협부처교대당회청족측팀론적들의은는이가을를도와과로및전각")
"""Last syllables of words before a title that are not given names: 고려대 교수, 민주당 대표."""
_END_EXCEPTIONS = frozenset({"김정은"})
"""Names that end like such words but are too frequent to be missed."""
_WORD = re.compile("[가-힣]{2,}")
_CHINA = re.compile("중국|대만|타이완|홍콩|중화|中")
_SURROUNDINGS = 12
"""Number of characters around a name that show its nationality: 중국 외교부의 왕원빈 대변인."""
_PINYIN = re.compile("[qxz]|c(?![hk])|ian|iao|uan")
"""Pattern for letters that no Korean name is spelled with."""
_MAX_OFFSET = 12
"""Number of leading syllables of a word in which a name may begin."""
_MAX_NAMES = 60
"""Maximum number of names that are compared on either side."""
_RUN = re.compile(r"[A-Z][A-Za-z’']*(?:-[A-Za-z]+)*(?: [A-Z][A-Za-z’']*(?:-[A-Za-z]+)*)+")


class KoreanName(NamedTuple):
    """Name in a text, with its span."""

    text: str
    span: tuple[int, int]


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    names: dict[str, KoreanName] = {}
    for name in korean_names(unit.source):
        names.setdefault(name.text, name)
    glossary_spellings: dict[str, frozenset[str]] = {}
    for hit in context.terms.find(unit.source):
        if hit.term.kind == "person" and 3 <= len(hit.term.source) <= 4:
            names.setdefault(hit.term.source, KoreanName(hit.term.source, (hit.start, hit.end)))
            glossary_spellings[hit.term.source] = frozenset(map(letters, hit.term.accepted_spellings))
    if not names:
        return
    spelled = list({each.text: each for each in spelled_names(unit.target)}.values())[:_MAX_NAMES]
    for name in list(names.values())[:_MAX_NAMES]:
        verdicts = {each: judge_spelling(name.text, each.text) for each in spelled}
        allowed = glossary_spellings.get(name.text, frozenset())
        if "same" in verdicts.values() or any(letters(each.text) in allowed for each in spelled):
            continue
        wrong = [
            each
            for each, verdict in verdicts.items()
            if verdict == "given"
            and not _spells_another(each.text, unit.source)
            and not _is_chinese(name, each, unit.source)
        ]
        if wrong:
            longest = max(wrong, key=lambda each: len(each.text))
            message = MESSAGES("names.given", korean=name.text, english=longest.text)
            yield Issue("names.given", IDS["names.given"], message, name.span, longest.span)
        elif stranger := _stranger(name, spelled, unit):
            message = MESSAGES("names.other", korean=name.text, english=stranger.text)
            yield Issue("names.other", IDS["names.other"], message, name.span, stranger.span)
        elif name.text in glossary_spellings and not _has_family_name(name.text, unit.target):
            message = MESSAGES("names.absent", korean=name.text)
            yield Issue("names.absent", IDS["names.absent"], message, name.span)


def korean_names(source: str) -> list[KoreanName]:
    """Return the names that precede a title, in order."""
    found = []
    for match in _NAMED.finditer(source):
        name = match[1]
        if (name[-1] not in _NO_NAME_ENDS or name in _END_EXCEPTIONS) and any(
            len(given) == 2 for _, given in surnames.parts(name)
        ):
            found.append(KoreanName(name, match.span(1)))
    return found


def spelled_names(target: str) -> Iterator[KoreanName]:
    """Yield every sequence of two or three capitalised words."""
    for run in _RUN.finditer(target):
        words = [(match.start() + run.start(), match.end() + run.start()) for match in re.finditer(r"\S+", run[0])]
        for length in (2, 3):
            for first in range(len(words) - length + 1):
                span = words[first][0], words[first + length - 1][1]
                yield KoreanName(re.sub("[’']s?$", "", target[slice(*span)]), span)


def _stranger(name: KoreanName, spelled: list[KoreanName], unit: Unit) -> KoreanName | None:
    """Return the Korean person named in the target instead of a person with a title.

    None if the target has at least the family name of the person.
    """
    if not _TITLED.match(unit.source, name.span[1]) or _has_family_name(name.text, unit.target):
        return None
    known = [each.span for each in spelled if _spells_another(each.text, unit.source)]
    strangers = [
        each
        for each in spelled
        if could_be_korean(each.text)
        and not any(start < each.span[1] and each.span[0] < end for start, end in known)
        and not _is_chinese(name, each, unit.source)
    ]
    return max(strangers, key=lambda each: len(each.text), default=None)


def _spells_another(spelled: str, source: str) -> bool:
    """Return True if the words spell another name of the source."""
    return any(judge_spelling(name, spelled) == "same" for name in _possible_names(source))


def _is_chinese(name: KoreanName, spelled: KoreanName, source: str) -> bool:
    """Return True if a name may be Chinese, for which Korean and English have other rules.

    양제츠, for example, is Yang Jiechi.
    """
    around = source[max(0, name.span[0] - _SURROUNDINGS) : name.span[1] + _SURROUNDINGS]
    return bool(_CHINA.search(around) or _PINYIN.search(spelled.text.lower()))


@lru_cache(16)
def _possible_names(source: str) -> frozenset[str]:
    """Return every sequence of two to four syllables that begins with a family name."""
    known = surnames.spellings()
    starts = [word[start:] for word in set(_WORD.findall(source)) for start in range(len(word[:_MAX_OFFSET]) - 1)]
    return frozenset(
        rest[:length]
        for rest in starts
        if rest[0] in known or rest[:2] in known
        for length in (2, 3, 4)
        if len(rest) >= length
    )


def _has_family_name(name: str, target: str) -> bool:
    """Return True if at least the family name is in the target."""
    words = {word.lower() for word in re.findall("[A-Za-z]+", target)}
    return any(not words.isdisjoint(surnames.spellings()[family]) for family, _ in surnames.parts(name))

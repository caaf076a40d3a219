"""Korean people in a text of either language.

Invariant: a name in Korean stands before a title, and its syllables are those of names; whether
words in English could be a name is for the caller to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from transflow.glossary.nouns import nouns
from transflow.language.romanisation import surnames
from transflow.language.romanisation.names import could_be_korean, judge_spelling

_TITLES = (
    "대통령|총리|부총리|장관|차관|의원|대표|위원장|부위원장|비서|총비서|총장|회장|부회장|사장|교수|박사|씨|감독|선수|기자|검사|판사|변호사|대변인|국장|실장|수석"
    "|비서관|보좌관|대사|원장|소장|청장|시장|지사|후보|총재|부장|팀장|연구원|연구위원|목사|신부|스님|작가|배우|가수|외무상|상임위원장|제1부상|부상|주석|특사|단장|의장|옹|상|위원|부부장|참모장|사령관|서기|여사|양|군|차장|차관보|특파원|원수|차수|대장|상장|중장|소장|대좌|상좌|중좌|소좌|소설가|시인|화가|보고관|특별대표|조정관"
    "|이사장|학장|행장|서장|선교사|활동가|지배인|피아니스트|주필|논설위원"
)
_WORD_MOST = 10
"""Maximum number of syllables of each word between a name and its title: 자유북한운동연합 대표."""
_RARE_FAMILIES = frozenset("자어범온빈좌팽승시단두감갈간형화목랑룡초탄판")
"""Rare family names with which many other words begin: 자회담, 시의원."""
_SYLLABLES = frozenset(
    "가강건겸경계고곤관광교구국군권규균근금기길나낙남내녀노누다단달담대덕도돈동두득라락란람랑래려련렬령례로록룡류률륜름린림마만매맹"
    "명모목무묵문미민박반방배백범법변별병보복봉부북분비빈사산삼상새생서석선설섭성세소솔송쇠수숙순술숭슬승시식신실심쌍아악안애양"
    "어억언엄업여역연열엽영예오옥온완왕외요용우욱운울웅원월위유육윤율은을음응의이익인일임자작잠장재전절정제조종좌주준중지직진집차"
    "찬창채천철청초총추춘출충취치칠쾌탁탄태택특편평포표풍필하학한함합해행향허헌혁현협형혜호혼홍화환활황회효후훈휘휴흔흠흥희히"
)
"""Syllables of Korean given names."""
_FIRST = "".join(sorted({family[0] for family in surnames.spellings()} - _RARE_FAMILIES))
"""First syllables of family names."""
_FREQUENT = "김이리박최정강조윤장임림한오서신권황안송전홍유류고문양량손배백허남심노로곽성차주우구민나라진지엄채원천방공현함변염렴여려추"
"""Family names that are looked for after a title, where any noun may stand."""
_GIVEN = "".join(sorted(_SYLLABLES))
_SECOND = _GIVEN + "".join(family[1] for family in surnames.spellings() if len(family) == 2)
"""Second syllables of names: of the given name, or of a family name of two."""
# Patterns of this module begin with a set of letters, not with a lookbehind: they are found faster.
_NAMED = re.compile(
    rf"([{_FIRST}](?<![가-힣].)(?=[{_SECOND}][{_GIVEN}])[가-힣]{{2,3}})"
    rf"(?=(?:\([^()]{{1,40}}\))?(?: [가-힣]{{1,{_WORD_MOST}}}){{0,2}}? ?[가-힣0-9]{{0,6}}?(?:{_TITLES})(?![가-힣]*학))"
)
_AFTER_TITLE = re.compile(
    rf"(?:{_TITLES}) ([{_FREQUENT}][{_GIVEN}]{{2}})(?=(?:[은는이가을를의와과도]|에게|께서)(?![가-힣])| ?씨(?![가-힣]{{2}})|\()"
)
"""Pattern for a name after a title: 대변인 구병삼은."""
_SHORT = re.compile(
    rf"([{_FIRST}](?<![가-힣].)[{_GIVEN}])(?= (?:전 )?(?:[가-힣]{{2,6}} )?[가-힣]{{0,4}}?(?:{_TITLES}|선생)(?![가-힣]{{3}}))"
)
_TITLED = re.compile(
    rf"(?:\([^()]{{1,40}}\))? ?(?:[전현고] |신임 )?(?:[가-힣]{{2,{_WORD_MOST}}} )?[0-9]?(?:{_TITLES}"
    r"|[가-힣]{1,6}(?:대통령|총리|장관|차관|위원장|대변인|대사|총장))(?![가-힣]*학)"
)
"""Pattern for a title right after a name, or after one word in between."""
_UNTITLED = re.compile(rf"([{_FREQUENT}](?<![가-힣].)[{_GIVEN}]{{2}})(?:은|는|이|가|의|도|와|과|에게)(?![가-힣])")
_ADJACENT = re.compile(rf" (?:{_TITLES})(?=[은는이가을를의도과와에로께]|[^가-힣]|$)")
_NO_NAME_ENDS = frozenset("위협부처교대당회청족측팀론적들의은는이가을를도와과로및전각")
"""Last syllables of words before a title that are not given names: 고려대 교수, 민주당 대표."""
_END_EXCEPTIONS = frozenset({"김정은"})
"""Names that end like such words but are too frequent to be missed."""
_ENGLISH_TITLES = frozenset("Chair Chairman Chairwoman Dean Major Mayor Minister Premier President".split())
"""Titles that could be read as the syllables of a given name, or stand where one does."""
_WORD = re.compile("[가-힣]{2,}")
_MAX_OFFSET = 12
"""Number of leading syllables of a word in which a name may begin."""
_WHOLE_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+(?:-[a-z]+| [A-Z][a-z]+)")
"""Pattern for a Korean name with a given name of two parts: Kim Chol-su, Kim Chol Su."""
_ADJECTIVES = frozenset(
    "유명 이상 조용 주요 남다 이러 유력 원만 정당 선량 고요 지루 지나 위중 위독 현명 용감 순수".split()
)
"""Stems of adjectives that begin like a name: 유명한 가수."""
_DESCRIPTIONS = frozenset(
    "현직 전직 고참 신참 이임 선임 명예 유력 차기 역대 신임 조연 신예 유망 전설 전담 전속 현역 노장 원내 원외 정무 민정 강성 황제".split()
)
"""Words before a title that look like a family name and a given name: 현직 검사."""
_RUN = re.compile(r"[A-Z][A-Za-z’']*(?:-[A-Za-z]+)*(?: [A-Z][A-Za-z’']*(?:-[A-Za-z]+)*)+")


class KoreanName(NamedTuple):
    """Name in a text, with its span."""

    text: str
    span: tuple[int, int]


def korean_names(source: str) -> list[KoreanName]:
    """Return the names that precede a title, and those that follow one."""
    found = []
    for match in _NAMED.finditer(source):
        name = match[1]
        if (name[-1] not in _NO_NAME_ENDS or name in _END_EXCEPTIONS) and _is_name(name):
            found.append(KoreanName(name, match.span(1)))
    for match in _AFTER_TITLE.finditer(source):
        name = match[1]
        if name[-1] not in _NO_NAME_ENDS and _is_name(name) and name[:2] not in nouns():
            found.append(KoreanName(name, match.span(1)))
    return found


def short_names(source: str) -> Iterator[KoreanName]:
    """Yield names with a given name of one syllable right before a title: 허준 기자."""
    for match in _SHORT.finditer(source):
        if (
            match[1] not in nouns()
            and match[1] not in _DESCRIPTIONS
            and match[1][1] in _SYLLABLES
            and match[1][0] in surnames.spellings()
        ):
            yield KoreanName(match[1], match.span(1))


def untitled_names(source: str) -> Iterator[KoreanName]:
    """Yield the words that could be a whole name as topic or subject: 류현진은."""
    for match in _UNTITLED.finditer(source):
        if match[1][-1] not in _NO_NAME_ENDS and _is_name(match[1]) and match[1][:2] not in nouns():
            yield KoreanName(match[1], match.span(1))


def _is_name(word: str) -> bool:
    """True if a word has a family name and a given name of usual syllables, and is no other
    word.
    """
    if word in nouns() or word[0] in _RARE_FAMILIES:
        return False
    if word[-1] in "한된할" and (word[:-1] in nouns() or word[:-1] in _ADJECTIVES):
        return False
    return any(
        len(given) == 2 and given[0] in _SYLLABLES and given[1] in _SYLLABLES for _, given in surnames.parts(word)
    )


def spelled_names(target: str) -> Iterator[KoreanName]:
    """Yield every sequence of two or three capitalised words that has no title in it."""
    for run in _RUN.finditer(target):
        words = [(match.start() + run.start(), match.end() + run.start()) for match in re.finditer(r"\S+", run[0])]
        for length in (2, 3):
            for first in range(len(words) - length + 1):
                span = words[first][0], words[first + length - 1][1]
                if _ENGLISH_TITLES.isdisjoint(target[slice(*span)].split()):
                    yield KoreanName(re.sub("[’']s?$", "", target[slice(*span)]), span)


def has_title(source: str, name: KoreanName) -> bool:
    """True if a title follows a name, or one word and a title; or if it stands before the name."""
    return _TITLED.match(source, name.span[1]) is not None or _is_after_title(source, name)


def is_beside_title(source: str, name: KoreanName) -> bool:
    """True if a title stands right after a name or right before it."""
    return _ADJACENT.match(source, name.span[1]) is not None or _is_after_title(source, name)


def _is_after_title(source: str, name: KoreanName) -> bool:
    found = _AFTER_TITLE.finditer(source, max(0, name.span[0] - _WORD_MOST), name.span[1] + _WORD_MOST)
    return any(match.span(1) == name.span for match in found)


def is_whole_name(text: str) -> bool:
    """True for English words that could be a whole Korean name: Kim Chol-su, Kim Chol Su."""
    return _WHOLE_NAME.fullmatch(text) is not None and could_be_korean(text)


def spells_another(spelled: str, source: str) -> bool:
    """Return True if the words spell another name of the source."""
    return any(judge_spelling(name, spelled) == "same" for name in _possible_names(source))


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


def has_family_name(name: str, target: str) -> bool:
    """Return True if at least the family name is in the target."""
    words = {word.lower() for word in re.findall("[A-Za-z]+", target)}
    return any(not words.isdisjoint(surnames.spellings()[family]) for family, _ in surnames.parts(name))

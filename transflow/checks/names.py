"""Names: another person, organisation or place, or a wrong given name.

A Korean person is recognised by a title (이명박 대통령), by the glossary, or by the gazetteer,
which also has foreign people, organisations and places in the news. Any customary spelling is
accepted; no single system of romanisation is required, and the glossary overrides the gazetteer. An
issue is reported if the right family name stands next to a given name that no custom explains, or
if a name is not in the English while the English has another one of the same kind that nothing in
the Korean explains. A name that is only missing is reported if the glossary has it, and only as a
hint, since the translation may say “the president”, “Beijing” or “the ministry”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from transflow.checks import CheckContext, Example
from transflow.gazetteer.alone import family_names_alone
from transflow.gazetteer.anonymous import acronyms, unnamed
from transflow.gazetteer.compare import NameDifference, differences, known_koreans
from transflow.gazetteer.entries import Kind
from transflow.gazetteer.strangers import MAX_LENGTH, strangers
from transflow.glossary.nouns import nouns
from transflow.glossary.termbase import Termbase
from transflow.glossary.terms import Term
from transflow.language.romanisation import surnames
from transflow.language.romanisation.names import could_be_korean, is_family, judge_spelling, letters
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {
    "names.given": "error",
    "names.other": "warning",
    "names.organisation": "warning",
    "names.place": "warning",
    "names.added": "warning",
    "names.absent": "hint",
}
_KINDS: Mapping[Kind, str] = {
    "person": "names.other",
    "organisation": "names.organisation",
    "place": "names.place",
}
_TERMS = Termbase([Term("김대중", "Kim Dae-jung", kind="person")])
MESSAGES = Messages(
    __name__,
    {
        "names.given": "“{korean}” is not “{english}”: the given name is different.",
        "names.other": "“{korean}” is not named in the English, which names “{english}”.",
        "names.organisation": "“{korean}” is not named in the English, which names “{english}”.",
        "names.place": "“{korean}” is not named in the English, which names “{english}”.",
        "names.added": "“{korean}” has no name in the Korean; the English names “{english}”.",
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
    Example("유명한 교수가 말했다.", "A famous professor spoke."),
    Example("중국 외교부는 부인했다.", "Beijing denied it."),
    Example("혜산에서 열렸다.", "It was held in Ryanggang province."),
    Example("전 대통령이 왔다.", "The former president came."),
    Example("푸틴 대통령이 왔다.", "The Russian leader came."),
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
    Example("시진핑 주석이 왔다.", "President Hu Jintao came.", "Hu Jintao", "names.other"),
    Example("박 대통령이 왔다.", "President Lee came.", "Lee", "names.other"),
    Example(
        "국방부가 확인했다.", "The Unification Ministry confirmed it.", "Unification Ministry", "names.organisation"
    ),
    Example("혜산에서 열렸다.", "It was held in Sinuiju.", "Sinuiju", "names.place"),
    Example("한 주민은 모른다고 했다.", "Kim Chol-su said he did not know.", "Kim Chol-su", "names.added"),
    Example("김대중이 말했다.", "The former president spoke.", "", "names.absent", terms=_TERMS),
)
_TITLES = (
    "대통령|총리|부총리|장관|차관|의원|대표|위원장|부위원장|비서|총비서|총장|회장|부회장|사장|교수|박사|씨|감독|선수|기자|검사|판사|변호사|대변인|국장|실장|수석"
    "|비서관|보좌관|대사|원장|소장|청장|시장|지사|후보|총재|부장|팀장|연구원|연구위원|목사|신부|스님|작가|배우|가수|외무상|상임위원장|제1부상|부상|주석|특사|단장|의장|옹|상|위원|부부장|참모장|사령관|서기|여사|양|군"
)
_WORD_MOST = 10
"""Maximum number of syllables of each word between a name and its title: 자유북한운동연합 대표."""
_NAMED = re.compile(
    rf"(?<![가-힣])([가-힣]{{3,4}})"
    rf"(?=(?:\([^()]{{1,40}}\))?(?: [가-힣]{{1,{_WORD_MOST}}}){{0,2}}? ?[가-힣]{{0,6}}?(?:{_TITLES})(?![가-힣]*학))"
)
_SHORT = re.compile(rf"(?<![가-힣])([가-힣]{{2}})(?= (?:전 )?(?:[가-힣]{{2,6}} )?(?:{_TITLES}|선생)(?![가-힣]{{3}}))")
_TITLED = re.compile(
    rf"(?:\([^()]{{1,40}}\))? ?(?:[전현고] |신임 )?(?:[가-힣]{{2,{_WORD_MOST}}} )?(?:{_TITLES}"
    r"|[가-힣]{1,6}(?:대통령|총리|장관|차관|위원장|대변인|대사|총장))(?![가-힣]*학)"
)
"""Pattern for a title right after a name, or after one word in between."""
_ADJACENT = re.compile(rf" (?:{_TITLES})(?=[은는이가을를의도과와에로께]|[^가-힣]|$)")
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
_RELATIVE = re.compile(
    r"[’']s? (?:[a-z]+ )?(?:sister|brother|daughter|son|wife|father|mother|aunt|uncle|half[- ]brother)\b"
)
"""A relative of somebody: the person may be meant whom the Korean names."""
_LATIN_BRACKET = re.compile(r" ?\(([A-Za-z][A-Za-z .’'-]{2,40})\)")
_HYPHENATED = re.compile("([A-Z][a-z]+) [A-Z][a-z]{1,5}-[a-z]{1,6}")
_WHOLE_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+(?:-[a-z]+| [A-Z][a-z]+)")
"""Pattern for a Korean name with a given name of two parts: Kim Chol-su, Kim Chol Su."""
_ADJECTIVES = frozenset(
    "유명 이상 조용 주요 남다 이러 유력 원만 정당 선량 고요 지루 지나 위중 위독 현명 용감 순수".split()
)
"""Stems of adjectives that begin like a name: 유명한 가수."""
_RARE_FAMILIES = frozenset("자어범온빈좌팽승시단두감갈간형화목랑룡초탄판")
"""Rare family names with which many other words begin: 자회담, 시의원."""
_SYLLABLES = frozenset(
    "가강건겸경계고곤관광교구국군권규균근금기길나낙남내녀노누다단달담대덕도돈동두득라락란람랑래려련렬령례로록룡류률륜름린림마만매맹"
    "명모목무묵문미민박반방배백범법변별병보복봉부북분비빈사산삼상새생서석선설섭성세소솔송쇠수숙순술숭슬승시식신실심쌍아악안애양"
    "어억언엄업여역연열엽영예오옥온완왕외요용우욱운울웅원월위유육윤율은을음응의이익인일임자작잠장재전절정제조종좌주준중지직진집차"
    "찬창채천철청초총추춘출충취치칠쾌탁탄태택특편평포표풍필하학한함합해행향허헌혁현협형혜호혼홍화환활황회효후훈휘휴흔흠흥희히"
)
"""Syllables of Korean given names."""
_RUN = re.compile(r"[A-Z][A-Za-z’']*(?:-[A-Za-z]+)*(?: [A-Z][A-Za-z’']*(?:-[A-Za-z]+)*)+")


class KoreanName(NamedTuple):
    """Name in a text, with its span."""

    text: str
    span: tuple[int, int]


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    source, target = unit.source, unit.target
    hits = context.terms.find(source)
    named = _Named()
    for name in korean_names(source):
        named.add(name, ())
    for hit in hits:
        if hit.term.kind == "person" and 3 <= len(hit.term.source) <= 4:
            named.add(KoreanName(hit.term.source, (hit.start, hit.end)), hit.term.accepted_spellings)
            named.of_glossary.add(hit.term.source)
    for name in _short_names(source):
        named.add(name, ())
    for known in known_koreans(source):
        named.add(KoreanName(source[known.start : known.end], (known.start, known.end)), known.entry.spellings)
        named.certain.add(source[known.start : known.end])
    yield from _people(unit, named)
    if len(source) > MAX_LENGTH or len(target) > 2 * MAX_LENGTH:
        return
    spans = [(hit.start, hit.end) for hit in hits]
    for difference in (
        *differences(source, target, spans),
        *family_names_alone(source, target),
        *acronyms(source, target),
    ):
        yield _issue(_KINDS[difference.kind], difference)
    if (nobody := unnamed(source)) and (stranger := _korean_stranger(unit)):
        yield _issue("names.added", NameDifference("person", *nobody, stranger.text, stranger.span))


class _Named:
    """Korean people of a source: the first mention of each, and spellings that are right anyway."""

    def __init__(self) -> None:
        self.names: dict[str, KoreanName] = {}
        self.allowed: dict[str, frozenset[str]] = {}
        self.of_glossary: set[str] = set()
        self.certain: set[str] = set()
        """Names that need no title."""

    def add(self, name: KoreanName, spellings: tuple[str, ...]) -> None:
        self.names.setdefault(name.text, name)
        self.allowed.setdefault(name.text, frozenset(map(letters, spellings)))


def _issue(check_id: str, difference: NameDifference) -> Issue:
    message = MESSAGES(check_id, korean=difference.korean, english=difference.english)
    return Issue(check_id, IDS[check_id], message, difference.source_span, difference.target_span)


def _people(unit: Unit, named: _Named) -> Iterator[Issue]:
    if not named.names:
        return
    spelled = list({each.text: each for each in spelled_names(unit.target)}.values())[:_MAX_NAMES]
    for name in list(named.names.values())[:_MAX_NAMES]:
        verdicts = {each: judge_spelling(name.text, each.text) for each in spelled}
        allowed = named.allowed[name.text] | {letters(_bracketed(name, unit.source))}
        if "same" in verdicts.values() or any(letters(each.text) in allowed for each in spelled):
            continue
        wrong = [
            each
            for each, verdict in verdicts.items()
            if (verdict == "given" or _is_hyphenated(name.text, each.text))
            and not _spells_another(each.text, unit.source)
            and not _is_chinese(name, each, unit.source)
            and not _RELATIVE.match(unit.target, each.span[0] + len(each.text))
        ]
        if wrong:
            longest = max(wrong, key=lambda each: len(each.text))
            yield _issue("names.given", NameDifference("person", name.text, name.span, longest.text, longest.span))
        elif stranger := _stranger(name, spelled, unit, name.text in named.certain):
            yield _issue("names.other", NameDifference("person", name.text, name.span, stranger.text, stranger.span))
        elif name.text in named.of_glossary and not _has_family_name(name.text, unit.target):
            message = MESSAGES("names.absent", korean=name.text)
            yield Issue("names.absent", IDS["names.absent"], message, name.span)


def _is_hyphenated(korean: str, english: str) -> bool:
    """True for the right family name with a given name that only a Korean has: Hwang Woo-yea."""
    found = _HYPHENATED.fullmatch(english)
    return found is not None and any(is_family(family, found[1].lower()) for family, _ in surnames.parts(korean))


def _bracketed(name: KoreanName, source: str) -> str:
    """Return the Latin letters in brackets after a name; empty if there are none."""
    found = _LATIN_BRACKET.match(source, name.span[1])
    return found[1] if found else ""


def korean_names(source: str) -> list[KoreanName]:
    """Return the names that precede a title, in order."""
    found = []
    for match in _NAMED.finditer(source):
        name = match[1]
        if (name[-1] not in _NO_NAME_ENDS or name in _END_EXCEPTIONS) and _is_name(name):
            found.append(KoreanName(name, match.span(1)))
    return found


def _short_names(source: str) -> Iterator[KoreanName]:
    """Yield names with a given name of one syllable right before a title: 허준 기자."""
    for match in _SHORT.finditer(source):
        if match[1] not in nouns() and match[1][1] in _SYLLABLES and match[1][0] in surnames.spellings():
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
    """Yield every sequence of two or three capitalised words."""
    for run in _RUN.finditer(target):
        words = [(match.start() + run.start(), match.end() + run.start()) for match in re.finditer(r"\S+", run[0])]
        for length in (2, 3):
            for first in range(len(words) - length + 1):
                span = words[first][0], words[first + length - 1][1]
                yield KoreanName(re.sub("[’']s?$", "", target[slice(*span)]), span)


def _stranger(name: KoreanName, spelled: list[KoreanName], unit: Unit, is_certain: bool) -> KoreanName | None:
    """Return the person named in the target instead of a person with a title.

    None if the target has at least the family name of the person.
    """
    if not is_certain and not _TITLED.match(unit.source, name.span[1]):
        return None
    is_beside_title = is_certain or _ADJACENT.match(unit.source, name.span[1])
    if _has_family_name(name.text, unit.target):
        return None
    known = [each.span for each in spelled if _spells_another(each.text, unit.source)]
    found = [
        each
        for each in spelled
        if could_be_korean(each.text)
        and not any(start < each.span[1] and each.span[0] < end for start, end in known)
        and not _is_chinese(name, each, unit.source)
    ]
    longest = max(found, key=lambda each: len(each.text), default=None)
    if longest or not is_beside_title:
        return longest
    foreign = (each for each in strangers(unit.source, unit.target) if each.kind == "person")
    return next((KoreanName(each.text, each.span) for each in foreign), None)


def _korean_stranger(unit: Unit) -> KoreanName | None:
    """Return a person with a whole Korean name in the target that nothing in the source spells."""
    return next(
        (
            each
            for each in spelled_names(unit.target)
            if _WHOLE_NAME.fullmatch(each.text)
            and could_be_korean(each.text)
            and not _spells_another(each.text, unit.source)
        ),
        None,
    )


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

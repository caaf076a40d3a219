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
from collections.abc import Iterable, Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.gazetteer.alone import family_names_alone, other_family
from transflow.gazetteer.anonymous import acronyms, may_be_named, unnamed
from transflow.gazetteer.compare import NameDifference, differences, known_koreans
from transflow.gazetteer.entries import Kind
from transflow.gazetteer.explained import readings
from transflow.gazetteer.koreans import (
    KoreanName,
    has_family_name,
    has_title,
    is_beside_title,
    is_whole_name,
    korean_names,
    short_names,
    spelled_names,
    spells_another,
    untitled_names,
)
from transflow.gazetteer.strangers import MAX_LENGTH, strangers
from transflow.glossary.matching import Hit
from transflow.glossary.termbase import Termbase
from transflow.glossary.terms import Term
from transflow.language.romanisation import surnames
from transflow.language.romanisation.names import could_be_korean, is_family, judge_spelling, letters
from transflow.language.romanisation.syllables import could_be
from transflow.messages import Messages
from transflow.model.explanation import Explanation
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
    Example("박철수 부위원장이 말했다.", "Vice Chairman Park spoke."),
    Example("리커창 총리가 말했다.", "Premier Li Keqiang spoke."),
    Example("왕원빈 중국 외교부 대변인이 말했다.", "Chinese Foreign Ministry spokesman Wang Wenbin spoke."),
    Example("국방위원장이 말했다.", "The defense chairman spoke."),
    Example("고려대 교수가 말했다.", "A professor at Korea University spoke."),
    Example("유명한 교수가 말했다.", "A famous professor spoke."),
    Example("중국 외교부는 부인했다.", "Beijing denied it."),
    Example("혜산에서 열렸다.", "It was held in Ryanggang province."),
    Example("전 대통령이 왔다.", "The former president came."),
    Example("푸틴 대통령이 왔다.", "The Russian leader came."),
    Example("김정은은 유훈을 지켰다.", "Kim did as Kim Jong Il had wished."),
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
_CHINA = re.compile("중국|대만|타이완|홍콩|중화|中")
_SURROUNDINGS = 12
"""Number of characters around a name that show its nationality: 중국 외교부의 왕원빈 대변인."""
_PINYIN = re.compile("[qxz]|c(?![hk])|ian|iao|uan")
"""Pattern for letters that no Korean name is spelled with."""
_MAX_NAMES = 60
"""Maximum number of names that are compared on either side."""
_RELATIVE = re.compile(
    r"[’']s? (?:[a-z]+ )?(?:sister|brother|daughter|son|wife|father|mother|aunt|uncle|half[- ]brother)\b"
)
"""A relative of somebody: the person may be meant whom the Korean names."""
_LATIN_BRACKET = re.compile(r" ?\(([A-Za-z][A-Za-z .’'-]{2,40})\)")
_HYPHENATED = re.compile("[A-Z][a-z]{1,5}-[a-z]{1,6}")


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    source, target = unit.source, unit.target
    hits = context.terms.find(source)
    named = _named(source, hits)
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
    if untitled := _untitled(unit, named):
        yield untitled
    elif (nobody := unnamed(source)) and (stranger := _korean_stranger(unit)):
        yield _issue("names.added", NameDifference("person", *nobody, stranger.text, stranger.span))


def _named(source: str, hits: Iterable[Hit]) -> _Named:
    """Return the Korean people of a source: with a title, of the glossary, or of the gazetteer."""
    named = _Named()
    for name in (*korean_names(source), *short_names(source)):
        named.add(name, ())
    for hit in hits:
        if hit.term.kind == "person" and 3 <= len(hit.term.source) <= 4:
            named.add(KoreanName(hit.term.source, (hit.start, hit.end)), hit.term.accepted_spellings)
            named.of_glossary.add(hit.term.source)
    for known in known_koreans(source):
        named.add(KoreanName(source[known.start : known.end], (known.start, known.end)), known.entry.spellings)
        named.certain.add(source[known.start : known.end])
    return named


def explain(unit: Unit, context: CheckContext) -> Explanation:
    """Return the names of both sides: people, and what the gazetteer knows."""
    if not context.is_korean_to_english:
        return Explanation("names", (), ())
    named = _named(unit.source, context.terms.find(unit.source))
    spelled = [
        each.span
        for each in spelled_names(unit.target)
        if any(judge_spelling(name, each.text) != "other" for name in named.names)
    ]
    return Explanation(
        "names", *readings(unit.source, unit.target, [each.span for each in named.names.values()], spelled)
    )


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
            if (verdict == "given" or _has_other_given_name(name.text, each, unit.target))
            and not spells_another(each.text, unit.source)
            and not _is_chinese(name, each, unit.source)
            and not _RELATIVE.match(unit.target, each.span[0] + len(each.text))
        ]
        if wrong and has_family_name(name.text, _single_words(unit.target[: min(each.span[0] for each in wrong)])):
            continue  # Kim carried out the will of Kim Jong Il: the first Kim is the person
        if wrong:
            longest = max(wrong, key=lambda each: len(each.text))
            yield _issue("names.given", NameDifference("person", name.text, name.span, longest.text, longest.span))
        elif stranger := _stranger(name, spelled, unit, name.text in named.certain):
            yield _issue("names.other", NameDifference("person", name.text, name.span, stranger.text, stranger.span))
        elif name.text in named.of_glossary and not has_family_name(name.text, unit.target):
            message = MESSAGES("names.absent", korean=name.text)
            yield Issue("names.absent", IDS["names.absent"], message, name.span)


def _single_words(text: str) -> str:
    """Return a text without its sequences of capitalised words."""
    for name in sorted({each.text for each in spelled_names(text)}, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def _has_other_given_name(korean: str, english: KoreanName, target: str) -> bool:
    """True for the right family name with a given name that only a Korean has: Hwang Woo-yea; or
    with one of a single syllable: Heo Young.
    """
    family, _, given = english.text.partition(" ")
    if not any(is_family(each, family.lower()) for each, _ in surnames.parts(korean)):
        return False
    if _HYPHENATED.fullmatch(given):
        return True
    is_all = not re.match("[ -][A-Z]", target[english.span[1] :])
    return given.isalpha() and is_all and could_be(given.lower(), 1)


def _bracketed(name: KoreanName, source: str) -> str:
    """Return the Latin letters in brackets after a name; empty if there are none."""
    found = _LATIN_BRACKET.match(source, name.span[1])
    return found[1] if found else ""


def _stranger(name: KoreanName, spelled: list[KoreanName], unit: Unit, is_certain: bool) -> KoreanName | None:
    """Return the person named in the target instead of a person with a title.

    None if the target has at least the family name of the person.
    """
    if not is_certain and not has_title(unit.source, name):
        return None
    is_near_title = is_certain or is_beside_title(unit.source, name)
    if has_family_name(name.text, unit.target):
        return None
    known = [each.span for each in spelled if spells_another(each.text, unit.source)]
    found = [
        each
        for each in spelled
        if could_be_korean(each.text)
        and not any(start < each.span[1] and each.span[0] < end for start, end in known)
        and not _is_chinese(name, each, unit.source)
    ]
    longest = max(found, key=lambda each: len(each.text), default=None)
    if longest or not is_near_title:
        return longest
    foreign = (each for each in strangers(unit.source, unit.target) if each.kind == "person")
    if someone := next(foreign, None):
        return KoreanName(someone.text, someone.span)
    family = other_family(unit.source, unit.target)
    return KoreanName(family[1], family.span(1)) if family and not _is_chinese(name, name, unit.source) else None


def _korean_stranger(unit: Unit) -> KoreanName | None:
    """Return a person with a whole Korean name in the target that nothing in the source spells."""
    return next(
        (
            each
            for each in spelled_names(unit.target)
            if is_whole_name(each.text) and not spells_another(each.text, unit.source)
        ),
        None,
    )


def _untitled(unit: Unit, named: _Named) -> Issue | None:
    """Return the issue for a Korean person without a title, instead of whom the English has
    another.
    """
    stranger = None if may_be_named(unit.source) else _korean_stranger(unit)
    if stranger is None or (named.names and not named.certain):
        return None
    for name in untitled_names(unit.source):
        if name.text not in named.names and not has_family_name(name.text, unit.target):
            return _issue("names.other", NameDifference("person", name.text, name.span, stranger.text, stranger.span))
    return None


def _is_chinese(name: KoreanName, spelled: KoreanName, source: str) -> bool:
    """Return True if a name may be Chinese, for which Korean and English have other rules.

    양제츠, for example, is Yang Jiechi.
    """
    around = source[max(0, name.span[0] - _SURROUNDINGS) : name.span[1] + _SURROUNDINGS]
    return bool(_CHINA.search(around) or _PINYIN.search(spelled.text.lower()))

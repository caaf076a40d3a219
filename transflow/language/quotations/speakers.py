"""Speakers of quotations: a resident, the doctor, his mother.

Invariant: a speaker differs only if the Korean names one by a role that the English does not have,
and the English one by a role that no Korean can stand for; quotations themselves do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from transflow.language.quotations.direct import SAYING
from transflow.language.quotations.english import EnglishQuotation, read_english
from transflow.language.quotations.korean import KoreanQuotation, read_korean

_ROLES = (
    ("간부|관리|당국자|관계자|공무원|관료|당국|일군|일꾼", "official|cadre|bureaucrat|authorit|officer|source|administrator"),
    ("주민|시민|거주자|사람", "resident|citizen|villager|local|people|inhabitant|neighbou?r|person|man|woman|source|townspe"),
    ("소식통|취재원|제보자|인사", "source|insider|contact|informant|person|official"),
    ("상인|장사꾼|무역업자|사업가|무역일꾼|장사", "trader|merchant|vendor|dealer|business|seller|peddler|smuggler|entrepreneur"),
    ("의사|의료진|군의|주치의|한의", "doctor|physician|medics?\\b|surgeon|psychiatrist"),
    ("환자", "patient|sick"),
    ("간호사", "nurse"),
    ("교사|교원|선생|교수|강사", "teacher|professor|instructor|lecturer|educator|scholar"),
    ("학생|제자|소년|청년|소녀|아이", "student|pupil|youth|boy|girl|kid|child|undergrad|teen|young"),
    ("농민|농부|농장", "farmer|peasant|farm"),
    ("노동자|근로자|직원|종업원|인부", "worker|labou?rer|employee|staff|clerk|attendant"),
    ("병사|군인|장병|장교|군관|사병|대원", "soldier|troop|officer|serviceman|conscript|private|guard|veteran|member"),
    ("경비|보초|경호|간수|교도관|교도소", "guard|warden|sentry|officer"),
    ("경찰|형사|보안원|안전원", "police|officer|detective|agent|cop"),
    ("검사|검찰", "prosecut"),
    ("변호사|변호인", "lawyer|attorney|counsel|defen[cs]e"),
    ("판사|재판부|법원|재판관|재판장", "judge|court|justice|bench"),
    ("외교관|대사|영사", "diplomat|ambassador|envoy|consul"),
    ("전문가|분석가|연구원|연구위원|학자|박사|교수", "expert|analyst|researcher|scholar|specialist|professor|fellow|academic|scientist|dr"),
    ("기자|특파원|언론인|앵커", "reporter|journalist|correspondent|anchor"),
    ("어머니|엄마|모친", "mother|mom|mum"),
    ("아버지|아빠|부친", "father|dad"),
    ("아내|부인", "wife|widow|spouse|lady"),
    ("남편", "husband|spouse"),
    ("대변인", "spokes"),
    ("운전사|운전기사|운전수", "driver"),
    ("어민|어부|선원|선장", "fisher|sailor|seaman|crew|captain"),
    ("탈북민|탈북자|새터민", "refugee|defector|escapee|north korean"),
    ("목사|선교사|신부", "pastor|missionary|priest|minister|reverend"),
    ("활동가|운동가", "activist|campaigner|advoca|worker"),
    ("피해자|생존자", "victim|survivor"),
    ("감독|코치", "coach|manager|director|trainer"),
    ("선수", "player|athlete|striker|pitcher"),
    ("목격자", "witness|onlooker|bystander"),
    ("브로커|중개인", "broker|agent|middlem"),
    ("대통령", "president|leader"),
    ("총리|수상", "premier|prime|chancellor"),
    ("장관|차관|외무상|부상", "minister|secretary|official|general"),
    ("의원", "lawmaker|legislator|rep\\b|representative|sen\\b|senator|member|politic|parliament|congress"),
    ("위원장", "chair|leader|head|commissioner"),
    ("시장|구청장", "mayor"),
    ("지사", "governor"),
    ("총장", "chief|president|secretary|chancellor|general"),
    ("회장|사장|대표|이사장|총재", "chair|president|head|ceo|boss|chief|executive|represent|leader|director|founder|delegate|envoy"),
    ("소장|원장|국장|실장|부장|과장|팀장|반장|이장|단장", "head|director|chief|leader|manager|general|official"),
    ("지배인|관리인", "manager|caretaker"),
    ("교황", "pope|pontiff"),
    ("왕|여왕", "king|queen|monarch"),
    ("사령관|장군|대장", "commander|general|captain"),
    ("특사", "envoy"),
    ("비서", "secretary|aide"),
    ("이웃", "neighbou?r"),
    ("친구", "friend"),
    ("동료", "colleague|coworker|co-worker|fellow"),
    ("친척|가족|유가족|유족", "relative|famil|kin|cousin|uncle|aunt"),
    ("죄수|수감자|포로", "prisoner|inmate|detainee|convict"),
    ("난민|이민자", "refugee|migrant|immigrant"),
    ("관광객|여행객|방문객", "tourist|visitor|travel"),
    ("손님|고객|승객", "customer|guest|client|passenger|shopper"),
    ("유권자", "voter"),
    ("후보", "candidate|nominee|hopeful"),
    ("보좌관|보좌진", "aide|adviser|advisor|assistant"),
    ("여성|여인|아주머니|여자", "wom[ae]n|lady|female|girl|mother|wife"),
    ("남성|남자|아저씨", "m[ae]n\\b|gentleman|male|guy|boy|father|husband"),
    ("할머니", "grandmother|old woman|elderly|grandma"),
    ("할아버지", "grandfather|old man|elderly|grandpa"),
)  # fmt: skip
"""Roles of speakers in Korean, and the beginnings of the English words for each."""
_KOREAN = re.compile(
    "({})(?:들)?(?: [가-힣]{{1,3}} ?(?:씨|박사|교수|기자))?(?:은|는|이|가|도)(?![가-힣])".format(
        "|".join(korean for korean, _ in _ROLES)
    )
)
_ENGLISH = re.compile(rf"\b(?:{'|'.join(english for _, english in _ROLES)})\w*", re.IGNORECASE)
_PATTERNS = tuple((re.compile(korean), re.compile(rf"\b(?:{english})", re.IGNORECASE)) for korean, english in _ROLES)
_FEMALE = re.compile(
    "어머니|엄마|모친|아내|할머니|누나|언니|여동생|소녀|여성|여인|여자|아주머니|며느리|이모|고모|여사|자매"
)
_MALE = re.compile("아버지|아빠|부친|남편|할아버지|오빠|남동생|소년|남성|남자|아저씨|사위|삼촌|청년|형제")
_PRONOUNS = (
    (
        _FEMALE,
        _MALE,
        re.compile(rf"\b(?:he {SAYING}|{SAYING} he)\b"),
        re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE),
    ),
    (
        _MALE,
        _FEMALE,
        re.compile(rf"\b(?:she {SAYING}|{SAYING} she)\b"),
        re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE),
    ),
)
"""Korean words for women and men, what says that the other speaks, and their own
pronouns.
"""
_SUBJECT = "(?:은|는|이|가|께서)(?![가-힣])"
_ATTRIBUTION = re.compile(rf"([^.?!“”\",;:]{{0,60}})\b{SAYING}\b([^.?!“”\",;:]{{0,60}})")


class SpeakerDifference(NamedTuple):
    """A speaker of the Korean, and the one that the English has instead."""

    korean: str
    source_span: tuple[int, int]
    english: str
    target_span: tuple[int, int]


def compare_speakers(source: str, target: str) -> SpeakerDifference | None:
    """Return a speaker whom the English replaces."""
    source = _without(source, read_korean(source).quotations)
    target = _without(target, read_english(target).quotations)
    ours = next((match for match in _KOREAN.finditer(source) if not _is_in_english(match[1], target)), None)
    theirs = _stranger(source, target) if ours else None
    if ours and theirs:
        return SpeakerDifference(ours[1], ours.span(1), theirs[0], theirs.span())
    return _other_pronoun(source, target)


def _other_pronoun(source: str, target: str) -> SpeakerDifference | None:
    """Return a woman who speaks, if the English has “he said” and no woman, or a man."""
    for one, other, said, right in _PRONOUNS:
        ours = re.search(f"({one.pattern}){_SUBJECT}", source)
        theirs = said.search(target) if ours and not other.search(source) else None
        if ours and theirs and not right.search(target) and not _is_in_english(ours[1], target):
            return SpeakerDifference(ours[1], ours.span(1), theirs[0], theirs.span())
    return None


def _without(text: str, quotations: Iterable[KoreanQuotation | EnglishQuotation]) -> str:
    """Return a text of the same length with a mark in place of each letter of its quotations."""
    for each in quotations:
        text = text[: each.start] + "”" * (each.end - each.start) + text[each.end :]
    return text


def _is_in_english(role: str, target: str) -> bool:
    return any(english.search(target) for korean, english in _PATTERNS if korean.fullmatch(role))


def _stranger(source: str, target: str) -> re.Match[str] | None:
    """Return the role beside a verb of saying that no Korean explains, if there is no other."""
    for said in _ATTRIBUTION.finditer(target):
        roles = list(_ENGLISH.finditer(target, *said.span()))
        if roles and not any(_is_in_korean(role[0], source) for role in roles):
            return roles[0]
    return None


def _is_in_korean(word: str, source: str) -> bool:
    return any(korean.search(source) for korean, english in _PATTERNS if english.match(word))

"""Words of the calendar that contradict: 초순 and “late”, 정오 and “midnight”.

Invariant: a kind of words is compared only if each text has exactly one of its meanings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transflow.language.quantities.calendar_vocabularies import HALVES, MEANINGS, VOCABULARIES, Vocabulary
from transflow.language.quantities.compare import compare_figures, is_no_sentence
from transflow.language.quantities.english_numerals import ONES


class WordContradiction(NamedTuple):
    """A word of the source, its meaning in English, and the words of the target that contradict."""

    source: tuple[int, int]
    target: tuple[int, int]
    meaning: str


_CLOCK = re.compile("시(?! ?간)|정오|자정")
_DAY_BEFORE_OR_AFTER = re.compile(
    "(?P<before>(?<![가-힣])전날|하루 ?(?:전|앞)(?=[ 에인날,.]))"
    "|(?P<after>(?<![가-힣])이튿날|(?<![가-힣])다음 ?날|하루 ?(?:뒤|후|만에)(?=[ 에인,.]))"
)
_OTHER_SPAN = re.compile("(?:[0-9]일|이틀|사흘|나흘|닷새|엿새|열흘|보름|며칠|[0-9주달년월]) ?(?:전|뒤|후|만|앞)")
_NUMBER = "|".join(word for word, value in ONES.items() if value >= 2)
_ALONE = r"(?=[.,;:!?”\"]|$)"
"""End of a clause: “the day before he left” tells of another event."""
_RELATION = re.compile(
    rf"\b(?:(?P<before>(?:previous|preceding) day|day before(?! yesterday){_ALONE}|a day (?:earlier|ago))"
    rf"|(?P<after>(?:next|following) day|day after(?! tomorrow){_ALONE}|a day later)"
    rf"|(?P<n>[0-9]{{1,2}}|{_NUMBER}) days (?:(?P<back>earlier|ago|before{_ALONE})|(?P<on>later|after{_ALONE})))\b",
    re.IGNORECASE,
)
_BESIDE_AN_EVENT = re.compile(
    r"\b(?:(?P<before>the (?:day|night|morning) before|eve of)|(?P<after>the (?:day|night"
    r"|morning) after))\b(?! (?:yesterday|tomorrow|day|night))",
    re.IGNORECASE,
)
"""The day before or after something that is named: the day after the election."""
_LUNAR = re.compile("음력")
_LUNAR_IN_ENGLISH = re.compile(r"\blunar\b|\btraditional\b|Chinese calendar|solar", re.IGNORECASE)


def word_contradictions(source: str, target: str) -> Iterator[WordContradiction]:
    """Yield the words of the calendar that contradict each other."""
    if is_no_sentence(source) or is_no_sentence(target):
        return
    for vocabulary in VOCABULARIES:
        yield from _contradiction(vocabulary, source, target)
    if ("오" in source or "아침" in source or "새벽" in source or "저녁" in source) and not _CLOCK.search(source):
        yield from _contradiction(HALVES, source, target)
    yield from _days_apart(source, target)
    yield from _lunar(source, target)


def _has_any(text: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - a generator costs more than the search
        if sign in text:
            return True
    return False


def _contradiction(vocabulary: Vocabulary, source: str, target: str) -> Iterator[WordContradiction]:
    if not _has_any(source, vocabulary.korean_signs) or not _has_any(target, vocabulary.signs):
        return
    ours = _meanings(vocabulary.korean, source)
    if len(ours) != 1:
        return
    theirs = _meanings(vocabulary.english, target)
    if len(theirs) == 1 and ours.keys() != theirs.keys():
        meaning, span = next(iter(ours.items()))
        yield WordContradiction(span, next(iter(theirs.values())), MEANINGS.get(meaning, meaning))


def _meanings(pattern: re.Pattern[str], text: str) -> dict[str, tuple[int, int]]:
    """Return the spans of words by meaning; a second group of one meaning has a 2 at its end."""
    return {(match.lastgroup or "").rstrip("2"): match.span() for match in pattern.finditer(text)}


_MEANINGS = {-1: "the day before", 1: "the next day"}


_NEAR_DAY = re.compile("day|night|morning|eve of")


def _days_apart(source: str, target: str) -> Iterator[WordContradiction]:
    """Compare 전날 and 이튿날 with “the day before”, “two days later”."""
    if not _NEAR_DAY.search(target):
        return
    ours = {1 if match["after"] else -1: match.span() for match in _DAY_BEFORE_OR_AFTER.finditer(source)}
    if len(ours) != 1 or _OTHER_SPAN.search(_DAY_BEFORE_OR_AFTER.sub("", source)):
        return
    theirs = {_days(match): match.span() for match in _RELATION.finditer(target)}
    if not theirs:
        theirs = {1 if match["after"] else -1: match.span() for match in _BESIDE_AN_EVENT.finditer(target)}
    if len(theirs) == 1 and ours.keys() != theirs.keys():
        days, span = next(iter(ours.items()))
        yield WordContradiction(span, next(iter(theirs.values())), _MEANINGS[days])


def _days(match: re.Match[str]) -> int:
    if not match["n"]:
        return 1 if match["after"] else -1
    number = int(ONES.get(match["n"].lower(), match["n"]))
    return number if match["on"] else -number


def _lunar(source: str, target: str) -> Iterator[WordContradiction]:
    """Find a day of the lunar calendar that the English gives as a day of the solar one."""
    lunar = _LUNAR.search(source) if "음력" in source else None
    if not lunar or _LUNAR_IN_ENGLISH.search(target):
        return
    source_figures, target_figures, _ = compare_figures(source, target)
    months = {each.value for each in source_figures if each.kind == "month" and each.start - lunar.end() <= 1}
    days = {each.value for each in source_figures if each.kind == "day"}
    for each in target_figures:
        if (
            each.kind == "month"
            and each.value in months
            and (not days or any(day.kind == "day" and day.value in days for day in target_figures))
        ):
            yield WordContradiction(lunar.span(), each.span, "the lunar calendar")
            return

"""Words of the calendar that contradict: 초순 and “late”, 정오 and “midnight”.

Invariant: a kind of words is compared only if each text has exactly one of its meanings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from transflow.language.quantities.calendar_vocabularies import HALVES, MEANINGS, NEAR, VOCABULARIES, Vocabulary
from transflow.language.quantities.compare import compare_figures, is_no_sentence
from transflow.language.quantities.english_numerals import ONES, ORDINALS
from transflow.language.quantities.phrasing import format_day_of_month


class WordContradiction(NamedTuple):
    """A word of the source, its meaning in English, and the words of the target that contradict."""

    source: tuple[int, int]
    target: tuple[int, int]
    meaning: str


_CLOCK = re.compile("시(?! ?간)|정오|자정")
_DAY_BEFORE_OR_AFTER = re.compile(
    "(?P<before>(?<![가-힣])전날|하루 ?(?:전|앞)(?=[ 에인날,.]))"
    "|(?P<after>(?<![가-힣])이튿날|(?<![가-힣])다음 ?날|하루 ?(?:뒤|후|만에)(?=[ 에인,.]))|(?P<same>(?<![가-힣])(?:이날|같은 ?날|당일))"
)
_OTHER_SPAN = re.compile("(?:[0-9]일|이틀|사흘|나흘|닷새|엿새|열흘|보름|며칠|[0-9주달년월]) ?(?:전|뒤|후|만|앞)")
_NUMBER = "|".join(word for word, value in ONES.items() if value >= 2)
_ALONE = r"(?=[.,;:!?”\"]|$)"
"""End of a clause: “the day before he left” tells of another event."""
_RELATION = re.compile(
    rf"\b(?:(?P<before>(?:previous|preceding) (?:day|morning|night|evening|afternoon)|day before(?! yesterday){_ALONE}|a day (?:earlier"
    rf"|ago))"
    rf"|(?P<after>(?:next|following) (?:day|morning|night|evening|afternoon)|day after(?! tomorrow){_ALONE}|a day later)"
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


_FIRST_LETTERS = tuple(
    (vocabulary, frozenset(sign[0] for sign in vocabulary.korean_signs)) for vocabulary in VOCABULARIES
)
"""First letters of the signs of each kind of words; comparing sets is faster than every sign."""
_OF_HALVES = frozenset(sign[0] for sign in HALVES.korean_signs)


def word_contradictions(source: str, target: str, written: date | None = None) -> Iterator[WordContradiction]:
    """Yield the words of the calendar that contradict each other."""
    if is_no_sentence(source) or is_no_sentence(target):
        return
    found: list[WordContradiction] = []
    letters = set(source)
    for vocabulary, first_letters in _FIRST_LETTERS:
        if (
            not first_letters.isdisjoint(letters)
            and _has_any(source, vocabulary.korean_signs)
            and _has_any(target, vocabulary.signs)
        ):
            found += _contradiction(vocabulary, source, target, written)
    if not _OF_HALVES.isdisjoint(letters) and _has_any(source, HALVES.korean_signs) and not _CLOCK.search(source):
        found += _contradiction(HALVES, source, target)
    if "month" in target:
        found += _days_of_month(source, target)
    for i, each in enumerate(found):
        if not any(_overlaps(each.source, other.source) for other in found[:i]):
            yield each
    yield from _days_apart(source, target)
    yield from _lunar(source, target)


_ORDINAL = rf"[0-9]{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)}"
_DAY_OF_MONTH = re.compile(
    rf"\b(?:(?P<day>{_ORDINAL}) (?:day )?of (?:(?:the|each|every|that|this|next|last|same) )*(?:(?P<of>{_ORDINAL}) )?(?:lunar )?month"
    rf"|(?P<month>{_ORDINAL}) lunar month)\b",
    re.IGNORECASE,
)


def _days_of_month(source: str, target: str) -> Iterator[WordContradiction]:
    """Compare the days and months of a text with “the 15th day of the eighth lunar month”."""
    found = list(_DAY_OF_MONTH.finditer(target))
    if len(found) != 1:
        return
    figures = compare_figures(source, target).source
    for kind, names in (("day", ("day",)), ("month", ("of", "month"))):
        name = next((name for name in names if found[0][name]), None)
        ours = [each for each in figures if each.kind == kind]
        if name and len(ours) == 1 and _number(found[0][name]) not in ours[0].values:
            yield WordContradiction(ours[0].span, found[0].span(name), format_day_of_month(ours[0].value))


def _number(ordinal: str) -> float:
    return float(re.sub("[a-z]", "", ordinal)) if ordinal[0].isdigit() else ORDINALS[ordinal.lower()]


def _has_any(text: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - a generator costs more than the search
        if sign in text:
            return True
    return False


def _overlaps(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


_BASE = re.compile(r"\b(?:from|than|over|with|to|against) (?:the )?$")
"""Text before a period that another is compared with."""


_FINER = re.compile(" ?(?:[0-9]{1,2}[월일]|[봄여가겨초중하상말첫둘셋넷])")
"""A part of a period: 지난해 12월, which may be last month."""
_UNITS = ("week", "month", "quarter", "year")


def _may_be_finer(meaning: str, other: str, after: str, written: date | None) -> bool:
    """True if a part of a longer period may be a shorter one: 지난해 12월, last month."""
    ours, theirs = (next((unit for unit in _UNITS if each.endswith(unit)), "") for each in (meaning, other))
    if not ours or not theirs or _UNITS.index(theirs) >= _UNITS.index(ours) or not _FINER.match(after):
        return False
    if written is None or ours != "year" or meaning.startswith("this"):
        return True
    return written.month == (1 if meaning.startswith("last") else 12)


def _contradiction(
    vocabulary: Vocabulary, source: str, target: str, written: date | None = None
) -> Iterator[WordContradiction]:
    ours = _meanings(vocabulary.korean, source)
    theirs = _meanings(vocabulary.english, target) if 0 < len(ours) <= _MOST_MEANINGS else {}
    if len(ours) != len(theirs):
        return
    missing, extra = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    if missing and frozenset({*missing, *extra}) not in NEAR:
        meaning, other = min(missing, key=ours.__getitem__), min(extra, key=theirs.__getitem__)
        is_base = meaning.startswith("this") and other.startswith("last")
        if is_base and _BASE.search(target, 0, theirs[other][0]):
            return
        if not _may_be_finer(meaning, other, source[ours[meaning][1] :], written):
            yield WordContradiction(ours[meaning], theirs[other], MEANINGS.get(meaning, meaning))


_MOST_MEANINGS = 2
"""Largest number of meanings of a kind of words in a text that is compared."""


def _meanings(pattern: re.Pattern[str], text: str) -> dict[str, tuple[int, int]]:
    """Return the spans of words by meaning; a second group of one meaning has a 2 at its end."""
    return {(match.lastgroup or "").rstrip("2"): match.span() for match in pattern.finditer(text)}


_MEANINGS = {-1: "the day before", 0: "that day", 1: "the next day"}


_NEAR_DAY = re.compile("day|night|morning|eve of")


def _days_apart(source: str, target: str) -> Iterator[WordContradiction]:
    """Compare 전날 and 이튿날 with “the day before”, “two days later”."""
    if not _NEAR_DAY.search(target):
        return
    ours = {
        1 if match["after"] else 0 if match["same"] else -1: match.span()
        for match in _DAY_BEFORE_OR_AFTER.finditer(source)
    }
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

"""Words of the calendar that contradict: 초순 and “late”, 정오 and “midnight”.

Invariant: a kind of words is compared only if each text has exactly one of its meanings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transflow.language.quantities.compare import compare_figures, is_no_sentence
from transflow.language.quantities.english_dates import MONTH_NAMES, WEEKDAY_NAMES
from transflow.language.quantities.english_numerals import ONES


class WordContradiction(NamedTuple):
    """A word of the source, its meaning in English, and the words of the target that contradict."""

    source: tuple[int, int]
    target: tuple[int, int]
    meaning: str


class _Vocabulary(NamedTuple):
    """Patterns of a kind of words in both languages. The name of a group is a meaning."""

    korean: re.Pattern[str]
    english: re.Pattern[str]
    signs: tuple[str, ...]
    """Parts of its English words, one of which is in every text that has any of them."""


_MONTHS = "|".join((*MONTH_NAMES, "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec"))
_PERIOD = (
    rf"(?:{_MONTHS}|[12][0-9]{{3}}|['’]?[0-9]0s|[0-9]{{1,2}}(?:st|nd|rd|th)[- ]century|century|year|month|decade"
    "|spring|summer|fall|autumn|winter|teens|twenties|thirties|forties|fifties|sixties|seventies)"
)
_WHICH = r"(?:(?:in|this|last|next|of|the|each|every|her|his|their)[ -])*"
_OF_PERIOD = "(?:[0-9]월|[0-9]{2,4}년대?|[0-9]0대|세기|올해|지난 ?해|작년|내년|이달|지난 ?달|다음 ?달|내달|이번 ?달|(?<![가-힣])[연월])"
_AFTER = "(?=[에께쯤경까부인이의 ,.)]|$)"
_PARTS = _Vocabulary(
    re.compile(
        rf"(?P<early>[초상]순|{_OF_PERIOD} ?(?:초반|초{_AFTER}))|(?P<mid>중순|{_OF_PERIOD} ?중[반엽])"
        rf"|(?P<late>하순|{_OF_PERIOD} ?(?:후반|말엽|말{_AFTER}))"
    ),
    re.compile(
        rf"\b(?:(?P<early>early[ -]{_WHICH}{_PERIOD}|(?:beginning|start) of {_WHICH}{_PERIOD})"
        rf"|(?P<mid>mid[ -]{_WHICH}{_PERIOD}|middle of {_WHICH}{_PERIOD})"
        rf"|(?P<late>late[ -]{_WHICH}{_PERIOD}|(?:end|close) of {_WHICH}{_PERIOD}|year[ -]end))"
    ),
    ("early", "beginning of", "start of", "mid", "late", "end of", "close of", "year-end", "year end"),
)
_NOON = _Vocabulary(
    re.compile(
        "(?P<noon>정오(?![가-힣]{3})|낮 ?12시(?! ?[0-9]|간))"
        "|(?P<midnight>자정(?! ?(?:능력|작용|노력|기능|운동|결의))|밤 ?12시(?! ?[0-9]|간)|(?<![0-9])0시(?! ?[0-9]|간))"
    ),
    re.compile(
        r"\b(?:(?P<noon>noon|midday|12(?::00)? ?p\.?m\b)|(?P<midnight>midnight|12(?::00)? ?a\.?m\b))", re.IGNORECASE
    ),
    ("noon", "Noon", "midday", "idnight", "12"),
)
_HALVES = _Vocabulary(
    re.compile(
        "(?P<morning>오전|아침에|새벽|(?:어제|오늘|내일|전날|이날) ?아침)|(?P<afternoon>오후|저녁에|(?:어제|오늘|내일|전날|이날) ?저녁)"
    ),
    re.compile(
        r"\b(?:(?P<morning>morning|dawn|daybreak|a\.m\b|am\b)|(?P<afternoon>afternoon|evening|tonight|p\.m\b|pm\b))",
        re.IGNORECASE,
    ),
    ("orning", "dawn", "daybreak", ".m.", "am", "pm", "fternoon", "vening", "onight"),
)
_SEASONS = _Vocabulary(
    re.compile(
        "(?:올|지난|지난해|작년|재작년|내년|이번|오는|매년|해마다|년|[늦초한]|다음 해|이듬해) ?"
        "(?:(?P<spring>봄)|(?P<summer>여름)|(?P<fall>가을)|(?P<winter>겨울))"
    ),
    re.compile(r"\b(?:(?P<spring>spring)|(?P<summer>summer)|(?P<fall>fall|autumn)|(?P<winter>winter))\b"),
    ("spring", "summer", "fall", "autumn", "winter"),
)
_WEEKDAYS = "|".join(WEEKDAY_NAMES)
_COUNTED = r"(?: full)? (?:week|{_WEEKDAYS})\b".replace("{_WEEKDAYS}", _WEEKDAYS)
_WEEKS = _Vocabulary(
    re.compile(
        "|".join(
            f"(?P<{name}>{word} ?(?:주(?![가-힣])|주[에는의까부]|[월화수목금토일]요일))"
            for name, word in (
                ("first", "첫(?:째|번째)?"), ("second", "(?:둘|두 ?번)째"), ("third", "(?:셋|세 ?번)째"),
                ("fourth", "(?:넷|네 ?번)째"), ("fifth", "다섯 ?(?:번)?째"), ("last", "마지막"),
            )
        )
    ),
    re.compile(
        rf"\b(?:(?P<first>first{_COUNTED})|(?P<second>second{_COUNTED})|(?P<third>third{_COUNTED})|(?P<fourth>fourth{_COUNTED})"
        rf"|(?P<fifth>fifth{_COUNTED})|(?P<last>(?:last|final){_COUNTED}(?= of| in )))"
    ),
    ("irst ", "econd ", "hird ", "ourth ", "ifth ", "ast ", "inal "),
)  # fmt: skip
_VOCABULARIES = (_PARTS, _NOON, _SEASONS, _WEEKS)
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
_LUNAR = re.compile("음력")
_LUNAR_IN_ENGLISH = re.compile(r"\blunar\b|\btraditional\b|Chinese calendar|solar", re.IGNORECASE)


def word_contradictions(source: str, target: str) -> Iterator[WordContradiction]:
    """Yield the words of the calendar that contradict each other."""
    if is_no_sentence(source) or is_no_sentence(target):
        return
    for vocabulary in _VOCABULARIES:
        yield from _contradiction(vocabulary, source, target)
    if ("오" in source or "아침" in source or "새벽" in source or "저녁" in source) and not _CLOCK.search(source):
        yield from _contradiction(_HALVES, source, target)
    yield from _days_apart(source, target)
    yield from _lunar(source, target)


def _contradiction(vocabulary: _Vocabulary, source: str, target: str) -> Iterator[WordContradiction]:
    for sign in vocabulary.signs:
        if sign in target:
            break
    else:
        return
    ours = {match.lastgroup: match.span() for match in vocabulary.korean.finditer(source)}
    if len(ours) != 1:
        return
    theirs = {match.lastgroup: match.span() for match in vocabulary.english.finditer(target)}
    if len(theirs) == 1 and ours.keys() != theirs.keys():
        meaning, span = next(iter(ours.items()))
        yield WordContradiction(span, next(iter(theirs.values())), meaning or "")


_MEANINGS = {-1: "the day before", 1: "the next day"}


def _days_apart(source: str, target: str) -> Iterator[WordContradiction]:
    """Compare 전날 and 이튿날 with “the day before”, “two days later”."""
    if " day" not in target:
        return
    ours = {1 if match["after"] else -1: match.span() for match in _DAY_BEFORE_OR_AFTER.finditer(source)}
    if len(ours) != 1 or _OTHER_SPAN.search(_DAY_BEFORE_OR_AFTER.sub("", source)):
        return
    theirs = {_days(match): match.span() for match in _RELATION.finditer(target)}
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

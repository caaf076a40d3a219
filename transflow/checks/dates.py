"""Dates and times of day: a different month, day, weekday, year or hour, or a.m. for p.m.

Only explicit parts are compared. Relative dates such as 지난달 and 어제 have a check of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from transflow.checks import CheckContext, Example
from transflow.language.quantities.calendar import read_day
from transflow.language.quantities.calendar_words import WordContradiction, word_contradictions
from transflow.language.quantities.compare import QuantityDifference, compare_figures
from transflow.language.quantities.compare_dates import DateDifference, date_differences, omitted
from transflow.language.quantities.english_dates import MONTH_NAMES, WEEKDAY_NAMES
from transflow.language.quantities.explained import is_quantity, readings
from transflow.language.quantities.issues import contradiction, contradiction_message, one_sided, swapped
from transflow.language.quantities.korean_dates import implied_years
from transflow.language.quantities.phrasing import format_day_of_month, format_figure
from transflow.language.quantities.quantity import Quantity
from transflow.language.quantities.swaps import DATES, swaps
from transflow.language.quantities.years_ago import wrong_years_ago
from transflow.messages import Messages
from transflow.model.explanation import Explanation
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {
    "dates.month": "error",
    "dates.day": "error",
    "dates.weekday": "error",
    "dates.year": "error",
    "dates.ampm": "error",
    "dates.time": "error",
    "dates.swapped": "warning",
    "dates.word": "warning",
    "dates.year-missing": "warning",
    "dates.year-added": "warning",
    "dates.day-missing": "warning",
    "dates.omitted": "hint",
    "dates.local": "hint",
}
MESSAGES = Messages(
    __name__,
    {
        "dates.day-missing": "the English has the month of “{korean}” without its day.",
        "dates.omitted": "the English leaves out “{korean}”.",
        "dates.word": "“{korean}” is “{meaning}”; the English says “{english}”.",
        "dates.local": "“{korean}” in local time; “{english}” in the English is right only in the other time zone.",
    },
)
PASSING = (
    Example("유엔은 3월 11일 서한을 공개했다.", "The U.N. released the letter on March 11."),
    Example("오후 3시 30분에 시작한다.", "It starts at 3:30 p.m."),
    Example("2004년 2월 이후 처음이다.", "It is the first since February 2004."),
    Example("도쿄에서 29일(현지시간) 열렸다.", "It opened in Tokyo on July 29."),
    Example("정오에 시작해 자정에 끝났다.", "It began at noon and ended at midnight."),
    Example("5월 초순에 열렸다.", "It opened in early May."),
    Example("2022년 시작됐다.", "It began two years ago.", date="2024-03-26"),
    Example("8월", "August"),
    Example("3월", "March"),
    Example("5월", "May"),
)
FAILING = (
    Example("3월 11일 공개했다.", "It was released on April 11.", "April", "dates.month"),
    Example("2월 15일 공개했다.", "It was released on Feb. 16.", "16", "dates.day"),
    Example("월요일에 만났다.", "They met on Tuesday.", "Tuesday", "dates.weekday"),
    Example("1950년에 태어났다.", "She was born in 1905.", "1905", "dates.year"),
    Example("오전 9시에 떠났다.", "They left at 9 p.m.", "p.m.", "dates.ampm"),
    Example("오전 9시에 떠났다.", "They left at 8 a.m.", "8", "dates.time"),
    Example("2005년에 개봉했다.", "The film was a success.", "", "dates.year-missing"),
    Example("영화가 개봉했다.", "The film opened in 2005.", "2005", "dates.year-added"),
    Example("3월 11일 공개했다.", "It was released on March.", "on March", "dates.day-missing"),
    Example("3월 11일 공개했다.", "It was released.", "", "dates.omitted"),
    Example("3월에 체포돼 5월에 풀려났다.", "She was arrested in May and freed in March.", "May", "dates.swapped"),
    Example("정오에 만났다.", "They met at midnight.", "midnight", "dates.word"),
    Example("전날 떠났다.", "They had left two days earlier.", "two days earlier", "dates.word"),
    Example("워싱턴에서 29일(현지시간) 열렸다.", "It opened on July 28.", "28", "dates.local"),
)
_UNKNOWN_YEAR = re.compile(r"이듬해|다음 해|전년|같은 해|그해|년 ?(?:전|뒤|후)")
"""Pattern for years that only the preceding text can tell."""
_RELATIVE_YEAR = re.compile(
    r"지난 ?해|작년|올해|금년|올 |내년|명년|재작년|지난 [0-9]+월|오는 [0-9]+월|(?:지난|이번|다음|새) ?달|이달|내달"
)
_ON_MONTH = re.compile(rf"\bon (?:{'|'.join(MONTH_NAMES)})(?=[.,;)]|$| (?:1[89]|20)[0-9]{{2}}\b)")
"""Pattern for a month that a day should stand beside: on March."""
_AFTER_DAY = re.compile(r"[A-Z][a-z]{2,8}\.? [0-9]{1,2}, $")
_RELATIVE_TARGET = re.compile(
    r"\b(?:last|next|this|that|previous|following|same) (?:year|\w+ (?:year|month)|[A-Z][a-z]+)"
    r"|\b(?:years?|decades?) (?:ago|later|earlier|before|since)\b"
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    written = read_day(context.date)
    yield from _years(unit, written)
    for swap in swaps(unit.source, unit.target, DATES):
        yield swapped(unit, "dates.swapped", IDS["dates.swapped"], swap)
    for found in word_contradictions(unit.source, unit.target, written):
        yield _wrong_word(unit, found)
    differences = date_differences(unit.source, unit.target)
    for difference in differences:
        yield _issue(unit, difference)
    if not differences:
        left_out = omitted(unit.source, unit.target)
        if left_out:
            yield _left_out(unit, left_out)


def _left_out(unit: Unit, parts: Sequence[Quantity]) -> Issue:
    """Return the issue of left-out parts of dates, a warning if the English has “on March”."""
    span = parts[0].start, parts[-1].end
    month = _ON_MONTH.search(unit.target) if parts[0].kind == "day" else None
    check_id = "dates.day-missing" if month else "dates.omitted"
    message = MESSAGES(check_id, korean=unit.source[slice(*span)])
    return Issue(check_id, IDS[check_id], message, span, month.span() if month else None)


def explain(unit: Unit, context: CheckContext) -> Explanation:
    """Return the parts of dates and the times of both sides."""
    if not context.is_korean_to_english:
        return Explanation("dates", (), ())
    comparison = compare_figures(unit.source, unit.target)
    source, target = ([each for each in side if not is_quantity(each)] for side in comparison[:2])
    return Explanation("dates", *readings(source, target))


def _wrong_word(unit: Unit, found: WordContradiction) -> Issue:
    korean, english = unit.source[slice(*found.source)], unit.target[slice(*found.target)]
    message = MESSAGES("dates.word", korean=korean, meaning=found.meaning, english=english)
    return Issue("dates.word", IDS["dates.word"], message, found.source, found.target)


def _years(unit: Unit, written: date | None) -> Iterator[Issue]:
    for difference in compare_figures(unit.source, unit.target).differences:
        fault, source, target, certain = difference
        if fault == "year" and source and target and certain:
            yield contradiction(unit, "dates.year", IDS["dates.year"], source, target)
        elif (
            source
            and fault == "missing"
            and written
            and (ago := wrong_years_ago(unit.source, unit.target, source, written))
        ):
            yield contradiction(unit, "dates.year", IDS["dates.year"], source, ago)
        elif _is_lone_year(difference) and not _is_understood(unit, difference, written):
            check_id = "dates.year-missing" if source else "dates.year-added"
            yield one_sided(unit, check_id, IDS[check_id], difference)


def _is_understood(unit: Unit, difference: QuantityDifference, written: date | None) -> bool:
    """Return True if the other side states the year in another way or need not state it.

    Examples are 지난해, "last August" and 3월 11일.
    """
    if difference.source:
        is_this_year = written is not None and difference.source.value == written.year
        return bool(_RELATIVE_TARGET.search(unit.target)) or (is_this_year and _names_a_month(unit))
    year = difference.target
    if _UNKNOWN_YEAR.search(unit.source):
        return True
    if written and year:
        return year.value in implied_years(unit.source, written)
    return bool(_RELATIVE_YEAR.search(unit.source) or (year and _AFTER_DAY.search(unit.target, 0, year.start)))


def _names_a_month(unit: Unit) -> bool:
    """True if the English has a month, beside which the present year is left out."""
    return any(each.kind == "month" for each in compare_figures(unit.source, unit.target).target)


def _is_lone_year(difference: QuantityDifference) -> bool:
    figure = difference.source or difference.target
    return (
        figure is not None and figure.kind == "year" and difference.fault in ("missing", "added") and difference.certain
    )


def _issue(unit: Unit, difference: DateDifference) -> Issue:
    part, source, target = difference
    if part == "local":
        korean, english = unit.source[slice(*source.span)], unit.target[slice(*target.span)]
        local = MESSAGES("dates.local", korean=korean, english=english)
        return Issue("dates.local", IDS["dates.local"], local, source.span, target.span)
    message = contradiction_message(unit, source, target, _correct(part, source))
    return Issue(f"dates.{part}", IDS[f"dates.{part}"], message, source.span, target.span)


def _correct(part: str, source: Quantity) -> str:
    """Return a part of a date as the English should have it."""
    match part:
        case "month":
            return MONTH_NAMES[int(source.value) - 1]
        case "weekday":
            return WEEKDAY_NAMES[int(source.value)]
        case "ampm":
            return "p.m." if source.value else "a.m."
        case "time":
            return format_figure(source)
    return format_day_of_month(source.value)

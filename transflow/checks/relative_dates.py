"""Relative dates, resolved from the date of the report.

지난달 15일 in a report of March 26, for example, is Feb. 15. Nothing is reported if the phrase is
ambiguous or the date of the report is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from transflow.checks import CheckContext, Example
from transflow.language.quantities.calendar import read_day
from transflow.language.quantities.compare import compare_figures, is_no_sentence
from transflow.language.quantities.compare_dates import Contradiction, contradictions
from transflow.language.quantities.english_calendar import english_dates
from transflow.language.quantities.explained import date_readings
from transflow.language.quantities.korean_dates import korean_dates, last_day
from transflow.language.quantities.local_time import day_shifts
from transflow.language.quantities.phrasing import format_date, format_day
from transflow.messages import Message, Messages
from transflow.model.explanation import Explanation
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {
    "relative_dates.month": "error",
    "relative_dates.day": "error",
    "relative_dates.year": "error",
    "relative_dates.weekday": "error",
}
MESSAGES = Messages(
    __name__,
    {
        "relative_dates": "“{korean}”, written on {written}, is {correct}; the English says “{english}”.",
    },
)
PASSING = (
    Example("지난달 15일 열렸다.", "It opened on Feb. 15.", date="2024-03-26"),
    Example("어제 발표했다.", "It was announced on Monday.", date="2024-03-26"),
    Example("오는 20일 열린다.", "It opens on April 20.", date="2024-03-26"),
    Example("지난해 8월 떠났다.", "They left in August 2023.", date="2024-03-26"),
    Example(
        "이날 발표했다.", "It was announced that day, March 11.", date="2024-03-26", neighbours=("3월 11일 만났다.",)
    ),
    Example("26일 발표했다.", "It was announced on Monday."),
)
FAILING = (
    Example("지난달 15일 열렸다.", "It opened on March 15.", "March 15", "relative_dates.month", date="2024-03-26"),
    Example("지난달 15일 열렸다.", "It opened on Feb. 16.", "Feb. 16", "relative_dates.day", date="2024-03-26"),
    Example("지난해 8월 떠났다.", "They left in August 2022.", "August 2022", "relative_dates.year", date="2024-03-26"),
    Example("25일 발표했다.", "It was announced on Tuesday.", "Tuesday", "relative_dates.weekday", date="2024-03-26"),
)  # fmt: skip


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    written = read_day(context.date) if context.date else None
    if written is None or not context.is_korean_to_english:
        return
    anchor = _anchor(context.neighbours, written)
    for found in contradictions(unit.source, unit.target, written, anchor):
        check_id = f"relative_dates.{found.part}"
        yield Issue(
            check_id, IDS[check_id], _message(unit, found, written), (found.source.start, found.source.end),
            (found.target.start, found.target.end),
        )  # fmt: skip


def explain(unit: Unit, context: CheckContext) -> Explanation:
    """Return the days, months and years that both sides mean, read from the date of the report."""
    written = read_day(context.date) if context.date else None
    if written is None or not context.is_korean_to_english or is_no_sentence(unit.source):
        return Explanation("relative_dates", (), ())
    anchor = _anchor(context.neighbours, written)
    source = [each for each in korean_dates(unit.source, written, anchor) if each.is_known]
    figures = compare_figures(unit.source, unit.target).target
    target = [each for each in english_dates(unit.target, figures, written) if each.is_known]
    return Explanation("relative_dates", *date_readings(source, target, day_shifts(unit.source, unit.target)))


def _anchor(neighbours: tuple[str, ...], written: date) -> date | None:
    return next((day for text in reversed(neighbours) if (day := last_day(text, written))), None)


def _message(unit: Unit, found: Contradiction, written: date) -> Message:
    return MESSAGES(
        "relative_dates",
        korean=unit.source[found.source.start : found.source.end].strip(),
        written=format_day(written),
        correct=format_date(found.source),
        english=unit.target[found.target.start : found.target.end],
    )

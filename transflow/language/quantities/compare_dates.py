"""Differences between the dates and times of a translation and of its source.

Invariant: only explicit parts of dates contradict each other, month with month and day with day; if
two time zones may be involved (현지시간, GMT), a difference of one day is accepted as far as the
zones allow it, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from transflow.language.quantities.calendar import CalendarDate, add_days
from transflow.language.quantities.compare import MAX_PAIRS, compare_figures, is_no_sentence
from transflow.language.quantities.english_calendar import english_dates
from transflow.language.quantities.korean_dates import korean_dates
from transflow.language.quantities.local_time import SAME_DAY, Shifts, day_shifts
from transflow.language.quantities.quantity import DATE_PARTS, Quantity, surplus

Part = Literal["month", "day", "weekday", "ampm", "time", "year", "local"]
_OTHER_MONTH_IN_ENGLISH = re.compile(
    r"\b(?:months?|year[ -]?end|(?:end|start|beginning|turn) of (?:the|this|next) year)\b"
)
_OTHER_MONTH = re.compile(r"지난 ?달|이번 ?달|이달|다음 ?달|내달|새달|전달|같은 달|(?<!월 )한 달|월말|연말|연초")


_RELATIVE = re.compile(
    "어제|오늘|내일|모레|이날|그날|당일|전날|이튿날|다음|지난|오는|올해|작년|내년|최근|[월화수목금토일]요일"
)
"""Words for another day: beside them, the day of an event (6·25전쟁) need not be translated as a
date.
"""


class DateDifference(NamedTuple):
    part: Part
    source: Quantity
    target: Quantity


class Contradiction(NamedTuple):
    """A relative date of the source, and the date of the target that it contradicts."""

    part: Part
    source: CalendarDate
    target: CalendarDate


def date_differences(source: str, target: str) -> list[DateDifference]:
    source_figures, target_figures, _ = compare_figures(source, target)
    texts = source, target
    if not _has_date_parts(source_figures) or not _has_date_parts(target_figures):
        return []
    if _RELATIVE.search(source) or any(
        each.kind in ("month", "day") and each.weight == "strong" for each in source_figures
    ):
        source_figures = tuple(
            each for each in source_figures if each.kind not in ("month", "day") or each.weight != "small"
        )
    return [
        *_months(texts, source_figures, target_figures),
        *_days(source_figures, target_figures, texts),
        *_swapped_days(source_figures, target_figures),
        *_weekdays(source_figures, target_figures, texts),
        *clock_differences(source_figures, target_figures, texts),
    ]


def _has_date_parts(figures: Sequence[Quantity]) -> bool:
    return not DATE_PARTS.isdisjoint(each.kind for each in figures)


def omitted(source: str, target: str) -> list[Quantity]:
    """Return months and days of the source that the target lacks, if it names no others instead."""
    source_figures, target_figures, _ = compare_figures(source, target)
    result: list[Quantity] = []
    if not _has_date_parts(source_figures):
        return result
    for kind in ("month", "day"):
        target_values = _values(target_figures, kind)
        result += [
            each
            for each in source_figures
            if each.kind == kind
            and each.weight == "strong"
            and not target_values
            and each.value not in _day_values(target_figures)
        ]
    return sorted(result, key=lambda each: each.start)[:2]


def _values(figures: Sequence[Quantity], kind: str) -> set[float]:
    return {each.value for each in figures if each.kind == kind}


def _day_values(figures: Sequence[Quantity]) -> set[float]:
    """Return every value that a day may match: not those of months, weekdays and halves of days."""
    return {value for each in figures if each.kind not in ("month", "weekday", "half") for value in each.values}


def _unmatched(ours: Sequence[Quantity], kind: str, theirs: set[float]) -> list[Quantity]:
    by_value: dict[float, Quantity] = {}
    for each in ours:
        if each.kind == kind and each.is_missed and each.value not in theirs:
            by_value.setdefault(each.value, each)
    return list(by_value.values())


def _names_another_month(source: str, target: str) -> bool:
    """True if the name of another month may stand in English for words such as 지난달."""
    return bool(_OTHER_MONTH.search(source)) and not _OTHER_MONTH_IN_ENGLISH.search(target)


def _months(
    texts: tuple[str, str], source_figures: Sequence[Quantity], target_figures: Sequence[Quantity]
) -> Iterator[DateDifference]:
    missing = _unmatched(source_figures, "month", _values(target_figures, "month"))
    extra = _unmatched(target_figures, "month", _values(source_figures, "month"))
    ours, theirs = ([each for each in side if each.kind == "month"] for side in (source_figures, target_figures))
    if len(ours) == len(theirs) > 1 and len(missing) != len(extra) and all(each.weight == "strong" for each in ours):
        missing, extra = surplus(ours, theirs), surplus(theirs, ours)
    if len(missing) == len(extra) and not (missing and _names_another_month(*texts)):
        yield from (
            DateDifference("month", source_month, target_month)
            for source_month, target_month in zip(missing, extra, strict=True)
        )


def _days(
    source_figures: Sequence[Quantity], target_figures: Sequence[Quantity], texts: tuple[str, str]
) -> Iterator[DateDifference]:
    missing = _unmatched(source_figures, "day", _day_values(target_figures))
    extra = _unmatched(target_figures, "day", _day_values(source_figures))
    if not len(missing) == len(extra) == 1:
        return
    source_day, target_day = missing[0], extra[0]
    if any(_is_shifted(source_day.value, target_day.value, shift) for shift in day_shifts(*texts)):
        yield DateDifference("local", source_day, target_day)
        return
    source_month, target_month = _month_of(source_day, source_figures), _month_of(target_day, target_figures)
    named = sum(each.kind == "ordinal" and each.value in _values(source_figures, "day") for each in target_figures)
    is_only_date = (
        _count(source_figures, "day") in (_count(target_figures, "day"), _count(target_figures, "day") + named)
        and max(len(_values(source_figures, "month")), len(_values(target_figures, "month"))) <= 1
    )
    if (source_month is not None and source_month == target_month) or is_only_date:
        yield DateDifference("day", source_day, target_day)


def _swapped_days(source_figures: Sequence[Quantity], target_figures: Sequence[Quantity]) -> Iterator[DateDifference]:
    """Yield a day that has the month of another: from June 4 to July 3."""
    ours, theirs = (_month_and_day(each) for each in (source_figures, target_figures))
    if len(ours) != len(theirs) or len(ours) < 2 or {month for month, _ in ours} != {month for month, _ in theirs}:
        return
    if {day for _, day in ours} == {day for _, day in theirs} and ours.keys() != theirs.keys():
        month, day = next(key for key in ours if key not in theirs)
        wrong = next((figure for key, figure in theirs.items() if key[0] == month and key not in ours), None)
        if wrong:
            yield DateDifference("day", ours[month, day], wrong)


def _month_and_day(figures: Sequence[Quantity]) -> dict[tuple[float, float], Quantity]:
    """Return the days by month and day; empty if a day has no month of its own."""
    parts = [each for each in figures if each.kind in ("month", "day") and each.weight == "strong"]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) % 2 or any({a.kind, b.kind} != {"month", "day"} or b.start - a.end > 3 for a, b in pairs):
        return {}
    months_first = [(a, b) if a.kind == "month" else (b, a) for a, b in pairs]
    return {(month.value, day.value): day for month, day in months_first}


def _is_shifted(day: float, other_day: float, shift: int) -> bool:
    """True if another day is the one before or after, perhaps of the next month."""
    return shift != 0 and (other_day - day) * shift in (1, -27, -28, -29, -30)


def _count(figures: Sequence[Quantity], kind: str) -> int:
    return sum(each.kind == kind for each in figures)


def _month_of(day: Quantity, figures: Sequence[Quantity]) -> float | None:
    near = [
        each
        for each in figures
        if each.kind == "month" and min(abs(day.start - each.end), abs(each.start - day.end)) <= 3
    ]
    return near[0].value if near else None


def _weekdays(
    source_figures: Sequence[Quantity], target_figures: Sequence[Quantity], texts: tuple[str, str]
) -> Iterator[DateDifference]:
    missing = _unmatched(source_figures, "weekday", _values(target_figures, "weekday"))
    extra = _unmatched(target_figures, "weekday", _values(source_figures, "weekday"))
    both_weekdays = [[each for each in side if each.kind == "weekday"] for side in (source_figures, target_figures)]
    if len(both_weekdays[0]) == len(both_weekdays[1]) > 1:
        missing, extra = surplus(both_weekdays[0], both_weekdays[1]), surplus(both_weekdays[1], both_weekdays[0])
    if len(missing) == len(extra) == 1:
        is_shifted = (extra[0].value - missing[0].value) % 7 in {shift % 7 for shift in day_shifts(*texts)}
        yield DateDifference("local" if is_shifted else "weekday", missing[0], extra[0])


def clock_differences(
    source_figures: Sequence[Quantity], target_figures: Sequence[Quantity], texts: tuple[str, str]
) -> Iterator[DateDifference]:
    """Yield the times of day of the target that contradict the source."""
    source_times, target_times = times_of_day(source_figures), times_of_day(target_figures)
    if len(target_times) < len(source_times):
        every_time = times_of_day(target_figures, also_weak=True)
        target_times = every_time if len(every_time) == len(source_times) else target_times
    for clock, half in source_times:
        target_halves = [other_half for time, other_half in target_times if time.value == clock.value]
        if (
            half
            and target_halves
            and all(other_half and other_half.value != half.value for other_half in target_halves)
            and target_halves[0]
        ):
            yield DateDifference("ampm", half, target_halves[0])
    if len(source_times) == len(target_times) <= _MAX_TIMES:
        ours, theirs = ([clock for clock, _ in side] for side in (source_times, target_times))
        missing, extra = (surplus(ours, theirs), surplus(theirs, ours)) if len(ours) > 1 else _unequal(ours, theirs)
        is_single = len(missing) == len(extra) == 1 and (len(ours) > 1 or len(day_shifts(*texts)) == 1)
        if is_single and set(missing[0].values).isdisjoint(
            _day_values(target_figures) - {value for clock, _ in target_times for value in clock.values}
        ):
            yield DateDifference("time", missing[0], extra[0])


_MAX_TIMES = 4
"""Largest number of times of day that are compared."""


def _unequal(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    return _without_equal(ours, theirs), _without_equal(theirs, ours)


def _without_equal(times: Sequence[Quantity], others: Sequence[Quantity]) -> list[Quantity]:
    return [each for each in times if all(each.value != other.value for other in others)]


def times_of_day(figures: Sequence[Quantity], also_weak: bool = False) -> list[tuple[Quantity, Quantity | None]]:
    """Return the times of day, each with its a.m. or p.m., if it has one.

    The weak ones are noon, and 1530 as in 1530 GMT.
    """
    result: list[tuple[Quantity, Quantity | None]] = []
    halves = [each for each in figures if each.kind == "half"]
    for clock in figures:
        if clock.kind == "clock" and (clock.weight == "strong" or also_weak):
            near = [
                h
                for h in halves
                if h.start == clock.start or 0 <= clock.start - h.end <= 2 or 0 <= h.start - clock.end <= 1
            ]
            result.append((clock, near[0] if near else None))
    return result


def contradictions(source: str, target: str, written: date, anchor: date | None = None) -> list[Contradiction]:
    """Return relative dates of the source that the target gets wrong, read from the day `written`.

    `anchor` is the last day named in the text before the source.
    """
    if is_no_sentence(source) or is_no_sentence(target):
        return []
    ours = [each for each in korean_dates(source, written, anchor) if each.is_known]
    if not ours:
        return []
    theirs = [each for each in english_dates(target, compare_figures(source, target).target, written) if each.is_known]
    found = disagreements(ours, theirs, day_shifts(source, target))
    weekdays = _values(compare_figures(source, target).source, "weekday")
    return [each for each in found if each.part != "weekday" or each.target.weekday not in weekdays]


def disagreements(
    ours: Sequence[CalendarDate], theirs: Sequence[CalendarDate], shifts: Shifts = SAME_DAY, near: bool = False
) -> list[Contradiction]:
    """Return the only dates on both sides that have no match, if they contradict and one is
    relative.

    With `near`, only if a single part differs, for texts that omit dates and add others.
    """
    if len(ours) * len(theirs) > MAX_PAIRS:
        return []
    ours_unmatched = [left for left in ours if not any(agree(left, right, shifts) for right in theirs)]
    theirs_unmatched = [right for right in theirs if not any(agree(left, right, shifts) for left in ours)]
    pairs = [(left, right) for left in ours_unmatched for right in theirs_unmatched if _same_level(left, right)]
    if near:
        pairs = [(left, right) for left, right in pairs if sum(a != b for _, a, b in _common_parts(left, right)) == 1]
    if len(pairs) != 1 or not (pairs[0][0].relative or pairs[0][1].relative):
        return []
    left, right = pairs[0]
    return [Contradiction(_wrong_part(left, right), left, right)]


def _common_parts(left: CalendarDate, right: CalendarDate) -> list[tuple[str, int, int]]:
    parts = [("year", left.year, right.year), ("month", left.month, right.month), ("day", left.day, right.day)]
    days = ("weekday", left.day_of_week, right.day_of_week)
    known = [*parts, days] if left.weekday is not None or right.weekday is not None else parts
    return [(name, a, b) for name, a, b in known if a is not None and b is not None]


def agree(left: CalendarDate, right: CalendarDate, shifts: Shifts = SAME_DAY) -> bool:
    """True if they can be the same; `shifts` are the days that the right one may be later."""
    shared = _common_parts(left, right)
    if shared and all(a == b for _, a, b in shared):
        return True
    if shifts == SAME_DAY or left.date is None:
        return False
    if right.date is not None:
        return (right.date - left.date).days in shifts
    days = [day for shift in shifts if (day := add_days(left.date, shift))]
    if right.weekday is not None and right.day is None:
        return any(day.weekday() == right.weekday for day in days)
    return any(
        day.day == right.day and right.month in (None, day.month) and right.weekday in (None, day.weekday())
        for day in days
    )


def _same_level(left: CalendarDate, right: CalendarDate) -> bool:
    """True if both are days, both months, or both years."""
    if not _common_parts(left, right):
        return False
    if left.day is not None or left.weekday is not None:
        return right.day is not None or right.weekday is not None
    if left.month is not None:
        return right.month is not None
    return right.month is None and right.weekday is None


def _wrong_part(left: CalendarDate, right: CalendarDate) -> Part:
    differing = [name for name, a, b in _common_parts(left, right) if a != b]
    order: tuple[Part, ...] = ("weekday", "year", "month", "day")
    return next(part for part in order if part in differing)

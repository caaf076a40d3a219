"""Dates of an English text that was written on a given day: Feb. 15, last month, yesterday, on
Monday.

Invariant: a weekday alone, a month and day without a year, or a year alone are not completed; only
words such as yesterday, last month and two days ago are resolved from the day that the text was
written on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from transflow.language.quantities.calendar import CalendarDate, add_days, add_months, relative_date
from transflow.language.quantities.english_numerals import ONES
from transflow.language.quantities.quantity import Quantity

_DAY_OFFSETS = {"last night": -1, "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_PHRASE = re.compile(
    r"\b(?:(?P<word>today|tonight|last night|yesterday|tomorrow)"
    r"|(?:the )?(?P<d>3[01]|[12]?[0-9])(?:st|nd|rd|th) of (?P<dm>last|this|next) month"
    r"|(?P<which>last|this|next) (?P<unit>month|year)"
    r"|(?P<n>[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|a) (?P<days>days?|weeks?) (?P<dir>ago|from now))\b",
    re.IGNORECASE,
)
_OFFSETS = {"last": -1, "this": 0, "next": 1}


def english_dates(text: str, figures: Sequence[Quantity], written: date | None) -> list[CalendarDate]:
    """Return the days, months and years of a text, in order. `figures` is the result of
    `english`.
    """
    found = [*_absolute(text, figures), *(_relative(text, written) if written else ())]
    return sorted(found, key=lambda each: each.start)


def _absolute(text: str, figures: Sequence[Quantity]) -> list[CalendarDate]:
    result: list[CalendarDate] = []
    for each in figures:
        last = result[-1] if result else None
        is_adjacent = (
            last is not None and each.start - last.end <= 4 and not text[last.end : each.start].strip(" .,of-–and")
        )
        if each.kind == "month":
            if (last and is_adjacent and last.day and last.month is None) or (
                last and _is_weekday_before(last, each, text)
            ):
                result[-1] = last._replace(end=each.end, month=int(each.value))
            else:
                result.append(CalendarDate(each.start, each.end, month=int(each.value)))
        elif each.kind == "day":
            if last and is_adjacent and last.month and last.day is None:
                result[-1] = last._replace(end=each.end, day=int(each.value))
            else:
                result.append(
                    CalendarDate(
                        each.start, each.end, month=last.month if last and is_adjacent else None, day=int(each.value)
                    )
                )
        elif each.kind == "year":
            if last and is_adjacent and last.month and last.year is None and each.start - last.end <= 2:
                result[-1] = last._replace(end=each.end, year=int(each.value))
            else:
                result.append(CalendarDate(each.start, each.end, year=int(each.value)))
        elif each.kind == "weekday":
            result.append(CalendarDate(each.start, each.end, weekday=int(each.value)))
    return result


def _is_weekday_before(last: CalendarDate, month: Quantity, text: str) -> bool:
    """True for the weekday in “Friday, May 10”."""
    return last.weekday is not None and last.month is None and text[last.end : month.start] in (", ", " ", ". ", "., ")


def _relative(text: str, written: date) -> list[CalendarDate]:
    result: list[CalendarDate] = []
    for match in _PHRASE.finditer(text):
        group = {name: (value or "").lower() for name, value in match.groupdict().items()}
        start, end = match.span()
        if group["unit"] == "year":
            result.append(CalendarDate(start, end, written.year + _OFFSETS[group["which"]], relative=True))
        elif group["unit"] or group["dm"]:
            year, month = add_months(written, _OFFSETS[group["which"] or group["dm"]])
            result.append(CalendarDate(start, end, year, month, int(group["d"]) if group["d"] else None, relative=True))
        else:
            days = _DAY_OFFSETS[group["word"]] if group["word"] else _days(group)
            day = add_days(written, days)
            if day:
                result.append(relative_date(day, start, end))
    return result


def _days(group: dict[str, str]) -> int:
    number = 1 if group["n"] == "a" else int(ONES[group["n"]]) if group["n"] in ONES else int(group["n"])
    return number * (7 if group["days"].startswith("week") else 1) * (-1 if group["dir"] == "ago" else 1)

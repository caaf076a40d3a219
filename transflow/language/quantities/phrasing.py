"""Figures and dates in plain words, for messages.

Figures are in English in every language of the interface, because the English text should have
them in these words. Dates are in the user's language.
"""

from __future__ import annotations

from datetime import date

from transflow.language.quantities import units
from transflow.language.quantities.calendar import CalendarDate
from transflow.language.quantities.english_dates import MONTH_NAMES, WEEKDAY_NAMES
from transflow.language.quantities.quantity import Quantity, digits_and_power, format_value, is_finite
from transflow.messages import NOTHING, Message, Messages

MESSAGES = Messages(
    __name__,
    {
        "too-large": "a number too large to name",
        "day": "day {day}",
        "month-day": "{month} {day}",
        "month-day-year": "{month} {day}, {year}",
        "no-such-day": "{month} {day} {year}",
        "month-year": "{month} {year}",
        "weekday-date": "{weekday}, {date}",
    },
)
NAMES = Messages(__name__, {name: name for name in (*MONTH_NAMES, *WEEKDAY_NAMES)})
_SIGNS = {"dollar": "$", "euro": "€", "pound": "£"}
_SHARES = {"percent": "percent", "points": "percentage points", "times": "times"}
_VAGUE = {
    1: "dozens", 2: "hundreds", 3: "thousands", 4: "tens of thousands", 5: "hundreds of thousands", 6: "millions",
    7: "tens of millions", 8: "hundreds of millions", 9: "billions", 10: "tens of billions", 11: "hundreds of billions", 12: "trillions",
}  # fmt: skip


def format_figure(figure: Quantity) -> str:
    """Format a figure as news English: $1.2 billion, 3 percent, 110 miles, hundreds of
    thousands.
    """
    if not is_finite(figure.value):
        return MESSAGES("too-large")
    value = format_value(figure.value)
    match figure.kind:
        case "vague":
            return _VAGUE.get(round(len(f"{figure.value:.0f}")) - 1, value)
        case "money":
            sign = _SIGNS.get(figure.unit, "")
            return f"{sign}{value}" if sign else f"{value} {figure.unit}"
        case "percent" | "points" | "times":
            return f"{value} {_SHARES[figure.kind]}"
        case "measure":
            measure = units.MEASURES.get(figure.unit)
            if measure is None:
                return f"{value} {figure.unit}".rstrip()
            return f"{value} {measure.singular if figure.value == 1 else measure.english}"
        case "fraction":
            return _format_fraction(figure.value)
        case "year" | "decade":
            return f"{figure.value:.0f}" + ("s" if figure.kind == "decade" else "")
        case "clock":
            return f"{int(figure.value) // 60 or 12}:{int(figure.value) % 60:02}"
    return value


def format_part(figure: Quantity) -> str:
    """Format a figure, or a part of a date: March, day 11, Monday, p.m."""
    match figure.kind:
        case "month":
            return MONTH_NAMES[int(figure.value) - 1]
        case "day":
            return format_day_of_month(figure.value)
        case "weekday":
            return WEEKDAY_NAMES[int(figure.value)]
        case "half":
            return "p.m." if figure.value else "a.m."
    return format_figure(figure)


def round_like(value: float, like: float) -> float:
    """Round a conversion to two digits, or to as many as `like`, the number that it replaces, if
    that has more.
    """
    digits = max(2, len(digits_and_power(like)[0]))
    return float(f"{value:.{digits - 1}e}")


def _format_fraction(value: float) -> str:
    for denominator in range(2, 11):
        numerator = round(value * denominator)
        if numerator and abs(value * denominator - numerator) < 0.01:
            return f"{numerator}/{denominator}"
    return format_value(value)


def format_day_of_month(number: float) -> Message:
    """Format a day whose month is not known: day 28."""
    return MESSAGES("day", day=format_value(number))


def format_day(day: date) -> Message:
    """Format a day: March 26, 2024."""
    return MESSAGES("month-day-year", month=_month(day.month), day=day.day, year=str(day.year))


def format_date(calendar_date: CalendarDate) -> str:
    """Format a date: Tuesday, March 26, 2024; February 2024; 2023; day 28."""
    if day := calendar_date.date:
        return MESSAGES("weekday-date", weekday=NAMES(WEEKDAY_NAMES[day.weekday()]), date=format_day(day))
    month = _month(calendar_date.month) if calendar_date.month else NOTHING
    year = str(calendar_date.year or "")
    match bool(month), bool(calendar_date.day), bool(year):
        case True, True, True:
            return MESSAGES("no-such-day", month=month, day=calendar_date.day or 0, year=year)
        case True, True, False:
            return MESSAGES("month-day", month=month, day=calendar_date.day or 0)
        case True, False, True:
            return MESSAGES("month-year", month=month, year=year)
        case False, True, _:
            return format_day_of_month(calendar_date.day or 0)
    return month or year or (NAMES(WEEKDAY_NAMES[calendar_date.weekday]) if calendar_date.weekday is not None else "")


def _month(number: int) -> Message:
    return NAMES(MONTH_NAMES[number - 1])

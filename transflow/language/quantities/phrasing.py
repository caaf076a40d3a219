"""Figures and dates in plain words, for messages."""

from __future__ import annotations

from datetime import date

from transflow.language.quantities import units
from transflow.language.quantities.calendar import CalendarDate
from transflow.language.quantities.english_dates import MONTH_NAMES, WEEKDAY_NAMES
from transflow.language.quantities.quantity import Quantity, digits_and_power, format_value

_SIGNS = {"dollar": "$", "euro": "€", "pound": "£"}
_VAGUE = {
    1: "dozens", 2: "hundreds", 3: "thousands", 4: "tens of thousands", 5: "hundreds of thousands", 6: "millions",
    7: "tens of millions", 8: "hundreds of millions", 9: "billions", 10: "tens of billions", 11: "hundreds of billions", 12: "trillions",
}  # fmt: skip


def format_figure(figure: Quantity) -> str:
    """Format a figure as news English: $1.2 billion, 3 percent, 110 miles, hundreds of
    thousands.
    """
    value = format_value(figure.value)
    match figure.kind:
        case "vague":
            return _VAGUE.get(round(len(f"{figure.value:.0f}")) - 1, value)
        case "money":
            sign = _SIGNS.get(figure.unit, "")
            return f"{sign}{value}" if sign else f"{value} {figure.unit}"
        case "percent":
            return f"{value} percent"
        case "points":
            return f"{value} percentage points"
        case "measure":
            unit = units.MEASURES[figure.unit].english if figure.unit in units.MEASURES else figure.unit
            return f"{value} {unit.removesuffix('s') if figure.value == 1 else unit}".rstrip()
        case "times":
            return f"{value} times"
        case "fraction":
            return _format_fraction(figure.value)
        case "year" | "decade":
            return f"{figure.value:.0f}" + ("s" if figure.kind == "decade" else "")
        case "clock":
            return f"{int(figure.value) // 60 or 12}:{int(figure.value) % 60:02}"
    return value


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


def month_name(number: float) -> str:
    return MONTH_NAMES[int(number) - 1]


def weekday_name(number: float) -> str:
    return WEEKDAY_NAMES[int(number)]


def format_day(day: date) -> str:
    """Format a day: March 26, 2024."""
    return f"{month_name(day.month)} {day.day}, {day.year}"


def format_date(calendar_date: CalendarDate) -> str:
    """Format a date: Tuesday, March 26, 2024; February 2024; 2023; day 28."""
    if calendar_date.date:
        return f"{weekday_name(calendar_date.date.weekday())}, {format_day(calendar_date.date)}"
    month = month_name(calendar_date.month) if calendar_date.month else ""
    day = str(calendar_date.day) if calendar_date.day else ""
    words = " ".join(part for part in (month, day, str(calendar_date.year or "")) if part)
    return (
        f"day {day}"
        if day and not month
        else words or (weekday_name(calendar_date.weekday) if calendar_date.weekday is not None else "")
    )

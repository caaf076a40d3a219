"""Figures in plain words for messages, and in the style of the text around them for corrections.

Invariant: a correction changes the numeral, or the word, that is wrong, and not one character beside it.
"""

from __future__ import annotations

import re
from datetime import date

from transflow.figures import units
from transflow.figures.english_dates import MONTH_NAMES, MONTHS, WEEKDAY_NAMES
from transflow.figures.figure import Figure, digits_and_power, spelled
from transflow.figures.when import When

_SHORT = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
"""As AP writes months before a day."""
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SIGNS = {"dollar": "$", "euro": "€", "pound": "£"}
_VAGUE = {
    1: "dozens", 2: "hundreds", 3: "thousands", 4: "tens of thousands", 5: "hundreds of thousands", 6: "millions",
    7: "tens of millions", 8: "hundreds of millions", 9: "billions", 10: "tens of billions", 11: "hundreds of billions", 12: "trillions",
}  # fmt: skip


def named(figure: Figure) -> str:
    """A figure as news English would have it: $1.2 billion, 3 percent, 110 miles, hundreds of thousands."""
    value = spelled(figure.value)
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
            return _share(figure.value)
        case "year" | "decade":
            return f"{figure.value:.0f}" + ("s" if figure.kind == "decade" else "")
        case "clock":
            return f"{int(figure.value) // 60 or 12}:{int(figure.value) % 60:02}"
    return value


def rounded(value: float, like: float) -> float:
    """A conversion as people write it: with two digits, or as many as the number that it replaces has, if those are more."""
    digits = max(2, len(digits_and_power(like)[0]))
    return float(f"{value:.{digits - 1}e}")


def _share(value: float) -> str:
    for below in range(2, 11):
        above = round(value * below)
        if above and abs(value * below - above) < 0.01:
            return f"{above}/{below}"
    return spelled(value)


def with_value(text: str, figure: Figure, value: float) -> str | None:
    """The text with a numeral replaced, written as the old one was: in words below 10, with million, with commas.

    None where the old one is in words and the new one cannot be.
    """
    start, end = figure.numeral or figure.span
    new = _like(text[start:end], value, figure.kind)
    return None if new is None else text[:start] + new + text[end:]


def _like(old: str, value: float, kind: str) -> str | None:
    if kind in ("year", "decade"):
        return f"{value:.0f}"
    if old[:1].isalpha():
        word = _SMALL[int(value)] if value in range(2, 10) else None
        return word.capitalize() if word and old[0].isupper() else word
    if re.fullmatch(r"[0-9]{4,}", old) and value < 1e6:
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return spelled(value)


def with_word(text: str, start: int, end: int, word: str) -> str:
    return text[:start] + word + text[end:]


def month_name(number: float) -> str:
    return MONTH_NAMES[int(number) - 1]


def weekday_name(number: float) -> str:
    return WEEKDAY_NAMES[int(number)]


def spelled_day(day: date) -> str:
    """March 26, 2024."""
    return f"{month_name(day.month)} {day.day}, {day.year}"


def spelled_when(when: When) -> str:
    """What a date means: Tuesday, March 26, 2024; February 2024; 2023; day 28."""
    if when.date:
        return f"{weekday_name(when.date.weekday())}, {spelled_day(when.date)}"
    month = month_name(when.month) if when.month else ""
    day = str(when.day) if when.day else ""
    words = " ".join(part for part in (month, day, str(when.year or "")) if part)
    return (
        f"day {day}" if day and not month else words or (weekday_name(when.weekday) if when.weekday is not None else "")
    )


def with_month(text: str, start: int, end: int, number: float) -> str:
    """The text with the name of a month replaced, abbreviated where the old one was."""
    name = text[start:end]
    if name.isdigit():
        return with_word(text, start, end, f"{int(number):0{len(name)}}")
    dotted = text[end : end + 1] == "." and name.lower() in MONTHS and len(name) <= 4
    stop = end + 1 if dotted else end
    short = dotted or (name == _SHORT[MONTHS[name.lower()] - 1] and text[stop : stop + 2].strip()[:1].isdigit())
    return with_word(text, start, stop, _SHORT[int(number) - 1] if short else month_name(number))


def with_weekday(text: str, start: int, end: int, number: float) -> str:
    return with_word(text, start, end, weekday_name(number))

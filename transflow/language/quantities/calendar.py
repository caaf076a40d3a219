"""Days, months and years that a text refers to, as far as they can be known.

Invariant: a part that is not certain is None; nothing here knows today's date: every reading is
given the day that the text was written on.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class CalendarDate(NamedTuple):
    """A day (year, month and day), a month, a year, or a weekday, with its span in the text."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: bool = False
    """True if it was resolved from the day that the text was written on."""

    @property
    def date(self) -> date | None:
        if self.year is None or self.month is None or self.day is None:
            return None
        return date_or_none(self.year, self.month, self.day)

    @property
    def day_of_week(self) -> int | None:
        if self.weekday is not None:
            return self.weekday
        return None if self.date is None else self.date.weekday()

    @property
    def is_known(self) -> bool:
        return (self.year, self.month, self.day, self.weekday) != (None, None, None, None)


def relative_date(day: date, start: int, end: int) -> CalendarDate:
    """Return a day as a relative `CalendarDate`."""
    return CalendarDate(start, end, day.year, day.month, day.day, relative=True)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """Return a date, or None if there is no such day."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def add_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> tuple[int, int]:
    """Return year and month, this many months away."""
    number = day.year * 12 + day.month - 1 + months
    return number // 12, number % 12 + 1


def read_day(text: str) -> date | None:
    """Parse the day of an ISO date or time; None if it has none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

"""Figures and dates of two texts as readings that a person can verify.

Invariant: what accounts for what is decided by the functions that the checks use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from transflow.language.quantities.accounting import can_mean_same
from transflow.language.quantities.calendar import CalendarDate
from transflow.language.quantities.compare_dates import agree
from transflow.language.quantities.local_time import Shifts
from transflow.language.quantities.phrasing import format_date, format_part
from transflow.language.quantities.quantity import DATE_PARTS, Quantity
from transflow.model.explanation import CheckReading

Read = TypeVar("Read", Quantity, CalendarDate)
Readings = tuple[tuple[CheckReading, ...], tuple[CheckReading, ...]]


def is_quantity(figure: Quantity) -> bool:
    """True for a figure that is no year and no part of a date."""
    return figure.kind not in DATE_PARTS and figure.kind != "year"


def readings(source: Sequence[Quantity], target: Sequence[Quantity]) -> Readings:
    """Return the figures of both sides, each with those of the other that account for it."""
    return _paired(source, target, can_mean_same, format_part, lambda each: each.is_missed)


def date_readings(source: Sequence[CalendarDate], target: Sequence[CalendarDate], shifts: Shifts) -> Readings:
    """Return the dates of both sides; `shifts` are the days by which they may differ."""
    return _paired(source, target, lambda ours, theirs: agree(ours, theirs, shifts), format_date, lambda _: True)


def _paired(
    source: Sequence[Read],
    target: Sequence[Read],
    agrees: Callable[[Read, Read], bool],
    meaning: Callable[[Read], str],
    is_required: Callable[[Read], bool],
) -> Readings:
    pairs = [(i, j) for i, ours in enumerate(source) for j, theirs in enumerate(target) if agrees(ours, theirs)]
    ours_read = tuple(
        CheckReading(each.start, each.end, meaning(each), tuple(j for i, j in pairs if i == index), is_required(each))
        for index, each in enumerate(source)
    )
    theirs_read = tuple(
        CheckReading(each.start, each.end, meaning(each), tuple(i for i, j in pairs if j == index), is_required(each))
        for index, each in enumerate(target)
    )
    return ours_read, theirs_read

"""Years that a text counts from the day it was written on: 2022년 in 2024 is “two years ago”.

Invariant: a year is a range of days, so that “two years ago” is two years, more or less a few
months.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from transflow.language.quantities.compare import compare_figures
from transflow.language.quantities.quantity import Quantity

_AGO = re.compile(r" ago\b")
_NAMED = re.compile(r"\b(?P<which>last|this|next) year\b", re.IGNORECASE)
_NAMED_IN_KOREAN = re.compile("지난 ?해|작년|올해|금년|올 |내년|명년|전년|이번 해")
_OFFSETS = {"last": -1, "this": 0, "next": 1}


def wrong_years_ago(source: str, target: str, year: Quantity, written: date) -> Quantity | None:
    """Return the only “N years ago” of the target, if it is not the year of the source."""
    source_figures, target_figures, _ = compare_figures(source, target)
    named = () if _NAMED_IN_KOREAN.search(source) else _named_years(target, written)
    phrases = [*years_ago(target, target_figures), *named]
    if len(phrases) != 1 or any(is_years_ago(phrases[0], each, written) for each in source_figures):
        return None
    return None if is_years_ago(phrases[0], year, written) or _is_counted(phrases[0], source_figures) else phrases[0]


def years_ago(text: str, figures: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the figures of “N years ago” and “a decade ago”."""
    for each in figures:
        if each.kind == "measure" and each.unit == "year" and _AGO.match(text, each.end):
            yield each


def _named_years(text: str, written: date) -> Iterator[Quantity]:
    for match in _NAMED.finditer(text):
        yield Quantity("year", float(written.year + _OFFSETS[match["which"].lower()]), *match.span())


def is_year_of_source(target: str, phrase: Quantity, source_figures: Sequence[Quantity], written: date | None) -> bool:
    """True if “12 years ago” stands for a year that the source names."""
    if not _AGO.match(target, phrase.end) or phrase.unit != "year":
        return False
    return any(
        each.kind == "year" and (written is None or is_years_ago(phrase, each, written)) for each in source_figures
    )


def is_years_ago(phrase: Quantity, year: Quantity, written: date) -> bool:
    """True if a phrase can mean the year: it is exact, or its years lead into it when rounded."""
    if year.kind != "year":
        return False
    if phrase.kind == "year":
        return phrase.value in year.values
    elapsed = [written.year + (written.timetuple().tm_yday / 366) - value for value in year.values]
    return any(
        int(each - 1) <= phrase.value <= each + 0.5 or abs(each - phrase.value) <= 0.1 * each for each in elapsed
    )


def _is_counted(phrase: Quantity, source_figures: Sequence[Quantity]) -> bool:
    """True if the source counts the same years itself: 2년 전."""
    return any(
        each.kind == "measure" and each.unit == "year" and phrase.value in each.values for each in source_figures
    )

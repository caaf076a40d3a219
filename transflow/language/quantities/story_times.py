"""Times of day of a story paragraph against those of all Korean sentences behind it.

Invariant: nothing is compared where the texts name different time zones. A time without minutes may
be a rounded one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transflow.language.quantities.compare_dates import clock_differences, times_of_day
from transflow.language.quantities.english import english_figures
from transflow.language.quantities.korean import korean_figures
from transflow.language.quantities.local_time import day_shifts
from transflow.language.quantities.quantity import Quantity

_HALF_A_DAY, _ROUNDING = 720, 30
"""Minutes of the twelve hours of a clock, and those by which a full hour may be rounded."""


class SourceTime(NamedTuple):
    """A time of day of a Korean sentence, by the index of the sentence."""

    source: int
    clock: Quantity
    half: Quantity | None


class WrongTime(NamedTuple):
    """A time of a paragraph, its a.m. or p.m., and the only time that it contradicts, if any."""

    clock: Quantity
    half: Quantity
    source: SourceTime | None


def wrong_times(sources: Sequence[tuple[str, str]], paragraph: str) -> list[WrongTime]:
    """Return the times of a paragraph that no source and no translation, as pairs, has.

    Only those with a.m. or p.m.: others may be scores.
    """
    paragraph_times = [(clock, half) for clock, half in times_of_day(english_figures(paragraph)) if half]
    if not paragraph_times or len(day_shifts(" ".join(text for text, _ in sources), paragraph)) != 1:
        return []
    source_times = [
        SourceTime(index, *time)
        for index, (text, _) in enumerate(sources)
        for time in times_of_day(korean_figures(text))
    ]
    known = {each.value for text, _ in sources for each in korean_figures(text) if each.kind == "clock"}
    known |= {value for text, translation in sources for value in _right_times(text, translation)}
    own = {clock.value for clock, _ in paragraph_times}
    added = [(clock, half) for clock, half in paragraph_times if not _is_known(clock, known)]
    left = [each for each in source_times if each.clock.value not in own]
    contradicted = left[0] if len(left) == len(added) == 1 else None
    wrong = [WrongTime(clock, half, contradicted) for clock, half in added]
    return wrong + [found for clock, half in paragraph_times if (found := _other_half(clock, half, source_times))]


def _right_times(text: str, translation: str) -> set[float]:
    """Return the times of a translation, without those that contradict the Korean."""
    figures = english_figures(translation)
    wrong = [each.target for each in clock_differences(korean_figures(text), figures, (text, translation))]
    return {clock.value for clock, _ in times_of_day(figures) if clock not in wrong}


def _is_known(clock: Quantity, known: set[float]) -> bool:
    if clock.value in known:
        return True
    distances = (abs(clock.value - each) % _HALF_A_DAY for each in known)
    return clock.value % 60 == 0 and any(min(each, _HALF_A_DAY - each) <= _ROUNDING for each in distances)


def _other_half(clock: Quantity, half: Quantity, times: Sequence[SourceTime]) -> WrongTime | None:
    """Return the time if each source with the same one is in the other half of the day."""
    same = [each for each in times if each.clock.value == clock.value]
    if same and all(each.half and each.half.value != half.value for each in same):
        return WrongTime(clock, half, same[0])
    return None

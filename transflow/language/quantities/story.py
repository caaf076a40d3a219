"""Check of a story paragraph's figures and dates against all Korean sentences behind it.

A writer omits things, joins reports and reorders them. So nothing that the paragraph lacks is a
fault; every figure in it must be in one of the sources, in a translation that it was made of, or be
an exact conversion.

Invariant: an error is a figure of the paragraph that contradicts the only figure of its kind that
no other part of the paragraph accounts for; any other figure without a source is a warning.

The check of stories calls `paragraph_faults` once for each printed paragraph that has `@from`:
`sources` are the units behind it, in order, each with its report's date and its translation, whose
conversions and explanations excuse the same in the paragraph, but whose mistakes do not. `written`
is the date of the story, from which “yesterday” in the paragraph is resolved.
Each fault has a severity, a message, the span in the paragraph, and for an error the index of the
source and the span there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from transflow.language.quantities.accounting import can_mean_same
from transflow.language.quantities.calendar import CalendarDate, relative_date
from transflow.language.quantities.compare import (
    QuantityDifference,
    certain_contradictions,
    compare_figures,
    is_no_sentence,
    unaccounted,
)
from transflow.language.quantities.compare_dates import agree, disagreements
from transflow.language.quantities.compound import as_shares, as_wholes
from transflow.language.quantities.english import english_figures
from transflow.language.quantities.english_calendar import english_dates
from transflow.language.quantities.korean import korean_figures
from transflow.language.quantities.korean_dates import korean_dates, last_day
from transflow.language.quantities.phrasing import format_date, format_day, format_figure
from transflow.language.quantities.quantity import Quantity
from transflow.language.quantities.story_times import wrong_times
from transflow.messages import Message, Messages
from transflow.model.issue import Severity

MESSAGES = Messages(
    __name__,
    {
        "contradiction": "“{korean}” is {figure}; the paragraph says “{english}”.",
        "date": "“{korean}” is {date}; the paragraph says “{english}”.",
        "relative-date": "“{korean}”, written on {written}, is {date}; the paragraph says “{english}”.",
        "half-of-day": "“{korean}” is in the other half of the day; the paragraph says “{english}”.",
        "figure-added": "“{english}” is in none of the Korean sentences behind this paragraph.",
        "date-added": "None of the Korean sentences behind this paragraph says “{english}”.",
    },
)


class Source(NamedTuple):
    """A Korean sentence behind a paragraph."""

    text: str
    written: date | None = None
    """The day of its report."""
    before: tuple[str, ...] = ()
    """Sentences before it in its report, the nearest last, to which 이날 refers."""
    translation: str = ""


class QuantityFault(NamedTuple):
    severity: Severity
    message: Message
    span: tuple[int, int]
    """Span in the paragraph."""
    source: int | None = None
    """Index of the source that it contradicts; None if no source has it."""
    source_span: tuple[int, int] | None = None


class _SourceOffset(NamedTuple):
    """Offset of a source in the sources joined to one text."""

    source: int
    offset: int


def paragraph_faults(sources: Sequence[Source], paragraph: str, written: date | None = None) -> list[QuantityFault]:
    """Return the figures and dates of the paragraph that no source has, in order."""
    if not sources or any(is_no_sentence(text) for text in (paragraph, *(each.text for each in sources))):
        return []
    offsets, source_figures = _figures_of(sources)
    paragraph_figures = english_figures(paragraph)
    text = " ".join(each.text for each in sources)
    source_figures, paragraph_figures = (
        as_shares(as_wholes(source_figures, paragraph_figures), text, paragraph_figures),
        as_wholes(paragraph_figures, source_figures),
    )
    draft_figures = [figure for source in sources for figure in _translated_figures(source)]
    faults = [*_wrong_figures(sources, paragraph, offsets, source_figures, paragraph_figures, draft_figures)]
    faults += _wrong_dates(sources, paragraph, paragraph_figures, draft_figures, written)
    faults += _wrong_times(sources, paragraph)
    return sorted(faults, key=lambda each: each.span)


def _translated_figures(source: Source) -> list[Quantity]:
    """Return the figures of a translation, without those that contradict the Korean: an error that
    somebody made in a sentence is no source of the same error in a story.
    """
    if is_no_sentence(source.translation):
        return []
    differences = compare_figures(source.text, source.translation).differences
    wrong = {each.target.span for each in differences if each.source and each.target and each.certain}
    return [each for each in english_figures(source.translation) if each.span not in wrong]


def _figures_of(sources: Sequence[Source]) -> tuple[list[_SourceOffset], list[Quantity]]:
    """Return the offset of each source in the joined text, and all figures with spans in
    that text.
    """
    offsets, figures, offset = [], [], 0
    for index, source in enumerate(sources):
        offsets.append(_SourceOffset(index, offset))
        figures += [
            each._replace(start=each.start + offset, end=each.end + offset) for each in korean_figures(source.text)
        ]
        offset += len(source.text) + 1
    return offsets, figures


def _wrong_figures(
    sources: Sequence[Source],
    paragraph: str,
    offsets: Sequence[_SourceOffset],
    source_figures: Sequence[Quantity],
    paragraph_figures: Sequence[Quantity],
    draft_figures: Sequence[Quantity],
) -> list[QuantityFault]:
    contradictions = [each for each in certain_contradictions(source_figures, paragraph_figures) if each.certain]
    faults = [_contradiction(sources, paragraph, offsets, each) for each in contradictions]
    for each in unaccounted(paragraph_figures, source_figures):
        if any(each is difference.target for difference in contradictions):
            continue
        if not any(can_mean_same(each, draft_figure) for draft_figure in draft_figures) and each.is_missed:
            severity: Severity = "warning" if each.weight == "strong" else "hint"
            message = MESSAGES("figure-added", english=paragraph[each.start : each.end])
            faults.append(QuantityFault(severity, message, each.span))
    return faults


def _contradiction(
    sources: Sequence[Source], paragraph: str, offsets: Sequence[_SourceOffset], difference: QuantityDifference
) -> QuantityFault:
    _, source_figure, figure, _ = difference
    assert source_figure
    assert figure
    source_offset = [each for each in offsets if each.offset <= source_figure.start][-1]
    start, end = source_figure.start - source_offset.offset, source_figure.end - source_offset.offset
    message = MESSAGES(
        "contradiction",
        korean=sources[source_offset.source].text[start:end],
        figure=format_figure(source_figure),
        english=paragraph[figure.start : figure.end],
    )
    return QuantityFault("error", message, figure.span, source_offset.source, (start, end))


def _wrong_dates(
    sources: Sequence[Source],
    paragraph: str,
    paragraph_figures: Sequence[Quantity],
    draft_figures: Sequence[Quantity],
    written: date | None,
) -> list[QuantityFault]:
    """Return dates of the paragraph that contradict a source; without any, those that it adds."""
    indexed_dates = [
        (index, calendar_date) for index, source in enumerate(sources) for calendar_date in _days_of(source)
    ]
    source_dates = [calendar_date for _, calendar_date in indexed_dates]
    paragraph_dates = [each for each in english_dates(paragraph, paragraph_figures, written) if each.is_known]
    faults = []
    for _, source_date, found_date in disagreements(source_dates, paragraph_dates, near=True):
        index = next(index for index, calendar_date in indexed_dates if calendar_date is source_date)
        wrong = paragraph[found_date.start : found_date.end]
        faults.append(
            QuantityFault(
                "error",
                _date_message(sources[index], source_date, wrong),
                (found_date.start, found_date.end),
                index,
                (source_date.start, source_date.end),
            )
        )
    if not faults and all(source.written for source in sources):
        own_day = [] if written is None else [relative_date(written, 0, 0)]
        for added in _added_dates(paragraph_dates, (*source_dates, *own_day), draft_figures):
            message = MESSAGES("date-added", english=paragraph[added.start : added.end])
            faults.append(QuantityFault("warning", message, (added.start, added.end)))
    return faults


def _wrong_times(sources: Sequence[Source], paragraph: str) -> Iterator[QuantityFault]:
    """Yield times of day that contradict a source, or that no source has."""
    for clock, half, source in wrong_times([(each.text, each.translation) for each in sources], paragraph):
        span = (min(clock.start, half.start), max(clock.end, half.end))
        english = paragraph[span[0] : span[1]]
        if source is None:
            yield QuantityFault("warning", MESSAGES("figure-added", english=english), span)
            continue
        first, last = source.clock.start, source.clock.end
        if source.half:
            first, last = min(first, source.half.start), max(last, source.half.end)
        key = "half-of-day" if source.clock.value == clock.value else "contradiction"
        korean, figure = sources[source.source].text[first:last], format_figure(source.clock)
        message = MESSAGES(key, korean=korean, figure=figure, english=english)
        yield QuantityFault("error", message, span, source.source, (first, last))


def _added_dates(
    paragraph_dates: Sequence[CalendarDate], known_dates: Sequence[CalendarDate], draft_figures: Sequence[Quantity]
) -> Iterator[CalendarDate]:
    """Yield dates that agree with no known date, and whose day or month the draft does not have."""
    days, months = ({each.value for each in draft_figures if each.kind == kind} for kind in ("day", "month"))
    for found_date in paragraph_dates:
        is_new = (
            found_date.month
            and not found_date.relative
            and not any(agree(known_date, found_date) for known_date in known_dates)
        )
        if is_new and (found_date.day not in days if found_date.day else found_date.month not in months):
            yield found_date


def _date_message(source: Source, source_date: CalendarDate, wrong: str) -> Message:
    korean = source.text[source_date.start : source_date.end].strip()
    day = format_date(source_date)
    if source.written and source_date.relative:
        written = format_day(source.written)
        return MESSAGES("relative-date", korean=korean, written=written, date=day, english=wrong)
    return MESSAGES("date", korean=korean, date=day, english=wrong)


def _days_of(source: Source) -> list[CalendarDate]:
    """Return the days that a source refers to; without a date of its report, only full dates."""
    written = source.written
    if written is None:
        return [each for each in korean_dates(source.text, _ANY_DAY) if each.is_known and not each.relative]
    anchor = next((day for text in reversed(source.before) if (day := last_day(text, written))), None)
    return [each for each in korean_dates(source.text, written, anchor) if each.is_known]


_ANY_DAY = date(2000, 1, 15)

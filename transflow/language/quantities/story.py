"""Check of a story paragraph's figures and dates against all Korean sentences behind it.

A writer omits things, joins reports and reorders them. So nothing that the paragraph lacks is a
fault; every figure in it must be in one of the sources, in a translation that it was made of, or be
an exact conversion.

Invariant: an error is a figure of the paragraph that contradicts the only figure of its kind that
no other part of the paragraph accounts for; any other figure without a source is a warning.

The check of stories calls `paragraph_faults` once for each printed paragraph that has `@from`:
`sources` are the units behind it, in order, each with its report's date; `written` is the date of
the story, from which “yesterday” in the paragraph is resolved; `drafts` are the translations behind
it (or the paragraph's msgid), whose conversions and explanations excuse the same in the paragraph.
Each fault has a severity, a message, the span in the paragraph, and for an error the index of the
source and the span there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from transflow.language.quantities.accounting import accounts
from transflow.language.quantities.calendar import CalendarDate, on
from transflow.language.quantities.compare import QuantityDifference, contradicting, is_no_sentence, left_over
from transflow.language.quantities.compare_dates import agree, disagreements
from transflow.language.quantities.compound import as_shares, as_wholes
from transflow.language.quantities.english import english
from transflow.language.quantities.english_calendar import english_dates
from transflow.language.quantities.korean import korean
from transflow.language.quantities.korean_dates import korean_dates, last_day
from transflow.language.quantities.phrasing import named, spelled_day, spelled_when
from transflow.language.quantities.quantity import Quantity
from transflow.model.issue import Severity


class Source(NamedTuple):
    """A Korean sentence behind a paragraph."""

    text: str
    written: date | None = None
    """The day of its report."""
    before: tuple[str, ...] = ()
    """Sentences before it in its report, the nearest last, to which 이날 refers."""


class QuantityFault(NamedTuple):
    severity: Severity
    message: str
    span: tuple[int, int]
    """Span in the paragraph."""
    source: int | None = None
    """Index of the source that it contradicts; None if no source has it."""
    source_span: tuple[int, int] | None = None


class _Place(NamedTuple):
    """Offset of a source in the sources joined to one text."""

    source: int
    offset: int


def paragraph_faults(
    sources: Sequence[Source], paragraph: str, written: date | None = None, drafts: Sequence[str] = ()
) -> list[QuantityFault]:
    """Return the figures and dates of the paragraph that no source has, in order."""
    if not sources or any(is_no_sentence(text) for text in (paragraph, *(each.text for each in sources))):
        return []
    places, there = _figures_of(sources)
    here = english(paragraph)
    text = " ".join(each.text for each in sources)
    there, here = as_shares(as_wholes(there, here), text, here), as_wholes(here, there)
    excused = [figure for text in drafts if not is_no_sentence(text) for figure in english(text)]
    faults = [*_wrong_figures(sources, paragraph, places, there, here, excused)]
    faults += _wrong_dates(sources, paragraph, here, excused, written)
    return sorted(faults, key=lambda each: each.span)


def _figures_of(sources: Sequence[Source]) -> tuple[list[_Place], list[Quantity]]:
    """Return the offset of each source in the joined text, and all figures with spans in
    that text.
    """
    places, figures, offset = [], [], 0
    for index, source in enumerate(sources):
        places.append(_Place(index, offset))
        figures += [each._replace(start=each.start + offset, end=each.end + offset) for each in korean(source.text)]
        offset += len(source.text) + 1
    return places, figures


def _wrong_figures(
    sources: Sequence[Source],
    paragraph: str,
    places: Sequence[_Place],
    there: Sequence[Quantity],
    here: Sequence[Quantity],
    excused: Sequence[Quantity],
) -> list[QuantityFault]:
    wrong = [each for each in contradicting(there, here) if each.certain]
    faults = [_contradiction(sources, paragraph, places, each) for each in wrong]
    for each in left_over(here, there):
        if any(each is difference.target for difference in wrong):
            continue
        if not any(accounts(each, other) for other in excused) and each.weight != "weak":
            told = paragraph[each.start : each.end]
            severity: Severity = "warning" if each.weight == "strong" else "hint"
            faults.append(
                QuantityFault(
                    severity, f"“{told}” is in none of the Korean sentences behind this paragraph.", each.span
                )
            )
    return faults


def _contradiction(
    sources: Sequence[Source], paragraph: str, places: Sequence[_Place], difference: QuantityDifference
) -> QuantityFault:
    _, one, other, _ = difference
    assert one
    assert other
    place = [each for each in places if each.offset <= one.start][-1]
    start, end = one.start - place.offset, one.end - place.offset
    korean_words = sources[place.source].text[start:end]
    message = f"“{korean_words}” is {named(one)}; the paragraph says “{paragraph[other.start : other.end]}”."
    return QuantityFault("error", message, other.span, place.source, (start, end))


def _wrong_dates(
    sources: Sequence[Source],
    paragraph: str,
    here: Sequence[Quantity],
    excused: Sequence[Quantity],
    written: date | None,
) -> list[QuantityFault]:
    """Return dates of the paragraph that contradict a source, or whose month and day are in
    none.
    """
    told = [(index, when) for index, source in enumerate(sources) for when in _days_of(source)]
    ours = [when for _, when in told]
    theirs = [each for each in english_dates(paragraph, here, written) if each.is_known]
    faults = []
    for _, one, other in disagreements(ours, theirs, near=True):
        index = next(index for index, when in told if when is one)
        day = sources[index].written
        since = f", written on {spelled_day(day)}," if day and one.relative else ""
        phrase, wrong = sources[index].text[one.start : one.end].strip(), paragraph[other.start : other.end]
        message = f"“{phrase}”{since} is {spelled_when(one)}; the paragraph says “{wrong}”."
        faults.append(QuantityFault("error", message, (other.start, other.end), index, (one.start, one.end)))
    if not faults and all(source.written for source in sources):
        days, months = ({each.value for each in excused if each.kind == kind} for kind in ("day", "month"))
        told_today = [] if written is None else [on(written, 0, 0)]
        for other in theirs:
            new = other.month and not other.relative and not any(agree(one, other) for one in (*ours, *told_today))
            if new and (other.day not in days if other.day else other.month not in months):
                message = (
                    f"None of the Korean sentences behind this paragraph says “{paragraph[other.start : other.end]}”."
                )
                faults.append(QuantityFault("warning", message, (other.start, other.end)))
    return faults


def _days_of(source: Source) -> list[CalendarDate]:
    """Return the days that a source refers to; without a date of its report, only full dates."""
    written = source.written
    if written is None:
        return [each for each in korean_dates(source.text, _ANY_DAY) if each.is_known and not each.relative]
    anchor = next((day for text in reversed(source.before) if (day := last_day(text, written))), None)
    return [each for each in korean_dates(source.text, written, anchor) if each.is_known]


_ANY_DAY = date(2000, 1, 15)

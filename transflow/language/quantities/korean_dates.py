"""Dates of a Korean text that was written on a given day: 지난달 15일, 오는 20일, 어제, 주체113년.

Invariant: nothing is returned for a phrase that can mean two days. A bare 28일 is of the month that
the text was written in, or of a neighbouring month within three days; 지난 26일 in a text from the
26th, 엊그제, 음력 and 내후년 are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from transflow.language.quantities.calendar import CalendarDate, add_days, add_months, date_or_none, relative_date
from transflow.language.quantities.korean_numerals import DAYS, alternatives

_YEARS = {"지지난해": -2, "재작년": -2, "지난해": -1, "지난 해": -1, "작년": -1, "전년": None, "올해": 0, "금년": 0, "올": 0,
    "내년": 1, "명년": 1, "다음 해": None, "이듬해": None, "후년": 2, "내후년": 2, "그해": None, "같은 해": None}  # fmt: skip
_MONTHS = {"지지난달": -2, "지난달": -1, "지난 달": -1, "저번 달": -1, "전달": None, "이달": 0, "이번 달": 0, "이번달": 0, "금월": 0,
    "다음 달": 1, "다음달": 1, "내달": 1, "새달": 1, "다다음 달": 2, "다다음달": 2, "그달": None,
    "같은 달": None, "동월": None}  # fmt: skip
_WEEKS = {"지지난주": -2, "지난주": -1, "지난 주": -1, "저번 주": -1, "이번 주": 0, "이번주": 0, "금주": 0, "다음 주": 1, "다음주": 1,
    "내주": 1, "다다음 주": 2, "다다음주": 2}  # fmt: skip
_DAYS = {
    "내일모레": None,
    "오늘": 0,
    "금일": 0,
    "어제": -1,
    "어저께": -1,
    "어젯밤": -1,
    "그제": -2,
    "그저께": -2,
    "그끄저께": -3,
    "내일": 1,
    "명일": 1,
    "모레": 2,
    "글피": 3,
}
_ANCHORED_DAYS = {"이날": 0, "전날": -1, "다음 날": 1, "다음날": 1, "이튿날": 1, "당일": 0, "그날": 0, "같은 날": 0}
"""Days relative to the last day that the text names."""
_NO_SPAN = r"(?! ?(?:간|동안|만에|만의|째|여|이상|이내|안에|후|뒤|전|가량|정도|씩|치|짜리|내내|넘|연속|앞|간격|천하|본|부터 [0-9]+일간))"
_D = rf"(?P<d>3[01]|[12][0-9]|0?[1-9])일{_NO_SPAN}"
_BEGINNINGS = "".join(
    sorted(
        {word[0] for word in (*_YEARS, *_MONTHS, *_WEEKS, *_DAYS, *_ANCHORED_DAYS, *DAYS)}
        | set("음주지오이일한두0123456789")
    )
)
"""Letters that a phrase may begin with, which is tried before every alternative."""
_PHRASE = re.compile(
    rf"(?=[{_BEGINNINGS}])(?:음력 ?(?:[0-9]+월 ?)?(?:[0-9]+일)?(?P<lunar>)"
    rf"|(?<![0-9가-힣])(?:(?P<yw>{alternatives(_YEARS)})|(?P<y>[0-9]{{4}})년|주체 ?(?P<j>[0-9]{{2,3}})(?:\([0-9]{{4}}\))?년)"
    rf"(?:\([0-9]+\))?(?= ?[0-9가-힣]|[,.) ]|$)(?: ?(?P<ym>1[0-2]|0?[1-9])월(?: ?{_D.replace('?P<d>', '?P<yd>')})?)?"
    rf"|(?P<mp>지난|오는)?(?(mp) ?)(?<![0-9])(?P<m>1[0-2]|0?[1-9])월(?: ?{_D.replace('?P<d>', '?P<md>')})?"
    rf"|(?<![가-힣])(?P<rm>{alternatives(_MONTHS)})(?: ?{_D.replace('?P<d>', '?P<rd>')})?"
    rf"|(?<![가-힣])(?P<wk>{alternatives(_WEEKS)})(?: ?(?P<wd>[월화수목금토일])요일)?"
    rf"|(?P<wp>지난|오는|이번) ?(?P<pw>[월화수목금토일])요일"
    rf"|(?P<dp>지난|오는) ?{_D.replace('?P<d>', '?P<pd>')}"
    rf"|(?<![가-힣])(?P<word>{alternatives(_DAYS)})(?![가-힣]{{3}})"
    rf"|(?<![가-힣])(?P<around>{alternatives(_ANCHORED_DAYS)})"
    rf"|(?P<n>(?<![0-9.,])[0-9]{{1,3}}|{alternatives(DAYS)}|일주|한 주|두 주)(?P<nu> ?(?:일|주일|주)(?!년))?"
    rf" ?(?P<dir>전|뒤|후)(?=[ 에인,.]|$)"
    rf"|(?P<bare>(?<![0-9.,])(?<![0-9 ][~∼–\-])(?:3[01]|[12][0-9]|[1-9])일{_NO_SPAN}))"
)  # fmt: skip
_UNTIL = re.compile(" ?(?:부터|에서|[~∼–-]) ?")
"""Text between the first day and the last: the month of 다음 달 3일부터 5일까지 is written once."""
_ANY_DATE = re.compile("[0-9]일|[0-9]월|[0-9]년|날|제|달|해|주|오늘|년|요일|께|내일|모레|글피|밤|전|뒤|후")


def korean_dates(text: str, written: date, anchor: date | None = None) -> list[CalendarDate]:
    """Return the days, months and years of a text, in order.

    `anchor` is the last day named in the text before it.
    """
    if not _ANY_DATE.search(text):
        return []
    found: list[CalendarDate] = []
    for match in _PHRASE.finditer(text):
        for each in _read(match, text, written, anchor, found[-1] if found else None):
            found.append(each)
            anchor = _nearest(each, written) or anchor
    return found


def _nearest(calendar_date: CalendarDate, written: date) -> date | None:
    """Return the day of a date without a year: the closest to the day that the text was
    written on.
    """
    if calendar_date.year is not None or calendar_date.month is None or calendar_date.day is None:
        return calendar_date.date
    days = [date_or_none(written.year + offset, calendar_date.month, calendar_date.day) for offset in (-1, 0, 1)]
    return min((day for day in days if day), key=lambda day: abs((day - written).days), default=None)


def implied_years(text: str, written: date) -> set[int]:
    """Return the years that dates of a text without a year may refer to: 지난달 15일, 3월 11일."""
    found = korean_dates(text, written)
    nearest = [day.year for each in found if (day := _nearest(each, written))]
    return {written.year, *nearest, *(each.year for each in found if each.year is not None)}


def last_day(text: str, written: date) -> date | None:
    """Return the last day that a text names, to which 이날 in the following text refers."""
    days = [day for each in korean_dates(text, written) if (day := _nearest(each, written))]
    return days[-1] if days else None


def _read(
    match: re.Match[str], text: str, written: date, anchor: date | None, before: CalendarDate | None
) -> Iterator[CalendarDate]:
    group = match.groupdict()
    start, end = match.span()
    if group["lunar"] is not None:
        return
    if group["yw"] or group["y"] or group["j"]:
        yield from _in_year(group, written, start, end, before)
    elif group["m"]:
        yield from _in_month(group, written, start, end)
    elif group["rm"]:
        yield from _in_relative_month(group, written, start, end, before)
    elif group["wk"]:
        yield from _in_week(_WEEKS[group["wk"]], group["wd"], written, start, end)
    elif group["pw"]:
        yield from _on_weekday(group["wp"], group["pw"], written, start, end)
    elif group["pd"]:
        yield from _near_day(group["dp"], int(group["pd"]), written, start, end)
    elif group["bare"]:
        number = int(group["bare"].rstrip("일"))
        if before is not None and before.month and before.day and _UNTIL.fullmatch(text, before.end, start):
            if number > before.day:
                yield from _dated(start, end, before.year, before.month, number, before.relative)
        elif (day := _resolve_bare_day(number, written)) and not _may_be_of(before, day):
            yield relative_date(day, start, end)
    else:
        yield from _by_word(group, text, written, anchor, start, end)


def _may_be_of(before: CalendarDate | None, day: date) -> bool:
    """True if a bare day may be of the month before it: 6월 2일에 시작해 13일에 끝난다."""
    return before is not None and before.month not in (None, day.month) and (before.day or 31) < day.day


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _dated(
    start: int, end: int, year: int | None, month: int | None, day: int | None, relative: bool
) -> Iterator[CalendarDate]:
    if day is not None and month is not None and date_or_none(year or 2024, month, day) is None:
        return
    yield CalendarDate(start, end, year, month, day, relative=relative)


def _in_year(
    group: dict[str, str | None], written: date, start: int, end: int, before: CalendarDate | None
) -> Iterator[CalendarDate]:
    word = group["yw"]
    month, day = _number(group["ym"]), _number(group["yd"])
    if word == "올" and month is None:
        return
    if word is None:
        year = int(group["y"] or 0) or int(group["j"] or 0) + 1911
        yield from _dated(start, end, year, month, day, False)
        return
    offset = _YEARS[word]
    if word == "같은 해" and before is not None and before.year is not None:
        yield from _dated(start, end, before.year, month, day, before.relative)
    elif offset is not None:
        yield from _dated(start, end, written.year + offset, month, day, True)


def _in_month(group: dict[str, str | None], written: date, start: int, end: int) -> Iterator[CalendarDate]:
    month, day = int(group["m"] or 0), _number(group["md"])
    year: int | None = None
    is_past, is_same_month = group["mp"] == "지난", month == written.month
    if group["mp"] and not is_same_month:
        year = written.year + (0 if (month < written.month) == is_past else -1 if is_past else 1)
    elif group["mp"] and day is not None and day != written.day:
        year = written.year + (0 if (day < written.day) == is_past else -1 if is_past else 1)
    yield from _dated(start, end, year, month, day, year is not None)


def _in_relative_month(
    group: dict[str, str | None], written: date, start: int, end: int, before: CalendarDate | None
) -> Iterator[CalendarDate]:
    offset, day = _MONTHS[group["rm"] or ""], _number(group["rd"])
    if offset is not None:
        year, month = add_months(written, offset)
        yield from _dated(start, end, year, month, day, True)
    elif group["rm"] in ("같은 달", "그달", "동월") and before is not None and before.month is not None:
        yield from _dated(start, end, before.year, before.month, day, before.relative)


_SUNDAY = 6


def _in_week(weeks: int, name: str | None, written: date, start: int, end: int) -> Iterator[CalendarDate]:
    """Yield a weekday of a relative week.

    Nothing for Sundays, as people disagree whether Sunday begins or ends a week.
    """
    if name and name != "일" and written.weekday() != _SUNDAY:
        day = add_days(written, weeks * 7 - written.weekday() + "월화수목금토일".index(name))
        if day:
            yield relative_date(day, start, end)


def _on_weekday(which: str | None, name: str, written: date, start: int, end: int) -> Iterator[CalendarDate]:
    weekday = "월화수목금토일".index(name)
    if which == "이번":
        yield from _in_week(0, name, written, start, end)
        return
    offset = -((written.weekday() - weekday) % 7 or 7) if which == "지난" else (weekday - written.weekday()) % 7 or 7
    day = add_days(written, offset)
    if day:
        yield relative_date(day, start, end)


def _near_day(which: str | None, number: int, written: date, start: int, end: int) -> Iterator[CalendarDate]:
    """Yield 지난 N일 and 오는 N일: of the current or a neighbouring month only."""
    if number == written.day:
        return
    is_past = which == "지난"
    offset = 0 if (number < written.day) == is_past else -1 if is_past else 1
    day = date_or_none(*add_months(written, offset), number)
    if day:
        yield relative_date(day, start, end)


def _resolve_bare_day(number: int, written: date) -> date | None:
    this_month = date_or_none(written.year, written.month, number)
    neighbours = [date_or_none(*add_months(written, offset), number) for offset in (-1, 1)]
    close = [each for each in neighbours if each and abs((each - written).days) <= 3]
    if close:
        return close[0]
    near = [each for each in neighbours if each and abs((each - written).days) < 12]
    return None if near and (this_month is None or abs((this_month - written).days) > 12) else this_month


def _by_word(
    group: dict[str, str | None], text: str, written: date, anchor: date | None, start: int, end: int
) -> Iterator[CalendarDate]:
    word, anchored_word = group["word"], group["around"]
    base, offset = written, 0
    if word:
        day_offset = _DAYS[word]
        if day_offset is None:
            return
        offset = day_offset
    elif anchored_word:
        if anchor is None and anchored_word != "이날":
            return
        base, offset = anchor or written, _ANCHORED_DAYS[anchored_word]
    else:
        days = _days_of(group["n"] or "", (group["nu"] or "").strip())
        if days is None or not _is_counted_from_now(text, start):
            return
        offset = -days if group["dir"] == "전" else days
    day = add_days(base, offset)
    if day:
        yield relative_date(day, start, end)


def _days_of(number: str, unit: str) -> int | None:
    if number in DAYS and not unit and number != "보름":
        return DAYS[number]
    if number in ("일주", "한 주", "두 주"):
        return (14 if number == "두 주" else 7) if unit in ("일", "") else None
    if number.isdigit() and unit:
        return int(number) * (1 if unit == "일" else 7)
    return None


def _is_counted_from_now(text: str, start: int) -> bool:
    """True if no event precedes from which the days may be counted: 선거 사흘 전."""
    before = text[:start].rstrip()
    return not before or before.endswith((",", "·", "“", '"', "지금으로부터", "불과", "바로", "앞서", "앞으로"))

"""Korean figures written in digits and signs: 2024.3.11, 3·1, 14:30, 1/3, 2할6푼8리, 9초93.

Invariant: a span is read once; every span read here is returned, so that no other reader reads it
again.
"""

from __future__ import annotations

import re

from transflow.language.quantities.korean_counters import counter_after
from transflow.language.quantities.quantity import Kind, Quantity, Weight

_SIGNED = re.compile(r"[0-9][.·ㆍ‧・/:-] ?[0-9]|[@_/]|&#")
_HALF_OF_DAY = re.compile(r"(오전|오후|새벽|아침|밤|저녁|낮)(?:에|의)? ?$")
_AFTERNOON = frozenset({"오후", "밤", "저녁"})
_EVENT = re.compile(r"(?<![0-9.])([1-9]|1[0-2])([·.ㆍ‧・/])([12][0-9]|3[01]|0?[1-9])(?![0-9.])(?= ?[가-힣])(?! ?분기)")
_NUMERIC_DATE = re.compile(
    r"(?<![0-9.])((?:19|20)[0-9]{2})(\. ?|-|/)(1[0-2]|0?[1-9])\2(3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_SHORT_DATE = re.compile(
    r"(?<![0-9.A-Za-z-])(?<!버전 )(?<!버전)(?<!OS )(?<!IP )(?P<quote>['’‘])?"
    r"([0-9]{2})\. ?(1[0-2]|0?[1-9])\. ?(3[01]|[12][0-9]|0?[1-9])(?![0-9]|\.[0-9])"
)
_SLASHED = re.compile(
    r"(?<![0-9/.])([0-9]{1,3})/([0-9]{1,4})(?![0-9/])"
    r"(?:(?<=/32)|(?<=/64)|(?= ?(?:[이가을를은는의로도만](?![가-힣])|으로|이[다었며고라]|에 |수준|정도|가량|밖에|이상|이하|에도|보다)))"
)
"""Fractions such as 1/3이, which no date is followed by, and parts of a point: 14/32."""
_RECORD = re.compile(
    r"(?<![0-9.:])(?:(?P<hours>[0-9]{1,2})시간 ?)?(?:(?P<minutes>[0-9]{1,3})분 ?)?"
    r"(?P<seconds>[0-9]{1,2})초 ?(?P<part>[0-9]{1,3})(?![0-9]|[가-힣]*초)"
)
_JUMP = re.compile(
    r"(?<![0-9.])([0-9]{1,3})(?:m|ｍ|미터) ?([0-9]{2})(?![0-9]|[ -]?(?:cm|㎝|센티|[A-Za-z]))(?=[을를의이로으,. ]|$)"
)
_YEAR_MONTH = re.compile(r"(?<![0-9.])((?:19|20)[0-9]{2})\.(1[0-2]|0?[1-9])(?![0-9])")
_JUCHE = re.compile(r"주체 ?([0-9]{2,3}) ?\(((?:19|20)[0-9]{2})\) ?년")
_BATTING = re.compile(r"([0-9])할(?: ?([0-9])푼)?(?: ?([0-9])리)?(?![가-힣]?인)")
_EVENTS = frozenset(
    "2.8 2.13 2.16 3.1 4.3 4.15 4.19 4.25 4.27 5.16 5.18 6.10 6.15 6.25 6.29 7.4 7.27 8.3 8.15 9.9 9.11 9.19 10.4 10.10 12.12 "
    "12.24 5.24 10.26 12.3".split()
)
"""Days after which an event is named, written with a full stop like decimals."""
_YEARS_OF_EVENTS: dict[str, tuple[float, ...]] = {
    "3.1": (1919,), "4.3": (1948,), "4.19": (1960,), "4.27": (2018,), "5.16": (1961,), "5.18": (1980,), "6.10": (1987, 1926),
    "6.15": (2000,), "6.25": (1950,), "6.29": (1987,), "7.4": (1972,), "7.27": (1953,), "8.15": (1945,), "9.11": (2001,),
    "9.19": (2018, 2005), "10.4": (2007,), "10.26": (1979,), "12.3": (2024,), "12.12": (1979,),
}  # fmt: skip
"""Years that English may add to the day of an event."""
_OF_AN_EVENT = re.compile(
    " ?(?:절|혁명|운동|항쟁|사태|사건|합의|선언|공동|군사|남북|테러|참사|전쟁|쿠데타|비상계엄|계엄"
    "|민주화|기념|광복|경축|판문점|해방|광명성|태양|학살|참변|의거|항일|총선|대선|지방선거|국제|조치|봉기)"
)
"""Text after the day of an event, which no other pair of numbers has."""
_CLOCK = re.compile(r"(?<![0-9:])([01]?[0-9]|2[0-4]):([0-5][0-9])(?![0-9:])")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+|(?<![A-Za-z_])[A-Za-z_]{1,64}\.[a-z]{2,4}/\S*|_[0-9]+|&#?[0-9A-Za-z]{1,8};"
)


def read_signed(text: str, figures: list[Quantity]) -> list[tuple[int, int]]:
    """Add the dates, times and batting averages of a text to `figures`.

    Return the spans of these and of addresses.
    """
    spans = []
    if _SIGNED.search(text):
        spans = [match.span() for match in _ADDRESS.finditer(text)]
        for reader in (_dates, _short_dates, _months, _slashed, _events, _clocks):
            spans += reader(text, figures, spans)
    if "초" in text:
        spans += _records(text, figures)
    if "m" in text or "미터" in text:
        spans += _jumps(text, figures)
    if "911" in text:
        spans += _september_11(text, figures)
    if "주체" in text:
        spans += _juche(text, figures)
    if "월" in text:
        spans += read_month_words(text, figures)
    if "할" in text:
        spans += _batting(text, figures)
    return spans


_Spans = list[tuple[int, int]]


def _dates(text: str, figures: list[Quantity], _: _Spans) -> _Spans:
    spans = []
    kinds: tuple[tuple[Kind, int], ...] = (("year", 1), ("month", 3), ("day", 4))
    for match in _NUMERIC_DATE.finditer(text):
        figures += [Quantity(kind, float(match[group]), *match.span(group)) for kind, group in kinds]
        spans.append(match.span())
    return spans


def _short_dates(text: str, figures: list[Quantity], taken: _Spans) -> _Spans:
    """Read 22.3.15: March 15, 2022. The year is not missed if the English leaves it out."""
    spans = []
    for match in _SHORT_DATE.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        short = float(match[2])
        century, other = (2000, 1900) if short < 50 else (1900, 2000)
        figures.append(Quantity("year", century + short, *match.span(2), weight="weak", others=(other + short, short)))
        figures.append(Quantity("month", float(match[3]), *match.span(3)))
        figures.append(Quantity("day", float(match[4]), *match.span(4)))
        spans.append(match.span())
    return spans


def _slashed(text: str, figures: list[Quantity], taken: _Spans) -> _Spans:
    spans = []
    for match in _SLASHED.finditer(text):
        above, below = float(match[1]), float(match[2])
        if 0 < above < below and not any(start <= match.start() < end for start, end in taken):
            figures.append(Quantity("fraction", above / below, *match.span()))
            spans.append(match.span())
    return spans


def _records(text: str, figures: list[Quantity]) -> _Spans:
    """Read 9초93 and 1분44초80."""
    spans = []
    for match in _RECORD.finditer(text):
        for name, unit in (("hours", "hour"), ("minutes", "minute")):
            if match[name]:
                weight: Weight = "strong" if int(match[name]) >= 10 else "small"
                figures.append(Quantity("measure", float(match[name]), *match.span(name), unit, weight))
        span = match.start("seconds"), match.end()
        figures.append(Quantity("measure", float(f"{match['seconds']}.{match['part']}"), *span, "second"))
        spans.append(match.span())
    return spans


def _jumps(text: str, figures: list[Quantity]) -> _Spans:
    """Read 8m71."""
    spans = []
    for match in _JUMP.finditer(text):
        figures.append(Quantity("measure", float(f"{match[1]}.{match[2]}"), *match.span(), "m"))
        spans.append(match.span())
    return spans


def _months(text: str, figures: list[Quantity], taken: _Spans) -> _Spans:
    spans = []
    date_starts = {start for start, _ in taken}
    for match in _YEAR_MONTH.finditer(text):
        if match.start() not in date_starts:
            figures.append(Quantity("year", float(match[1]), *match.span(1), weight="weak"))
            figures.append(Quantity("month", float(match[2]), *match.span(2), weight="weak"))
            spans.append(match.span())
    return spans


def _events(text: str, figures: list[Quantity], taken: _Spans) -> _Spans:
    spans = []
    for match in _EVENT.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        if match[0][::2] == "38" and text[match.end() : match.end() + 1] == "선":
            figures.append(Quantity("ordinal", 38.0, *match.span(), weight="weak"))
            spans.append(match.span())
            continue
        key = f"{match[1]}.{match[3]}"
        if match[2] != "." or (key in _EVENTS and not counter_after(text, match.end())[0]):
            is_event = (match[2] != "." and key in _EVENTS) or _OF_AN_EVENT.match(text, match.end())
            weight: Weight = "small" if is_event else "weak"
            if key in _YEARS_OF_EVENTS:
                years = _YEARS_OF_EVENTS[key]
                figures.append(Quantity("year", years[0], *match.span(), weight="weak", others=years[1:]))
            figures.append(Quantity("month", float(match[1]), *match.span(1), weight=weight))
            figures.append(Quantity("day", float(match[3]), *match.span(3), weight=weight))
            if match[2] == "." and weight == "weak":
                figures.append(Quantity("count", float(match[0]), *match.span(), weight="weak"))
            spans.append(match.span())
    return spans


def _clocks(text: str, figures: list[Quantity], _: _Spans) -> _Spans:
    spans = []
    for match in _CLOCK.finditer(text):
        figures += clock(text, int(match[1]), int(match[2]), *match.span())
        spans.append(match.span())
    return spans


def clock(text: str, hour: int, minute: int, start: int, end: int) -> list[Quantity]:
    """Return a time of day, and its half of the day by the word before it or by the hour itself."""
    time = Quantity("clock", float(hour % 12 * 60 + minute), start, end, others=(float(hour), float(minute)))
    half_word = _HALF_OF_DAY.search(text, max(0, start - 5), start)
    if half_word and half_word[1] == "낮" and (hour == 12 or 1 <= hour <= 5):
        return [time, Quantity("half", 1.0, *half_word.span(1))]
    if half_word and half_word[1] not in ("낮", "밤", "아침"):
        return [time, Quantity("half", float(half_word[1] in _AFTERNOON), *half_word.span(1))]
    if half_word and half_word[1] == "아침" and 4 <= hour < 12:
        return [time, Quantity("half", 0.0, *half_word.span(1))]
    if half_word and half_word[1] == "밤" and 6 <= hour < 12:
        return [time, Quantity("half", 1.0, *half_word.span(1))]
    if not half_word and 13 <= hour < 24:
        return [time, Quantity("half", 1.0, start, end, weight="weak")]
    return [time]


_MONTH_WORDS = {
    "정": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "유": 6, "칠": 7, "팔": 8, "구": 9, "시": 10, "십일": 11, "십이": 12,
}  # fmt: skip
_ANY_MONTH_WORD = re.compile(f"[{''.join(sorted({word[-1] for word in _MONTH_WORDS}))}]월")
_NAMED_MONTH = re.compile(
    rf"(?<![가-힣0-9])(?P<month>{'|'.join(sorted(_MONTH_WORDS, key=len, reverse=True))})월"
    r"(?: ?(?P<first>초하루)|(?=[ 에의부까초중말하이,.]|$))(?![가-힣]{3})"
)


def read_month_words(text: str, figures: list[Quantity]) -> _Spans:
    """Read 삼월 초하루: March 1. 정월 is of the lunar year, and 이월 may be another word."""
    spans: _Spans = []
    if not _ANY_MONTH_WORD.search(text):
        return spans
    for match in _NAMED_MONTH.finditer(text):
        end = match.end("month") + 1
        is_sure = match["month"] not in _OTHER_WORDS and "음력" not in text[max(0, match.start() - 3) : match.start()]
        weight: Weight = "small" if is_sure else "weak"
        figures.append(Quantity("month", float(_MONTH_WORDS[match["month"]]), match.start(), end, weight=weight))
        if match["first"]:
            figures.append(Quantity("day", 1.0, *match.span("first")))
        spans.append(match.span())
    return spans


_OTHER_WORDS = frozenset({"이", "정"})
_LUNAR_WORDS = {
    "섣달": ("month", 12), "동짓달": ("month", 11), "대보름": ("day", 15), "초파일": ("day", 8), "초하루": ("day", 1),
    "초하룻날": ("day", 1), "초이틀": ("day", 2), "초사흘": ("day", 3), "초나흘": ("day", 4), "초닷새": ("day", 5),
    "초엿새": ("day", 6), "초이레": ("day", 7), "초여드레": ("day", 8), "초아흐레": ("day", 9), "초열흘": ("day", 10),
}  # fmt: skip
_HOLIDAYS = {
    "삼일절": (3, 1), "제헌절": (7, 17), "광복절": (8, 15), "개천절": (10, 3), "한글날": (10, 9), "현충일": (6, 6), "성탄절": (12, 25),
    "어린이날": (5, 5), "어버이날": (5, 8), "태양절": (4, 15), "광명성절": (2, 16), "건군절": (2, 8), "식목일": (4, 5),
}  # fmt: skip
"""Holidays with a day of their own, which English may give instead of the name."""
_HOLIDAY = re.compile("|".join(_HOLIDAYS))


def read_holidays(text: str, figures: list[Quantity]) -> None:
    """Read 삼일절 as March 1, unless the text gives a date itself."""
    if not any(each.kind in ("month", "day") for each in figures):
        for match in _HOLIDAY.finditer(text):
            month, day = _HOLIDAYS[match[0]]
            figures.append(Quantity("month", float(month), *match.span(), weight="small"))
            figures.append(Quantity("day", float(day), *match.span(), weight="small"))


_LUNAR_WORD = re.compile(rf"(?<![가-힣])(?:{'|'.join(sorted(_LUNAR_WORDS, key=len, reverse=True))})(?![가-힣]{{3}})")


def read_lunar_words(text: str, figures: list[Quantity]) -> None:
    """Read 섣달, 대보름 and 초이틀: parts of a date that English may name in another way."""
    for match in _LUNAR_WORD.finditer(text):
        kind, number = _LUNAR_WORDS[match[0]]
        if not any(each.start <= match.start() < each.end for each in figures):
            figures.append(Quantity("month" if kind == "month" else "day", float(number), *match.span(), weight="weak"))


_SEPTEMBER_11 = re.compile("(?<![0-9])911(?= ?(?:테러|사태|공격|참사))")


def _september_11(text: str, figures: list[Quantity]) -> _Spans:
    spans = []
    for match in _SEPTEMBER_11.finditer(text):
        figures.append(Quantity("month", 9.0, *match.span(), weight="weak"))
        figures.append(Quantity("day", 11.0, *match.span(), weight="weak"))
        spans.append(match.span())
    return spans


def _juche(text: str, figures: list[Quantity]) -> _Spans:
    """Read 주체113(2024)년: the year 2024, counted from 1912."""
    spans = []
    for match in _JUCHE.finditer(text):
        figures.append(Quantity("year", float(match[2]), *match.span(), others=(float(match[1]),)))
        spans.append(match.span())
    return spans


def _batting(text: str, figures: list[Quantity]) -> _Spans:
    """Read 2할6푼8리: .268, or 26.8 percent."""
    spans = []
    for match in _BATTING.finditer(text):
        digits = [int(each or 0) for each in match.groups()]
        share = digits[0] / 10 + digits[1] / 100 + digits[2] / 1000
        others = (round(share * 1000), share)
        weight: Weight = "strong" if match[2] or match[3] else "small"
        figures.append(Quantity("percent", share * 100, *match.span(), weight=weight, others=others))
        spans.append(match.span())
    return spans

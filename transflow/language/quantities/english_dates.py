"""Dates and times of day in English: Feb. 15, 11 March 2024, Aug. 8-24, 3:30 p.m., Monday.

Invariant: ambiguous words such as May, March and Sun are read as dates only if nothing else is
possible.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.language.quantities.english_line import TokenLine
from transflow.language.quantities.english_numerals import SCALES
from transflow.language.quantities.quantity import Kind, Quantity

MONTHS: dict[str, int] = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9,
    "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTH_NAMES = tuple(name.capitalize() for name in list(MONTHS)[:12])
WEEKDAYS: dict[str, int] = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6, "mon": 0, "tue": 1, "tues": 1,
    "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6, "mondays": 0, "tuesdays": 1, "wednesdays": 2,
    "thursdays": 3, "fridays": 4, "saturdays": 5, "sundays": 6,
}  # fmt: skip
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AMBIGUOUS = frozenset({"may", "march", "mar", "sep", "dec", "jan", "jun", "august"})
_BEFORE_MONTH = frozenset(
    "in of since by until till last next this early late mid during from to through on and between every around before after "
    "previous following".split()
)
_HALF = re.compile(
    r" ?(?:(?P<half>[ap])\.? ?m\b\.?)"
    r"|(?: o['’]clock)? (?:(?P<am>in the morning)|(?P<pm>in the (?:afternoon|evening)|at night))\b",
    re.IGNORECASE,
)
"""Text after an hour: p.m., in the morning, o'clock at night."""
_UNTIL_HOUR = re.compile(r" ?(?:to|[-–—]|and|until|till|or) ?[0-9]{1,2}(?::[0-5][0-9])? ?[ap]\.?m\b", re.IGNORECASE)
"""Text after the first hour of a span: 2 to 5 p.m."""
_O_CLOCK = re.compile(r" ?o['’]clock", re.IGNORECASE)
_NUMERIC_DATE = re.compile(r"(?<![0-9/])(1[0-2]|0?[1-9])/(3[01]|[12][0-9]|0?[1-9])(?:/((?:19|20)?[0-9]{2}))?(?![0-9/])")
_FRACTION_END = re.compile(r"(?:st|nd|rd|th)s?\b|(?: of| the| as)\b")
"""Text after a fraction with a stroke: 1/28th, 1/5 of, 1/20 the size."""
_ISO_DATE = re.compile(r"((?:19|20)[0-9]{2})-(1[0-2]|0[1-9])-(3[01]|[12][0-9]|0[1-9])(?![0-9-])")


class ParsedDate(NamedTuple):
    figures: tuple[Quantity, ...]
    after: int
    """Index of the first token after the date."""


def is_month(line: TokenLine, i: int) -> bool:
    """True if a word is the name of a month here, and not a verb."""
    word, _, end = line.tokens[i]
    if not line.is_capital(i):
        return False
    if (len(word) == 3 and word != "may") or word == "sept":
        return line.text[end : end + 1] == "." or _day(line, i + 1) is not None
    if word not in _AMBIGUOUS:
        return True
    if len(line.tokens) == 1 and line.text.strip(".: ").lower() == word:  # the whole cell of a table
        return True
    if _is_followed(line, i + 1) and (_day(line, i + 1) is not None or _is_year(line.tokens[i + 1].text)):
        return True
    before = line.tokens[i - 1].text if i else ""
    return (before in _BEFORE_MONTH and (word != "may" or before != "and")) or _day(line, i - 1) is not None


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def is_weekday(line: TokenLine, i: int) -> bool:
    word, _, end = line.tokens[i]
    return line.is_capital(i) and (len(word) > 4 or line.text[end : end + 1] in (".", ",", ")"))


def _is_followed(line: TokenLine, i: int) -> bool:
    return i < len(line.tokens) and line.gap(i) in (" ", ". ", ", ", ".", "-")


def _day(line: TokenLine, i: int) -> int | None:
    if not 0 <= i < len(line.tokens) or not (line.tokens[i].text.isdigit() and len(line.tokens[i].text) <= 2):
        return None
    day = int(line.tokens[i].text)
    return day if 1 <= day <= 31 else None


def date_at(line: TokenLine, i: int) -> ParsedDate | None:
    """Return the date that begins at a token."""
    word, start, end = line.tokens[i]
    if word in MONTHS:
        return _month_first(line, i) if is_month(line, i) else None
    sign = line.text[end : end + 1]
    numeric = _NUMERIC_DATE.match(line.text, start) if sign == "/" else None
    if numeric:
        return _numeric(i, numeric)
    iso = _ISO_DATE.match(line.text, start) if sign == "-" else None
    if iso:
        kinds: tuple[Kind, ...] = ("year", "month", "day")
        return ParsedDate(tuple(Quantity(kind, float(iso[n]), *iso.span(n)) for n, kind in enumerate(kinds, 1)), i + 3)
    return _day_first(line, i) if len(word) <= 2 else None


def _numeric(i: int, match: re.Match[str]) -> ParsedDate | None:
    """Read 9/11 and 3/11/2024; a lone 1/2 is a fraction."""
    if not match[3] and (
        (int(match[1]), int(match[2])) in ((1, 2), (1, 3), (1, 4), (3, 4), (2, 3))
        or _FRACTION_END.match(match.string, match.end())
    ):
        return None
    parts = [
        Quantity("month", float(match[1]), *match.span(1), weight="weak"),
        Quantity("day", float(match[2]), *match.span(2), weight="weak"),
    ]
    if match[3]:
        year = float(match[3]) + (0 if len(match[3]) == 4 else 2000)
        parts.append(Quantity("year", year, *match.span(3), weight="weak"))
    return ParsedDate(tuple(parts), i + len(parts))


def _month_first(line: TokenLine, i: int) -> ParsedDate:
    """Read March, March 11, Aug. 8-24, Aug. 8 and 9."""
    tokens = line.tokens
    figures = [Quantity("month", float(MONTHS[tokens[i].text]), *tokens[i][1:])]
    after = i + 1
    if not _is_followed(line, after):
        return ParsedDate(tuple(figures), after)
    day_index = after
    while (day := _day(line, day_index)) and not _is_quantity(line, day_index):
        if day_index > after and tokens[day_index - 1].text in ("and", "or") and _is_count(line, day_index + 1):
            break
        figures.append(Quantity("day", float(day), *tokens[day_index][1:]))
        after = _past_suffix(line, day_index + 1)
        day_index = _next_day_index(line, after)
    return ParsedDate(tuple(figures), after)


def _next_day_index(line: TokenLine, after: int) -> int:
    """Return the index at which the next day of a range or list may be; the number of tokens if
    there is none.
    """
    if after < len(line.tokens):
        if line.gap(after).strip() in ("-", "–", "—"):
            return after
        if line.tokens[after].text in ("and", "to", "or", "through", "until"):
            return after + 1
    return len(line.tokens)


def _is_count(line: TokenLine, i: int) -> bool:
    """True if a number counts the word after it: Aug. 8 and 20 others."""
    if i >= len(line.tokens) or not line.tokens[i].text.isalpha():
        return False
    return line.gap(i) == " " and line.tokens[i].text not in _BEFORE_MONTH


def _is_quantity(line: TokenLine, i: int) -> bool:
    """True if a possible day is a time (March 3:30) or a quantity (in May 20 percent)."""
    end = line.tokens[i].end
    following = line.tokens[i + 1].text if i + 1 < len(line.tokens) and line.gap(i + 1) in (" ", "-") else ""
    if line.text[end : end + 1] in (":", "%"):
        return True
    return following in SCALES or following in ("percent", "people", "years", "year")


def _past_suffix(line: TokenLine, i: int) -> int:
    return i + 1 if line.is_glued(i) and line.tokens[i].text in ("st", "nd", "rd", "th") else i


_MOST_DAYS = 4
"""Largest number of days before a month: the 3rd, 5th and 8th of June."""


def _day_first(line: TokenLine, i: int) -> ParsedDate | None:
    """Read 11 March, 11th of March, 24-26 July."""
    days = [i] if _day(line, i) else []
    after = _past_suffix(line, i + 1)
    while days and after < len(line.tokens) and len(days) < _MOST_DAYS:
        joined = line.tokens[after].text in ("and", "to", "or", "through")
        following = after + 1 if joined else after
        if not joined and line.gap(after).strip() not in ("-", "–", ","):
            break
        if not _day(line, following) or line.gap(following).strip() not in ("", "-", "–", ","):
            break
        days.append(following)
        after = _past_suffix(line, following + 1)
    if not days or after >= len(line.tokens):
        return None
    if line.tokens[after].text == "of" and after + 1 < len(line.tokens):
        after += 1
    name, start, end = line.tokens[after]
    if name not in MONTHS or line.gap(after) not in (" ", "-") or not is_month(line, after):
        return None
    figures = [Quantity("day", float(line.tokens[day].text), *line.tokens[day][1:]) for day in days]
    return ParsedDate((*figures, Quantity("month", float(MONTHS[name]), start, end)), after + 1)


def clock_at(line: TokenLine, i: int) -> ParsedDate | None:
    """Return the time of day that begins at a number in digits: 3 p.m., 3:30, 10 o'clock."""
    text, tokens = line
    word, start, end = tokens[i]
    if _is_year(word):
        return _military_time(line, i)
    if len(word) > 2:
        return None
    if int(word) > 24:
        half_mark = _HALF.match(text, end)
        return (
            ParsedDate((Quantity("clock", float(word), start, half_mark.end(), weight="weak"),), i + 3)
            if half_mark
            else None
        )
    race = _RACE.match(text, start)
    if race and (race["hour"] or "." in race["second"]):
        return _race_result(line, i, race)
    minute = _minute(line, i)
    if minute == _RACE_RESULT:
        return None
    hour, after = int(word), i + 1
    if minute is not None:
        end, after = tokens[after].end, after + 1
    half = _HALF.match(text, end)
    o_clock = _O_CLOCK.match(text, end)
    if not half and minute is None and not o_clock and not _UNTIL_HOUR.match(text, end):
        return None
    time = Quantity(
        "clock", float(hour % 12 * 60 + (minute or 0)), start, end, others=(float(hour), float(minute or 0))
    )
    suffix = half or o_clock
    while suffix and after < len(tokens) and tokens[after].start < suffix.end():
        after += 1
    if half:
        return ParsedDate((time, _half_of_day(half, hour)), after)
    return ParsedDate((time, Quantity("half", 1.0, start, end, weight="weak")) if hour > 12 else (time,), after)


def _half_of_day(match: re.Match[str], hour: int) -> Quantity:
    """Return a.m. or p.m.; neither is certain of 12 and 1 at night."""
    is_night = bool(match["pm"]) and "night" in match["pm"].lower() and (hour >= 12 or hour < 6)
    group = match.lastgroup or ""
    is_later = match[group].lower() == "p" or group == "pm"
    return Quantity("half", float(is_later), match.start(group), match.end(), weight="weak" if is_night else "strong")


_WORD_HOUR = {
    word: i for i, word in enumerate("twelve one two three four five six seven eight nine ten eleven".split())
}
_WORD_TIME = re.compile(
    rf"(?:(?P<minutes>half|(?:a )?quarter|five|ten|twenty"
    rf"|[1-5]?[0-9](?= minutes? ))(?P<minutes_named> minutes?)? (?P<way>past|to|before|after) )?"
    rf"(?P<hour>{'|'.join(_WORD_HOUR)}|1[0-2]|[1-9]|(?<= )(?:noon|midnight)\b)(?![\w:.,]*[0-9])(?P<end> o['’]clock|(?= [ap]\.?m\b)"
    rf"|(?= in the (?:morning|afternoon|evening)| at night)|(?<=noon)|(?<=night))?",
    re.IGNORECASE,
)
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20}


def time_in_words(line: TokenLine, i: int) -> ParsedDate | None:
    """Return the time of day of “half past six”, “five minutes to 7 a.m.”, “four in the
    afternoon”.
    """
    text, tokens = line
    match = _WORD_TIME.match(text, tokens[i].start)
    if not match or not (match["end"] is not None or match["minutes"] in _SURE_MINUTES):
        return None
    if (
        match["minutes"] in _WORD_MINUTES
        and match["minutes_named"] is None
        and text[match.end() :].lstrip()[:1] in "apAP"
    ):
        return None  # from ten to five p.m.
    word = match["hour"].lower()
    hour = _WORD_HOUR.get(word, 0 if word in ("noon", "midnight") else None) if word.isalpha() else int(word) % 12
    minutes = (match["minutes"] or "0").lower()
    minute = _MINUTES[minutes] if minutes in _MINUTES else int(minutes)
    if hour is None or (match["minutes"] and match["minutes"][0].isdigit() and match["end"] is None):
        return None
    value = hour * 60 + (minute if match["way"] in (None, "past", "after") else -minute)
    half = _HALF.match(text, match.end())
    end = half.end() if half else match.end()
    after = i + 1
    while after < len(tokens) and tokens[after].start < end:
        after += 1
    value %= 720
    time = Quantity("clock", float(value), *match.span(), others=(float(value // 60 or 12), float(minute)))
    return ParsedDate((time, _half_of_day(half, hour)) if half else (time,), after)


HOURS_IN_WORDS = re.compile(r" (?:past|to) [a-z0-9]|o['’]clock|in the (?:morning|afternoon|evening)|at night")
"""Signs of a time of day without a.m. or p.m."""
_SIGNS_OF_HOURS = (" past ", " to ", "clock", "in the ", "at night")


def may_have_hours(text: str) -> bool:
    """True if a text has a sign of a time of day without a.m. or p.m."""
    return any(sign in text for sign in _SIGNS_OF_HOURS) and HOURS_IN_WORDS.search(text) is not None


BEGIN_TIMES = frozenset({*_WORD_HOUR, "half", "a", "quarter", "twenty"})


def day_in_words(line: TokenLine, i: int, number: float) -> ParsedDate | None:
    """Return the date of “the third of June”."""
    tokens = line.tokens
    if number > 31 or i + 2 >= len(tokens) or tokens[i + 1].text != "of" or tokens[i + 2].text not in MONTHS:
        return None
    if not is_month(line, i + 2):
        return None
    month = Quantity("month", float(MONTHS[tokens[i + 2].text]), *tokens[i + 2][1:])
    return ParsedDate((Quantity("day", number, *tokens[i][1:]), month), i + 3)


_BEFORE_DAY = frozenset("on from to until till since through by between before after and of".split())
_AFTER_DAY = re.compile(
    r"[.,;:)]|$| (?:and|or|to|through|until|till|at|in|of (?:that|each|every)|for|from|after|before|he|she|they|it|the)\b"
)


def is_day_of_month(line: TokenLine, i: int, after: int, number: float) -> bool:
    """True if a number with its ending, as in “on the 6th,” is a day: after a preposition, with no
    noun behind it.
    """
    if number > 31 or i < 2 or line.tokens[i - 1].text != "the":
        return False
    return (
        line.tokens[i - 2].text in _BEFORE_DAY and _AFTER_DAY.match(line.text, line.tokens[after - 1].end) is not None
    )


_WORD_MINUTES = frozenset({"five", "ten", "twenty"})
_SURE_MINUTES = frozenset({"half"})
"""Minutes that nothing but an hour follows: half past six."""
_RACE = re.compile(
    r"(?<![0-9:.])(?:(?P<hour>[0-9]{1,2}):)?(?P<minute>[0-5]?[0-9]):(?P<second>[0-5][0-9](?:\.[0-9]{1,3})?)(?![0-9:])"
)
"""Time of a race: 2:08:42, 1:44.80."""


def _race_result(line: TokenLine, i: int, race: re.Match[str]) -> ParsedDate:
    """Return hours, minutes and seconds, none of which the Korean must have."""
    after = i
    while after < len(line.tokens) and line.tokens[after].start < race.end():
        after += 1
    parts = [(race[name], race.span(name), name) for name in ("hour", "minute", "second") if race[name]]
    figures = tuple(Quantity("measure", float(value), *span, name, "weak") for value, span, name in parts)
    return ParsedDate(figures, after)


_RACE_RESULT = -1


def _minute(line: TokenLine, i: int) -> int | None:
    """Return the minutes after an hour, or `_RACE_RESULT`.

    `_RACE_RESULT` if seconds follow or an hour precedes: 2:03:30 is the result of a race.
    """
    text, tokens = line
    end = tokens[i].end
    if text[end : end + 1] != ":" or i + 1 >= len(tokens) or tokens[i + 1].start != end + 1:
        return None
    word = tokens[i + 1].text
    if len(word) != 2 or not word.isdigit() or int(word) >= 60:
        return None
    start = tokens[i].start
    is_time = text[start - 1 : start] != ":" and text[tokens[i + 1].end : tokens[i + 1].end + 1] != ":"
    return int(word) if is_time else _RACE_RESULT


def _military_time(line: TokenLine, i: int) -> ParsedDate | None:
    """Read 0715, 1215 GMT."""
    word, start, end = line.tokens[i]
    following = line.tokens[i + 1].text if i + 1 < len(line.tokens) else ""
    hour, minute = int(word[:2]), int(word[2:])
    if (word[0] != "0" and following not in ("gmt", "hours", "hrs", "utc")) or hour > 24 or minute > 59:
        return None
    value = float(hour % 12 * 60 + minute)
    return ParsedDate(
        (Quantity("clock", value, start, end, weight="weak", others=(float(hour), float(minute))),), i + 1
    )


_TIME_WITH_FULL_STOP = re.compile(r"([01]?[0-9]|2[0-3])\.([0-5][0-9])")
_BEFORE_TIME = frozenset("at by from to until till around about before after since between and".split())


def time_with_full_stop(line: TokenLine, i: int) -> tuple[float, ...]:
    """Return the minutes of “at 23.45”, which may be a decimal; empty if it is no time."""
    time = _TIME_WITH_FULL_STOP.fullmatch(line.tokens[i].text)
    if not time or not i or line.tokens[i - 1].text not in _BEFORE_TIME:
        return ()
    return (float(int(time[1]) % 12 * 60 + int(time[2])),)

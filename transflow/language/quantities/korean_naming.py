"""Classification of Korean numerals by counter and context: a year, a day or a number of days, an
age.

Invariant: an ambiguous numeral (15일, a date or two weeks) gets both readings, or a weight that is
not reported.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.language.quantities import units
from transflow.language.quantities.korean_counters import SUFFIXES
from transflow.language.quantities.quantity import Kind, Quantity, Weight

_ABOUT = re.compile(r"(?:약|대략|거의|최소|적어도|무려) ?$")
_ABOUT_AFTER = re.compile(r" ?여|[가-힣%]{0,3} ?(?:가량|정도|이상|넘|남짓|안팎|가까이|쯤)")
_TEN_ODD = re.compile(" ?여")
_OF_TEN_ODD = 0.34
"""Tolerance of 십여, which may be fifteen."""
_SPAN_OF_YEARS = re.compile(r" ?(?:간|동안|여(?!름)|만에|만의|전|이상|넘|된|째|의 역사|역사|치|짜리)")
_SPAN_OF_DAYS = re.compile(
    r" ?(?:간|동안|만에|만의|째|여|이상|이내|안에|후|뒤|전|가량|정도|씩|치|짜리|내내|에 걸쳐|넘|연속|앞|간격|천하|분|남짓|내(?![가-힣]))"
)
_TEMPERATURE = re.compile("(?:(?:섭씨|화씨) ?)?(?:영하|영상|섭씨|화씨|마이너스) ?$|(?<![0-9가-힣A-Za-z])[-−]$")
_BELOW_ZERO = re.compile("영하|마이너스|[-−]")
_GAMES = re.compile(
    " ?[가-힣]{0,4} ?(?:올림픽|월드컵|아시안 ?게임|엑스포|윔블던|챔피언십|선수권|시즌|오픈|리그|대회|박람회|총선|대선|비엔날레|서밋)"
)
"""Text after the year of an event: 88 서울올림픽, 2002 월드컵."""
_LUNAR = re.compile(r"음력 ?$")
_SPAN_OF_FEW_YEARS = re.compile(r" ?(?:간|동안|여|만에|만의|전|후|뒤|째|이상|이내|넘|된|짜리|형|내|차|씩|을|이|은)")


class RawNumeral(NamedTuple):
    """A numeral before it is classified by its neighbours."""

    value: float
    start: int
    end: int
    """End of the numeral alone."""
    word: str
    """The counter, or an empty string."""
    stop: int
    """End of numeral and counter."""
    native: bool = False
    scale: float = 1.0


def classify(text: str, raw: RawNumeral, before: Quantity | None, stop: int = 0) -> Quantity:
    """Return the figure that a numeral is.

    `before` is the figure before it; `stop` is the end of a counter that it shares with a later
    numeral.
    """
    kind, unit = SUFFIXES.get(raw.word, ("count", ""))
    after = stop or raw.stop
    if raw.word in ("", "월") and _is_year_of_games(text, raw):
        century = 1900 if raw.value < 100 else 0
        others = (raw.value,) if century else ()
        return Quantity("year", century + raw.value, raw.start, raw.end, weight="weak", others=others)
    match kind:
        case "year":
            return _year(text, raw, after)
        case "month":
            return _month(text, raw)
        case "day":
            return _day(text, raw, before, after)
        case "clock":
            return _hour(text, raw)
        case "decade":
            return _decade(raw)
    if kind == "count" and not raw.word and raw.value < 10 and text[raw.start - 1 : raw.start] == "제":
        return Quantity("ordinal", raw.value, raw.start - 1, raw.stop, weight="weak")
    sign = text[max(0, raw.start - 2) : raw.start].rstrip(" ")[-1:]
    if not raw.word and sign in units.SYMBOLS:
        return _figure(text, "money", raw, units.SYMBOLS[sign])
    if unit == "basis":
        return _figure(text, kind, raw._replace(value=raw.value / 100), "")
    if text[raw.stop : raw.stop + 1] == "대" and raw.value % 10 == 0 and (unit == "degree" or kind == "percent"):
        return _band(raw, kind)
    if unit.startswith("degree"):
        return _temperature(text, raw, unit)
    if raw.word == "분":
        if raw.native:
            kind, unit = "count", "person"
        elif before is not None and before.kind == "clock" and raw.start - before.end <= 1:
            return Quantity("clock", raw.value, raw.start, raw.stop, weight="weak")
    return _figure(text, kind, raw, unit, _at_another_pace(text, raw) if unit in ("m", "km") else ())


def _is_year_of_games(text: str, raw: RawNumeral) -> bool:
    is_year = text[raw.start : raw.end].isdigit() and (50 <= raw.value < 100 or 1900 <= raw.value <= 2100)
    return bool(is_year and _GAMES.match(text, raw.end))


def _figure(text: str, kind: Kind, raw: RawNumeral, unit: str, others: tuple[float, ...] = ()) -> Quantity:
    weight = "weak" if _is_part_of_a_name(text, kind, raw) else weight_of(kind, raw.value, unit)
    before = _ABOUT.search(text, max(0, raw.start - 4), raw.start)
    tolerance = _OF_TEN_ODD if raw.value == 10 and _TEN_ODD.match(text, raw.end) else 0.0
    about = bool(before or _ABOUT_AFTER.match(text, raw.end) or "여" in text[raw.start : raw.end])
    return Quantity(kind, raw.value, raw.start, raw.stop, unit, weight, others, tolerance, about)


def _band(raw: RawNumeral, kind: Kind) -> Quantity:
    """Return 80도대, “in the 80s”, or 30%대, “in the 30s”."""
    if kind == "percent":
        return Quantity("percent", raw.value, raw.start, raw.stop + 1)
    return Quantity("decade", raw.value, raw.start, raw.stop + 1, others=(1900 + raw.value,))


_SPEED = re.compile("(?:(?P<second>초속|초당)|시속|시간당) ?(?:약|최대|최고)? ?$")


def _at_another_pace(text: str, raw: RawNumeral) -> tuple[float, ...]:
    """Return the speed of 초속 40m as the way of an hour, and that of 시속 144km as that of a
    second.
    """
    speed = _SPEED.search(text, max(0, raw.start - 8), raw.start)
    if not speed:
        return ()
    return (raw.value * 3600,) if speed["second"] else (raw.value / 3600,)


def _temperature(text: str, raw: RawNumeral, unit: str) -> Quantity:
    """Return a temperature: 영하 20도 is in degrees Celsius, and negative.

    도 alone may be of an angle, or of a fever.
    """
    scale = _TEMPERATURE.search(text, max(0, raw.start - 7), raw.start)
    is_below_zero = bool(scale and _BELOW_ZERO.search(scale[0]))
    if unit == "degree" and scale:
        unit = "degreeF" if "화씨" in scale[0] else "degreeC"
    return _figure(text, "measure", raw, unit, (-raw.value,) if is_below_zero else ())


def _is_part_of_a_name(text: str, kind: Kind, raw: RawNumeral) -> bool:
    """True for F-16, 3D, 코로나19, 38선, 10대 (teenagers), 제2차."""
    before, following = text[raw.start - 1] if raw.start else "", text[raw.stop : raw.stop + 1]
    if _is_latin(before) or (before == "-" and text[max(0, raw.start - 2) : raw.start - 1].isalpha()):
        return True
    if not raw.word and text[raw.start] == "0" and raw.value >= 1 and text[raw.start : raw.end].isdigit():
        return True
    if not raw.word and (_is_latin(following) or (before and before in "-:_.") or _ends_a_word(text, raw)):
        return True
    if following == "선" and raw.value == 38:
        return True
    return (kind == "count" and raw.value == 10 and raw.word == "대") or (before == "제" and raw.value < 10)


def _ends_a_word(text: str, raw: RawNumeral) -> bool:
    """True for 코로나19; not for 약 20, nor 남녀 20."""
    return (
        "가" <= text[raw.start - 1 : raw.start] <= "힣" and text[raw.start - 1] not in "약총각만당" and not raw.native
    )


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def weight_of(kind: Kind, value: float, unit: str = "") -> Weight:
    if kind == "percent" and value == 100:  # “fully”
        return "small"
    if kind in ("percent", "points", "money"):
        return "weak" if value == 1 else "strong"
    if value in (0, 1) and unit != "quarter":
        return "weak"
    if kind == "ordinal":
        return "strong" if value >= 10 else "small" if unit == "quarter" else "weak"
    if kind == "fraction" or (kind == "measure" and units.dimension(unit) not in ("time", "")):
        return "strong"
    return "strong" if value >= 10 or (kind == "count" and value % 1) else "small"


_ERAS = {"주체": 1911, "단기": -2333, "메이지": 1867, "다이쇼": 1911, "쇼와": 1925, "헤이세이": 1988, "레이와": 2018}
"""Year before the first of each era."""
_ERA = re.compile(f"({'|'.join(_ERAS)}) ?$")


def _year(text: str, raw: RawNumeral, after: int) -> Quantity:
    value, digits = raw.value, text[raw.start : raw.end]
    if 1000 <= value <= 2100 and digits.isdigit():
        span = _SPAN_OF_YEARS.match(text, after)
        if not span or (value >= 1900 and span[0].strip() not in ("간", "동안", "여")):
            return Quantity("year", value, raw.start, raw.stop)
    era = _ERA.search(text, max(0, raw.start - 5), raw.start)
    if era and (era[1] != "단기" or value > 3000):
        return Quantity("year", value + _ERAS[era[1]], raw.start, raw.stop, others=(value,))
    if (
        raw.native
        or len(digits) != 2
        or not digits.isdigit()
        or text[raw.end] == "여"
        or _SPAN_OF_FEW_YEARS.match(text, after)
    ):
        return _figure(text, "measure", raw, "year")
    if text[raw.start - 1 : raw.start] in ("'", "’", "‘") or value >= 50:
        century = 1900 if value >= 40 else 2000
        return Quantity("year", century + value, raw.start, raw.stop, others=(value, 2000 + value))
    return _figure(text, "measure", raw, "year", (1900 + value, 2000 + value))


def _month(text: str, raw: RawNumeral) -> Quantity:
    if not raw.native and raw.value in range(1, 13):
        is_lunar = _LUNAR.search(text, max(0, raw.start - 4), raw.start)
        return Quantity("month", raw.value, raw.start, raw.stop, weight="weak" if is_lunar else "strong")
    return _figure(text, "count", raw, "")


def _day(text: str, raw: RawNumeral, before: Quantity | None, after: int) -> Quantity:
    is_adjacent = before is not None and raw.start - before.end <= 1
    if before and is_adjacent and before.kind == "measure" and before.unit == "day":
        return _figure(text, "measure", raw, "day")
    follows = before is not None and is_adjacent and before.kind in ("month", "day")
    may_be_day = not raw.native and raw.value in range(1, 32) and raw.scale == 1
    if may_be_day and (follows or not _SPAN_OF_DAYS.match(text, after)):
        is_lunar = before is not None and follows and before.weight == "weak"
        return Quantity("day", raw.value, raw.start, raw.stop, weight="weak" if is_lunar else "strong")
    return _figure(text, "measure", raw, "day")


def _hour(text: str, raw: RawNumeral) -> Quantity:
    if raw.value in range(25):
        return Quantity("clock", raw.value, raw.start, raw.stop)
    return _figure(text, "count", raw, "")


def _decade(raw: RawNumeral) -> Quantity:
    value = raw.value + 1900 if raw.value < 100 else raw.value
    return Quantity("decade", value, raw.start, raw.stop, others=(raw.value,) if raw.value < 100 else ())

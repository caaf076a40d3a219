"""Figures of a Korean text.

Invariant: figures are in text order and do not overlap, except the parts of a range; an ambiguous
figure (15일, a date or two weeks) matches either reading but is reported as neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transflow.language.quantities import units
from transflow.language.quantities.brackets_and_digits import bracketed, ordered, plain_digits, within
from transflow.language.quantities.english_numerals import FRACTION_SIGNS
from transflow.language.quantities.korean_counters import COUNTERS, GLUED, SUFFIXES, counter_after
from transflow.language.quantities.korean_naming import RawNumeral, classify, weight_of
from transflow.language.quantities.korean_numerals import (
    BIRTHDAYS,
    COUNTED_ALONE,
    DAY_SPANS,
    DAYS,
    FRACTION,
    HALVES,
    IDIOMS,
    MAGNITUDES,
    NATIVE,
    NATIVE_ALONE,
    NATIVE_WORDS,
    NUMERAL,
    SINO,
    SINO_DIGITS,
    SPACED_NATIVE,
    SPAN,
    SPANS,
    WORDS_OF_SPANS,
    alternatives,
    fraction_value,
    last_scale,
    native_value,
    value_of,
)
from transflow.language.quantities.korean_signs import (
    clock,
    read_holidays,
    read_lunar_words,
    read_month_words,
    read_signed,
)
from transflow.language.quantities.quantity import DATE_PARTS, Kind, Quantity, Weight

_NUMBER = re.compile(NUMERAL)
_SHARE = re.compile(rf"(?:(?P<whole>[0-9]{{1,4}})(?:[와과] ?| ))?(?P<share>{FRACTION})")
_WHOLE_WORDS = frozenset({*DAYS, *WORDS_OF_SPANS, *NATIVE_WORDS})
_RARE = re.compile(alternatives({*BIRTHDAYS, *DAY_SPANS, *IDIOMS}))
_STARTS = "".join(
    sorted({word[0] for word in _WHOLE_WORDS} | set("월화수목금토일수몇절갑곱정자반상하전후" + SINO_DIGITS))
)
_ALONE = "년|개월|피트|점|미터|킬로|분|초|층|월|일|주|도|달러|원|퍼센트|인치|회"
"""Counters after which a single Sino-Korean digit may be a number, or another word: 이 점."""
_PEOPLE = (
    "국민|시민|동포|겨레|관객|관중|당원|대군|병력|군중|회원|유권자|인파|가입자|주민|인구|노동자|농민|관광객|청중|조합원|학생|난민|인민|백성"
    "|신도|독자|시청자|군인|병사|팬들|장병|청년|여성|아동|어린이"
)
"""Nouns that a great number may precede without a counter: 오천만 국민."""
_WORD_START = re.compile(
    rf"[^가-힣0-9](?=[{_STARTS}])(?:[월화수목금토일](?:[요)]|(?=[·ㆍ‧・,]))|[상하전후]반|[수몇] ?[십백천만억조]|[{SINO_DIGITS}]{{1,3}}분의"
    rf"|[일이삼사오육륙칠팔구]?[십백천만억]|{alternatives(_WHOLE_WORDS)}"
    rf"|[이삼사오육칠팔구] (?:{_ALONE})|절?반|[갑곱]절|정오|자정)"
)
"""Pattern of places where a word that is a figure may begin.

It is searched for first, which is many times faster than trying every alternative of `_WORD`
everywhere.
"""
_DIGIT = re.compile("[0-9½¼¾⅓⅔]")
_WORD = re.compile(
    rf"(?:(?P<w>[월화수목금토일])(?:요일|(?=(?:[·ㆍ‧・,] ?[월화수목금토일]){{1,5}}요일))|(?P<k>{alternatives(DAYS)})(?![가-힣]*루)"
    rf"|(?P<v>[수몇] ?(?P<m>{alternatives(MAGNITUDES)}))(?= ?(?:여 ?)?(?:{COUNTERS}|의|km|㎞|명)|여)"
    rf"|(?P<p>{SPAN})(?= ?(?:{COUNTERS}))"
    rf"|(?<![을를] )(?P<c>{SPACED_NATIVE})(?= (?:{COUNTERS})|{GLUED}|[인의에을은과,.)]|이[다었며고라 ]|$)"
    rf"|(?P<a>{NATIVE})(?:(?= (?:{COUNTERS})|(?:{GLUED}))|(?P<z>(?= )))|(?P<n>{NATIVE_ALONE}|쉰(?=[이을] (?:넘|훌|훨"
    rf"|안|되|된|가까)|에 |줄|[,.]))(?=[이인의에을은과,.)줄]|으로|$)"
    rf"|(?<=[가-힣] )(?P<after>{alternatives(COUNTED_ALONE)})(?=[이을은의과도](?![가-힣])|이[다었라며고]|뿐)"
    rf"|(?P<f>(?![0-9]){FRACTION})|(?P<h>{SINO})(?= (?:여 ?)?(?:{COUNTERS})|여 (?:{COUNTERS})|여? ?(?:{GLUED})"
    rf"|(?<![천만])리(?=[도를길밖에 ]))"
    rf"|(?P<u>[{SINO_DIGITS}]{{2,8}})(?= (?:{_PEOPLE}))|(?P<s>[이삼사오육칠팔구])(?= (?:{_ALONE}))"
    rf"|(?P<half>절반)|(?P<l>{alternatives(HALVES)})|(?P<twice>갑절|곱절)|(?P<noon>정오|자정)(?=[까에 ,부를이가]|$)"
    r"|(?P<r>[상하전후]반(?:(?P<q>기)|(?=전|전?에? ?[0-9]))))"
    rf"|(?<=\()(?P<b>[월화수목금토일])(?=\))"
)
_AND_A_HALF = re.compile(
    r" ?반(?:(?![가-힣])|(?=(?:이[다었며고나라]|입니|에[는서도]?(?![가-힣])|의 |을|은 |이 "
    r"|까지|부터|쯤|(?<=시 반)경|(?<=시반)경|께|무렵|가량|정도|이상|씩|동안|만에?(?![가-힣])|간(?![가-힣])"
    r"|짜리|으로|[인도](?![가-힣])|인데|된|가까이|남짓)))"
)
_RANGE_SIGN = re.compile(r" ?(?:[~∼～–—\-·,、/:]|내지|에서|부터|대) ?")
_OF_FOUR = re.compile(r" ?[/·ㆍ‧・.] ?4 ?분기")
_IDIOM = re.compile(
    "(?:백|천|만)번 ?(?:양보|잘|옳|맞|낫|나은|죽|말해|생각|이[고라]|듣|천번)|백배 ?(?:사죄|사과)|만 리 길"
)
"""Phrases in which a great number only means “very much”."""
_LIST_NUMBER = re.compile(r"\s*[(\[]?[0-9]{1,2}(?:[.)\]]|차?\s*:)(?= |$)")
_LONGEST_RANGE = 8
"""Largest number of numerals that may share a unit: 1, 2, 3위."""
_DURATIONS: dict[Kind, str] = {"year": "year", "day": "day", "month": "month"}


def korean_figures(text: str) -> list[Quantity]:
    """Return every figure of a Korean text, in order."""
    text = plain_digits(text)
    figures: list[Quantity] = []
    raws: list[RawNumeral] = []
    for match in _RARE.finditer(text):
        figures += _rare_figures(match)
    _read_words(text, raws, figures)
    if _DIGIT.search(text):
        _read_digits(text, raws, figures, ordered(read_signed(text, figures)))
    elif "월" in text:
        read_month_words(text, figures)
    if "초" in text or "섣달" in text or "동짓달" in text or "대보름" in text:
        read_lunar_words(text, figures)
    if "둘 " in text or "하나뿐" in text:
        figures += [
            Quantity("count", 2.0 if match["two"] else 1.0, *match.span(), weight="paired")
            for match in _BOTH.finditer(text)
        ]
    if raws:
        raws.sort(key=lambda each: each.start)
        _classify(text, raws, figures)
    if "절" in text or "날" in text or "충일" in text or "목일" in text:
        read_holidays(text, figures)
    figures.sort(key=lambda each: (each.start, each.end))
    bracket_spans = bracketed(text) if figures else []
    if bracket_spans:
        return [each._replace(in_brackets=True) if within(each.start, bracket_spans) else each for each in figures]
    return figures


def _rare_figures(match: re.Match[str]) -> list[Quantity]:
    """Return the figures of 환갑, 네댓새 or 십중팔구, which English may have or not."""
    word, start = match[0], match.start()
    if "가" <= match.string[start - 1 : start] <= "힣":
        return []
    if word in BIRTHDAYS:
        return [Quantity("age", float(BIRTHDAYS[word]), *match.span(), weight="weak")]
    if word in DAY_SPANS:
        spanned = DAY_SPANS[word]
        return [Quantity("measure", float(days), *match.span(), "day", "weak", about=True) for days in spanned]
    return [Quantity("count", float(value), *match.span(), weight="weak") for value in IDIOMS[word]]


def _read_words(text: str, raws: list[RawNumeral], figures: list[Quantity]) -> None:
    for match in _words(text):
        group = match.lastgroup or ""
        start, end = match.span()
        if group in ("a", "c", "h"):
            is_native = group != "h"
            value = float(native_value(match[group])) if is_native else value_of(match["h"])
            if _IDIOM.match(text, start):
                figures.append(Quantity("count", value, start, end, weight="weak"))
                continue
            raws.append(RawNumeral(value, start, end, *counter_after(text, end), is_native))
        elif group == "s" and _is_counted(text, match["s"], end):
            raws.append(RawNumeral(value_of(match["s"]), start, end, *counter_after(text, end)))
        elif group == "p":
            figures += _span(text, match["p"], start, end)
        else:
            figures.append(_word_figure(text, match, group, start, end))


_COUNTED = re.compile(" (?:년|개월|시간|주|달러|퍼센트|킬로|미터|피트|인치|점|층|분|초)(?![가-힣]{3})")
_COUNTED_FOR = re.compile(
    " (?:년|주|층|분|초|점) ?(?:동안|간(?![가-힣])|만에|전(?![가-힣]{2})|후|뒤|이상|이하|넘|가까이|차로|연속)"
)
"""Counters after 이, which is also “this” and a particle."""


def _is_counted(text: str, digit: str, end: int) -> bool:
    """True if a single Sino-Korean digit is a number, and no other word: 팔 년, 이 년 동안."""
    if digit == "이" and text[end + 1 : end + 2] not in ("개", "달", "퍼", "킬", "피", "인"):
        return _COUNTED_FOR.match(text, end) is not None
    return _COUNTED.match(text, end) is not None


def _words(text: str) -> Iterator[re.Match[str]]:
    last_end = 0
    for start in [0, *[match.start() + 1 for match in _WORD_START.finditer(text)]]:
        match = _WORD.match(text, start) if start >= last_end else None
        if match:
            last_end = match.end()
            yield match


def _word_figure(text: str, word_match: re.Match[str], group: str, start: int, end: int) -> Quantity:
    """Return a figure that is a word: 월요일, 사흘, 수십만, 절반, 정오."""
    match group:
        case "w" | "b":
            return Quantity("weekday", float("월화수목금토일".index(word_match[group])), start, end)
        case "k":
            days = DAYS[word_match["k"]]
            tolerance = 0.07 if days == 15 else 0.0  # half a month, or two weeks
            weight: Weight = "weak" if days == 1 else "small"
            return Quantity("measure", float(days), start, end, "day", weight, tolerance=tolerance)
        case "m" | "v":
            return _vague(text, word_match["m"], start, end)
        case "f":
            return Quantity("fraction", fraction_value(word_match["f"]), start, end)
        case "after":
            counted = COUNTED_ALONE[word_match["after"]]
            return Quantity("count", float(counted), start, end, weight="paired" if counted == 2 else "small")
        case "u" | "s":
            return Quantity("count", value_of(word_match[group]), start, end, weight="weak")
        case "half":
            return Quantity("fraction", 0.5, start, end, weight="small")
        case "l":
            value, unit = HALVES[word_match["l"]]
            is_long = word_match["l"] in ("반년", "반세기", "사반세기")
            return Quantity("measure", value, start, end, unit, "small" if is_long else "weak")
        case "twice":
            return Quantity("times", 2.0, start, end, weight="small")
        case "noon":
            return Quantity("clock", 0.0, start, end, weight="weak", others=(12.0,))
        case "r":
            number, weight = 2.0 if word_match["r"][0] in "하후" else 1.0, "small" if word_match["q"] else "weak"
            return Quantity("ordinal", number, start, end, "half", weight)
    value = float(native_value(word_match["a"] or word_match["n"]))
    is_before_noun = word_match["z"] is not None and word_match["a"] in _DETERMINERS and _NOUN.match(text, end)
    return Quantity("count", value, start, end, weight="paired" if is_before_noun else "weak")


_DETERMINERS = frozenset({"두", "세", "다섯", "여섯", "일곱", "여덟", "아홉"})
_BOTH = re.compile("(?<=[가-힣] )(?:(?P<two>둘 (?:다|모두))|(?P<one>하나(?=뿐)))(?![가-힣]{3})")
"""Two, and one, of what is named before: 형제 둘 다, 방이 하나뿐이다."""
_NOUN = re.compile(r" [가-힣]{2}")


def _vague(text: str, word: str, start: int, end: int) -> Quantity:
    counter, stop = counter_after(text, end)
    kind, unit = SUFFIXES.get(counter, ("count", ""))
    return Quantity("vague", float(10 ** MAGNITUDES[word]), start, stop, _DURATIONS.get(kind, unit), "small")


def _span(text: str, word: str, start: int, end: int) -> list[Quantity]:
    """Return the two figures of 두세 명: two, or three."""
    counter, stop = counter_after(text, end)
    kind, unit = SUFFIXES.get(counter, ("count", ""))
    low, high = SPANS[word]
    if kind == "clock":
        return []
    kind, unit = ("measure", _DURATIONS[kind]) if kind in _DURATIONS else (kind, unit)
    return [
        Quantity(kind, float(low), start, stop, unit, "weak", (float(high),), about=True),
        Quantity(kind, float(high), start, stop, unit, "weak", about=True),
    ]


def _read_digits(
    text: str, raws: list[RawNumeral], figures: list[Quantity], taken_spans: list[tuple[int, int]]
) -> None:
    if "분의" in text:
        shares = [match for match in _SHARE.finditer(text) if match[0][0].isdigit()]
        figures += [_share(match) for match in shares]
        taken_spans = ordered([*taken_spans, *(match.span() for match in shares)])
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if taken_spans and within(start, taken_spans):
            continue
        if text[start - 1 : start] in ("만", " ") and _TEN_THOUSAND.match(text, end - 1):
            start = _start_with_ten_thousand(text, start)
        word, stop = counter_after(text, end)
        if "조" in match[0] and _is_clause(text, match[0], start, end, word):
            end = stop = text.index("조", start)
            word = ""
        numeral = text[start:end]
        if _THOUSANDS.match(text, end):
            value = value_of(numeral)
            figures.append(Quantity("count", value * 1000, start, end + 1, weight="weak", others=(value,)))
            continue
        part = FRACTION_SIGNS.get(text[end : end + 1])
        if part:
            word, stop = counter_after(text, end + 1)
            raws.append(RawNumeral(value_of(numeral) + part, start, end + 1, word, max(stop, end + 1)))
            continue
        raws.append(RawNumeral(value_of(numeral), start, end, word, stop, False, last_scale(numeral)))


_THOUSANDS = re.compile("[Kk](?![A-Za-z0-9-])")
"""A thousand, or a kilometre of a race: 16K."""
_TEN_THOUSAND = re.compile("[십백천]")
_BEFORE_THOUSANDS = re.compile("(?:^|[^가-힣])만 ?$")


def _start_with_ten_thousand(text: str, start: int) -> int:
    """Return the start of 만 2천, whose digits begin at `start`."""
    match = _BEFORE_THOUSANDS.search(text, max(0, start - 3), start)
    return text.rindex("만", 0, start) if match else start


def _share(match: re.Match[str]) -> Quantity:
    """Return 3분의 2, or 14와 2분의 1 as 14.5."""
    value = fraction_value(match["share"])
    if match["whole"]:
        return Quantity("count", float(match["whole"]) + value, *match.span())
    return Quantity("fraction", value, *match.span())


def _is_clause(text: str, numeral: str, start: int, end: int, counter: str) -> bool:
    """True if 조 is a clause of a law (제3조, 3조 2항), and not a trillion."""
    if text[start - 1 : start] == "제":
        return True
    if text[end : end + 1] in ("항", "호"):
        return True
    is_trillion = counter in units.KOREAN_MONEY or counter in ("개", "번", "배") or text[end : end + 1] == "여"
    return numeral[-1] == "조" and not is_trillion


def _classify(text: str, raws: list[RawNumeral], figures: list[Quantity]) -> None:
    """Classify each numeral by its counter and the numerals beside it, and add it to `figures`."""
    list_number = _LIST_NUMBER.match(text)
    before: Quantity | None = None
    for i, raw in enumerate(raws):
        after = raws[i + 1] if i + 1 < len(raws) else None
        if before is not None and raw.start < before.end:
            continue
        if list_number and raw.start < list_number.end():
            before = Quantity("count", raw.value, raw.start, raw.end, weight="weak")
        elif after and after.word == "분기" and _OF_FOUR.match(text, raw.end):
            before = Quantity("ordinal", raw.value, raw.start, after.stop, "quarter", "small")
        elif not raw.word and after and _RANGE_SIGN.fullmatch(text, raw.end, after.start):
            before = _first_of_range(text, raw, raws, i)
        elif raw.word == "대" and after and raw.stop == after.start and not after.word:
            before = Quantity("count", raw.value, raw.start, raw.end, weight="weak")
        else:
            before = classify(text, raw, before)
        before = _with_half(text, before)
        if before.kind == "clock" and before.weight == "strong":
            time = _time(text, before, after)
            figures += time
            before = before._replace(end=time[0].end)
        else:
            figures.append(before)


def _with_half(text: str, figure: Quantity) -> Quantity:
    """Add a half to 두 시간 반, 3시 반."""
    half = _AND_A_HALF.match(text, figure.end) if figure.unit or figure.kind in ("clock", "times") else None
    if not half or figure.kind == "money":
        return figure
    extra = 30.0 if figure.kind == "clock" else 0.5
    others = (*figure.others, figure.value) if figure.kind == "clock" else figure.others
    weight: Weight = "small" if figure.value == 1 and figure.kind != "clock" else figure.weight
    return figure._replace(value=figure.value + extra, end=half.end(), others=others, weight=weight)


_MINUTES_BEFORE = re.compile(" ?전(?=[에이,.]|$|까지|부터|쯤)")


def _time(text: str, hour: Quantity, after: RawNumeral | None) -> list[Quantity]:
    """Return the time of an hour, with the minutes after it."""
    value, minute, end = (hour.others[0], 30, hour.end) if hour.others else (hour.value, 0, hour.end)
    if after and after.word == "분" and after.start - hour.end <= 1:
        minute, end = int(min(after.value, 59)), after.stop
        before = _MINUTES_BEFORE.match(text, end)
        if before:
            value, minute = (value * 60 - minute) // 60 % 24, (60 - minute) % 60
            end = before.end()
    return clock(text, int(value), minute, hour.start, end)


def _first_of_range(text: str, raw: RawNumeral, raws: list[RawNumeral], i: int) -> Quantity:
    """Return the first figure of 3~4명, 24~26일, 3~4만; its unit is that of the last."""
    last = i + 1
    limit = min(len(raws), i + _LONGEST_RANGE)
    while (
        not raws[last].word and last + 1 < limit and _RANGE_SIGN.fullmatch(text, raws[last].end, raws[last + 1].start)
    ):
        last += 1
    last_raw = raws[last]
    if not last_raw.word and last_raw.scale == 1:
        figure = classify(text, raw, None)
        return figure if text[raw.end : raw.end + 1] in (",", "、") else figure._replace(weight="weak")
    figure = classify(text, raw._replace(word=last_raw.word, stop=raw.end), None, last_raw.stop)
    shares_scale = last_raw.scale > 1 and raw.scale == 1 and raw.value <= last_raw.value / last_raw.scale
    if shares_scale and figure.kind not in DATE_PARTS and figure.kind != "year":
        value = raw.value * last_raw.scale
        weight: Weight = weight_of(figure.kind, value, figure.unit)
        return figure._replace(value=value, others=(raw.value,), weight=weight)
    return figure

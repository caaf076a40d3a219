"""Translators' errors, injected into correct translations one at a time, by kind.

Every kind is a function of a Korean source and its English target that returns the possible wrong
targets. The functions use their own patterns, not the parsers that are measured. A kind that
requires a certain content of the source (a weekday, a.m.) returns nothing without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Inject = Callable[[str, str], Iterator[str]]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = re.compile(rf"\b(?:{'|'.join(sorted({*MONTHS, *map(re.escape, SHORT)}, key=len, reverse=True))})(?=[ ,.])")
_DAY = re.compile(rf"(?:{_MONTH.pattern}) ([12]?[0-9]|3[01])\b(?!,?[0-9:])")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")
_YEAR = re.compile(r"(?<![\w,.$€£-])(?:1[89]|20)[0-9]{2}(?![\w,.%-]|-?year| (?:people|won|dollars|yuan))")
_NUMBER = re.compile(
    r"(?<![\w.,:/'’-])[$€£]?([0-9][0-9,]*(?:\.[0-9]+)?)(?![\w:/]|[.,][0-9]| ?[ap]\.?m\b|(?:st|nd|rd|th)\b)"
)
_SCALE = re.compile(r"(?<=[0-9] )(?:thousand|million|billion|trillion)\b")
_SCALES = ("thousand", "million", "billion", "trillion")
_SMALL = "two three four five six seven eight nine ten eleven twelve".split()
_WORD = re.compile(rf"\b(?:{'|'.join(_SMALL)})\b", re.IGNORECASE)
_TIMED = re.compile(r"(?<=[0-9] )([ap])(?=\.m\.)")
_VAGUE = (
    "dozens",
    "hundreds",
    "thousands",
    "tens of thousands",
    "hundreds of thousands",
    "millions",
    "hundreds of millions",
    "billions",
)
_VAGUELY = re.compile(rf"\b(?:{'|'.join(sorted(_VAGUE, key=len, reverse=True))})\b", re.IGNORECASE)
_FRACTIONS = {"two-thirds": "one-third", "one-third": "two-thirds", "a third of": "a quarter of", "a quarter of": "a third of",
    "three-quarters": "one-quarter", "half of": "a third of", "a fifth of": "half of"}  # fmt: skip
_TIMES = {"doubled": "tripled", "tripled": "doubled", "twice": "three times", "triple": "double", "double": "triple"}
_UNITS = {
    "kilometers": "meters", "meters": "kilometers", "miles": "yards", "kilograms": "tons", "tons": "kilograms", "megawatts": "kilowatts",
    "years": "months", "months": "weeks", "weeks": "months", "days": "weeks", "hours": "days", "minutes": "hours", "acres": "square feet",
    "feet": "inches", "percent": "people", "square meters": "square kilometers", "barrels": "gallons",
}  # fmt: skip
_COUNTED = "|".join([r"\b[0-9][0-9,.]*", *_SMALL, "hundred", "thousand", "million"])
_UNIT = re.compile(rf"\b(?:{_COUNTED})[ -]({'|'.join(sorted(_UNITS, key=len, reverse=True))})\b")
_CURRENCY = re.compile(r"[$€£](?=[0-9])|(?<=[0-9n] )(?:won|yuan|euros|yen|dollars)\b")
_CURRENCIES = {
    "$": "€",
    "€": "$",
    "£": "$",
    "won": "yuan",
    "yuan": "won",
    "euros": "yuan",
    "yen": "won",
    "dollars": "won",
}
_QUOTED = re.compile(r"“[^“”]{8,}”|\"[^\"]{8,}\"")
_CONVERTED = re.compile(r"[(][0-9]|[(](?:about|three) |-year-old")


def _number(found: re.Match[str]) -> float:
    return float(found[1].replace(",", ""))


def _numbers(target: str) -> Iterator[re.Match[str]]:
    """Return numbers in digits that are no years, days, parts of an address or line numbers."""
    if "http" in target:
        return
    taken = [found.span(1) for found in _DAY.finditer(target)] + [found.span() for found in _YEAR.finditer(target)]
    for found in _NUMBER.finditer(target):
        listed = not target[: found.start(1)].strip() and target[found.end() : found.end() + 1] in (".", ")")
        if not any(start <= found.start(1) < end for start, end in taken) and _number(found) > 1 and not listed:
            yield found


def _put(target: str, found: re.Match[str], words: str, group: int = 0) -> str:
    return target[: found.start(group)] + words + target[found.end(group) :]


def _written(value: float) -> str:
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def times_ten(_: str, target: str) -> Iterator[str]:
    for found in _numbers(target):
        yield _put(target, found, _written(_number(found) * 10), 1)


def tenth(source: str, target: str) -> Iterator[str]:
    """Inject 만 translated as thousand."""
    if "만" in source:
        for found in _numbers(target):
            if _number(found) >= 10:
                yield _put(target, found, _written(_number(found) / 10), 1)


def thousandfold(_: str, target: str) -> Iterator[str]:
    """Inject million for billion, thousand for million."""
    for found in _SCALE.finditer(target):
        at = _SCALES.index(found[0])
        yield _put(target, found, _SCALES[at - 1 if at else 1])


def swapped_digits(_: str, target: str) -> Iterator[str]:
    for found in _numbers(target):
        digits = found[1]
        for i in range(len(digits) - 1):
            one, other = digits[i], digits[i + 1]
            if one != other and (one + other).isdigit() and (i or other != "0"):
                yield _put(target, found, digits[:i] + other + one + digits[i + 2 :], 1)
                break


def another_number(_: str, target: str) -> Iterator[str]:
    for found in _numbers(target):
        digits = found[1]
        yield _put(target, found, str(int(digits[0]) % 9 + 1) + digits[1:], 1)


def number_word(_: str, target: str) -> Iterator[str]:
    for found in _WORD.finditer(target):
        word = _SMALL[(_SMALL.index(found[0].lower()) + 1) % len(_SMALL)]
        yield _put(target, found, word.capitalize() if found[0][0].isupper() else word)


def dropped_number(_: str, target: str) -> Iterator[str]:
    """Drop a number, unless it occurs twice, with its conversion."""
    for found in _numbers(target):
        behind = target[found.end() : found.end() + 24]
        again = _CONVERTED.search(target[found.start() - 1 : found.end() + 24])
        counted = behind.lstrip()[:1].isalpha() and not behind.lstrip().startswith(_SCALES)
        if _number(found) >= 10 and not again and counted and found[0][0] not in "$€£":
            yield target[: found.start()] + target[found.end() :].lstrip()


def added_number(source: str, target: str) -> Iterator[str]:
    found = re.search(
        r"(?<=[a-z] )(?=(?:people|residents|workers|soldiers|students|officials|countries|houses)\b)", target
    )
    if found and not target[: found.start()].rstrip().endswith(("of", "million", "thousand")) and "47" not in source:
        yield target[: found.start()] + "47 " + target[found.start() :]


def year(source: str, target: str) -> Iterator[str]:
    for found in _YEAR.finditer(target):
        if found[0] in source:
            yield _put(target, found, str(int(found[0]) - 1))


def swapped_year(source: str, target: str) -> Iterator[str]:
    for found in _YEAR.finditer(target):
        other = found[0][:2] + found[0][3] + found[0][2]
        if found[0] in source and other != found[0] and other not in source:
            yield _put(target, found, other)


def month(source: str, target: str) -> Iterator[str]:
    for found in _MONTH.finditer(target):
        names = SHORT if found[0] in SHORT else MONTHS
        at = names.index(found[0])
        if re.search(rf"(?<![0-9]){at + 1}월", source):
            yield _put(target, found, names[(at + 1) % 12])


def day(source: str, target: str) -> Iterator[str]:
    for found in _DAY.finditer(target):
        if re.search(rf"(?<![0-9]){found[1]}일", source):
            yield _put(target, found, str(int(found[1]) % 28 + 1), 1)


def weekday(source: str, target: str) -> Iterator[str]:
    for found in _WEEKDAY.finditer(target):
        at = WEEKDAYS.index(found[0])
        if "월화수목금토일"[at] + "요일" in source:
            yield _put(target, found, WEEKDAYS[(at + 1) % 7])


def half_of_day(source: str, target: str) -> Iterator[str]:
    if re.search("오전|오후|새벽|저녁", source):
        for found in _TIMED.finditer(target):
            yield _put(target, found, "p" if found[0] == "a" else "a")


def currency(_: str, target: str) -> Iterator[str]:
    for found in _CURRENCY.finditer(target):
        yield _put(target, found, _CURRENCIES[found[0]])


def unit(source: str, target: str) -> Iterator[str]:
    for found in _UNIT.finditer(target):
        if found[1] != "percent" or "%" in source:
            yield _put(target, found, _UNITS[found[1]], 1)


def fraction(source: str, target: str) -> Iterator[str]:
    for wording, wrong in _FRACTIONS.items():
        found = re.search(rf"\b{wording}\b", target, re.IGNORECASE)
        if found and re.search("분의|절반|반", source):
            yield _put(target, found, wrong.capitalize() if found[0][0].isupper() else wrong)


def multiple(source: str, target: str) -> Iterator[str]:
    for wording, wrong in _TIMES.items():
        found = re.search(rf"\b{wording}\b", target)
        if found and re.search("(?:[0-9]|두|세|네) ?배|배로|배나|갑절", source):
            yield _put(target, found, wrong)


def vague(source: str, target: str) -> Iterator[str]:
    if re.search("[수몇] ?[십백천만억]", source):
        for found in _VAGUELY.finditer(target):
            wrong = _VAGUE[(_VAGUE.index(found[0].lower()) + 1) % len(_VAGUE)]
            yield _put(target, found, wrong.capitalize() if found[0][0].isupper() else wrong)


def points(source: str, target: str) -> Iterator[str]:
    if "포인트" in source or "%p" in source:
        for found in re.finditer(" percentage points?", target):
            yield _put(target, found, " percent")


def dropped_quotation(source: str, target: str) -> Iterator[str]:
    found = _QUOTED.search(target)
    if found and re.search('[“"].{6,}[”"]', source) and len(target) - len(found[0]) > 10:
        yield _put(target, found, "so").replace("so,", "So", 1)


def added_quotation(source: str, target: str) -> Iterator[str]:
    if not re.search("[“”\"‘’'「『]", source) and not re.search('[“”"]', target):
        yield target + " “We will never forget this day,” he said."


def hangul(source: str, target: str) -> Iterator[str]:
    word = re.search("[가-힣]{2,}", source)
    at = target.find(" ")
    if word and at > 0:
        yield f"{target[:at]} {word[0]}{target[at:]}"


_PEOPLE = {
    "김대중": "Kim Dae-jung", "노무현": "Roh Moo-hyun", "이명박": "Lee Myung-bak", "박근혜": "Park Geun-hye",
    "문재인": "Moon Jae-in", "반기문": "Ban Ki-moon", "김정일": "Kim Jong Il", "김일성": "Kim Il Sung",
    "김정은": "Kim Jong Un", "이회창": "Lee Hoi-chang", "정동영": "Chung Dong-young", "한명숙": "Han Myeong-sook",
    "송민순": "Song Min-soon", "박의춘": "Pak Ui Chun", "류명환": "Yu Myung-hwan", "유명환": "Yu Myung-hwan",
    "김계관": "Kim Kye Gwan", "최선희": "Choe Son Hui",
}  # fmt: skip


def _named(source: str, target: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Return the people of a pair, and the places of their full names in the English."""
    for korean, name in _PEOPLE.items():
        pattern = re.sub("[ -]", "[ -]?", name)
        if korean in source and (found := re.search(rf"\b{pattern}\b", target, re.IGNORECASE)):
            yield korean, found


def given_name(source: str, target: str) -> Iterator[str]:
    for korean, found in _named(source, target):
        family = found[0].split()[0]
        other = next(name for k, name in _PEOPLE.items() if k[0] != korean[0] and k[1:] != korean[1:])
        yield _put(target, found, f"{family} {other.split(maxsplit=1)[1]}")


def another_person(source: str, target: str) -> Iterator[str]:
    for korean, found in _named(source, target):
        family = found[0].split()[0].lower()
        other = next(
            name
            for k, name in _PEOPLE.items()
            if k[0] != korean[0] and k not in source and family != name.split()[0].lower()
        )
        yield _put(target, found, other)


def repeated_word(_: str, target: str) -> Iterator[str]:
    found = re.search(r"(?<= )(?:the|of|and|was|to|in|with|for)(?= )", target)
    if found:
        yield _put(target, found, f"{found[0]} {found[0]}")


def truncated(_: str, target: str) -> Iterator[str]:
    if len(target) > 120:
        yield target[: target.rfind(" ", 0, len(target) // 3)]


NUMBERS: dict[str, Inject] = {
    "ten times": times_ten, "a tenth, 만 as thousand": tenth, "million for billion": thousandfold, "swapped digits": swapped_digits,
    "another digit": another_number, "dropped number": dropped_number, "added number": added_number, "year": year,
    "swapped digits of a year": swapped_year, "month": month, "day": day, "weekday": weekday, "a.m. for p.m.": half_of_day,
    "currency": currency, "unit": unit, "fraction": fraction, "multiple": multiple, "indefinite magnitude": vague,
    "percent for points": points,
}  # fmt: skip
"""Numbers and dates."""
ONE_SIDED = frozenset({"dropped number", "added number", "percent for points"})
"""Kinds that are warnings at most."""
WORDS: dict[str, Inject] = {"number word": number_word}
TEXTS: dict[str, Inject] = {
    "given name": given_name, "another person": another_person,
    "Hangul left in": hangul, "repeated word": repeated_word, "dropped quotation": dropped_quotation,
    "added quotation": added_quotation, "truncated": truncated,
}  # fmt: skip
UNJUDGED = frozenset({"dropped quotation", "added quotation", "truncated"})
"""Kinds without a target: English may paraphrase a quotation, and end a sentence early."""

"""Figures of an English text.

Invariant: figures are in text order; words that merely contain a number (a pair, doubled, F-16,
Louis XIV) can account for a figure of the other side but never require one.
"""

from __future__ import annotations

import re

from transflow.language.quantities import units
from transflow.language.quantities.brackets_and_digits import bracketed, plain_digits, within
from transflow.language.quantities.english_dates import (
    BEGIN_TIMES,
    MONTHS,
    WEEKDAYS,
    ParsedDate,
    clock_at,
    date_at,
    day_in_words,
    is_day_of_month,
    is_weekday,
    may_have_hours,
    time_in_words,
    time_with_full_stop,
)
from transflow.language.quantities.english_line import TokenLine, tokenise
from transflow.language.quantities.english_names import ADDRESS, IN_ADDRESS, ORDINAL_ENDINGS, ROMAN, is_in_a_name
from transflow.language.quantities.english_numerals import (
    FRACTION_SIGNS,
    ORDINALS,
    PARTS,
    PERIODS,
    SCALES,
    SIMPLE,
    WORDS,
    Numeral,
    is_in_order,
    numeral,
)
from transflow.language.quantities.english_units import NO_UNIT, UnitWord, is_below_zero, unit_after, with_shared_unit
from transflow.language.quantities.quantity import Kind, Quantity, Weight

_WORD = re.compile(r"[A-Za-z]+")
_DIGIT = re.compile("[0-9½¼¾⅓⅔]")
_DECADES = {
    "twenties": 20.0, "thirties": 30.0, "forties": 40.0, "fifties": 50.0, "sixties": 60.0, "seventies": 70.0, "eighties": 80.0,
    "nineties": 90.0,
}  # fmt: skip
_NUMBER_WORDS = WORDS | frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(_DECADES)
_ONES = frozenset("one first once single overnight daylong weeklong monthlong yearlong".split())
_NAMES = frozenset(MONTHS) | frozenset(WEEKDAYS)
_AMOUNTS = (_NUMBER_WORDS - _NAMES - _ONES) | frozenset("hour day week month year score".split())
_ANY_FIGURE = frozenset(ROMAN).union(
    *({word, word.capitalize(), word.upper()} for word in _AMOUNTS), (name.capitalize() for name in _NAMES)
)
"""Tokens without which, and without digits, a text has no figure that matters.

Ones alone never matter; “a day” does, as it may translate 24시간.
"""
_ARTICLES = frozenset({"a", "an", "several", "few", "some", "many"})
_START_WORDS = _NUMBER_WORDS | _ARTICLES | frozenset(each.lower() for each in ROMAN) | frozenset(FRACTION_SIGNS)
"""Words at which reading may start; numerals in digits sort before every word."""
_AFTER_ARTICLE = frozenset(SCALES) | frozenset(PARTS) | {"of"}
_ABOUT = frozenset(
    "about around some nearly almost roughly approximately over than least close estimated up just approaching exceeding exceeded "
    "topped surpassed".split()
)
_QUARTERS_OF_AN_HOUR = re.compile(
    r"(?:(?:a|one) )?quarter(?:[ -]of an)?[ -]hour|three[ -]quarters of an hour", re.IGNORECASE
)
_LONG_PERIODS = {"century": 100.0, "decade": 10.0}
_BEFORE_HOUR = frozenset({"a", "one", "quarter", "three"})
_HEIGHT = re.compile(r"(?<![0-9.,])([2-8])(?:-foot-|['’′] ?(?=[0-9]{1,2}(?:[\"”″]|''|’’)))(1[01]|[0-9])(?![0-9/])")
_BEFORE_RANK = frozenset("no number article section chapter clause paragraph".split())
_LIST_NUMBER = re.compile(r"\s*[(\[]?([0-9]{1,2})[.)\]](?= |$)")


def english_figures(text: str) -> list[Quantity]:
    """Return every figure of an English text, in order."""
    if not _DIGIT.search(text) and _ANY_FIGURE.isdisjoint(_WORD.findall(text)):
        return []
    return _Reader(plain_digits(text)).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.line = tokenise(text)
        self.tokens = self.line.tokens
        self.figures: list[Quantity] = []
        self.scale = 1.0
        """Scale of the last numeral that had one, for the omitted scale in “$150 million, or even
        200”.
        """
        self.has_quarters = "uarter" in text
        self.has_hours = may_have_hours(text)
        self.hidden = [match.span() for match in ADDRESS.finditer(text)] if IN_ADDRESS.search(text) else []

    def read(self) -> list[Quantity]:
        list_number = _LIST_NUMBER.match(self.text)
        i = 0
        if list_number:
            self.figures.append(Quantity("count", float(list_number[1]), *list_number.span(1), weight="weak"))
            i = 1
        for index in [index for index, token in enumerate(self.tokens) if token[0] in _START_WORDS or token[0] < "a"]:
            if index >= i:
                i = self._read_at(index)
        bracket_spans = bracketed(self.text)
        if bracket_spans:
            return [
                each._replace(in_brackets=True) if within(each.start, bracket_spans) else each for each in self.figures
            ]
        return self.figures

    def _read_at(self, i: int) -> int:
        """Read the figure that begins at a token; return the index to continue at."""
        word, start, end = self.tokens[i]
        digit = word[0].isdigit()
        quarters = self.has_quarters and word in _BEFORE_HOUR and _QUARTERS_OF_AN_HOUR.match(self.text, start)
        if quarters:
            after = self._after(quarters.end(), i)
            self._add_weak("measure", 45.0 if word == "three" else 15.0, i, "minute", (), after)
            return after
        if not digit and word not in _NUMBER_WORDS and word not in FRACTION_SIGNS:
            return self._read_article(i) if word in _ARTICLES else self._roman(i)
        if self.hidden and within(start, self.hidden):
            return i + 1
        if word in WEEKDAYS:
            if is_weekday(self.line, i):
                self.figures.append(Quantity("weekday", float(WEEKDAYS[word]), start, end))
            return i + 1
        date = self._date(i, word, digit)
        if date:
            self.figures += date.figures
            return date.after
        if word in MONTHS:
            return i + 1
        if word in ORDINALS and (word != "second" or is_in_order(self.line, i)):
            return self._ordinal(i, i + 1, ORDINALS[word])
        return self._quantity(i)

    def _date(self, i: int, word: str, digit: bool) -> ParsedDate | None:
        if digit or word in MONTHS:
            return date_at(self.line, i) or (time_in_words(self.line, i) or clock_at(self.line, i) if digit else None)
        if word in ORDINALS:
            return day_in_words(self.line, i, ORDINALS[word])
        return time_in_words(self.line, i) if self.has_hours and word in BEGIN_TIMES else None

    def _roman(self, i: int) -> int:
        _, start, end = self.tokens[i]
        value = ROMAN.get(self.text[start:end])
        if value:
            self._add_weak("ordinal", value, i)
        return i + 1

    def _add_weak(
        self, kind: Kind, value: float, i: int, unit: str = "", others: tuple[float, ...] = (), to: int = 0
    ) -> None:
        start, end = self.tokens[i].start, self.tokens[max(i, to - 1)].end
        self.figures.append(Quantity(kind, value, start, end, unit, "weak", others))

    def _read_article(self, i: int) -> int:
        """Read a hundred, several thousand, a third of, an hour and a half."""
        word = self.line.word
        following = word(i + 1)
        if following == "score" and word(i + 2) in ("of", "or"):
            self._add_weak("count", 20.0, i, "", (), i + 2)
            return i + 2
        if following in _AFTER_ARTICLE:
            number = numeral(self.line, i)
            if number:
                return self._add_numeral(i, number)
        unit = units.ENGLISH_MEASURES.get(following, "")
        if [word(i + 2), word(i + 3), word(i + 4)] == ["and", "a", "half"] and (unit or following in _LONG_PERIODS):
            self._add_one_and_a_half(i, unit, following)
            return i + 5
        if unit and self.tokens[i].text in ("a", "an"):
            self._add_weak("measure", 1.0, i, unit, (), i + 2)
            return i + 2
        return i + 1

    def _add_one_and_a_half(self, i: int, unit: str, period: str) -> None:
        value, unit = (1.5, unit) if unit else (1.5 * _LONG_PERIODS[period], "year")
        weight: Weight = "small" if units.dimension(unit) == "time" else "weak"
        span = self.tokens[i].start, self.tokens[i + 4].end
        self.figures.append(Quantity("measure", value, *span, unit, weight, (value / 1.5,)))

    def _ordinal(self, i: int, after: int, value: float) -> int:
        next_word = self.line.word(after)
        unit = (
            "century"
            if next_word in ("century", "centuries")
            else next_word
            if next_word in PERIODS and value <= 4
            else ""
        )
        weight: Weight = "strong" if value >= 10 else "small" if unit in PERIODS else "weak"
        others = (1 / value,) if 2 < value <= 10 else ()
        start, end = self.tokens[i].start, self.tokens[after - 1].end
        self.figures.append(Quantity("ordinal", value, start, end, unit, weight, others))
        return after + 1 if unit else after

    def _quantity(self, i: int) -> int:
        word = self.tokens[i].text
        following = self.line.word(i + 1)
        scaled = following in SCALES or (following == "of" and self.line.word(i + 2) in SCALES)
        if word in SIMPLE and not scaled:
            self._add_simple(i, *SIMPLE[word])
        elif word in _DECADES:
            self._add_weak("decade", 1900 + _DECADES[word], i, "", (_DECADES[word],))
        elif word in ("decades", "centuries"):
            self._add_weak("vague", 10.0 if word == "decades" else 100.0, i, "year")
        else:
            number = numeral(self.line, i)
            if number:
                return self._add_numeral(i, number)
            if word == "quarter":
                self._add_weak("fraction", 0.25, i, "", (4.0,))
        return i + 1

    def _add_simple(self, i: int, name: str, value: float) -> None:
        if name == "clock":
            self._add_weak("clock", value, i, "", (12.0, 24.0))
        elif name in units.MEASURES:
            self._add_weak("measure", value, i, name)
        else:
            self._add_weak("times" if name == "times" else "count", value, i)

    def _add_numeral(self, i: int, number: Numeral) -> int:
        """Add a numeral with its unit to the figures; return the index to continue at."""
        if not number.worded and number.scale == 1.0 and is_in_a_name(self.line, i, number.after):
            self._add_weak("count", number.value, i, "", _decimal(self.line, i, number.value))
            return number.after
        if number.kind == "perhaps" and self.line.word(number.after) not in _LONG_PERIODS:
            self._add_weak("fraction", number.value, i, "", (round(1 / number.value),), number.after)
            return number.after
        special = self._read_special(i, number)
        if special:
            return special
        start, end = self.tokens[i].start, self.tokens[number.after - 1].end
        symbol = units.SYMBOLS.get(self.text[max(0, start - 2) : start].rstrip()[-1:], "")
        value, others, common = with_shared_unit(self.line, number)
        unit = UnitWord("money", symbol, number.after) if symbol else self._unit(number, value, common, end - start)
        kind: Kind = "vague" if number.kind == "vague" else unit.kind
        if kind == "count" and not unit.unit and i and self.tokens[i - 1].text in _BEFORE_RANK and number.scale == 1:
            kind = "ordinal"
        if kind == "count" and number.kind == "fraction":
            kind = "fraction"
        if kind == "measure" and unit.unit in ("decade", "century"):
            size = 10.0 if unit.unit == "decade" else 100.0
            value, unit, others = value * size, unit._replace(unit="year"), (value, *others)
        if number.kind == "fraction" and self.tokens[number.after - 1].text == "quarters":
            others = (*others, round(value * 4.0))
        if unit.unit == "basis":
            value, unit = value / 100, unit._replace(unit="")
        after = max(unit.after, number.after)
        readings = (*others, *self._short_year(i, value), *self._implied_values(number, kind, value))
        if kind == "count":
            readings = (*readings, *time_with_full_stop(self.line, i))
        if unit.unit.startswith("degree") and is_below_zero(self.line, i, after):
            readings = (*readings, -value)
        self.figures.append(
            Quantity(
                kind, value, self._symbol_start(start) if symbol else start, self.tokens[after - 1].end, unit.unit,
                self._weight(kind, value, unit.unit, number, i), readings, number.tolerance, self._about(i, after), numeral=(start, end),
            )
        )  # fmt: skip
        return after

    def _unit(self, number: Numeral, value: float, common: UnitWord | None, length: int) -> UnitWord:
        unit = unit_after(self.line, number.after)
        if unit is not NO_UNIT:
            return unit
        if number.kind == "vague" and self.line.word(number.after) == "of":
            amount = unit_after(self.line, number.after + 1)
            return amount._replace(after=number.after) if amount.kind in ("money", "measure") else unit
        if common:
            return common._replace(after=number.after)
        if number.scale == 1.0 and length == 4 and 1800 <= value <= 2100 and not value % 1:
            return UnitWord("year", "", number.after)
        return unit

    def _implied_values(self, number: Numeral, kind: Kind, value: float) -> tuple[float, ...]:
        """Return the other reading of a bare number after millions or billions."""
        if number.scale > 1:
            self.scale = number.scale
        is_bare = kind == "count" and number.scale == 1 and not number.worded and 10 <= value < 1000
        return (value * self.scale,) if is_bare and self.scale >= 1e6 else ()

    def _short_year(self, i: int, value: float) -> tuple[float, ...]:
        """Return the other reading of 89 in 1987-89."""
        start = self.tokens[i].start
        if not i or len(self.tokens[i].text) != 2 or self.text[start - 1] not in "-–":
            return ()
        before = self.tokens[i - 1].text
        first = int(before) if len(before) == 4 and before.isdigit() else 0
        return (float(first - first % 100 + value),) if 1000 <= first <= 2100 else ()

    def _symbol_start(self, start: int) -> int:
        """Return the start of a currency sign before a numeral, including “US”."""
        index = start - 1 if self.text[start - 1] != " " else start - 2
        return index - 2 if self.text[max(0, index - 2) : index] == "US" else index

    def _weight(self, kind: Kind, value: float, unit: str, number: Numeral, i: int) -> Weight:
        if kind == "vague":
            return "small"
        if value in (0, 1) and kind not in ("money", "percent", "points"):
            return "weak"
        if number.kind in ("fraction", "perhaps") and unit == "year" and value >= 10:  # a quarter century
            return "small"
        if value == 1 or (number.kind == "fraction" and (value == 0.5 or unit)):
            return "weak" if value != 0.5 else "small"
        if kind in ("percent", "points", "money", "fraction"):
            return "strong"
        if kind == "measure" and units.dimension(unit) not in ("time", ""):
            return "strong"
        if number.worded and (number.tolerance or self.tokens[i].text in SCALES):
            return "weak"
        return "strong" if value >= 10 else "small"

    def _read_special(self, i: int, number: Numeral) -> int:
        """Read ordinals in digits (21st), decades (1990s, 30s) and twenty-first; return 0 if it is
        none of them.
        """
        after, value = number.after, number.value
        height = _HEIGHT.match(self.text, self.tokens[i].start)
        if height:
            return self._height(i, height)
        following = self.line.word(after)
        if not self.tokens[i].text[0].isdigit():
            ordinal_value = ORDINALS.get(following, 0.0) if number.worded else 0.0
            if ordinal_value and (following != "second" or value >= 20) and not value % 10 and ordinal_value < 10:
                return self._ordinal(i, after + 1, value + ordinal_value)
            return 0
        if following in ORDINAL_ENDINGS and self.line.is_glued(after):
            if is_day_of_month(self.line, i, after + 1, value):
                self.figures.append(
                    Quantity("day", value, self.tokens[i].start, self.tokens[after].end, weight="small")
                )
                return after + 1
            return self._ordinal(i, after + 1, value)
        if following == "s" and len(self.line.gap(after)) <= 1:
            return self._decade(i, after, value)
        return 0

    def _height(self, i: int, height: re.Match[str]) -> int:
        """Add 5-foot-11 or 5'11" as feet and inches."""
        for group, unit in ((1, "foot"), (2, "inch")):
            weight: Weight = "strong" if float(height[group]) > 1 else "weak"
            end = height.start(2) - 1 if group == 1 else height.end()
            self.figures.append(Quantity("measure", float(height[group]), height.start(group), end, unit, weight))
        return self._after(height.end(), i)

    def _after(self, end: int, i: int) -> int:
        """Return the index of the first token that begins at an offset or after it."""
        while i < len(self.tokens) and self.tokens[i].start < end:
            i += 1
        return i

    def _decade(self, i: int, after: int, value: float) -> int:
        start, end = self.tokens[i].start, self.tokens[after].end
        if "," in self.text[start:end]:  # in the 1,390s
            self.figures.append(Quantity("count", value, start, end))
        elif 1000 <= value <= 2100:
            self.figures.append(Quantity("decade", value, start, end, others=(value % 100,)))
        elif value == 0:
            self.figures.append(Quantity("decade", 2000, start, end, others=(1900, 0)))
        elif value < 100 and value % 10 == 0:
            self.figures.append(Quantity("decade", 1900 + value, start, end, others=(value,)))
        else:
            return 0
        return after + 1

    def _about(self, i: int, after: int) -> bool:
        near = [self.tokens[j].text for j in (i - 1, i - 2) if j >= 0]
        if near and (near[0] in _ABOUT or (near[-1] in _ABOUT and near[0] in ("a", "us", "the", "as"))):
            return True
        return self.line.word(after) in ("or", "plus") and self.line.word(after + 1) in (
            "so",
            "more",
            "less",
            "fewer",
            "",
        )


def _decimal(line: TokenLine, i: int, value: float) -> tuple[float, ...]:
    """Return the other reading of 287 in .287."""
    text, start, end = line.tokens[i]
    is_decimal = line.text[start - 1 : start] == "." and not line.text[max(0, start - 2) : start - 1].strip()
    return (value / 10 ** (end - start),) if is_decimal and text.isdigit() else ()

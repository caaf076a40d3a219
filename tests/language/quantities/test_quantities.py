"""Numbers, money, measures and dates read from Korean and English, in hundreds of expressions.

The golden files have one expression per line, and after “=” its figures. Figures in round brackets
cause no error if the other side lacks them. Figures in square brackets are in brackets in the text.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from transflow import checks
from transflow.language.quantities.compare import compare_figures
from transflow.language.quantities.english import english_figures
from transflow.language.quantities.english_dates import MONTH_NAMES, WEEKDAY_NAMES
from transflow.language.quantities.korean import korean_figures
from transflow.language.quantities.phrasing import format_figure
from transflow.language.quantities.quantity import Quantity
from transflow.model.unit import Unit

GOLDEN = paths.TESTS / "golden" / "figures"
READERS: dict[str, Callable[[str], list[Quantity]]] = {"korean": korean_figures, "english": english_figures}
FAMILIES = ("numbers", "money", "measures", "dates", "relative_dates")


def told(figure: Quantity) -> str:
    """Return a figure in a form that a person can verify."""
    words = _named(figure)
    if figure.kind != "clock":
        words = " or ".join([words, *(f"{other:g}" for other in figure.others)])
    words = f"about {words}" if figure.about or figure.tolerance else words
    words = f"({words})" if figure.weight == "weak" else words
    return f"[{words}]" if figure.in_brackets else words


def _named(figure: Quantity) -> str:
    value = figure.value
    match figure.kind:
        case "year":
            return f"the year {value:.0f}"
        case "month":
            return MONTH_NAMES[int(value) - 1]
        case "day":
            return f"day {value:g}"
        case "weekday":
            return WEEKDAY_NAMES[int(value)]
        case "half":
            return "p.m." if value else "a.m."
        case "ordinal":
            return f"number {value:g} {figure.unit}".strip()
        case "age":
            return f"age {value:g}"
        case "decade":
            return f"the {value:.0f}s"
        case "count":
            return format_figure(figure) + (" people" if figure.unit else "")
        case "vague":
            return format_figure(figure) + (f" of {figure.unit}s" if figure.unit else "")
    return format_figure(figure)


def golden(language: str) -> list[tuple[str, str]]:
    lines = (GOLDEN / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("  =  ") for line in lines if line and not line.startswith("# ")]
    return [(expression, reading) for expression, _, reading in pairs]


@pytest.mark.parametrize("language", READERS)
class TestReading:
    def test_every_expression_is_read_as_the_golden_file_says(self, language: str) -> None:
        pairs = golden(language)
        read = [(text, "; ".join(map(told, READERS[language](text))) or "nothing") for text, _ in pairs]
        assert len(pairs) >= 200
        assert read == pairs

    def test_spans_lie_in_the_text_and_in_order(self, language: str) -> None:
        for text, _ in golden(language):
            spans = [figure.span for figure in READERS[language](text)]
            assert all(0 <= start < end <= len(text) for start, end in spans), text
            assert [start for start, _ in spans] == sorted(start for start, _ in spans), text


PARTS = [
    *(word for language in READERS for text, _ in golden(language) for word in text.split()),
    *"0123456789.,:~-–/()[]%$€₩ \n’'½만억조천백십여제년월일시분의",
    *("a.m.", "\u0000", "😀", "한", "é", "１", "²", "𝟗", "İ", "\ud800", "ﬀ", "ẞ"),
]
"""Parts of figures, and similar text."""


def likely() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=30).map("".join)


def random_text(random: Random) -> str:
    """Return parts of figures with any characters between them."""
    anything = (chr(random.randrange(0x110000)) for _ in range(random.randrange(4)))
    parts = [*(random.choice(PARTS) for _ in range(random.randrange(30))), *anything]
    random.shuffle(parts)
    return random.choice(["", " "]).join(parts)


def look(source: str, target: str) -> None:
    """Run every check of figures on both sides in both languages; spans must be inside the text."""
    for text in (source, target):
        for reader in READERS.values():
            assert all(0 <= start < end <= len(text) for start, end in (figure.span for figure in reader(text)))
    context = checks.CheckContext("en", date="2024-03-31", neighbours=(target,))
    unit = Unit("k7f3q2mx", source, target or "x")
    for issue in (issue for name in FAMILIES for issue in checks.load(name).check(unit, context)):
        for span, text in ((issue.source_span, unit.source), (issue.target_span, unit.target)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert issue.fix != unit.target


PIECES = (
    "1|1,|1 |1.|만|3만 |3~|(|[3|3월 |1:|one |two hundred and |$|a |March |3-|http://|한 |수|이십|백|지난달 |전 |년|the |1/2 |_1|a@|15일, "
    "|1 대 |3만5천 명이 |Feb. 3, |3·1 "
).split("|")
"""Text on which a quadratic parser would be slow."""


class TestAnyText:
    @given(likely(), likely())
    def test_raises_nothing(self, source: str, target: str) -> None:
        look(source, target)

    @pytest.mark.parametrize(("source", "target"), [("제0차 회의", "The sixth meeting"), ("0번째", "the 0th, zeroth")])
    def test_raises_nothing_for_an_ordinal_of_zero(self, source: str, target: str) -> None:
        look(source, target)

    @pytest.mark.slow
    @pytest.mark.parametrize("count", [300, pytest.param(100_000, marks=pytest.mark.soak)])
    def test_raises_nothing_for_long(self, count: int) -> None:
        random = Random(count)
        for _ in range(count):
            look(random_text(random), random_text(random))

    @pytest.mark.slow
    @pytest.mark.parametrize("piece", PIECES)
    def test_a_hundred_kilobytes_take_less_than_a_second(self, piece: str) -> None:
        unit = Unit("k7f3q2mx", sized(piece, 100_000), sized(piece, 100_000))
        compare_figures.cache_clear()
        started = time.process_time()
        for name in FAMILIES:
            list(checks.load(name).check(unit, checks.CheckContext("en", date="2024-03-31")))
        assert time.process_time() - started < 1.0

    @pytest.mark.slow
    @pytest.mark.parametrize("piece", PIECES)
    def test_reading_takes_time_in_proportion_to_length(self, piece: str) -> None:
        little, much = (min(reading_time(sized(piece, size)) for _ in range(2)) for size in (2_000, 8_000))
        assert much < 10 * little + 0.05, "four times the length should take four times the time, not sixteen"


def reading_time(text: str) -> float:
    started = time.process_time()
    for reader in READERS.values():
        reader(text)
    return time.process_time() - started


def sized(piece: str, size: int) -> str:
    return piece * (size // len(piece.encode()))


def messages(source: str, target: str) -> Iterator[str]:
    for name in FAMILIES:
        for issue in checks.load(name).check(
            Unit("k7f3q2mx", source, target), checks.CheckContext("en", date="2024-03-26")
        ):
            yield issue.message


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("주민 3만5천 명이 대피했다.", "Some 3,500 residents fled.", "“3만5천 명” is 35,000; the English says “3,500”."),
        ("벌금 500만 원을 물렸다.", "The fine was $5 million.", "“500만 원” is 5 million won; the English says “$5 million”."),
        (
            "수십만 명이 모였다.", "Tens of thousands gathered.",
            "“수십만 명” is hundreds of thousands; the English says “Tens of thousands”.",
        ),
        ("사흘 동안 비가 왔다.", "It rained for days.", "“사흘” (3 days) is not in the English."),
        ("월요일에 만났다.", "They met on Tuesday.", "“월요일” is Monday; the English says “Tuesday”."),
        (
            "지난달 15일 열렸다.", "It opened on March 15.",
            "“지난달 15일”, written on March 26, 2024, is Thursday, February 15, 2024; the English says “March 15”.",
        ),
    ],
)  # fmt: skip
def test_a_message_says_what_the_korean_means(source: str, target: str, message: str) -> None:
    assert list(messages(source, target)) == [message]

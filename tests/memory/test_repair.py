"""Adapted matches: corresponding figures and names are replaced, and nothing else."""

from __future__ import annotations

import pytest

from transflow.glossary import Term
from transflow.glossary.matching import Matcher
from transflow.memory.match import Match, Origin
from transflow.memory.repair import repaired
from transflow.memory.wording import differences

ORIGIN = Origin("un-letter", "a", "approved", "claire", "2024-03-26T03:12:00Z")
MATCHER = Matcher(
    [
        Term("평양", "Pyongyang", "place"),
        Term("청진", "Chongjin", "place"),
        Term("원산", "Wonsan?", "place", open=True),
        Term("김하늘", "Kim Haneul", "person", short="Kim"),
        Term("박지우", "Park Jiwoo", "person", short="Park"),
        Term("제네바", "Geneva", "place"),
    ]
)


def mended(source: str, target: str, wanted: str, locale: str = "en") -> tuple[str, list[str]]:
    """Return the target for a wanted source, and the replacements."""
    match = Match(source, target, 90, ORIGIN, differences(source, wanted))
    found = repaired(match, wanted, locale, MATCHER)
    for each in found.repairs:
        assert found.target[slice(*each.span)]
    return found.target, [each.original for each in found.repairs]


@pytest.mark.parametrize(
    ("source", "target", "wanted", "result"),
    [
        ("탈북민 7명이 왔다.", "Seven refugees came.", "탈북민 9명이 왔다.", "Nine refugees came."),
        ("탈북민 7명이 왔다.", "There came seven refugees.", "탈북민 12명이 왔다.", "There came 12 refugees."),
        ("주민 35,000명이 떠났다.", "35,000 residents left.", "주민 41,500명이 떠났다.", "41,500 residents left."),
        (
            "회담은 3월 11일에 열렸다.",
            "The talks were on March 11.",
            "회담은 9월 2일에 열렸다.",
            "The talks were on Sept. 2.",
        ),
        ("그것은 2월에 끝났다.", "It ended in February.", "그것은 8월에 끝났다.", "It ended in August."),
        ("2019년에 시작됐다.", "It began in 2019.", "2021년에 시작됐다.", "It began in 2021."),
        ("월요일에 떠났다.", "They left on Monday.", "금요일에 떠났다.", "They left on Friday."),
        ("1,200만 달러가 들었다.", "It cost $12 million.", "3,500만 달러가 들었다.", "It cost $35 million."),
        ("값이 12.5% 올랐다.", "Prices rose 12.5%.", "값이 8.3% 올랐다.", "Prices rose 8.3%."),
        ("그는 평양에서 왔다.", "He is from Pyongyang.", "그는 청진에서 왔다.", "He is from Chongjin."),
        ("평양은 멀다.", "Pyongyang is far.", "제네바는 멀다.", "Geneva is far."),
        ("김하늘 대변인이 왔다.", "Spokesman Kim Haneul came.", "박지우 대변인이 왔다.", "Spokesman Park Jiwoo came."),
        (
            "3월 2일 평양에서 7명이 만났다.",
            "On March 2, seven people met in Pyongyang.",
            "3월 5일 청진에서 8명이 만났다.",
            "On March 5, eight people met in Chongjin.",
        ),
    ],
)
def test_what_is_certain_is_exchanged_and_marked(source: str, target: str, wanted: str, result: str) -> None:
    text, was = mended(source, target, wanted)
    assert text == result
    assert was


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("7명과 7명이 왔다.", "Seven and seven came.", "7명과 9명이 왔다."),
        ("7명이 왔다.", "Seven of the seven came.", "9명이 왔다."),
        ("7명이 왔다.", "Some came.", "9명이 왔다."),
        ("1명이 왔다.", "One person came.", "3명이 왔다."),
        ("7명이 왔다.", "Seven people came.", "1명이 왔다."),
        ("7명이 왔다.", "Seven people came.", "7명이 3일에 왔다."),
        ("7명이 왔다.", "Seven people came.", "12명이 왔다."),
        ("수십 명이 왔다.", "Dozens came.", "수백 명이 왔다."),
        ("그는 평양에서 왔다.", "He is from Pyongyang.", "그는 원산에서 왔다."),
        ("그는 평양에서 왔다.", "He is from Pyongyang, and Pyongyang is far.", "그는 청진에서 왔다."),
        ("그는 평양에서 왔다.", "He is from Pyongyang.", "그는 박지우에서 왔다."),
        ("그는 평양에서 왔다.", "He is from Pyongyang.", "그는 먼 청진에서 왔다."),
        ("김하늘 대변인이 왔다.", "Kim Haneul came. Kim spoke.", "박지우 대변인이 왔다."),
        ("태평양에서 왔다.", "From the Pacific.", "청진에서 왔다."),
    ],
)
def test_what_is_not_certain_stays(source: str, target: str, wanted: str) -> None:
    assert mended(source, target, wanted) == (target, [])


def test_in_other_languages_digits_are_exchanged() -> None:
    assert mended("7명이 왔다.", "7 người đã đến.", "9명이 왔다.", "vi") == ("9 người đã đến.", ["7"])
    assert mended("7명이 왔다.", "7 trong 7 người.", "9명이 왔다.", "vi") == ("7 trong 7 người.", [])


def test_spans_are_of_the_repaired_text() -> None:
    source, wanted = "3월 2일 평양에서 7명이 만났다.", "3월 12일 청진에서 8명이 만났다."
    match = Match(source, "On March 2, seven met in Pyongyang.", 90, ORIGIN, differences(source, wanted))
    found = repaired(match, wanted, "en", MATCHER)
    assert [(found.target[slice(*each.span)], each.original) for each in found.repairs] == [
        ("12", "2"),
        ("eight", "seven"),
        ("Chongjin", "Pyongyang"),
    ]

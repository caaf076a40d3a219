"""Figures and dates of a paragraph against its Korean: wrong ones are issues, omitted ones not."""

from __future__ import annotations

from datetime import date

import pytest

from transflow.language.quantities.story import QuantityFault, Source, paragraph_faults

REPORT = date(2024, 3, 26)
SOURCES = (
    Source("유엔은 지난달 15일 주민 3만5천 명이 대피했다고 밝혔다.", REPORT),
    Source("당국은 벌금 500만 원을 물렸고 25명이 다쳤다.", REPORT),
    Source("어제 비가 289mm 왔다.", date(2024, 3, 1)),
)


def faults(paragraph: str, drafts: tuple[str, ...] = (), sources: tuple[Source, ...] = SOURCES) -> list[QuantityFault]:
    """`drafts` are translations that explain more than their Korean says."""
    explained = tuple(Source("이유를 밝혔다.", REPORT, translation=draft) for draft in drafts)
    return paragraph_faults((*sources, *explained), paragraph, date(2024, 3, 27))


@pytest.mark.parametrize(
    "paragraph",
    [
        "The U.N. said on Feb. 15 that 35,000 residents had fled.",
        "Some 25 people were hurt, and the fine was 5 million won.",
        "More than 11 inches of rain fell on Feb. 29, a Thursday.",
        "Nobody said why.",
        "The announcement came on Wednesday, March 27.",
    ],
)
def test_what_a_source_says_and_what_is_left_out_is_no_fault(paragraph: str) -> None:
    assert faults(paragraph) == []


@pytest.mark.parametrize(
    ("paragraph", "words", "source", "korean"),
    [
        ("Some 3,500 residents fled.", "3,500", 0, "3만5천 명"),
        ("The fine was $5 million.", "$5 million", 1, "500만 원"),
        ("The fine was 50 million won.", "50 million won", 1, "500만 원"),
        ("It was said on Feb. 16.", "Feb. 16", 0, "지난달 15일"),
        ("It was said on March 15.", "March 15", 0, "지난달 15일"),
    ],
)
def test_a_contradiction_is_an_error_and_points_at_the_source(
    paragraph: str, words: str, source: int, korean: str
) -> None:
    (fault,) = faults(paragraph, sources=SOURCES[:2])
    assert fault.severity == "error"
    assert paragraph[slice(*fault.span)] == words
    assert fault.source == source
    assert fault.source_span
    assert SOURCES[source].text[slice(*fault.source_span)].strip() == korean


def test_what_no_source_says_is_a_warning_unless_a_translation_explains_it() -> None:
    paragraph = "A further 120 homes were lost on March 12."
    assert [(fault.severity, paragraph[slice(*fault.span)]) for fault in faults(paragraph)] == [
        ("warning", "120"),
        ("warning", "March 12"),
    ]
    assert faults(paragraph, ("They lost 120 homes on March 12.",)) == []


def test_a_report_without_a_date_accuses_no_date() -> None:
    assert faults("It was said on March 12.", sources=(Source("지난달 15일 밝혔다."),)) == []


def test_nothing_is_said_without_sources_or_of_rubbish() -> None:
    assert faults("Some 3,500 fled.", sources=()) == []
    assert faults("7 " * 2000) == []


def test_a_month_that_no_source_names_is_a_warning() -> None:
    sources = (Source("방송은 2021년 7월 50명이 버스로 건너갔다고 보도했다.", date(2022, 3, 25)),)
    assert faults("It reported in July 2021 on 50 people.", sources=sources) == []
    assert faults("It reported last July on 50 people.", sources=sources) == []
    wrong = faults("It reported in June 2021 on 50 people.", sources=sources)
    assert [(each.severity, each.span) for each in wrong] == [("warning", (15, 24))]
    assert faults("It reported in June 2021.", ("It was June 2021.",), sources) == []


def test_a_whole_may_be_told_for_its_parts() -> None:
    sources = (Source("법원은 징역 2년 6개월을 선고했고, 100명 중 46명이 찬성했다."),)
    assert faults("He got two and a half years; 46 percent were in favor.", sources=sources) == []
    assert [each.severity for each in faults("He got three and a half years.", sources=sources)] != []


def test_a_figure_that_is_wrong_in_a_translation_is_no_source() -> None:
    sources = (
        Source("올해 탈북민은 196명이다.", REPORT, translation="There were 196 refugees this year."),
        Source("이 가운데 여성은 173명이다.", REPORT, translation="Of them 172 were women."),
    )
    (fault,) = faults("Of the 196 refugees this year, 172 were women.", sources=sources)
    assert (fault.severity, fault.message) == (
        "warning",
        "“172” is in none of the Korean sentences behind this paragraph.",
    )
    assert faults("Of the 196 refugees this year, 173 were women.", sources=sources) == []


MISSILES = (
    Source("북한은 1일 오전 8시 10분께 미사일을 쐈다.", REPORT, translation="The North fired missiles at 8:10 a.m."),
    Source("합참은 1일 오후 9시 정각에 발표했다.", REPORT, translation="The Joint Chiefs announced it at 9 p.m."),
)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The North fired missiles at 8:10 a.m., and the Joint Chiefs announced it at 9 p.m.",
        "North Korea fired missiles shortly after 8 a.m., Seoul said that night.",
        "Seoul said at nine in the evening that missiles had been fired at ten past eight.",
        "The missiles were fired at 8:10 a.m. KST (6:10 p.m. EST).",
        "The missiles flew at 0810 on the 1st.",
    ],
)
def test_a_time_of_day_may_be_rounded_left_out_or_told_for_another_zone(paragraph: str) -> None:
    assert faults(paragraph, sources=MISSILES) == []


@pytest.mark.parametrize(
    ("paragraph", "severity", "wrong"),
    [
        ("The North fired missiles at 9:30 p.m. on the 1st, Seoul said at 9 p.m.", "error", "9:30 p.m."),
        ("The North fired missiles at 8:10 p.m. on the 1st.", "error", "8:10 p.m."),
        ("The Joint Chiefs announced it at 9 a.m.", "error", "9 a.m."),
        ("The launch was at 8:10 a.m., the announcement at 9 p.m. and a talk at 11 p.m.", "warning", "11 p.m."),
    ],
)
def test_a_time_of_day_that_no_source_has_is_told(paragraph: str, severity: str, wrong: str) -> None:
    found = faults(paragraph, sources=MISSILES)
    assert [(each.severity, paragraph[slice(*each.span)]) for each in found] == [(severity, wrong)]

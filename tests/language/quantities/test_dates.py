"""Days that Korean and English phrases mean in a text of a given day, and contradictions.

The golden file has the day of writing, the phrase, and after “=” the days, months or years that it
means. A text before “ / ” is the previous sentence. “nothing” means that the day is uncertain or
does not exist.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from transflow.checks import CheckContext, load
from transflow.language.quantities.calendar import CalendarDate
from transflow.language.quantities.english import english_figures
from transflow.language.quantities.english_calendar import english_dates
from transflow.language.quantities.korean_dates import korean_dates, last_day
from transflow.model.unit import Unit

GOLDEN = paths.TESTS / "golden" / "figures" / "relative_dates.txt"


def cases() -> list[tuple[date, str, str]]:
    lines = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    parts = [(line[:10], *line[10:].strip().split("  =  ")) for line in lines]
    return [(date.fromisoformat(day), phrase, meant) for day, phrase, meant in parts]


def told(when: CalendarDate) -> str:
    """Return an ISO date, as far as it is known."""
    if when.weekday is not None and when.day is None:
        return f"weekday {when.weekday}"
    parts = [
        f"{when.year}" if when.year else "",
        f"{when.month:02}" if when.month else "",
        f"{when.day:02}" if when.day else "",
    ]
    return "-".join(part for part in parts if part)


def read(phrase: str, written: date) -> str:
    anchor, days = None, []
    for text in phrase.split(" / "):
        days += [told(each) for each in korean_dates(text, written, anchor) if each.is_known]
        anchor = last_day(text, written)
    return "; ".join(days) or "nothing"


def test_phrases_mean_what_the_golden_file_says() -> None:
    assert len(cases()) >= 150
    assert [(day, phrase, read(phrase, day)) for day, phrase, _ in cases()] == cases()


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from([phrase for _, phrase, _ in cases()]))
def test_on_any_day_a_phrase_means_days_that_exist_and_its_tense_holds(written: date, phrase: str) -> None:
    found = korean_dates(phrase, written)
    assert all(when.date for when in found if when.year and when.month and when.day)
    for when in found[:1]:
        if when.relative and when.date and phrase.startswith(("지난 ", "어제", "그제", "지난달")):
            assert when.date < written
        if when.relative and when.date and phrase.startswith(("오는", "내일", "모레", "다음 달")):
            assert when.date > written


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("It opened on Friday, May 10.", "05-10"),
        ("It opened yesterday.", "2023-12-31"),
        ("It opens tomorrow.", "2024-01-02"),
        ("It opened last month.", "2023-12"),
        ("It opened on the 15th of last month.", "2023-12-15"),
        ("It opened last year.", "2023"),
        ("It opened two days ago.", "2023-12-30"),
        ("It opens a week from now.", "2024-01-08"),
        ("It opened on Feb. 15.", "02-15"),
        ("It opened on Feb. 15, 2023.", "2023-02-15"),
        ("It opened in August 2023.", "2023-08"),
        ("It opened on Tuesday.", "weekday 1"),
        ("It opened on 11 March.", "03-11"),
    ],
)
def test_english_phrases(phrase: str, meant: str) -> None:
    days = english_dates(phrase, english_figures(phrase), date(2024, 1, 1))
    assert "; ".join(map(told, days)) == meant


def issues(day: str, source: str, target: str, *before: str) -> list[str]:
    context = CheckContext("en", date=day, neighbours=before)
    return [
        each.check
        for name in ("dates", "relative_dates")
        for each in load(name).check(Unit("u", source, target), context)
    ]


@pytest.mark.parametrize(
    ("day", "source", "target"),
    [
        ("2024-03-26", "지난달 15일 열렸다.", "It opened on Feb. 15."),
        ("2024-03-26", "지난달 15일 열렸다.", "It opened in mid-February."),
        ("2024-03-26", "어제 열렸다.", "It opened on Monday, March 25."),
        ("2024-03-26", "어제 열렸다.", "It opened yesterday."),
        ("2024-01-02", "31일 떠났다.", "They left on Sunday."),
        ("2024-01-02", "지난해 12월 떠났다.", "They left last December."),
        ("2024-01-02", "지난해 12월 떠났다.", "They left last month."),
        ("2024-12-31", "내달 3일 열린다.", "It opens on Jan. 3, 2025."),
        ("2024-03-26", "25일(현지시간) 열렸다.", "It opened on Monday."),
        ("2024-03-26", "도쿄에서 25일(현지시간) 열렸다.", "It opened in Tokyo on March 25."),
        ("2024-03-26", "서울 시간 25일, 뉴욕 시간 24일 열렸다.", "It opened on the 24th in New York."),
        ("2024-03-26", "2022년 시작됐다.", "It began two years ago."),
        ("2024-03-26", "2012년 시작됐다.", "It began 12 years ago."),
        ("2024-03-26", "2014년 시작됐다.", "It began a decade ago."),
        ("2024-03-26", "2023년 시작됐다.", "It began last year."),
        ("", "2014년 시작됐다.", "It began 10 years ago."),
        ("2024-03-26", "5월 초순에 열렸다.", "It opened in early May."),
        ("2024-03-26", "90년대 후반에 열렸다.", "It opened in the late 1990s."),
        ("2024-03-26", "연말에 끝났다.", "It was over by the end of the year."),
        ("2024-03-26", "낮 12시에 시작해 자정에 끝났다.", "It began at noon and ended at midnight."),
        ("2024-03-26", "자정 능력이 있다.", "It can clean itself by noon."),
        ("2024-03-26", "전날 떠났다.", "They had left the day before."),
        ("2024-03-26", "회의를 하루 앞둔 전날 썼다.", "The talks come a day after he wrote it."),
        ("2024-03-26", "사흘 전 떠난 그는 이튿날 왔다.", "He had left three days earlier."),
        ("2024-03-26", "음력 8월 15일이다.", "It is the 15th day of the eighth lunar month."),
        ("2024-03-26", "음력 8월 15일이다.", "It is Sept. 17."),
        ("2024-03-26", "내일 새벽 떠난다.", "They leave tomorrow before dawn."),
        ("2024-03-26", "23시 45분에 끝났다.", "It ended at 23.45."),
        ("2024-03-26", "삼월 초하루에 왔다.", "They came on March 1."),
        ("2024-03-26", "22.3.15 작성됐다.", "It was written on March 15, 2022."),
        ("2024-03-26", "엊그제 열렸다.", "It opened on Sunday."),
        ("2024-03-26", "그해 8월 떠났다.", "They left in August 2015."),
        ("2024-03-26", "오는 20일 열린다.", "It opens on April 20, and not on May 1 as planned."),
        ("2024-03-26", "3월 11일 열렸다.", "It opened on March 11, 2024."),
        ("", "3월 11일 열렸다.", "It opened on March 11, 2024."),
        ("", "지난달 15일 열렸다.", "It opened on March 15."),
    ],
)
def test_what_agrees_or_cannot_be_told_is_passed(day: str, source: str, target: str) -> None:
    assert [each for each in issues(day, source, target) if not each.endswith("omitted")] == []


@pytest.mark.parametrize(
    ("day", "source", "target", "check"),
    [
        ("2024-03-26", "지난달 15일 열렸다.", "It opened on March 15.", "relative_dates.month"),
        ("2024-03-26", "지난달 15일 열렸다.", "It opened on Feb. 14.", "relative_dates.day"),
        ("2024-01-02", "31일 떠났다.", "They left on Saturday.", "relative_dates.weekday"),
        ("2024-01-02", "지난해 12월 떠났다.", "They left in December 2022.", "relative_dates.year"),
        ("2024-12-31", "내달 3일 열린다.", "It opens on Dec. 3.", "relative_dates.month"),
        ("2024-03-26", "어제 열렸다.", "It opened on Tuesday.", "relative_dates.weekday"),
        ("2024-03-26", "어제 열렸다.", "It opens tomorrow.", "relative_dates.day"),
        ("2024-03-26", "지난달 열렸다.", "It opened in March.", "relative_dates.month"),
        ("2024-03-26", "3월 11일 열렸다.", "It opened on March 11, 2023.", "dates.year-added"),
        ("2024-03-26", "내년에 열린다.", "It opens in 2026.", "relative_dates.year"),
        ("2024-03-26", "미 동부시간 25일 열렸다.", "It opened on March 24 Eastern time.", "dates.day"),
        ("2024-03-26", "월요일과 화요일, 월요일에 왔다.", "They came on Monday, Tuesday and Tuesday.", "dates.weekday"),
        ("2024-03-26", "3월 말과 4월 초에 왔다.", "They came in late April and early April.", "dates.month"),
        ("2024-03-26", "2021년 시작됐다.", "It began five years ago.", "dates.year"),
        ("2024-03-26", "도쿄에서 25일(현지시간) 열렸다.", "It opened in Tokyo on March 24.", "dates.day"),
        ("2024-03-26", "워싱턴에서 25일(현지시간) 열렸다.", "It opened on March 26.", "dates.day"),
        ("2024-03-26", "웰링턴에서 25일(현지시간) 열렸다.", "It opened on March 24.", "dates.day"),
        ("2024-03-26", "25일(현지시간) 열렸다.", "It opened on Wednesday.", "relative_dates.weekday"),
        ("2024-03-26", "오전 10시부터 오후 4시까지다.", "It is from 10 a.m. to 5 p.m.", "dates.time"),
        ("2024-03-26", "5월 초순에 열렸다.", "It opened in late May.", "dates.word"),
        ("2024-03-26", "연말에 끝났다.", "It was over by the beginning of the year.", "dates.word"),
        ("2024-03-26", "정오에 왔다.", "They came at midnight.", "dates.word"),
        ("2024-03-26", "내일 오전 떠난다.", "They leave tomorrow afternoon.", "dates.word"),
        ("2024-03-26", "지난해 봄에 왔다.", "They came last fall.", "dates.word"),
        ("2024-03-26", "이튿날 떠났다.", "They had left the previous day.", "dates.word"),
        ("2024-03-26", "셋째 주에 온다.", "They come in the first week.", "dates.word"),
        ("2024-03-26", "음력 8월 15일이다.", "It is Aug. 15.", "dates.word"),
        ("2024-03-26", "삼월 초하루에 왔다.", "They came on March 2.", "dates.day"),
    ],
)
def test_what_contradicts_is_an_error(day: str, source: str, target: str, check: str) -> None:
    assert check in issues(day, source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("워싱턴에서 25일(현지시간) 열렸다.", "It opened on March 24."),
        ("미 국무부는 25일(현지시간) 밝혔다.", "The State Department said so on March 24."),
        ("25일(현지시간) 열렸다.", "It opened on March 24."),
        ("웰링턴에서 25일(현지시간) 열렸다.", "It opened on March 26."),
        ("런던에서 1일(현지시간) 열렸다.", "It opened on March 31."),
    ],
)
def test_a_day_that_two_time_zones_allow_is_a_hint(source: str, target: str) -> None:
    assert issues("2024-03-26", source, target) == ["dates.local"]


def test_the_sentence_before_says_which_day_this_day_is() -> None:
    assert issues("2024-03-26", "이날 떠났다.", "They left on March 11.", "3월 11일 만났다.") == []
    assert issues("2024-03-26", "이날 떠났다.", "They left on March 12.", "3월 11일 만났다.") == ["relative_dates.day"]

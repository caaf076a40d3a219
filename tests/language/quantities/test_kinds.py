"""Kinds of figures and dates in news: right English is passed, and wrong English is a warning."""

from __future__ import annotations

import pytest

from transflow.checks import CheckContext, load
from transflow.model.unit import Unit

FAMILIES = ("numbers", "money", "measures", "dates", "relative_dates")


def warnings(source: str, target: str, date: str = "2025-09-17") -> list[str]:
    context = CheckContext("en", date=date)
    found = (issue for name in FAMILIES for issue in load(name).check(Unit("k7f3q2mx", source, target), context))
    return [issue.check for issue in found if issue.severity != "hint"]


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        # Numbers in names
        ("헌법 3조를 고쳤다.", "They changed Article 3 of the Constitution.", "They changed Article 4 of the Constitution."),
        ("그는 3여단에서 복무했다.", "He served in the Third Brigade.", "He served in the Second Brigade."),
        ("북한군 제2군단이다.", "It is the North's II Corps.", "It is the North's III Corps."),
        ("2호선에서 불이 났다.", "A fire broke out on Line 2.", "A fire broke out on Line 3."),
        ("중학교 2학년이다.", "He is in eighth grade.", "He is in ninth grade."),
        ("건물 3층에서 불이 났다.", "The fire was on the third floor.", "The fire was on the eighth floor."),
        ("2차대전이 끝났다.", "World War II ended.", "World War I ended."),
        ("준결승에 진출했다.", "They reached the semifinals.", "They reached the quarterfinals."),
        ("주체98(2009)년이다.", "It is Juche 98 (2009).", "It is Juche 89 (2009)."),
        ("주체113년 신문이다.", "The paper is of Juche 113 (2024).", "The paper is of Juche 113 (2023)."),
        # Figures that changed places
        ("서울은 31도, 부산은 27도였다.", "It was 31 degrees in Seoul and 27 in Busan.", "It was 27 degrees in Seoul and 31 in Busan."),
        ("300원에서 450원으로 올랐다.", "It rose from 300 won to 450 won.", "It rose from 450 won to 300 won."),
        ("25%보다 높은 31%였다.", "It was 31 percent, up from 25 percent.", "It was 25 percent, up from 31 percent."),
        ("어린이 7명 등 22명이 다쳤다.", "Twenty-two were hurt, including seven children.", "Seven were hurt, including 22 children."),
        ("40가구 중 15가구가 떠났다.", "Fifteen of the 40 households left.", "Forty of the 15 households left."),
        ("돼지 30마리와 닭 200마리다.", "There are 30 pigs and 200 chickens.", "There are 200 pigs and 30 chickens."),
        ("2011년에 떠나 2017년에 왔다.", "He left in 2011 and came in 2017.", "He left in 2017 and came in 2011."),
        # Small numbers
        ("엿새째 계속됐다.", "It went on for a sixth day.", "It went on for an eighth day."),
        ("10년에서 8년으로 줄었다.", "It was cut from 10 years to eight.", "It was cut from 10 years to nine."),
        ("반세기 만에 만났다.", "They met after half a century.", "They met after a quarter century."),
        ("두 골 차로 이겼다.", "They won by two goals.", "They won by four goals."),
        ("16승 7패를 기록했다.", "He had a 16-7 record.", "He had a 16-9 record."),
        ("서너 곳에서 났다.", "It was in three or four places.", "It was in dozens of places."),
        ("500분의 1이다.", "It is 1 in 500.", "It is 1 in 50."),
        ("25만 명이다.", "They are a quarter of a million people.", "They are half a million people."),
        ("두 근을 샀다.", "She bought 1.2 kilograms.", "She bought 12 kilograms."),
        # Words of the calendar
        ("봄과 가을에 심는다.", "It is planted in spring and fall.", "It is planted in spring and winter."),
        ("한겨울 추위다.", "It is midwinter cold.", "It is midsummer cold."),
        ("내년 초 발표한다.", "It will be announced early next year.", "It will be announced early next month."),
        ("전년보다 늘었다.", "It rose from a year earlier.", "It rose from a month earlier."),
        ("이달 말까지다.", "It is due by the end of the month.", "It is due by the end of the year."),
        ("매주 만난다.", "They meet every week.", "They meet every month."),
        ("기원후 2세기다.", "It is the second century A.D.", "It is the second century B.C."),
        ("금요일 아침 떠난다.", "They leave on Friday morning.", "They leave on Friday night."),
        ("하루 종일 걸렸다.", "It took all day.", "It took all week."),
        ("단오 축제다.", "It is the Dano festival.", "It is the Chuseok festival."),
        ("유월에 시작한다.", "It starts in June.", "It starts in July."),
        ("음력 8월 15일이다.", "It is the 15th day of the eighth lunar month.", "It is the 15th day of the seventh lunar month."),
        ("초이틀에 떠났다.", "He left on the second of the month.", "He left on the sixth of the month."),
        # Two zones of time, and eras
        (
            "동부시간 오후 8시(한국시간 10일 오전 9시)다.",
            "It is 8 p.m. Eastern Time (9 a.m. Sept. 10 in Korea).",
            "It is 8 p.m. Eastern Time (9 a.m. Sept. 11 in Korea).",
        ),
        ("단기 4358년이다.", "It is the year 2025.", "It is the year 2035."),
        ("레이와 7년도 백서다.", "It is the white paper for 2025.", "It is the white paper for 2015."),
    ],
)  # fmt: skip
def test_a_wrong_one_is_a_warning_and_the_right_one_is_passed(source: str, right: str, wrong: str) -> None:
    assert warnings(source, right) == []
    assert warnings(source, wrong)


@pytest.mark.parametrize(
    ("source", "target", "date"),
    [
        # A change and its result imply what was before
        ("3.50%에서 3.25%로 0.25%포인트 낮췄다.", "It was cut by a quarter of a point to 3.25 percent.", ""),
        ("밤 11시 50분에 끝났다.", "It ended 10 minutes before midnight.", ""),
        ("주체114(2025)년 1월 1일자다.", "It is the Jan. 1 edition.", "2025-01-03"),
        ("6월 2일에 시작해 13일에 끝난다.", "It opens on June 2 and closes on June 13.", "2025-05-29"),
        ("1천390원대에 거래됐다.", "It traded in the 1,390s.", ""),
        ("9회까지 2대 2였다.", "It was 2-2 through nine innings.", ""),
        # A part of a longer period may be a shorter one
        ("지난해 12월 떠났다.", "They left last month.", "2024-01-02"),
        ("올해 수출이 3% 늘었다.", "Exports rose 3 percent from last year.", ""),
        # Told in another order, with a word that says so
        ("2011년에 떠나 2017년에 왔다.", "He came in 2017, having left in 2011.", ""),
        ("설 연휴다.", "It is the New Year holiday.", ""),
    ],
)
def test_what_is_right_in_other_words_is_passed(source: str, target: str, date: str) -> None:
    assert warnings(source, target, date) == []

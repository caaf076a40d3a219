"""Checks of figures on pairs, above all on right ones: converted, rounded, paraphrased."""

from __future__ import annotations

import pytest

from transflow.checks import CheckContext, load
from transflow.model.issue import Issue
from transflow.model.unit import Unit

FAMILIES = ("numbers", "money", "measures", "dates")


def issues(source: str, target: str) -> list[Issue]:
    unit = Unit("k7f3q2mx", source, target)
    return [issue for name in FAMILIES for issue in load(name).check(unit, CheckContext("en"))]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        # The same value in another notation
        ("3만5천 명이 모였다.", "A crowd of 35 thousand gathered."),
        ("1억2천만 달러를 썼다.", "They spent $120 million."),
        ("2천500만 명이 산다.", "It has 25 million inhabitants."),
        ("12명이 왔다.", "Twelve people came."),
        ("21명이 왔다.", "Twenty-one came."),
        ("두 사람이 왔다.", "Both came."),
        ("열두 명이 왔다.", "A dozen came."),
        ("반세기가 지났다.", "Half a century has passed."),
        ("500만 원을 냈다.", "They paid 5 million North Korean won."),
        # Rounded values
        ("27만8600명이 왔다.", "Some 279,000 came."),
        ("약 1980명이 왔다.", "About 2,000 came."),
        ("1,234,567명이 산다.", "It has 1.23 million people."),
        # In other units
        ("289km를 걸었다.", "They walked 180 miles."),
        ("10㎏을 지고 갔다.", "She carried 22 pounds."),
        ("밭 3천 평을 샀다.", "They bought about 2.5 acres."),
        ("기온이 40도였다.", "It was 104 degrees Fahrenheit."),
        ("2주 동안 갇혔다.", "They were locked up for 14 days."),
        ("20년 전이다.", "That was two decades ago."),
        ("24시간 동안이다.", "It lasted a day."),
        ("응답자의 33%가 반대했다.", "A third of those polled were against it."),
        ("절반이 떠났다.", "Fifty percent left."),
        ("세 배로 늘었다.", "It rose by 200 percent."),
        ("두 배로 늘었다.", "It doubled."),
        ("20센트를 냈다.", "It costs $0.20."),
        # Indefinite
        ("수십만 명이 모였다.", "Some 300,000 gathered."),
        ("수백 명이 모였다.", "Several hundred gathered."),
        ("수십 년 동안이다.", "It took decades."),
        ("몇 명이 남았다.", "A few remained."),
        # Ranges and lists
        ("3~4명이 왔다.", "Three or four people came."),
        ("30~40%가 떠났다.", "Between 30 and 40 percent left."),
        ("3~4만 명이 왔다.", "Between 30,000 and 40,000 came."),
        ("1억5천만 유로, 내일은 2억 유로다.", "It is 150 million euros now and 200 tomorrow."),
        # Ages, ordinals, years
        ("30대 여성이다.", "She is a woman in her 30s."),
        ("스물세 살이다.", "He is a 23-year-old."),
        ("21세기 들어 처음이다.", "It is the first in the 21st century."),
        ("1990년대다.", "It was in the nineties."),
        ("'96년에 왔다.", "He came in 1996."),
        ("주체113년에 열렸다.", "It was held in 2024."),
        ("루이 14세가 왔다.", "Louis XIV came."),
        ("지난해 왔다.", "They came in 2023."),
        # Numbers in names, and words that are not numbers
        ("코로나19가 퍼졌다.", "The pandemic spread."),
        ("F-16 전투기가 떴다.", "Fighter jets took off."),
        ("38선을 넘었다.", "They crossed the border."),
        ("구역 3대혁명 소조가 왔다.", "The revolutionary team came."),
        ("한 사람이 왔다.", "Somebody came."),
        ("일부 주민이 왔다.", "Some residents came."),
        ("헌법 제3조 2항이다.", "It is in the constitution."),
        ("음력 1월 1일이다.", "It is the Lunar New Year."),
        # Text in brackets
        ("이적료는 2억 달러(약 2천400억 원)다.", "The fee is $200 million."),
        ("배우 베일(34)이 왔다.", "The actor came."),
        ("289km 떨어졌다.", "It is 289 kilometers (180 miles) away."),
        # Dates and times of two places, and parts without a contradiction
        ("22일(현지시간) 열렸다.", "It opened on July 21."),
        ("9월 9일은 명절이다.", "Sept. 9 is a holiday."),
        ("오후 3시에 왔다.", "They came at three in the afternoon."),
        ("3·1절이다.", "It is the March 1 holiday."),
        ("9·11 테러다.", "It was the Sept. 11 attack."),
        ("6·25전쟁 유공자가 오는 3일 모인다.", "Korean War veterans meet on July 3."),
        ("5·18 기념식이 어제 열렸다.", "The ceremony for the Gwangju Uprising was held on May 17."),
        ("매주 화·목요일에 열린다.", "It is held on Tuesdays and Thursdays."),
        # Two units with one meaning, and the object itself
        ("징역 2년 6개월을 선고했다.", "The court gave him two and a half years."),
        ("징역 2년 6개월을 선고했다.", "The court gave him two years and six months."),
        ("재판은 1년 6개월이 걸렸다.", "The trial took 18 months."),
        ("1시간 30분 이야기했다.", "They talked for an hour and a half."),
        ("1시간 30분 이야기했다.", "They talked for 90 minutes."),
        ("90분간 이야기했다.", "They talked for one hour and 30 minutes."),
        ("키 170cm의 남성이다.", "He is 170 centimeters (5 feet 7 inches) tall."),
        # Negative numbers, points, degrees
        ("기온이 영하 20도였다.", "It was minus 4 degrees Fahrenheit (minus 20 degrees Celsius)."),
        ("기온이 영하 20도였다.", "It was 20 degrees below zero."),
        ("섭씨 35도다.", "It is 95°F."),
        ("38도선을 넘었다.", "They crossed the 38th parallel."),
        ("20도짜리 소주다.", "It is soju with 20 percent alcohol."),
        ("금리를 0.25%포인트 내렸다.", "It cut the rate by 25 basis points."),
        ("금리를 25bp 내렸다.", "It cut the rate by 0.25 percentage points."),
        ("금리를 0.25%포인트 내렸다.", "It cut the rate by a quarter point."),
        # Parts of a year
        ("3분기 매출이다.", "These are the sales of the third quarter."),
        ("1·4분기 매출이다.", "These are the sales of the first quarter."),
        ("3분기 연속 줄었다.", "It fell for a third straight quarter."),
        ("올해 1~3분기다.", "These are the first three quarters of the year."),
        ("하반기에 줄었다.", "It fell in the second half."),
        # A part of a whole in another phrase
        ("주민 100명 중 46명이 굶는다.", "Forty-six percent of the residents go hungry."),
        ("주민 100명 중 46명이 굶는다.", "Forty-six in 100 residents go hungry."),
        ("올해 10월까지 늘었다.", "It grew in the first 10 months of the year."),
        ("낮 12시 30분에 왔다.", "They came at 12:30 p.m."),
        ("오륙백 명이 왔다.", "Between 500 and 600 people came."),
        ("KN-23과 KN-25를 쐈다.", "It fired a KN-25 and a KN-23."),
        ("F-16 전투기가 떴다.", "F-16s and F-35s took off."),
        # Numerals without a counter
        ("그는 올해 예순셋이다.", "He is 63 this year."),
        ("일흔다섯인 할머니가 왔다.", "The grandmother, 75, came."),
        ("세 번째 안건이 둘째 날 통과됐다.", "The third item passed on the second day."),
        # Spaces inside a numeral
        ("사업비는 1억 4천 2백만 달러다.", "The project costs $142 million."),
        ("주민 4천 2백 명이 왔다.", "Some 4,200 residents came."),
        ("사업비는 1조 2천 3백억 원이다.", "The project costs 1.23 trillion won."),
        ("사업비는 1조 2천 3백 억 원이다.", "The project costs 1.23 trillion won."),
        ("사업비는 2 조 원이다.", "The project costs 2 trillion won."),
        ("인구는 2,500 만 명이다.", "The population is 25 million."),
        ("인구는 2천 5백 만 명이다.", "The population is 25 million."),
        ("사업비는 백 만 달러다.", "The project costs $1 million."),
        ("사업비는 일억 사천 이백만 달러다.", "The project costs $142 million."),
        ("22 억 5 천만 명이 370 억 달러를 쓴다.", "They are 2.25 billion people and spend $37 billion."),
        ("만 2천 명이 십억엔을 냈다.", "Some 12,000 people paid 1 billion yen."),
        ("스물 세 명이 열 네 번째로 왔다.", "Twenty-three people came, as the 14th group."),
        # Words and signs of a number
        ("어머니는 환갑이고 할머니는 팔순이다.", "The mother is 60, the grandmother 80."),
        ("칠십 평생을 살았다.", "He lived there all his 70 years."),
        ("백번 양보해도 그렇다.", "Even granting that, it is so."),
        ("80도대의 더위다.", "It is heat in the 80s."),
        ("2/5가 반대했고 1/28은 몰랐다.", "Two-fifths were opposed and 1/28th did not know."),
        ("9초93에 뛰었다.", "He ran it in 9.93 seconds."),
        ("1분44초80이다.", "It is 1:44.80."),
        ("타율 3할2푼1리다.", "He bats .321."),
        ("아이폰 3G다.", "It is an iPhone 3G."),
        ("홈팀이 1대3으로 졌다.", "The home team lost 3-1."),
        ("서른대여섯 명이 네댓새 걸었다.", "Some 35 or 36 people walked for four or five days."),
        ("십중팔구 실패한다.", "Nine times out of 10 it fails."),
        ("88 서울올림픽 이후다.", "It was after the 1988 Seoul Olympics."),
        ("두 배 반이다.", "It is two and a half times as much."),
        ("2년 반 걸렸다.", "It took more than two years."),
        ("10km 반경이다.", "It is a 6-mile radius."),
        ("제7차 핵실험이다. 3분의 1이 왔다.", "It is the seventh nuclear test. A third came."),
        ("오천만 국민이 봤다.", "All 50 million citizens watched."),
        ("2006년 여름에 열렸다.", "It opened in the summer of 2006."),
        ("2002 월드컵 이후다.", "It was after the World Cup."),
        ("911 테러 이후다.", "It was after the Sept. 11 attacks."),
        ("2000년대 노래다.", "It is a song of the ’00s."),
        ("태국&#8226;캄보디아다.", "They are Thailand and Cambodia."),
        ("억만 장자다.", "He is a billionaire."),
        ("현재 189달러(약 19만6000)다.", "It is $189."),
        ("사람의 발이 발견됐다.", "Two of five feet were found."),
        ("처음이며 그랜드슬램에서는 2번째다.", "She is the first, and second at any Grand Slam."),
        # Temperatures and conversions
        ("25m 떨어진 곳이다.", "It is 25 meters (75 feet) away."),
        ("체온이 39도다.", "The temperature is 102 degrees."),
        ("영하 17도다.", "It is 17 degrees below zero."),
        ("키는 180㎝다.", "He is 5-foot-11."),
        ("6미터(18피트)의 파도다.", "The waves are six meters (18 feet) high."),
        ("1달러 50센트다.", "It is $1.50."),
        ("금리를 50 베이시스 포인트 내렸다.", "It cut rates by 50 basis points."),
        ("1000억 유로를 빌려준다.", "It lends 100 bil. euros."),
        # Approximate
        ("십여 명이 왔다.", "More than 10 people came."),
        ("십여 명이 왔다.", "Some 15 people came."),
        ("30여 명이 왔다.", "Dozens came."),
        # Parts of names, and words that are no numbers
        ("16K 사진이다.", "It is one of 16k photos."),
        ("스탠더드앤드푸어스 지수가 내렸다.", "The Standard & Poor's 500 index fell."),
        ("국채가 14/32 내렸다.", "The bond fell 14/32."),
        ("태양 전지판과 열 방사기다.", "They are solar panels and thermal radiators."),
        ("세 불리기에 나섰다.", "He set out to expand his base."),
        ("이 분은 선생님이다.", "This is a teacher."),
        # Ordinals and streaks
        ("제3국을 거쳤다.", "They came through a third country."),
        ("헌법 9조다.", "It is Article 9 of the Constitution."),
        ("제2의 인생이다.", "It is a new life."),
        ("3주 연속 올랐다.", "It rose for three straight weeks."),
        ("3주 연속 올랐다.", "It rose for a third straight week."),
        ("5개월 연속 줄었다.", "It fell for the fifth month in a row."),
        # Another month, and a month without its day
        ("한 달 전 4월에는 조용했다.", "It was quiet in April."),
        ("지난달 3월에 비해 늘었다.", "It was up from March."),
        ("9월 29일 열렸다.", "It was held late in September."),
        # Without a counter
        ("두 자매가 왔다.", "The sisters came."),
        ("네 이웃을 사랑하라.", "Love your neighbor."),
        ("팔 년 동안 일했다.", "He worked for eight years."),
        ("이백오십만 주민이 산다.", "Two and a half million residents live there."),
    ],
)  # fmt: skip
def test_is_silent_where_both_say_the_same(source: str, target: str) -> None:
    assert [issue for issue in issues(source, target) if issue.severity != "hint"] == []


@pytest.mark.parametrize(
    ("source", "target", "check", "severity"),
    [
        ("3만5천 명이 왔다.", "Some 3,500 came.", "numbers.magnitude", "error"),
        ("2천 5백 만 명이 왔다.", "Some 2,500 came.", "numbers.magnitude", "error"),
        ("204만 명이 왔다.", "Some 20.4 million came.", "numbers.magnitude", "error"),
        ("12조3천억 원이다.", "It is 12.3 billion won.", "numbers.magnitude", "error"),
        ("17명이 왔다.", "Some 71 people came.", "numbers.different", "error"),
        ("두 명이 왔다.", "Three people came.", "numbers.different", "error"),
        ("응답자의 3분의 2다.", "It is one-third of them.", "numbers.different", "error"),
        ("응답자의 22%다.", "It is 22 people.", "numbers.different", "error"),
        ("세 배로 늘었다.", "It doubled.", "numbers.different", "error"),
        ("베일(34)이 왔다.", "Bale, 43, came.", "numbers.different", "error"),
        ("수십만 명이 왔다.", "Millions came.", "numbers.vague", "error"),
        ("3%포인트 올랐다.", "It rose by 3%.", "numbers.points", "warning"),
        ("25명이 왔다.", "People came.", "numbers.missing", "warning"),
        ("사람들이 왔다.", "Some 25 people came.", "numbers.added", "warning"),
        ("세 명이 왔다.", "People came.", "numbers.small", "hint"),
        ("십여 명이 왔다.", "Dozens came.", "numbers.missing", "warning"),
        (
            "수천 채가 무너져 수천 명이 떠났다.",
            "Thousands of houses fell and tens of thousands left.",
            "numbers.vague",
            "error",
        ),
        ("제3국을 거쳤다.", "They came through a fourth country.", "numbers.different", "error"),
        ("헌법 제3조다.", "It is Article 4 of the Constitution.", "numbers.different", "error"),
        ("3주 연속 올랐다.", "It rose for a fourth straight week.", "numbers.different", "error"),
        ("7분기 연속 적자다.", "It is the eighth quarter in a row.", "numbers.different", "error"),
        ("두 자매가 왔다.", "The three sisters came.", "numbers.few", "warning"),
        ("형제 셋이 왔다.", "Five brothers came.", "numbers.different", "error"),
        ("팔 년 동안 일했다.", "He worked for eight months.", "measures.unit", "error"),
        ("1달러 50센트다.", "It is $1.15.", "money.different", "error"),
        ("4-0으로 완승했다.", "They won 4-1.", "numbers.score", "warning"),
        ("500만 원을 냈다.", "They paid $5 million.", "money.currency", "error"),
        ("45유로다.", "It is 45 yuan.", "money.currency", "error"),
        ("530만 원을 냈다.", "They paid 350 million won.", "money.different", "error"),
        ("50kg을 받았다.", "They got 50 tons.", "measures.unit", "error"),
        ("두 사람이 두 시간 기다렸다.", "The two waited for two days.", "measures.unit", "error"),
        ("복구에 3일이 더 걸린다.", "The work will take three more weeks.", "measures.unit", "error"),
        ("9살이다.", "He is nine months old.", "numbers.different", "error"),
        ("289km 떨어졌다.", "It is 289 km (18 miles) away.", "measures.conversion", "error"),
        ("117km 떨어졌다.", "It is 110 miles away.", "measures.different", "error"),
        ("1992년에 왔다.", "They came in 1929.", "dates.year", "error"),
        ("1931년에 왔다.", "They came in 1930.", "dates.year", "error"),
        ("8월 8일 열린다.", "It opens on Aug. 9.", "dates.day", "error"),
        ("8월 21일부터 31일까지다.", "It runs from Aug. 22 to 31.", "dates.day", "error"),
        ("9월 3일 열린다.", "It opens on Nov. 3.", "dates.month", "error"),
        ("한 달 전인 4월 3일 열렸다.", "It opened a month ago, on June 3.", "dates.month", "error"),
        ("9월 29일 열렸다.", "It opened on September.", "dates.day-missing", "warning"),
        ("금요일에 왔고 금요일에 갔다.", "They came on Friday and left on Saturday.", "dates.weekday", "error"),
        ("오전 9시다.", "It is at 9 P.M.", "dates.ampm", "error"),
        ("징역 2년 6개월을 선고했다.", "He got two years and eight months.", "numbers.different", "error"),
        ("영하 20도였다.", "It was minus 20 degrees Fahrenheit.", "measures.unit", "error"),
        ("3% 줄었다.", "It fell by 3 percentage points.", "numbers.points", "warning"),
        (
            "1분기 매출이 한 해 전보다 늘었다.",
            "Second-quarter sales rose from a year before.",
            "numbers.different",
            "error",
        ),
        ("상반기에 늘었다.", "It rose in the second half.", "numbers.different", "error"),
        ("7차 핵실험이다.", "It is the sixth nuclear test.", "numbers.different", "error"),
        ("세계 3위 경제 대국이다.", "It is the world’s second-largest economy.", "numbers.different", "error"),
        ("매주 화·목요일에 열린다.", "It is held on Tuesday and Wednesday.", "dates.weekday", "error"),
        ("주민 100명 중 46명이 굶는다.", "Sixty-four percent of the residents go hungry.", "numbers.added", "warning"),
        ("낮 12시 30분에 왔다.", "They came at 12:30 a.m.", "dates.ampm", "error"),
        ("3·1절 기념사다.", "It is the May 1 speech.", "dates.month", "error"),
        ("12·3 비상계엄이다.", "It is the martial law of Dec. 2.", "dates.day", "error"),
        ("KN-23을 쐈다.", "It fired a KN-25.", "numbers.different", "error"),
        ("4G 통신망이다.", "It is a 5G network.", "numbers.different", "error"),
        ("스물 세 명이 왔다.", "Twenty-six people came.", "numbers.different", "error"),
        ("22 억 5 천만 명이다.", "It is 22.5 billion people.", "numbers.magnitude", "error"),
        ("세 차례 만났다.", "They met five times.", "numbers.few", "warning"),
        ("예닐곱 명이 왔다.", "Two or three people came.", "numbers.few", "warning"),
        ("한 시간 반 걸렸다.", "It took two and a half hours.", "numbers.different", "error"),
        ("아침 7시 45분에 왔다.", "They came at 7:45 p.m.", "dates.ampm", "error"),
        ("9·19 군사합의다.", "It is the Sept. 9 agreement.", "dates.day", "error"),
        (
            "200명이 죽고 수백 채가 무너졌다.",
            "Some 300 people died and hundreds of houses fell.",
            "numbers.different",
            "error",
        ),
        ("토요일에 졌고 금요일에 이겼다.", "They lost on Saturday and won on Saturday.", "dates.weekday", "error"),
        ("90억 파운드다.", "It is $9 billion.", "money.currency", "error"),
        ("제7차 핵실험이다.", "It is an eighth nuclear test.", "numbers.different", "error"),
        ("어제저녁 왔다.", "They came yesterday morning.", "dates.word", "warning"),
        ("하루 세 번 먹는다.", "They eat twice a day.", "numbers.few", "warning"),
        ("네댓새 걸린다.", "It takes six or seven days.", "numbers.few", "warning"),
        ("두 시간 반 걸렸다.", "It took two hours.", "numbers.different", "error"),
        ("4·3 사건이다.", "It is the March 4 incident.", "dates.month", "error"),
        ("절반 넘게 깎였다.", "It was cut by more than a third.", "numbers.few", "warning"),
        ("3대1로 이겼다.", "They won 3-2.", "numbers.score", "warning"),
        ("영하 17도다.", "It is 17 degrees.", "measures.sign", "warning"),
        ("1/28이다.", "It is 1/20th.", "numbers.different", "error"),
        ("타율 3할2푼1리다.", "He bats .312.", "numbers.missing", "warning"),
        ("300km(180마일) 떨어졌다.", "It is 180 kilometers away.", "measures.missing", "warning"),
        ("오는 17~19일 열린다.", "It is open April 17-29.", "dates.day", "error"),
    ],
)
def test_says_what_is_wrong_and_writes_nothing_in_its_place(
    source: str, target: str, check: str, severity: str
) -> None:
    found = [issue for issue in issues(source, target) if issue.check == check]
    assert [(issue.check, issue.severity, issue.fix) for issue in found] == [(check, severity, None)]


def test_a_text_that_is_no_translation_is_left_to_other_checks() -> None:
    assert (
        issues(
            "Bush to ask for more money for Katrina. 부시, 지원금 500억 달러 요청",
            "Nine days after the hurricane the water goes.",
        )
        == []
    )
    assert (
        issues(
            "제목만 있다.",
            "A whole story stands behind the headline, with 8,000 fans, 25 booths and all that " + "more " * 20,
        )
        == []
    )


def test_nothing_is_said_of_other_languages() -> None:
    unit = Unit("k7f3q2mx", "3만5천 명이 왔다.", "3,500 Menschen kamen.")
    assert [issue for name in FAMILIES for issue in load(name).check(unit, CheckContext("de"))] == []

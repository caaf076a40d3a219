"""Words of the calendar in both languages, by kind: parts of a month, seasons, holidays, weeks.

Invariant: each word has one meaning, the name of its group; a word that may be another word is in
none of the kinds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.language.quantities.english_dates import MONTH_NAMES, WEEKDAY_NAMES


class Vocabulary(NamedTuple):
    """Patterns of a kind of words in both languages. The name of a group is a meaning."""

    korean: re.Pattern[str]
    english: re.Pattern[str]
    signs: tuple[str, ...]
    """Parts of its English words, one of which is in every text that has any of them."""
    korean_signs: tuple[str, ...]
    """The same of its Korean words."""


_MONTHS = "|".join((*MONTH_NAMES, "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec"))
_PERIOD = (
    rf"(?:{_MONTHS}|[12][0-9]{{3}}|['’]?[0-9]0s|[0-9]{{1,2}}(?:st|nd|rd|th)[- ]century|century|year|month|decade"
    "|spring|summer|fall|autumn|winter|teens|twenties|thirties|forties|fifties|sixties|seventies)"
)
_WHICH = r"(?:(?:in|this|last|next|of|the|each|every|her|his|their)[ -])*"
_OF_PERIOD = "(?:[0-9]월|[0-9]{2,4}년대?|[0-9]0대|세기|올해|지난 ?해|작년|내년|이달|지난 ?달|다음 ?달|내달|이번 ?달|(?<![가-힣])[연월])"
_AFTER = "(?=[에께쯤경까부인이의 ,.)]|$)"
_PARTS = Vocabulary(
    re.compile(
        rf"(?P<early>[초상]순|{_OF_PERIOD} ?(?:초반|초{_AFTER}))|(?P<mid>중순|{_OF_PERIOD} ?중[반엽])"
        rf"|(?P<late>하순|{_OF_PERIOD} ?(?:후반|말엽|말{_AFTER}))"
    ),
    re.compile(
        rf"\b(?:(?P<early>early[ -]{_WHICH}{_PERIOD}|(?:beginning|start) of {_WHICH}{_PERIOD})"
        rf"|(?P<mid>mid[ -]{_WHICH}{_PERIOD}|middle of {_WHICH}{_PERIOD})"
        rf"|(?P<late>late[ -]{_WHICH}{_PERIOD}|(?:end|close) of {_WHICH}{_PERIOD}|year[ -]end))"
    ),
    ("early", "beginning of", "start of", "mid", "late", "end of", "close of", "year-end", "year end"),
    ("순", "초", "중", "말", "반"),
)
_NOON = Vocabulary(
    re.compile(
        "(?P<noon>정오(?![가-힣]{3})|낮 ?12시(?! ?[0-9]|간))"
        "|(?P<midnight>자정(?! ?(?:능력|작용|노력|기능|운동|결의))|밤 ?12시(?! ?[0-9]|간)|(?<![0-9])0시(?! ?[0-9]|간))"
    ),
    re.compile(
        r"\b(?:(?P<noon>noon|midday|12(?::00)? ?p\.?m\b)|(?P<midnight>midnight|12(?::00)? ?a\.?m\b))", re.IGNORECASE
    ),
    ("noon", "Noon", "midday", "idnight", "12"),
    ("정오", "자정", "12시", "0시"),
)
_DAY = "(?:어제|오늘|내일|전날|이날|그날|다음 ?날|이튿날|[월화수목금토일]요일|[0-9]일)"
HALVES = Vocabulary(
    re.compile(
        rf"(?P<morning>오전|아침에|새벽|{_DAY} ?아침)|(?P<afternoon>오후|저녁에|{_DAY} ?(?:저녁|낮))|(?P<night>{_DAY} ?밤|어젯밤)"
    ),
    re.compile(
        rf"\b(?:(?P<morning>morning|dawn|daybreak|a\.m\b|am\b|early (?:on )?(?:{'|'.join(WEEKDAY_NAMES)}))"
        rf"|(?P<afternoon>afternoon|evening|tonight|p\.m\b|pm\b)|(?P<night>night|late (?:on )?(?:{'|'.join(WEEKDAY_NAMES)})))\b",
        re.IGNORECASE,
    ),
    ("orning", "dawn", "daybreak", ".m.", "am", "pm", "fternoon", "vening", "night", "arly ", "ate "),
    ("오전", "오후", "아침", "저녁", "새벽", "밤", "낮"),
)
_BEFORE_SEASON = "(?<![가-힣])(?:올|지난|새|[늦초한]|이듬해 ?|이른 ?)?"
_SEASONS = Vocabulary(
    re.compile(
        rf"(?P<spring>(?:올|지난|지난해|작년|재작년|내년|이번|오는|매년|해마다|년|다음 해|이듬해) ?봄"
        rf"|{_BEFORE_SEASON}봄(?=[과이을에의은도부까,]|철|비"
        rf"|학기|방학|농사|가뭄|갈이|가을| 가을)|(?<![가-힣])춘계)"
        rf"|(?P<summer>{_BEFORE_SEASON}여름|(?:해|년|번|는) ?여름|(?<![가-힣])하계)"
        rf"|(?P<fall>(?:{_BEFORE_SEASON}|(?<=봄))가을|(?:해|년|번|는) ?가을|(?<![가-힣])추계)"
        rf"|(?P<winter>{_BEFORE_SEASON}겨울|(?:해|년|번|는) ?겨울|(?<![가-힣])동계)"
    ),
    re.compile(
        r"\b(?:(?P<spring>(?<!hot )(?<!to )(?:[Ss]pring|mid-?spring|springtime)(?! up| water| from| into))"
        r"|(?P<summer>(?:mid-?)?[Ss]ummer(?:time)?)"
        r"|(?P<winter>(?:mid-?)?[Ww]inter(?:time)?)"
        r"|(?P<fall>(?<![Mm]id-)[Aa]utumn|(?:the|in|last|next|this|every|each|late|early|of) fall\b"
        r"(?! (?:in|of (?!20|19)|from|to|below))|(?<=spring and )fall|(?<=summer and )fall|(?<=winter and )fall|(?<=spring or )fall"
        r"|[Ff]all (?:and (?:spring|winter)|harvest|semester|session|training|planting|term|season|crop|20|19)))"
        r"(?![a-z])"
    ),
    ("pring", "ummer", "fall", "Fall", "utumn", "inter"),
    ("봄", "여름", "가을", "겨울", "계"),
)
_WEEKDAYS = "|".join(WEEKDAY_NAMES)
_COUNTED = r"(?: full)? (?:week|{_WEEKDAYS})\b".replace("{_WEEKDAYS}", _WEEKDAYS)
_WEEKS = Vocabulary(
    re.compile(
        "|".join(
            f"(?P<{name}>{word} ?(?:주(?![가-힣])|주[에는의까부]|[월화수목금토일]요일))"
            for name, word in (
                ("first", "첫(?:째|번째)?"), ("second", "(?:둘|두 ?번)째"), ("third", "(?:셋|세 ?번)째"),
                ("fourth", "(?:넷|네 ?번)째"), ("fifth", "다섯 ?(?:번)?째"), ("last", "마지막"),
            )
        )
    ),
    re.compile(
        rf"\b(?:(?P<first>first{_COUNTED})|(?P<second>second{_COUNTED})|(?P<third>third{_COUNTED})|(?P<fourth>fourth{_COUNTED})"
        rf"|(?P<fifth>fifth{_COUNTED})|(?P<last>(?:last|final){_COUNTED}(?= of| in )))"
    ),
    ("irst ", "econd ", "hird ", "ourth ", "ifth ", "ast ", "inal "),
    ("째", "번", "첫", "마지막"),
)  # fmt: skip
_RELATIVE_WEEKS = Vocabulary(
    re.compile(
        "(?<![가-힣])(?:(?P<lastweek>(?:지난|저번) ?주(?!말? ?(?:간|동안))(?![가-힣]*년))|(?P<thisweek>이번 ?주|금주)"
        "|(?P<nextweek>다음 ?주|내주(?=[ 에의부])))"
    ),
    re.compile(
        r"\b(?:(?P<lastweek>(?:last|past|previous|preceding) week(?:end)?)|(?P<thisweek>this (?:coming |past )?week(?:end)?)"
        r"|(?P<nextweek>(?:next|following|coming) week(?:end)?))\b",
        re.IGNORECASE,
    ),
    ("week",),
    ("주",),
)
_WEEKEND = Vocabulary(
    re.compile("(?P<weekend>주말(?!농장))|(?P<weekday>(?<![가-힣])(?:평일|주중(?=에))|[월화수목]요일)"),
    re.compile(
        r"\b(?:(?P<weekend>weekends?|Saturdays?|Sundays?|Fridays?|holidays?)"
        r"|(?P<weekday>weekdays?|(?:during|throughout|through) the week\b|all week\b|midweek|(?:Mon|Tues|Wednes|Thurs)days?))\b"
    ),
    ("week", "day"),
    ("주말", "평일", "주중", "요일"),
)
_AGO_OR_LATER = Vocabulary(
    re.compile(
        "(?P<past>(?:[0-9]|[일한두세네석넉몇수] ?)(?:일|주|주일|달|개월|년|시간|해) ?전(?=[ 에부인의,.]))"
        "|(?P<future>(?:[0-9]|[일한두세네석넉몇수] ?)(?:일|주|주일|달|개월|년|시간|해) ?[뒤후](?=[ 에의인,.]))"
    ),
    re.compile(
        r"\b(?:(?P<past>(?:day|week|month|year|decade|hour)s? (?:ago|earlier|before|prior))"
        r"|(?P<future>(?:day|week|month|year|decade|hour)s? (?:later|from now)"
        r"|(?:with)?in (?:a|an|the next|[0-9]+|two|three|four|five|six|seven|eight|nine|ten) (?:day|week|month|year|decade|hour)s?\b))"
    ),
    ("ago", "earlier", "before", "prior"),
    ("전", "뒤", "후"),
)
"""Compared only where the English looks back: “later” may be counted from another event."""
_FEW_PERIODS = Vocabulary(
    re.compile(
        "(?<![가-힣])(?:(?P<days>며칠|수일)|(?P<weeks>[몇수] ?주(?=[ 간에째전후뒤동]))|(?P<months>(?:[몇]|두어|두세|서너) ?달|수 ?개월"
        "|몇 ?개월)"
        "|(?P<years>몇 ?년|수년|몇 ?해|여러 ?해)|(?P<hours>[몇수] ?시간))"
    ),
    re.compile(
        r"\b(?:(?:a|the past|the last) (?:few|couple of) |several |for |many |some |over |with|after |took |spent )?(?:in )?(?<=(?:few"
        r"|ral|for|any|ome|ver| of|.in|ter|ook|ent) )"
        r"(?:(?P<days>days)|(?P<weeks>weeks)|(?P<months>months)|(?P<years>years)|(?P<decades>decades)|(?P<hours>hours))\b"
    ),
    ("days", "weeks", "months", "years", "decades", "hours"),
    ("몇", "수", "며칠", "여러", "두", "서너"),
)
_ONE_PERIOD = Vocabulary(
    re.compile(
        "(?<![가-힣0-9])(?:(?P<day>하루)|(?P<week>일주일|1주일|한 주)|(?P<month>한 ?달|1개월|일개월)|(?P<year>(?:일|1|한) ?[년해])"
        "|(?P<century>한 ?세기)|(?P<decade>십 ?년))"
        " ?(?:전|뒤|후|만[에의]|동안|간|째|넘게|가량|내내|앞|을? 앞[둔두서]|을? 남)(?=[ 에의,.고긴겨]|$)"
    ),
    re.compile(
        r"\b(?:(?:for|in|over|within|after|about|nearly|almost|some|only|just) )?(?:a|one) "
        r"(?:(?P<day>day)|(?P<week>week)|(?P<month>month)|(?P<year>year)|(?P<century>century)|(?P<decade>decade))(?= (?:ago|later"
        r"|earlier|after|before|long|away|ahead|left)\b|[.,]|$)"
    ),
    ("day", "week", "month", "year", "century", "decade"),
    ("하루", "주", "달", "개월", "년", "해", "세기"),
)
_DAWN = Vocabulary(
    re.compile(
        "(?P<dawn>(?<![가-힣])(?:동틀|동트|동이 트|해 ?뜰|해 ?뜨|해돋이|일출|여명))|(?P<dusk>(?<![가-힣])(?:해 ?질"
        "|해가 지|황혼|일몰|땅거미|해거름))"
        "|(?P<night>(?<![가-힣])한밤(?:중)?(?=[에의 ]))|(?P<midday>(?<![가-힣])(?:대낮|한낮))"
    ),
    re.compile(
        r"\b(?:(?P<dawn>dawn|daybreak|sunrise|first light)|(?P<dusk>dusk|sunset|nightfall|twilight|sundown)"
        r"|(?P<night>(?:middle|dead|dark) of (?:the )?night|midnight|late at night|by night|overnight)"
        r"|(?P<midday>middle of the day|midday|broad daylight|noon|daytime))\b"
    ),
    ("dawn", "daybreak", "sun", "light", "dusk", "night", "day", "noon"),
    ("동", "해", "일", "여명", "황혼", "땅거미", "밤", "낮"),
)
_HOLIDAYS = Vocabulary(
    re.compile(
        "(?<![가-힣])(?:(?P<seollal>설날|설(?= (?:연휴|명절))|음력설|구정)|(?P<chuseok>추석|한가위)"
        "|(?P<liberation>광복절)|(?P<foundation>개천절)"
        "|(?P<constitution>제헌절)|(?P<christmas>성탄절|크리스마스)|(?P<easter>부활절)|(?P<hangul>한글날)|(?P<memorial>현충일)"
        "|(?P<children>어린이날)|(?P<parents>어버이날)|(?P<teachers>스승의 ?날)|(?P<sun>태양절)|(?P<star>광명성절)"
        "|(?P<women>국제부녀절|여성의 ?날)|(?P<dano>단오)|(?P<labor>노동절|근로자의 ?날|메이데이)|(?P<victory>전승절)|(?P<arbor>식목일"
        "|식수절)"
        "|(?P<buddha>석가탄신일|부처님 ?오신 ?날)|(?P<thanks>추수감사절)|(?P<halloween>핼러윈|할로윈)"
        "|(?P<army>국군의 ?날)|(?P<newyear>신정|새해 첫날|신년(?:사(?![가-힣]{2})|회견|회)|새해 ?(?:인사|맞이|전야)))"
    ),
    re.compile(
        r"\b(?:(?P<seollal>Lunar New Year|Seollal)|(?P<chuseok>Chuseok)|(?P<liberation>(?:National )?Liberation Day)"
        r"|(?P<foundation>(?:National )?Foundation Day)|(?P<constitution>Constitution Day)|(?P<christmas>Christmas)|(?P<easter>Easter)"
        r"|(?P<hangul>Hangul Day)|(?P<memorial>Memorial Day)|(?P<children>Children['’]s Day)|(?P<parents>Parents['’]? Day)"
        r"|(?P<teachers>Teachers['’]? Day)|(?P<sun>Day of the Sun)|(?P<star>Day of the Shining Star)|(?P<women>Women['’]s Day)"
        r"|(?P<dano>Dano)|(?P<labor>Labou?r Day|May Day)|(?P<victory>Victory Day)|(?P<arbor>Arbor Day)"
        r"|(?P<buddha>Buddha['’]s Birthday)|(?P<thanks>Thanksgiving)|(?P<halloween>Halloween)"
        r"|(?P<army>Armed Forces Day)|(?P<newyear>New Year(?:['’]s)?))"
    ),
    (
        " Day",
        "New Year",
        "Seollal",
        "Chuseok",
        "Christmas",
        "Easter",
        "Day of",
        "Dano",
        "Birthday",
        "Thanksg",
        "Hallow",
    ),
    ("설", "절", "추석", "한가위", "크리스마스", "날", "일", "구정", "신", "새해", "단오", "메이", "윈"),
)
_FIRST_OR_LAST_DAY = Vocabulary(
    re.compile("(?P<firstday>첫 ?날(?![가-힣]{2})|첫째 ?날)|(?P<lastday>마지막 ?날(?![가-힣]{2}))"),
    re.compile(
        r"\b(?:(?P<firstday>(?:first|opening) (?:full )?day)|(?P<lastday>(?:last|final|closing) day))\b", re.IGNORECASE
    ),
    ("irst ", "pening", "ast ", "inal", "losing"),
    ("첫", "마지막"),
)
_LAST = r"(?:last|previous|preceding|prior)"
_NEXT = r"(?:next|following|coming)"
_PERIODS = Vocabulary(
    re.compile(
        "(?<![가-힣])(?:(?P<lastweek>(?:지난|저번) ?주(?! ?[0-9])|(?:일|1)주일 ?전|한 ?주 ?전)|(?P<thisweek>이번 ?주|금주)"
        "|(?P<nextweek>다음 ?주|내주(?=[ 에의부]))"
        "|(?P<lastmonth>지난 ?달|저번 ?달|전월|전달(?=보다|에 비해| 대비| 같은)|(?:한|1) ?(?:달|개월) ?전)|(?P<thismonth>이달|이번 ?달"
        "|금월)"
        "|(?P<nextmonth>다음 ?달|내달|새달)|(?P<samemonth>같은 ?달|그달|동월)"
        "|(?P<lastyear>지난 ?해|작년|전년|(?:1|일|한) ?[년해] ?전|지난 1년|지난 한 해|최근 1년)|(?P<thisyear>올해|금년|올(?= ))"
        "|(?P<nextyear>내년|명년|이듬해|다음 ?해|(?:1|일) ?년 ?[뒤후])|(?P<sameyear>같은 ?해|그해)"
        "|(?P<lastquarter>(?:지난|전) ?분기)|(?P<thisquarter>이번 ?분기)|(?P<nextquarter>다음 ?분기))"
    ),
    re.compile(
        "|".join(
            rf"\b(?:(?P<last{unit}>{_LAST} {unit}\b|(?:a|one) {unit} (?:earlier|ago|before)\b)|(?P<this{unit}>this (?:coming "
            rf"|past )?{unit}\b)"
            rf"|(?P<next{unit}>{_NEXT} {unit}\b)|(?P<same{unit}>(?:same|that) {unit}\b))"
            for unit in ("week(?:end)?", "month", "year", "quarter")
        ).replace("week(?:end)?>", "week>"),
        re.IGNORECASE,
    ),
    ("week", "month", "year", "quarter"),
    ("주", "달", "월", "해", "년", "올", "분기"),
)
_ENDS = Vocabulary(
    re.compile(
        "(?P<yearend>연말(?!정산)|(?:올해|내년|작년|지난해|[0-9]년) ?말(?=[까부이쯤 에께,.]|$)|연내|세밑)"
        "|(?P<monthend>월말|(?:이달|이번 ?달|다음 ?달|내달|지난달|[0-9]월) ?말(?=[까부이쯤 에께,.]|$))"
    ),
    re.compile(
        r"\b(?:(?P<yearend>end of (?:the|this|next|last|that) year|year[- ]end|within the year|late (?:this|next|last) year)"
        r"|(?P<monthend>end of (?:the|this|next|last|that) month|month[- ]end|within the month|late (?:this|next|last) month)"
        r"|(?P<weekend>end of (?:the|this|next|last|that) week))\b",
        re.IGNORECASE,
    ),
    ("end of", "end", "within the", "ate "),
    ("말", "연내", "세밑"),
)
_FREQUENCIES = Vocabulary(
    re.compile(
        "(?<![가-힣])(?:(?P<daily>매일(?!신)|날마다)|(?P<weekly>매주|주마다)|(?P<monthly>매달|매월|달마다)|(?P<yearly>매년|해마다)"
        "|(?P<biweekly>격주)|(?P<bimonthly>격월)|(?P<biyearly>격년))"
    ),
    re.compile(
        r"\b(?:(?P<daily>(?:every|each) day|daily)|(?P<weekly>(?:every|each) week|weekly)|(?P<monthly>(?:every|each) month|monthly)"
        r"|(?P<yearly>(?:every|each) year|yearly|annual(?:ly)?)|(?P<biweekly>every (?:two|other|second) weeks?|biweekly|fortnight\w*)"
        r"|(?P<bimonthly>every (?:two|other|second) months?|bimonthly)|(?P<biyearly>every (?:two|other|second) years?|biennial\w*))\b",
        re.IGNORECASE,
    ),
    ("very ", "ach ", "ly", "nnual", "fortnight", "iennial"),
    ("매", "마다", "격"),
)
_ERAS = Vocabulary(
    re.compile("(?P<bc>기원전)|(?P<ad>기원후|(?<![가-힣])서기(?= ?[0-9]))"),
    re.compile(r"\b(?:(?P<bc>B\.?C\b(?:\.?E\b)?)|(?P<ad>A\.D\b|AD\b|C\.?E\b))"),
    ("B", "A", "C"),
    ("기원", "서기"),
)
_ALL = Vocabulary(
    re.compile(
        "(?P<allday>하루 ?종일|온종일)|(?P<allnight>밤새(?:도록|껏)?(?=[ 에]))|(?P<allweek>(?:일주일|한 ?주|주) ?내내)"
        "|(?P<allmonth>달 ?내내)"
        "|(?P<allweekend>주말 ?내내)"
        "|(?P<allyear>(?:년|해) ?내내)"
    ),
    re.compile(
        "|".join(
            rf"\b(?P<all{unit}>(?:all|(?:the|an?) (?:whole|entire|full)|throughout the) {unit}\b{other})"
            for unit, other in (
                ("day", ""),
                ("night", "|overnight"),
                ("weekend", ""),
                ("week", ""),
                ("month", ""),
                ("year", ""),
            )
        )
    ),
    ("all ", "whole ", "entire ", "full ", "overnight", "throughout"),
    ("내내", "종일", "밤새"),
)
_WARS = Vocabulary(
    re.compile(
        "(?P<korea>6[·.]25 ?(?:전쟁|때|당시|참전)|한국 ?전쟁|조국해방전쟁)|(?P<vietnam>(?:베트남|월남) ?전쟁?)|(?P<gulf>걸프 ?전쟁?)"
        "|(?P<iraq>이라크 ?전쟁?(?=[ 에을이]))"
        "|(?P<cold>(?<![가-힣])(?:신)?냉전)|(?P<pacific>태평양 ?전쟁)|(?P<imjin>임진왜란)|(?P<sino>청일 ?전쟁)|(?P<russo>러일 ?전쟁)"
    ),
    re.compile(
        r"\b(?:(?P<korea>Korean War)|(?P<vietnam>Vietnam War)|(?P<gulf>Gulf War)|(?P<iraq>Iraq War)|(?P<cold>Cold War)"
        r"|(?P<pacific>Pacific War)|(?P<imjin>Imjin War)|(?P<sino>Sino-Japanese War)|(?P<russo>Russo-Japanese War))\b"
    ),
    (" War",),
    ("전쟁", "월남전", "베트남전", "걸프전", "이라크전", "냉전", "왜란", "25"),
)
NEAR = frozenset(
    {
        frozenset({"seollal", "newyear"}), frozenset({"afternoon", "night"}), frozenset({"samemonth", "lastmonth"}),
        frozenset({"samemonth", "thismonth"}), frozenset({"sameyear", "lastyear"}), frozenset({"sameyear", "thisyear"}),
    }
)  # fmt: skip
"""Pairs of meanings that one word may have: “New Year” for 설날."""
MEANINGS = {
    "lastweek": "last week", "thisweek": "this week", "nextweek": "next week", "past": "ago", "future": "later",
    "days": "a few days", "weeks": "a few weeks", "months": "a few months", "years": "a few years", "hours": "a few hours",
    "day": "a day", "week": "a week", "month": "a month", "year": "a year", "century": "a century", "decade": "a decade",
    **{f"all{unit}": f"all {unit}" for unit in ("day", "night", "week", "weekend", "month", "year")},
    "firstday": "the first day", "lastday": "the last day",
    "seollal": "Lunar New Year", "chuseok": "Chuseok", "liberation": "Liberation Day", "foundation": "Foundation Day",
    "constitution": "Constitution Day", "christmas": "Christmas", "easter": "Easter", "hangul": "Hangul Day",
    "memorial": "Memorial Day", "children": "Children’s Day", "parents": "Parents’ Day", "teachers": "Teachers’ Day",
    "sun": "the Day of the Sun", "star": "the Day of the Shining Star", "women": "Women’s Day", "army": "Armed Forces Day",
    "newyear": "New Year’s Day", "dano": "Dano", "labor": "Labor Day", "victory": "Victory Day", "arbor": "Arbor Day",
    "buddha": "Buddha’s Birthday", "thanks": "Thanksgiving", "halloween": "Halloween",
    **{f"{which}{unit}": f"{'the same' if which == 'same' else which} {unit}"
       for which in ("last", "this", "next", "same") for unit in ("week", "month", "year", "quarter")},
    "yearend": "the end of the year", "monthend": "the end of the month", "biweekly": "every two weeks",
    "bimonthly": "every two months", "biyearly": "every two years", "bc": "B.C.", "ad": "A.D.", "korea": "the Korean War",
    "vietnam": "the Vietnam War", "gulf": "the Gulf War", "iraq": "the Iraq War", "cold": "the Cold War", "pacific": "the Pacific War",
    "imjin": "the Imjin War", "sino": "the Sino-Japanese War", "russo": "the Russo-Japanese War",
    "qa": "the first quarter", "qb": "the second quarter", "qc": "the third quarter",
    "qd": "the fourth quarter",
}  # fmt: skip
"""Meanings that are not the name of their group."""
_QUARTERS = Vocabulary(
    re.compile(
        "(?<![0-9~∼～·/])(?:"
        + "|".join(
            f"(?P<{name}>{n}(?: ?[/·] ?4)? ?분기(?! ?(?:연속|내리|째|동안|만에)))"
            for n, name in enumerate(("qa", "qb", "qc", "qd"), 1)
        )
        + ")"
    ),
    re.compile(
        "|".join(
            rf"(?P<{name}>\b{first}(?:[-–]| (?:to|through) ){last}\b|\b{word}[- ](?:fiscal )?quarter\b(?! of an)|\bQ{n}\b)"
            for n, (name, first, last, word) in enumerate(
                (
                    ("qa", "January", "March", "[Ff]irst"), ("qb", "April", "June", "[Ss]econd"),
                    ("qc", "July", "September", "[Tt]hird"), ("qd", "October", "December", "[Ff]ourth"),
                ), 1
            )
        )
    ),
    ("uarter", "Q", "-", "–", " to ", "through"),
    ("분기",),
)  # fmt: skip
VOCABULARIES = (
    _QUARTERS,
    _PARTS, _NOON, _SEASONS, _WEEKS, _RELATIVE_WEEKS, _WEEKEND, _AGO_OR_LATER, _FEW_PERIODS, _ONE_PERIOD, _DAWN, _HOLIDAYS,
    _FIRST_OR_LAST_DAY, _PERIODS, _ENDS, _FREQUENCIES, _ERAS, _ALL, _WARS,
)  # fmt: skip

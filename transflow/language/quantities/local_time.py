"""Days that a date in local time may be elsewhere: 25일(현지시간) in Washington.

A Korean report writes the day of the place, or that of Seoul, and calls both 현지시간. So the day
of the translation may be the same, or one earlier if it is earlier at the place, or one later if it
is later there. A table has the places.

Invariant: places within three hours of Seoul have the same day; for a place that is not in the
table, the day may be one earlier, as in the Americas.
"""

from __future__ import annotations

import re

Shifts = frozenset[int]
"""Days that a date may be later elsewhere: -1, 0, 1."""
_LOCAL = re.compile(r"현지 ?시[간각]")
_OTHER_ZONE = re.compile(
    r"한국 ?시[간각]|(?:평양|서울|북한|워싱턴|뉴욕|베이징|도쿄|모스크바|런던) ?시간|[동서중산]부 ?(?:표준)?시간?"
    r"|GMT|그리니치(?: ?표준시)?|UTC|세계 ?표준시|협정 ?세계시|표준시|\b[ECMP][SD]?T\b|\bKST\b"
    r"|\bin Seoul time\b|\b(?:Korea|Korean|Pyongyang|Seoul|Washington|Eastern|Pacific) (?:[Ss]tandard |[Dd]aylight )?[Tt]ime\b",
)
"""Patterns for a second time zone, in which the same moment may have another date."""
_LOCAL_IN_ENGLISH = re.compile(r"\blocal time\b", re.IGNORECASE)
_IN_KOREA = re.compile(r"(?:[0-9]|[ap]\.m\.|[a-z]day),? in (?:South )?Korea\b")
"""Words for the time in Korea, beside that of another place."""
_MIN_HOURS = 3.0
"""Smallest difference to Seoul with which the day may be another one."""
_PLACES: dict[float, str] = {
    -19: "하와이 호놀룰루",
    -17: ("로스앤젤레스 LA 샌프란시스코 시애틀 캘리포니아 라스베이거스 밴쿠버 할리우드 실리콘밸리 샌디에이고"),
    -16: "덴버 콜로라도 유타 애리조나 앨버타 캘거리",
    -15: (
        "시카고 일리노이 텍사스 휴스턴 댈러스 미네소타 위스콘신 멕시코 멕시코시티 과테말라 코스타리카 "
        "온두라스 니카라과 엘살바도르"
    ),
    -14: (
        "미국 국무부 백악관 펜타곤 워싱턴 뉴욕 유엔 안보리 안전보장이사회 보스턴 필라델피아 플로리다 "
        "마이애미 애틀랜타 조지아주 버지니아 펜실베이니아 매사추세츠 미시간 오하이오 캐나다 토론토 "
        "오타와 몬트리올 쿠바 아바나 콜롬비아 보고타 페루 리마 파나마 에콰도르 아이티"
    ),
    -13: "베네수엘라 카라카스 볼리비아 칠레 산티아고 파라과이",
    -12: "브라질 상파울루 브라질리아 리우데자네이루 아르헨티나 부에노스아이레스 우루과이",
    -9: "영국 런던 스코틀랜드 웨일스 아일랜드 더블린 포르투갈 리스본 아이슬란드 가나 세네갈 모로코",
    -8: (
        "프랑스 파리 독일 베를린 뮌헨 프랑크푸르트 벨기에 브뤼셀 스위스 제네바 취리히 이탈리아 로마 "
        "밀라노 스페인 마드리드 바르셀로나 네덜란드 헤이그 암스테르담 오스트리아 빈에서 비엔나 체코 "
        "프라하 폴란드 바르샤바 헝가리 부다페스트 스웨덴 스톡홀름 노르웨이 오슬로 덴마크 코펜하겐 바티칸 "
        "교황청 유럽연합 EU 나토 NATO 세르비아 크로아티아 나이지리아 알제리 튀니지 앙골라 콩고민주공화국"
    ),
    -7: (
        "이집트 카이로 남아프리카공화국 남아공 우크라이나 키이우 키예프 핀란드 헬싱키 그리스 아테네 "
        "이스라엘 예루살렘 텔아비브 가자지구 레바논 베이루트 루마니아 불가리아 에스토니아 라트비아 "
        "리투아니아 수단 리비아 짐바브웨 잠비아"
    ),
    -6: (
        "러시아 모스크바 크렘린 벨라루스 민스크 튀르키예 터키 앙카라 이스탄불 사우디 사우디아라비아 "
        "리야드 이라크 바그다드 시리아 다마스쿠스 요르단 쿠웨이트 카타르 도하 예멘 케냐 나이로비 "
        "에티오피아 우간다 탄자니아 소말리아"
    ),
    -5.5: "이란 테헤란",
    -5: "아랍에미리트 UAE 두바이 아부다비 오만 아제르바이잔 아르메니아",
    -4.5: "아프가니스탄 카불",
    -4: "파키스탄 이슬라마바드 우즈베키스탄 타슈켄트 카자흐스탄 투르크메니스탄 타지키스탄",
    -3.5: "뉴델리 뭄바이 스리랑카",
    -3: "방글라데시 다카 키르기스스탄",
    -2.5: "미얀마 양곤 네피도",
    -2: ("베트남 하노이 호찌민 다낭 태국 방콕 치앙라이 라오스 비엔티안 캄보디아 프놈펜 인도네시아 자카르타 발리"),
    -1: (
        "중국 베이징 상하이 선양 단둥 옌지 훈춘 다롄 창춘 지린 랴오닝 홍콩 마카오 대만 타이완 타이베이 "
        "싱가포르 말레이시아 쿠알라룸푸르 필리핀 마닐라 몽골 울란바토르"
    ),
    0: "일본 도쿄 오사카 교토 삿포로 후쿠오카 오키나와 히로시마",
    1: "호주 시드니 캔버라 멜버른 블라디보스토크 하바롭스크 괌 사이판 파푸아뉴기니",
    3: "뉴질랜드 웰링턴 오클랜드 피지 바누아투",
}
"""Places and institutions by the hours that they are ahead of Seoul, without summer time."""
_HOURS = {place: hours for hours, places in _PLACES.items() for place in places.split()}
_PLACE = re.compile(
    "|".join(sorted(_HOURS, key=len, reverse=True)) + r"|(?<![가-힣])미(?= |[가-힣]*부\b)|인도(?=[ 는가의에]|$)"
)
_OTHER_HOURS = {"미": -14.0, "인도": -3.5}
SAME_DAY: Shifts = frozenset({0})
_EITHER: Shifts = frozenset({-1, 0, 1})


def day_shifts(source: str, target: str) -> Shifts:
    """Return the days by which a date of the translation may differ from that of the source.

    If both name the same zones, each date of the translation is one of the source.
    """
    zones = [{_zone(match[0]) for match in _OTHER_ZONE.finditer(text)} for text in (source, target)]
    if zones[0] or zones[1]:
        if zones[0] and _IN_KOREA.search(target):
            zones[1].add("KST")
        for names, local, text in zip(zones, (_LOCAL, _LOCAL_IN_ENGLISH), (source, target), strict=True):
            names.update({"local"} if local.search(text) else ())
        return SAME_DAY if zones[0] == zones[1] else _EITHER
    if _LOCAL.search(source):
        return _shifts_at(source) or frozenset({-1, 0})
    if _LOCAL_IN_ENGLISH.search(target):
        return _shifts_at(source) or _EITHER
    return SAME_DAY


_ZONES = {
    "KST": ("한국", "서울", "평양", "북한", "KST", "Korea", "Pyongyang", "Seoul"),
    "ET": ("동부", "워싱턴", "뉴욕", "EST", "EDT", "ET", "Eastern", "Washington"),
    "PT": ("서부", "PST", "PDT", "PT", "Pacific"),
    "GMT": ("GMT", "UTC", "그리니치", "세계", "협정"),
}  # fmt: skip


def _zone(name: str) -> str:
    """Return the zone that a mention names; the mention itself for the others."""
    return next((zone for zone, words in _ZONES.items() if name.startswith(words)), name)


def _shifts_at(text: str) -> Shifts | None:
    """Return the shifts of the places that a text names; None if the table has none of them."""
    places = _PLACE.findall(text)
    if not places:
        return None
    hours = [_HOURS.get(place, _OTHER_HOURS.get(place, 0.0)) for place in places]
    earlier = {-1} if min(hours) <= -_MIN_HOURS else set()
    later = {1} if max(hours) >= _MIN_HOURS else set()
    return SAME_DAY | earlier | later

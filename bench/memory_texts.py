"""Generator of Korean news memories of any size, and of queries for them.

Sentences are generated from our own patterns with names, places, numbers and phrases exchanged, so
that the memory resembles that of a newsroom: many similar sentences, and few equal ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

PEOPLE = "김하늘 이서준 박지우 최도윤 정예린 강민재 조유나 윤태호 장수빈 임가온 한지훈 오세라 서동현 신아름 권혁수 황보라 안재현 송미경 류지호 전다은".split()
TITLES = "대변인 장관 차관 대표 위원장 특별보고관 연구위원 교수 국장 의원 사무총장 조사관 소장 변호사 대사".split()
BODIES = "외교부 통일부 국방부 유엔 국무부 인권위원회 적십자사 통계청 보건부 농업부 합동참모본부 세계식량계획 국가정보원 해양경찰청 중앙은행 교육부 시민연대 인권단체 국제기구 대사관".split()
PLACES = "서울 평양 베이징 선양 단둥 신의주 혜산 회령 원산 함흥 청진 개성 도쿄 제네바 뉴욕 워싱턴 방콕 울란바토르 모스크바 하노이 강원도 자강도 량강도 함경북도 평안남도 황해남도 연변 지린성 랴오닝성 부산".split()
THINGS = "식량 비료 의약품 석탄 쌀값 환율 전력 백신 연료 옥수수 수산물 목재 철광석 휴대전화 건설자재 밀가루 소금 종자 농기계 시멘트".split()
GROUPS = "탈북민 노동자 주민 농민 학생 군인 여성 어린이 상인 무역업자 간부 환자 이산가족 유학생 선원 교사 의사 국군포로 납북자 난민".split()
ISSUES = "강제 송환|인권 침해|식량 부족|국경 통제|제재 위반|불법 조업|사이버 공격|미사일 시험|전염병 확산|홍수 피해|가뭄|물가 상승|밀수|통신 차단|이동 제한|아동 노동|표현의 자유|정치범 수용소|비핵화|군사 훈련".split(
    "|"
)
ACTS = "촉구했다 밝혔다 우려했다 발표했다 확인했다 부인했다 비판했다 경고했다 강조했다 요청했다 설명했다 지적했다 보도했다 주장했다 덧붙였다 전했다 인정했다 반박했다 제안했다 거듭 말했다".split()
WHEN = (
    "지난달 올해 들어 지난주 최근 지난해 이달 초 어제 오전 지난 5년 동안 이번 회의에서 현지 시간으로 지난 화요일 새벽에 한 달 만에".split(
        "  "
    )
    + "지난달|올해 들어|지난주|최근|지난해|이달 초|오전|지난 5년 동안|이번 회의에서|현지 시간으로|지난 화요일|새벽에|한 달 만에|연말까지".split(
        "|"
    )
)
SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지치키티피히강남동명박산성영정진천평한현"
OPENINGS = (
    "{body} {person} {title}은 {n}일 {place}에서 열린 기자회견에서",
    "{when} {place}에서는",
    "{body}가 {when} 내놓은 보고서에 따르면",
    "{place} 출신 {group} {person} 씨는",
    "{person} {title}에 따르면",
    "{place} 당국은 {when}",
    "{body}와 {body2}는",
    "익명을 요구한 {place}의 한 소식통은",
    "{issue}에 대한 {body}의 조사가 {n}개월째 이어지는 가운데",
    "{when} {place}을 다녀온 {group}들은",
    "{place2} 주민 {m}명이 서명한 편지에서 이들은",
    "{body} 청문회에 나온 {person} {title}은",
    "현지 언론 {word}일보는 {n}일 자 신문에서",
    "{place}와 {place2}를 잇는 도로가 {when} 막히면서",
    "국경 지역에 사는 {group}들 사이에서는",
    "올해 {n}살인 {person} 씨는",
    "{body2}를 이끄는 {person} {title}은 본지와 한 전화 통화에서",
    "{thing} 값이 {when} {n}퍼센트 오르자",
    "{word} 사건이 알려진 뒤",
    "{place} 시장에서 {thing}을 파는 {person} 씨는",
    "정부 소식통은 {n}일",
    "{issue} 문제를 오래 연구한 {person} 교수는",
    "{n}년 전 {place}을 떠난 {person} 씨는",
    "{body} 관계자는 취재진에게",
    "지난 총회에서 {body2} 대표단은",
)
MIDDLES = (
    "{group}들이 {issue} 때문에 집으로 돌아가지 못하고 있다고",
    "{issue}을 멈추라는 결의안에 {n}개 나라가 찬성했다고",
    "{thing}을 실은 화물차 {n}대가 {place2} 세관에 묶여 있다고",
    "{n}월 {m}일까지 {thing}을 바치라는 지시가 내려왔다고",
    "{body2}가 {group} {n}명의 이름을 명단에 올렸다고",
    "아이들이 학교 대신 {thing} 공장에서 하루 {m}시간씩 일한다고",
    "{place2}로 가는 열차가 {n}시간 늦게 떠났다고",
    "지난해보다 {m}퍼센트 많은 {group}들이 도움을 청했다고",
    "{issue}의 책임을 {body2}에 물어야 한다고",
    "{person2} {title}의 발언은 사실과 다르다고",
    "{word} 지역에 {thing} {n}톤을 보내기로 했다고",
    "강가에 새 울타리 {n}킬로미터가 세워졌다고",
    "병원에는 {thing}이 모자라 수술을 {m}건이나 미뤘다고",
    "{group} {n}명을 면담해 {issue} 사례 {m}건을 찾아냈다고",
    "전기가 하루 {m}시간밖에 들어오지 않는다고",
    "{word} 회사가 {group}들의 임금 {n}만 달러를 떼어 갔다고",
    "밤마다 {place2} 쪽에서 트럭 소리가 들린다고",
    "두 나라가 {issue}을 다룰 실무반을 {n}월에 꾸린다고",
    "{person2} 씨의 가족이 {place2}에 갇혀 있다고",
    "편지를 보낸 지 {n}주가 지나도록 답이 없다고",
    "위성 사진에서 새 건물 {m}채가 보인다고",
    "손전화로 외부와 통화한 {group}들이 조사를 받았다고",
    "배급이 {n}그램으로 줄었다고",
    "{thing} 밀수가 다시 늘고 있다고",
    "재판은 {m}분 만에 끝났다고",
    "올겨울을 넘기기 어렵다는 말이 돈다고",
    "{word} 마을의 {n}가구가 물에 잠겼다고",
    "외국에 있는 {group}들도 투표할 수 있게 해야 한다고",
    "{body2}의 사무실 {m}곳을 닫았다고",
    "아무도 처벌받지 않았다고",
)
CLOSINGS = (
    "{act}.",
    "{act}.",
    "거듭 {act}.",
    "{place2} 회의에서 {act}.",
    "{act}고 {word}통신이 전했다.",
    "말하면서도 자세한 내용은 밝히지 않았다.",
    "말하고 {n}쪽짜리 자료를 내놓았다.",
    "알려졌지만 {body}는 확인을 거부했다.",
    "하자 {group}들이 박수를 쳤다.",
    "말한 뒤 눈물을 보였다.",
    "썼다.",
    "{person2} {title}에게 {act}.",
    "보고, {n}일 다시 모이기로 했다.",
    "알려져 {issue} 논란이 커지고 있다.",
)
SHORT = (
    "{person}은 그렇게 {act}.",
    "{place}에서 {thing} 지원이 {when} 다시 시작됐다.",
    "{body}는 {issue}을 {act}.",
    "{group}들은 {word}로 갔다.",
    "{n}명이 다쳤다.",
    "{person} 씨는 {n}살이다.",
    "{place}은 조용했다.",
    "{thing}은 {n}원이다.",
    "회담은 {n}시간 만에 끝났다.",
    "{word} 씨는 대답하지 않았다.",
    "“{issue}은 안 된다.”",
    "{n}월 {m}일의 일이다.",
)


KITCHEN_FIRST = (
    "감자는 껍질째 씻어 네 조각으로 썰고", "찌개가 끓어오르면 거품을 걷어 내고", "봄에 심은 장미는 뿌리가 마르지 않게", "반죽이 두 배로 부풀 때까지 따뜻한 곳에 두었다가",
    "양파를 갈색이 나도록 볶은 다음", "화분의 흙이 바싹 말랐을 때에만", "간장과 설탕을 같은 양으로 섞어", "잎이 노랗게 변한 가지는",
)  # fmt: skip
KITCHEN_MIDDLE = (
    "숟가락으로 살살 저어 가며 약한 불에 올리면", "가위로 바짝 잘라 주고 물을 듬뿍 뿌려야", "소금을 조금 넣어 맛을 보고 나서", "햇볕이 드는 창가에 사흘쯤 놓아두면", "냉장고에서 하룻밤 재웠다가 구우면",
)  # fmt: skip
KITCHEN_LAST = (
    "훨씬 부드러워집니다.",
    "꽃이 오래 피어요.",
    "아이들도 맛있게 먹는답니다.",
    "뿌리까지 튼튼해지지요.",
    "향이 그대로 살아 있어요.",
)


def _word(random: Random) -> str:
    """Return an invented name: memories are full of words that occur once."""
    return "".join(random.choices(SYLLABLES, k=random.choice((2, 3, 3, 4))))


def _pattern(random: Random) -> str:
    if random.random() < 0.08:
        return random.choice(SHORT)
    middles = " ".join(random.choices(MIDDLES, k=random.choice((1, 1, 1, 2)))).replace(
        "고 ", "며 ", random.randrange(2)
    )
    return f"{random.choice(OPENINGS)} {middles} {random.choice(CLOSINGS)}"


def sentence(random: Random) -> str:
    """Return a sentence of 8 to 170 characters."""
    pick: Callable[[list[str]], str] = random.choice
    return _pattern(random).format(
        person=_name(random),
        person2=_name(random),
        title=pick(TITLES),
        body=pick(BODIES),
        body2=_word(random) + " " + pick(["재단", "협회", "위원회"]),
        place=pick(PLACES),
        place2=pick(PLACES) if random.random() < 0.7 else _word(random) + "군",
        thing=pick(THINGS),
        group=pick(GROUPS),
        issue=pick(ISSUES),
        act=pick(ACTS),
        when=pick(WHEN),
        word=_word(random),
        n=random.randrange(2, 980),
        m=random.randrange(2, 60),
    )


def _name(random: Random) -> str:
    return random.choice(PEOPLE) if random.random() < 0.5 else random.choice(SYLLABLES) + _word(random)[:2]


def sentences(count: int, seed: int = 1) -> list[str]:
    """Return different sentences: our own, repeated with a third of their words exchanged."""
    random = Random(seed)
    plain = [sentence(random) for _ in range(3_000)]
    words = [word for text in plain for word in text.split(" ")]
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(_exchanged(word, words, random) for word in random.choice(plain).split(" "))] = None
    return list(found)


def _exchanged(word: str, words: list[str], random: Random) -> str:
    draw = random.random()
    if draw < 0.3:
        return random.choice(words)
    return _word(random) + word[-1] if draw < 0.35 else word


def edited(text: str, share: float, random: Random) -> str:
    """Return a text with this share of its words exchanged, left out or duplicated."""
    words = text.split(" ")
    for _ in range(max(1, round(len(words) * share))):
        place = random.randrange(len(words))
        words[place : place + 1] = random.choice(([], [_word(random)], [words[place], _word(random)]))
        words = words or [_word(random)]
    return " ".join(words)


def mistyped(text: str, share: float, random: Random) -> str:
    """Return a text with this share of its characters exchanged."""
    characters = list(text)
    for place in random.sample(range(len(characters)), round(len(characters) * share)):
        characters[place] = random.choice(SYLLABLES)
    return "".join(characters)


def without_rarest(text: str, random: Random) -> str:
    """Return a text with names and numbers exchanged, the rare words that a search uses first."""
    words = text.split(" ")
    rare = [
        place for place, word in enumerate(words) if any(c.isdigit() for c in word) or any(p in word for p in PEOPLE)
    ]
    for place in rare or [0]:
        words[place] = (
            _word(random)
            if not words[place][0].isdigit()
            else f"{random.randrange(2, 980)}{words[place].lstrip('0123456789')}"
        )
    return " ".join(words)


def questions(memory: list[str], count: int, seed: int = 5) -> dict[str, list[str]]:
    """Return kind -> texts to look up: three realistic kinds, then deliberately difficult ones."""
    random = Random(seed)
    short = [text for text in memory if len(text) <= 24]

    def some(make: Callable[[str], str], among: list[str] = memory) -> list[str]:
        return [make(text) for text in random.choices(among, k=count)]

    return {
        "exact": some(str),
        "edited": some(lambda text: edited(text, random.uniform(0.05, 0.2), random)),
        "unrelated": list(_unrelated(count, random)),
        "short": some(lambda text: mistyped(text, random.uniform(0.04, 0.2), random), short),
        "rarest replaced": some(lambda text: without_rarest(text, random)),
        "typos 15-24%": some(lambda text: mistyped(text, random.uniform(0.15, 0.24), random)),
    }


def _unrelated(count: int, random: Random) -> Iterator[str]:
    """Return sentences of cooks and gardeners, which no newsroom has translated."""
    for _ in range(count):
        yield f"{random.choice(KITCHEN_FIRST)} {_word(random)} {random.choice(KITCHEN_MIDDLE)} {random.choice(KITCHEN_LAST)}"

"""Affixes of Korean nouns: particles, endings, prefixes, suffixes, titles and counters.

Invariant: `is_ending` accepts whole endings only: particles in a row, forms of 이다, and forms of
하다 and 되다.
"""

from __future__ import annotations

import re

PARTICLES = frozenset(
    """
은 는 이 가 을 를 의 에 에서 에게 에게서 께 께서 한테 로 으로 로서 으로서 로써 으로써 로부터
으로부터 부터 까지 마저 조차 도 만 만큼 만이 와 과 하고 이나 나 이랑 랑 이란 란 이라 라 이라는 라는
이라고 라고 이라며 라며 이라면 라면 이라도 라도 이든 든 이든지 든지 이나마 처럼 같이 보다 대로 밖에 뿐
마다 씩 커녕 이며 며 이고 이다 다 인 일 임 이었다 였다 이었던 였던 이었으며 였으며 입니다 입니까
이에요 예요 이지만 지만 이자 이면 면 이냐 냐 인데 인지 이니 이란다 이야 야 이여 여 들 간 측 여서
이어서 이므로 므로 이기 이겠 이라서 라서 뿐이다 쯤 께서는 님
""".split()
)
_VERBS = re.compile(
    "(?!한의)(?:하|한|할|함|해|했|되|된|될|됨|돼|됐|시키|시킨|시킬|시켰|당하|당한|당했)"
    "(?:다|는|고|며|면|지|기|게|던|도록|려|려고|자|서|여|야|었다|였다|습니다|ㄴ다|니|므로|거나|느라|라|라고|다고|다는|다며|지만|는데|을|를|이|에|은|도|으로|의|고자|는지|길|기로|기에|기도|는|"
    "음|었던|였던|겠다|야만|도|준|줄|줬다|온|왔다|왔던|보다|본|봤다|주|어야|었|십시오|달라|달라고|세요|)*"
)
_ENDING = re.compile(f"(?:{'|'.join(sorted(PARTICLES, key=len, reverse=True))}){{1,3}}")

PREFIXES = frozenset(
    "대친반주재전현신구비범탈방북남동서중한미일러조영불독귀본각총제양무항옛군당시역불부외내고저초여녀핵준자산"
)
"""Syllables that may precede a noun: 대(對)미국, 주(駐)러시아, 전(前)장관, 남(南)베트남."""
SUFFIXES = frozenset(
    "시도군구읍면리동인산행발계식당국측령만강호역관원촌항교사제권어과장성적화형용점부회실단대전반법안률별용품자들님씨여내원"
)
"""Syllables that may follow a noun: 평양시, 러시아산, 서울행, 유엔군."""
TITLES = frozenset(
    "목사 의원 후보 장관 총리 기자 교수 박사 판사 검사 변호사 회장 의장 대통령 대변인 선생 감독 국장 대사 장군 사장".split()
)
"""Titles that are written together with a surname: 김목사, 박의원."""
SCALES = frozenset("십백천만억조여")
"""Syllables that belong to a number, after its digits: 3천만달러, 10여국가."""
COUNTERS = frozenset("자차개국대기")
"""Syllables that count the noun that follows, after a number: 6자회담, 2차대전, 5개국회의."""


def is_ending(text: str) -> bool:
    """True if a text consists of particles or of a conjugated ending only; the empty text does."""
    return not text or _ENDING.fullmatch(text) is not None or _VERBS.fullmatch(text) is not None


def is_particle(text: str) -> bool:
    return _ENDING.fullmatch(text) is not None

"""Korean numerals as values: 3만5천, 1억 2천만, 스물다섯, 삼천만, 수십만, 3분의 1.

Invariant: every pattern here matches only text that `value_of` or `native_value` can read, and does
not match words that merely begin like a numeral.
"""

from __future__ import annotations

import re


def alternatives(words: object) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda each: (-len(each), each)))  # type: ignore[call-overload]


DIGITS = r"[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?"
_COUNTED = (
    "(?:명|사람|달러|원|위안|엔|유로|루블|파운드|불|톤|배럴|개|건|마리|가구|년|평|척|표|곳|권|발|미터|킬로|헥타르|리터|세대"
    "|㎞|㎡|km|kg)"
)
"""Counters of great numbers."""
_MORE = rf"(?= ?(?:여 ?)?{_COUNTED}| [0-9]{{1,4}} ?[십백천]{{0,2}}만? ?(?:여 ?)?{_COUNTED})"
_GREAT = rf"(?:[만억]| [만억]{_MORE}|조| 조(?= ?(?:달러|원|위안|엔|유로)| [0-9]{{1,4}} ?[십백천]{{0,2}}억))"
"""만, 억 and 조; after a space only if a counter follows, unlike in 5 만에 and 3 조."""
_SMALL_SCALE = rf"(?:[십백천]{{1,2}}| [십백천]{{1,2}}(?=[만억]{_MORE}|{_MORE}))"
NUMERAL = (
    rf"{DIGITS}(?:(?:여(?=[만억]))?(?:{_SMALL_SCALE}{_GREAT}?|{_GREAT})"
    rf"(?:(?: (?=[0-9])(?:(?<=[만억조] )|(?<=[백천] )(?=[0-9]{{1,3}}(?:[십백]|[만억조]))))?{DIGITS})?)*"
)
"""Digits with 십, 백, 천, 만, 억, 조: 12조3천억, 1만 8500, 20여만, 1억 4천 2백만, 22 억 5 천만."""
SINO = (
    "[일이삼사오육륙칠팔구]?[십백천만억][일이삼사오육륙칠팔구십백천만억조]*"
    "(?: (?:[일이삼사오육륙칠팔구]?[십백천]|[만억])[일이삼사오육륙칠팔구십백천만억]*){0,3}"
)
"""Numerals without digits: 삼천만, 십만, 백. A counter must follow, as many words begin like
this.
"""

SINO_DIGITS = "일이삼사오육륙칠팔구십백천만억조"
_SMALL = {"십": 10.0, "백": 100.0, "천": 1000.0}
_BIG = {"만": 1e4, "억": 1e8, "조": 1e12}
_ONES = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[일이삼사오육륙칠팔구십백천만억조]")


def value_of(numeral: str) -> float:
    """Return the value of a numeral in digits or Sino-Korean words, or both."""
    total = section = current = 0.0
    for token in _TOKEN.findall(numeral):
        if token in _SMALL:
            section += (current or 1) * _SMALL[token]
            current = 0.0
        elif token in _BIG:
            total += (section + current or 1) * _BIG[token]
            section = current = 0.0
        else:
            current = float(_ONES[token]) if token in _ONES else float(token.replace(",", ""))
    return total + section + current


def last_scale(numeral: str) -> float:
    """Return the scale of a numeral: 1e4 in 4만, 1000 in 4천, 1 in 40."""
    scale = 1.0
    for character in numeral:
        scale *= _SMALL.get(character, 1.0) * _BIG.get(character, 1.0)
    return scale


_NATIVE_TENS = {"열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_NATIVE_AGES = ("스물", "서른", "마흔", "예순", "일흔", "여든", "아흔")
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
NATIVE_WORDS = {"스무": 20, **_NATIVE_TENS, **_NATIVE_ONES} | {
    ten + one: tens + ones for ten, tens in _NATIVE_TENS.items() for one, ones in _NATIVE_ONES.items()
}
SPANS = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "두어": (2, 3), "서너": (3, 4), "너댓": (4, 5), "네댓": (4, 5),
    "너더댓": (4, 5), "너덧": (4, 5), "네다섯": (4, 5), "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8), "여덟아홉": (8, 9),
    "엳아홉": (8, 9), "여남은": (10, 12), "열두세": (12, 13), "열서너": (13, 14),
}  # fmt: skip
"""Words for “two or three”, with the lowest and the highest value."""
_SINO_SPANS = {
    "이삼": (2, 3),
    "삼사": (3, 4),
    "사오": (4, 5),
    "오륙": (5, 6),
    "육칠": (6, 7),
    "칠팔": (7, 8),
    "팔구": (8, 9),
}
_SINO_SCALES = {"": 1, "십": 10, "백": 100, "천": 1000, "만": 10_000, "십만": 100_000, "백만": 1_000_000}
SPANS |= {
    word + scale: (low * size, high * size)
    for word, (low, high) in _SINO_SPANS.items()
    for scale, size in _SINO_SCALES.items()
}
SPAN = rf"(?:{alternatives(_NATIVE_TENS)})?(?:{alternatives(SPANS)})"
"""Pattern for 두세, 대여섯, 서른대여섯."""
WORDS_OF_SPANS = frozenset(SPANS)
SPANS |= {
    ten + word: (tens + low, tens + high)
    for ten, tens in _NATIVE_TENS.items()
    for word, (low, high) in SPANS.items()
    if ten + word not in SPANS
}
DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip
DAY_SPANS = {"사나흘": (3, 4), "네댓새": (4, 5), "너더댓새": (4, 5), "대엿새": (5, 6), "예니레": (6, 7)}
"""Words for “three or four days”."""
IDIOMS = {
    "십중팔구": (10, 9, 8),
    "열에 아홉": (10, 9),
    "열에 여덟": (10, 8),
    "일석이조": (2,),
    "일거양득": (2,),
    "삼팔선": (38,),
}
"""Phrases that contain numbers, which English may have or not."""
HALVES = {
    "반 시간": (0.5, "hour"),
    "반시간": (0.5, "hour"),
    "반년": (0.5, "year"),
    "반세기": (50.0, "year"),
    "사반세기": (25.0, "year"),
    "반나절": (6.0, "hour"),
    "반달": (15.0, "day"),
    "반 마일": (0.5, "mile"),
    "반 킬로": (0.5, "km"),
}
MAGNITUDES = {
    "십": 1, "백": 2, "천": 3, "만": 4, "십만": 5, "백만": 6, "천만": 7, "억": 8, "십억": 9, "백억": 10, "천억": 11, "조": 12,
}  # fmt: skip
"""Powers of ten in 수십, 몇백만."""


NATIVE = alternatives(NATIVE_WORDS)
SPACED_NATIVE = rf"(?:{alternatives(_NATIVE_TENS)}) (?:{alternatives(_NATIVE_ONES)})"
"""Tens and ones with a space between them, against the spelling rules: 스물 세."""
COUNTED_ALONE = {"둘": 2, "셋": 3, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
"""Numerals that stand after a noun, without a counter: 형제 셋이."""
NATIVE_ALONE = alternatives([*_NATIVE_AGES, *(ten + one for ten in _NATIVE_TENS for one in _NATIVE_ONES)])
"""Numerals that are no other word: 예순셋, 여든."""


def native_value(word: str) -> int:
    """Return the value of a native numeral, also of 스물 세."""
    return NATIVE_WORDS[word.replace(" ", "")]


BIRTHDAYS = {"환갑": 60, "회갑": 60, "칠순": 70, "고희": 70, "팔순": 80, "구순": 90, "불혹": 40, "지천명": 50}
"""Words for birthdays and ages, with the age."""
FRACTION = r"(?:[0-9]+[십백천만억]*|[이삼사오육칠팔구십백천만]{1,3})분의 ?(?:[0-9]+(?:\.[0-9]+)?|[일이삼사오육칠팔구](?![가-힣]*요일))"


def fraction_value(text: str) -> float:
    """Return the value of 3분의 2, 0.667; 0 if the denominator is 0."""
    below, above = text.split("분의", 1)
    denominator = value_of(below)
    return value_of(above) / denominator if denominator else 0.0

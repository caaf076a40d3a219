"""Finished verbs without a full stop: 했어요, 갔다, 있음.

Invariant: every pattern is bounded and looks backward from the end of a verb, or forward from the
next word. Endings that are nouns too (가능함, 갈 듯) count only in a text that has no full stops
after verbs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from transflow.language.segment.wording import PICTURE, STARTER

ENDINGS = "다요까죠음네지어라든아구군걸당용욧쥬야듯함됨임"
"""Last syllables of such verbs."""
LENGTH = 2
"""Minimum number of syllables of a verb."""
_NIEUN, _BIEUP, _SSANGSIOT = 4, 17, 20
"""Indexes of ㄴ, ㅂ and ㅆ among the final consonants of Hangul syllables in Unicode (28 to a
vowel, from U+AC00).
"""


def _syllables(*finals: int) -> str:
    return "".join(chr(each) for each in range(0xAC00, 0xD7A4) if (each - 0xAC00) % 28 in finals)


_PRESENT = "니" + _syllables(_NIEUN)
"""Syllables before 다 in a verb that can only end a sentence: 간다, 합니다."""
_ADJECTIVE = "없좋많같싶렇렵쉽겁짧길높낮넓좁맵춥덥밉쁘"
"""Last syllables of the stems of adjectives, before 다."""
_PAST = _syllables(_SSANGSIOT)
_PAST_ONLY = _PAST.replace("있", "")
_NO_POLITE = "필중주수개동가소강목긴민일월화금토법불고요"
"""Syllables before 요 in nouns: 필요, 가요, 고요."""
_VERBS = "".join(
    rf"""(?: (?<=[{_PRESENT}]다) | (?<=[가-힣][^\W{_NO_POLITE}]요) | (?<=[가-힣][하]고요) | (?<=[해와봐돼줘써커]요)
      | (?<=[{_syllables(_BIEUP)}]니까) | (?<=[가-힣]죠) | (?<=[{_PAST}같좋많싫없]음) | (?<=[{_PAST}없]네)
      | (?<=[{_PAST_ONLY}][지어]) | (?<=더라) | (?<=더라구) | (?<=거든) | (?<=잖아) | (?<=[는겠었았했렇갔왔됐]구나) | (?<=[었았]군)
      | (?<=[{_PAST}]걸) | (?<=니당) | (?<=[네어아해에예세데게]용) | (?<=세욧) | (?<=[겠이네]쥬) | (?<=[는던한할된]\s거야) | (?<=거임)
      | (?<=[것뿐]임) | (?<=때문임) )""".split()
)
"""Pattern for the place after a finished verb."""
_PAUSES = rf"(?<=[{_PAST}{_ADJECTIVE}]다)"
"""The same after a verb that may go on: 갔다 돌아온, 체포됐다 풀려났다.

In a text with full stops, only a word that begins a sentence shows that it ended.
"""
_NOTES = "".join(
    r"""(?: (?<=[가-힣][인은는을]\s듯) | (?<=[가는할될한인]듯) | (?<=[가-힣]이다) | (?<=[가-힣]이네)
      | (?<=[가-힣][^\W포모군명결고물편표관수축위양전계륙급서]함) | (?<=[가-힣]됨)
      | (?<=[가-힣][^\W책담모게취퇴해신선후전위부사연재방쓰직속겸타레라수중이]임) )""".split()
)
"""The same in messages and notes: 갈 듯, 가능함."""
_VERB, _PAUSE = re.compile(_VERBS), re.compile(_PAUSES)
AFTER_VERB = rf"(?<=[{ENDINGS}])(?=[\s~ㅋㅎㅠㅜ^☆★♡♥\u2600-\u27bf\U0001f000-\U0001faff])(?:{_VERBS}|{_PAUSES}|{_NOTES})"
"""Pattern for the place after a verb that may end a sentence without a full stop."""
_FORMAL = re.compile(r"[다요]\.(?:\s|$)")
TAIL = re.compile(
    rf"(?:\s뭐(?=\s))?(?>(?:[~ㅋㅎㅠㅜ^☆★♡♥]|{PICTURE}|\s(?=[ㅋㅎㅠㅜ]{{2}}|\^\^|{PICTURE})){{0,20}})(?=\s)"
)
"""Signs of laughing and crying between a verb and the next sentence."""
REMARK_SIGNS = "다요죠까음ㅋㅎㅠㅜ~^"
"""Last characters of such a remark."""
REMARK_END = re.compile(r"(?:다|요|죠|까|음)[ㅋㅎㅠㅜ~^]{0,12}$")
"""Text before a bracket that closes a remark: (저는 안 먹었지만요ㅋㅋ)"""
_PUNCTUATION = ".,;:!?…-–—)]"
_GOES_ON = re.compile(
    rf"""(?: 고(?![객등위향]) | 며(?!칠) | 면(?=\s) | 면서 | 는(?=\s) | 던 | 라[고며는]? | 만(?=\s) | 만은 | 뿐 | 시피 | 보니 | 보면
      | 해도 | 한들 | 하(?:더|던|지|고|며|면|는|여|니|다가|길래|기에) | 했(?:다|던|고|으|지|는|더) | 한(?:다|들) | 할(?:\s|까|지) | 싶
      | 말(?:고|았|했|하|할|씀|이야|이다|을) | 않 | 못 | 치(?:고|더|면) | 그러(?:더|면|는) | 식(?:으로|의|이) | 등(?:의|을|이|은|에)?\s
      | 때문 | 정도 | 거나 | 같(?:은|이|다|아) | 듯 | 는데 | 든지 | 어도 | 생각 | 전[했하해] | 밝[혔히] | 주장 | 덧붙 | 믿
      | 느[꼈끼낀] | 알려 | 들[었은] | 보[인이여] | 봐야 | 안\s | 왔 | 갔 | 가(?=\s) | 오(?=\s) | 를(?=\s) | 가며 | 마[는리]
      | 씨(?=\s|$) | [가-힣]{{1,3}}다(?=\s) | [가-힣]?[{_PAST}](?:다|고|지만|으나|으며|는데)(?=[\s,.]) )""",
    re.X,
)
"""Text after a verb that goes on with the sentence: 간다 고 했다, 왔다 갔다."""


@lru_cache(8)
def is_informal(text: str) -> bool:
    """True for a text without full stops after verbs."""
    return _FORMAL.search(text) is None


def is_verb(text: str, offset: int, follower: int) -> bool:
    """True if a verb ends a sentence at an offset also in a text that has full stops.

    The next word begins at `follower`.
    """
    if _VERB.match(text, offset):
        return True
    return _PAUSE.match(text, offset) is not None and STARTER.match(text, follower) is not None


def goes_on(text: str, offset: int) -> bool:
    """True if the sentence goes on with the word at an offset, or with a mark."""
    return text[offset : offset + 1] in _PUNCTUATION or _GOES_ON.match(text, offset) is not None

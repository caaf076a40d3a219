"""Keys of a Korean keyboard (두벌식) for Hangul characters.

Invariant: a command letter works in Hangul mode, also when the input method has combined several
letters: `ㅜ` is `n`, `파` is `v` and `k`.
"""

from __future__ import annotations

_JAMO = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        "qwertyuiopasdfghjklzxcvbnm",
        strict=True,
    )
)
_SHIFTED = dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "qwertop", strict=True))
"""Letters typed with Shift. As commands they are the plain letters: no command needs Shift."""
_COMPOUND = {
    "ㅘ": "hk", "ㅙ": "ho", "ㅚ": "hl", "ㅝ": "nj", "ㅞ": "np", "ㅟ": "nl", "ㅢ": "ml",
    "ㄳ": "rt", "ㄵ": "sw", "ㄶ": "sg", "ㄺ": "fr", "ㄻ": "fa", "ㄼ": "fq", "ㄽ": "ft", "ㄾ": "fx", "ㄿ": "fv", "ㅀ": "fg",
    "ㅄ": "qt",
}  # fmt: skip
_KEYS = _JAMO | _SHIFTED | _COMPOUND
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def latin_letters(character: str) -> str:
    """Return the Latin letters of the keys that type a Hangul character; "" for any other."""
    if "가" <= character <= "힣":
        index = ord(character) - 0xAC00
        parts = (_INITIALS[index // 588], _VOWELS[index % 588 // 28], _FINALS[index % 28])
        return "".join(_KEYS[part] for part in parts if part != " ")
    return _KEYS.get(character, "")


def hangul_alias(key: str) -> str:
    """Return the Hangul letter on a key, such as `ㅜ` for `n`; "" for any other key."""
    return next((jamo for jamo, latin in _JAMO.items() if latin == key), "")

"""North and South Korean spellings of Sino-Korean words.

Invariant: `spelling_variants` never changes the number of syllables, and its first result is the
text itself.

The South writes no ㄹ, and no ㄴ before i and y, at the beginning of a Sino-Korean word (노동당,
여성, 이설주); the North writes them (로동당, 녀성, 리설주). Source: the initial sound law
(두음법칙) of the South's Hangul orthography of 1988, articles 10–12.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_FIRST_SYLLABLE = 0xAC00
_VOWELS, _FINALS = 21, 28
_N, _R, _NONE = 2, 5, 11
"""Indexes of the initials ㄴ and ㄹ, and of the silent ㅇ."""
_SOFT_VOWELS = frozenset({2, 3, 6, 7, 12, 17, 20})
"""Indexes of the vowels ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ."""


def is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def other_initials(syllable: str) -> tuple[str, ...]:
    """Return the syllable as the other side may write it at the beginning of a word."""
    if not is_hangul(syllable):
        return ()
    initial, rest = divmod(ord(syllable) - _FIRST_SYLLABLE, _VOWELS * _FINALS)
    is_soft = rest // _FINALS in _SOFT_VOWELS
    if initial == _R:
        others: tuple[int, ...] = (_NONE, _N) if is_soft else (_N,)
    elif initial == _N:
        others = (_NONE, _R) if is_soft else (_R,)
    else:
        others = (_R, _N) if initial == _NONE and is_soft else ()
    return tuple(chr(_FIRST_SYLLABLE + other * _VOWELS * _FINALS + rest) for other in others)


def spelling_variants(letters: str, begins: Iterable[int]) -> Iterator[str]:
    """Yield a word without spaces in either side's spelling; its parts begin at the offsets
    `begins`.
    """
    yield letters
    both = letters
    for offset in begins:
        for other in other_initials(letters[offset]):
            yield letters[:offset] + other + letters[offset + 1 :]
        if offset and (others := other_initials(letters[offset])):
            both = both[:offset] + others[0] + both[offset + 1 :]
    if both != letters:
        yield both

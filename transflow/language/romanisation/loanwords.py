"""Foreign names in Hangul, compared with Latin letters by their consonants.

Invariant: a comparison never says more than that two names cannot be the same; short names, and
those of vowels, are never told apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from transflow.similarity import edit_distance

_INITIALS = ("K", "K", "N", "T", "T", "R", "M", "P", "P", "S", "S", "", "S", "S", "S", "K", "T", "P", "H")
_FINALS = (
    "", "K", "K", "KS", "N", "NS", "N", "T", "R", "RK", "RM", "RP", "RS", "RT", "RP", "R", "M", "P", "PS",
    "S", "S", "N", "S", "S", "K", "T", "P", "",
)  # fmt: skip
_FIRST, _VOWELS, _ENDS = 0xAC00, 21, 28
_LATIN = {
    "b": "P", "c": "K", "d": "T", "f": "P", "g": "K", "h": "H", "j": "S", "k": "K", "l": "R", "m": "M", "n": "N",
    "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "v": "P", "x": "S", "z": "S",
}  # fmt: skip
_CLUSTERS = (
    ("sch", "s"),
    ("tsch", "s"),
    ("ch", "s"),
    ("sh", "s"),
    ("zh", "s"),
    ("ts", "s"),
    ("tz", "s"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("gh", "g"),
    ("kh", "k"),
    ("dj", "j"),
)
_SOFT = re.compile("[cg](?=[eiy])")
_MIN_CONSONANTS = 3
"""Minimum number of consonants of a name that is told from another."""
_CLOSE = 0.3
"""Share of different consonants up to which two names sound alike."""
_MOST_DIFFERENT = 0.45
"""Share of different consonants up to which two names may be the same."""


@lru_cache(5_000)
def consonants_of_hangul(text: str) -> str:
    """Return the classes of consonants of Hangul syllables, without doubled ones and ㅎ."""
    found = []
    for letter in text:
        if "가" <= letter <= "힣":
            initial, rest = divmod(ord(letter) - _FIRST, _VOWELS * _ENDS)
            found.append(_INITIALS[initial] + _FINALS[rest % _ENDS])
    return _squeezed("".join(found))


@lru_cache(5_000)
def consonants_of_latin(text: str) -> str:
    """Return the classes of consonants of Latin letters, without doubled ones and h."""
    letters = normalize("NFKD", text.lower())
    for cluster, letter in _CLUSTERS:
        letters = letters.replace(cluster, letter)
    letters = _SOFT.sub("s", letters)
    return _squeezed("".join(_LATIN.get(letter, "") for letter in letters))


def _squeezed(classes: str) -> str:
    return re.sub(r"(.)\1+", r"\1", classes.replace("H", ""))


def sounds_alike(korean: str, latin: str) -> bool:
    """True if a foreign name in Hangul sounds like one in Latin letters; False for short names."""
    one, other = consonants_of_hangul(korean), consonants_of_latin(latin)
    most = _CLOSE * max(len(one), len(other))
    return min(len(one), len(other)) >= 2 and abs(len(one) - len(other)) <= most and edit_distance(one, other) <= most


def is_distinctive(korean: str) -> bool:
    """True if a foreign name in Hangul has enough consonants to be told from another."""
    return len(consonants_of_hangul(korean)) >= _MIN_CONSONANTS


def may_be_same(korean: str, latin: str) -> bool:
    """True if a foreign name in Hangul may be the one in Latin letters."""
    one, other = consonants_of_hangul(korean), consonants_of_latin(latin)
    if not is_distinctive(korean) or len(other) < 2:
        return True
    return edit_distance(one, other) <= _MOST_DIFFERENT * max(len(one), len(other))

"""Judgement of words in Latin letters as the spelling of a Korean name.

Invariant: both orders count (Kim Dae-jung, Hyun Jin Ryu), and so does any split of the given name;
another person's name is accepted only if the same letters are a common spelling of both names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple
from unicodedata import normalize

from transflow.language.romanisation.surnames import by_spelling, parts
from transflow.language.romanisation.syllables import cost, could_be

DEAREST = 0.8
"""Highest accepted cost of a given name, for two syllables."""
_LETTERS = re.compile("[^a-z]+")
Verdict = Literal["same", "given", "other"]
"""`given`: the family name matches, but the given name differs."""


def letters(text: str) -> str:
    """Return a name's letters in lower case, without diacritics: “Chŏng-ŭn” is "chongun"."""
    return _LETTERS.sub("", normalize("NFKD", text).lower())


class _Split(NamedTuple):
    family: str
    given: str


def _splits(words: tuple[str, ...]) -> list[_Split]:
    """Return words as family name and given name, in both orders."""
    if len(words) < 2:
        return []
    return [_Split(words[0], "".join(words[1:])), _Split(words[-1], "".join(words[:-1]))]


@lru_cache(10_000)
def judge_spelling(korean: str, latin: str) -> Verdict:
    """Judge whether `latin`, a whole name of two words or more, spells the Korean name."""
    words = tuple(filter(None, map(letters, re.split(r"[\s\-‐‑–]+", latin))))
    verdict: Verdict = "other"
    for family, given in parts(korean):
        for split in _splits(words):
            if not is_family(family, split.family):
                continue
            if is_given(given, split.given):
                return "same"
            if could_be(split.given, len(given)):
                verdict = "given"
    return verdict


@lru_cache(10_000)
def could_be_korean(latin: str) -> bool:
    """True if a whole name of two words or more could be Korean: a family name and two
    syllables.
    """
    words = tuple(filter(None, map(letters, re.split(r"[\s\-‐‑–]+", latin))))
    return any(split.family in by_spelling() and could_be(split.given, 2) for split in _splits(words))


def is_family(korean: str, latin: str) -> bool:
    return korean in by_spelling().get(latin, ())


@lru_cache(10_000)
def is_given(korean: str, latin: str) -> bool:
    """True if letters spell a given name."""
    price = cost(korean, latin)
    return price is not None and price <= DEAREST * max(1.0, len(korean) / 2)


def is_spelling(korean: str, latin: str) -> bool:
    """True if `latin` spells the Korean name; cheaper than a verdict."""
    words = tuple(filter(None, map(letters, re.split(r"[\s\-‐‑–]+", latin))))
    return any(
        is_family(family, split.family) and is_given(given, split.given)
        for family, given in parts(korean)
        for split in _splits(words)
    )

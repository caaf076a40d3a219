"""Frequent Korean words with the English words that translate them, from `counterparts.txt`.

Invariant: a word of the list says whether a part of a sentence has a counterpart, never how to
translate it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Counterpart(NamedTuple):
    """A Korean word in a text, and whether the English has a translation of it."""

    start: int
    end: int
    is_there: bool


def counterparts(source: str, target: str) -> Iterator[Counterpart]:
    """Yield the words of the list in a Korean text, in order."""
    pattern, translations = _words()
    english = target.lower()
    for found in pattern.finditer(source):
        yield Counterpart(found.start(), found.end(), bool(translations[found[0]].search(english)))


@cache
def _words() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Return a pattern for all Korean words, and one for the English of each."""
    translations: dict[str, re.Pattern[str]] = {}
    text = (files("transflow") / "language" / "counterparts.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            korean, english = line.split(" = ")
            pattern = re.compile(rf"(?<![a-z])(?:{'|'.join(map(_beginning, english.split('|')))})")
            translations |= dict.fromkeys(korean.split("|"), pattern)
    longest_first = sorted(map(re.escape, translations), key=len, reverse=True)
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(longest_first)})"), translations


def _beginning(word: str) -> str:
    return rf"{re.escape(word[:-1])}(?!\w)" if word.endswith("_") else re.escape(word)

"""Scripts of languages, and runs of a foreign script in a text.

Invariant: Latin letters are foreign nowhere, since every language prints names and abbreviations
in them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

_SCRIPTS = {
    "ko": ("HANGUL", "CJK"),
    "ja": ("HIRAGANA", "KATAKANA", "CJK"),
    "zh": ("CJK", "BOPOMOFO"),
    "yue": ("CJK", "BOPOMOFO"),
    "am": ("ETHIOPIC",),
    "bo": ("TIBETAN",),
    "dz": ("TIBETAN",),
    "el": ("GREEK",),
    "he": ("HEBREW",),
    "hi": ("DEVANAGARI",),
    "hy": ("ARMENIAN",),
    "ka": ("GEORGIAN",),
    "km": ("KHMER",),
    "lo": ("LAO",),
    "mn": ("CYRILLIC", "MONGOLIAN"),
    "my": ("MYANMAR",),
    "ne": ("DEVANAGARI",),
    "bn": ("BENGALI",),
    "ta": ("TAMIL",),
    "th": ("THAI",),
    **dict.fromkeys(("ar", "fa", "ps", "ug", "ur"), ("ARABIC",)),
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "ru", "sr", "tg", "uk"), ("CYRILLIC",)),
}
"""Language -> its scripts, as the names of Unicode characters begin; Latin for all others."""


def scripts(language: str) -> tuple[str, ...]:
    """Return the scripts of a language, such as `zh_Hans` or `ko`, without Latin."""
    return _SCRIPTS.get(language.replace("-", "_").partition("_")[0].lower(), ())


def foreign_runs(text: str, source: str, target: str) -> Iterator[tuple[int, int]]:
    """Yield the spans in a text that are in a script of the source language only."""
    foreign = frozenset(scripts(source)) - frozenset(scripts(target))
    if not foreign or text.isascii():
        return
    for is_foreign, run in groupby(enumerate(text), lambda each: _script(each[1]) in foreign):
        if is_foreign:
            positions = [position for position, _ in run]
            yield positions[0], positions[-1] + 1


def is_written_in(text: str, language: str) -> bool:
    """Return whether all letters of a text are Latin, or in a script of a language."""
    return text.isascii() or {*map(_script, text)} <= {"", "LATIN", *scripts(language)}


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    name = unicodedata.name(char, "") if char.isalpha() else ""
    return name.replace("HALFWIDTH ", "").replace("FULLWIDTH ", "").partition(" ")[0]

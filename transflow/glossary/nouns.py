"""Common Korean nouns, as they stand beside names in news: what a long word is taken apart with.

Invariant: every word has at least two syllables and is an ordinary noun, the name of a country or a large place, or a word
that a short name would tear in two, such as 태평양 by 평양; what it has decides where words part, and is never itself found.
Other names belong into a project's glossary. Our own list, `nouns.txt`, one a line, in order.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def nouns() -> frozenset[str]:
    return frozenset((files("transflow") / "glossary" / "nouns.txt").read_text(encoding="utf-8").split())

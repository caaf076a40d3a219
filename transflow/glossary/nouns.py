"""Common Korean nouns found beside names in news, used to analyse long words.

Invariant: every word has at least two syllables and is an ordinary noun, the name of a country or a
large place, or a word that a short name would split, such as 태평양 by 평양. The list decides where
words are split; its words are never hits themselves. Other names belong in a project's glossary.
The list, `nouns.txt`, has one word a line, in order.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def nouns() -> frozenset[str]:
    return frozenset((files("transflow") / "glossary" / "nouns.txt").read_text(encoding="utf-8").split())

"""Homographs: terms that are ordinary words too, judged by Kiwi if it is installed.

Invariant: Kiwi is imported when the first homograph is judged and for nothing else: loading takes
seconds and 500 megabytes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from transflow.glossary.terms import Term

_NAME, _NOUN = "NNP", "NNG"


def judge(term: Term, text: str, start: int, end: int) -> bool | None:
    """Return whether a term is meant at a span of a text.

    None if Kiwi is not installed (`pip install transflow[kiwi]`).
    """
    words = _words(text)
    if words is None:
        return None
    tag_at_span = next((tag for word_start, word_end, tag in words if (word_start, word_end) == (start, end)), "")
    return tag_at_span == _NAME or (tag_at_span == _NOUN and term.kind == "term")


@lru_cache(256)
def _words(text: str) -> tuple[tuple[int, int, str], ...] | None:
    """Return start, end and part-of-speech tag of each word of a text."""
    kiwi = _kiwi()
    return kiwi and tuple((each.start, each.start + each.len, str(each.tag)) for each in kiwi.tokenize(text))


@lru_cache(1)
def _kiwi() -> Any:
    """Return an analyser of Korean words, or None. Loads kiwipiepy where it is installed."""
    try:
        from kiwipiepy import Kiwi
    except ImportError:
        return None
    return Kiwi()

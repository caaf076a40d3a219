"""Operations on the text in the editor, as pure functions: words, case, completion.

Invariant: `next_case` changes the case of letters only, and three times in a row lead back to the
first of its three forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transflow.presenters.assistants import Suggestion, TermHint

_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
_LEAST_TYPED = 2
"""Number of letters from which a word is completed."""
_LEAST_SAVED = 2
"""Number of letters that a completion has to save."""
_LEAST_OF_MATCH = 6
"""Length from which a word of a suggestion is offered."""


def word_span(text: str, at: int) -> tuple[int, int]:
    """Return the span of the word at an offset; an empty one at the offset if there is none."""
    return next((found.span() for found in _WORD.finditer(text) if found.start() <= at <= found.end()), (at, at))


def next_case(text: str) -> str:
    """Return a text in lower case, or if it is, with capitals, or if it is, in upper case."""
    lower, upper = text.lower(), text.upper()
    capitals = _WORD.sub(lambda found: found[0][:1].upper() + found[0][1:], lower)
    if text == lower and capitals != lower:
        return capitals
    return upper if text == capitals and upper != capitals else lower


def insertable(terms: Iterable[TermHint]) -> tuple[TermHint, ...]:
    """Return the terms that have a spelling to insert."""
    return tuple(term for term in terms if term.target and term.target != "–")


def completions(terms: Iterable[TermHint], matches: Iterable[Suggestion]) -> tuple[str, ...]:
    """Return what can complete a word, best first: terms, then long words of suggestions."""
    targets = [term.target for term in insertable(terms)]
    words = [word for match in matches for word in _WORD.findall(match.target) if len(word) >= _LEAST_OF_MATCH]
    return tuple(dict.fromkeys((*targets, *words)))


def completion(text: str, at: int, candidates: Sequence[str]) -> str:
    """Return the rest of the first candidate that begins with what is typed before an offset.

    That is the word there, or several words of a term. Nothing is offered within a word.
    """
    if at < len(text) and (text[at].isalnum() or text[at] == "_"):
        return ""
    before = text[:at]
    for candidate in candidates:
        for length in range(min(len(candidate) - _LEAST_SAVED, len(before)), _LEAST_TYPED - 1, -1):
            is_word = length == len(before) or not before[-length - 1].isalnum()
            if is_word and before.endswith(candidate[:length]):
                return candidate[length:]
    return ""

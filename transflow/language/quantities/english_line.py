"""Tokens of an English text: words and numbers with their spans.

Invariant: tokens are in order, and each is the text at its span in lower case.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import NamedTuple

_TOKEN = re.compile(r"([A-Za-z]+|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|[½¼¾⅓⅔])")
_NEXT = frozenset({" ", "-", "", "‑", "  ", " -"})
_LOOSELY_NEXT = frozenset({" ", "-", "", "  ", "‑", "'", "’", ". "})


class EnglishToken(NamedTuple):
    text: str
    """In lower case."""
    start: int
    end: int


_token = partial(tuple.__new__, EnglishToken)
"""Constructor of a token at a third of the cost of the class."""


class TokenLine(NamedTuple):
    text: str
    tokens: tuple[EnglishToken, ...]

    def gap(self, i: int) -> str:
        """Return the text between token i and the one before it."""
        return self.text[self.tokens[i - 1].end : self.tokens[i].start]

    def is_next(self, i: int) -> bool:
        """True if only a space or a hyphen is between token i and the one before it."""
        return 0 < i < len(self.tokens) and self.text[self.tokens[i - 1].end : self.tokens[i].start] in _NEXT

    def next_in_numeral(self, i: int) -> str:
        """Return token i if it continues a numeral, or an empty string."""
        return self.tokens[i].text if self.is_next(i) else ""

    def word(self, i: int) -> str:
        """Return token i if it directly follows the one before it, or an empty string.

        A full stop or an apostrophe may be between them.
        """
        text, tokens = self
        if not 0 < i < len(tokens):
            return ""
        word, start, _ = tokens[i]
        return word if text[tokens[i - 1].end : start] in _LOOSELY_NEXT else ""

    def is_glued(self, i: int) -> bool:
        """True if nothing is between token i and the one before it."""
        return 0 < i < len(self.tokens) and self.tokens[i].start == self.tokens[i - 1].end

    def is_capital(self, i: int) -> bool:
        return self.text[self.tokens[i].start].isupper()


def tokenise(text: str) -> TokenLine:
    lower = text.lower()
    if len(lower) != len(text):  # İ becomes two characters
        return TokenLine(text, tuple(EnglishToken(found[1].lower(), *found.span()) for found in _TOKEN.finditer(text)))
    parts = _TOKEN.split(lower)  # alternately a gap and a token
    ends = list(accumulate(map(len, parts)))
    return TokenLine(text, tuple(map(_token, zip(parts[1::2], ends[::2], ends[1::2], strict=False))))

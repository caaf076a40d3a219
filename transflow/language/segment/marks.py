"""Pairs of quotation marks and brackets.

Invariant: every mark is in at most one pair, an opener precedes its closer, and a mark without a
partner is in none: an unclosed quotation protects nothing. One pass with a stack; each mark is
pushed and popped once.

Typing errors are read as a person reads them: straight marks by the characters around them, curly
marks that point the wrong way (“…“고), a quotation opened with one kind and closed with another
(“…"고, “…’고).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.language.segment.wording import ATTACHED, ENDINGS, SMILING, SPACED, STOPS

_OPENERS = {
    "double": "“„‟〝",
    "single": "‘‚‛",
    "angle": "《〈«‹≪",
    "corner": "「『｢",
    "round": "(（",
    "square": "[［【〔〖",
}
_CLOSERS = {
    "double": "”〞〟",
    "single": "’",
    "angle": "》〉»›≫",
    "corner": "」』｣",
    "round": ")）",
    "square": "]］】〕〗",
}
_EITHER = {"double": '"˝＂', "single": "'＇`´"}

OPENS = {mark: kind for kind, marks in (*_OPENERS.items(), ("curly", "{｛"), ("tag", "<")) for mark in marks}
CLOSES = {mark: kind for kind, marks in (*_CLOSERS.items(), ("curly", "}｝"), ("tag", ">")) for mark in marks}
EITHER = {mark: kind for kind, marks in _EITHER.items() for mark in marks}
QUOTES = frozenset(("double", "single", "angle", "corner"))

REACH = {kind: 1500 if kind in QUOTES else 300 for kind in {*OPENS.values()}}
"""Longest distance between a pair; beyond it, the marks are taken for strays rather than swallow a
text.
"""

_MARK = re.compile("[" + re.escape("".join((*OPENS, *CLOSES, *EITHER))) + "]")
_BEFORE_NO_MARK = frozenset("0123456789:;='^-o")
"""Characters before an inch mark, or in a smiley before its mouth."""
_LEADING = frozenset("([{（［【〔<-–—―·/=:,~…“‘《〈「『")
_TRAILING = frozenset(".,!?…。，:;)]}）］】〕>”’\"'」』》〉·~-")


class Pairs(NamedTuple):
    """Partners of the marks in a text, by position."""

    closer: dict[int, int]
    """Position of an opener -> position of its closer."""
    opener: dict[int, int]
    """Position of a closer -> position of its opener."""
    kind: dict[int, str]
    """Position of an opener -> its kind, one of `QUOTES` or of the brackets."""


_STOP_INSIDE = re.compile(r"[.!?。…][^\s]{0,3}\s")


class _Open(NamedTuple):
    position: int
    kind: str


def pair(text: str) -> Pairs:
    """Find the pairs in one block."""
    reading = _Pairing(text)
    for match in _MARK.finditer(text):
        reading.read_mark(match.start())
    while reading.stack:
        reading.abandon()
    return reading.pairs


class _Pairing:
    """State of one pass: the open marks, and stray marks of another kind that may close them."""

    __slots__ = ("doubles", "inner", "last", "open", "pairs", "stack", "stray", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pairs = Pairs({}, {}, {})
        self.stack: list[_Open] = []
        self.open = dict.fromkeys(REACH, 0)
        self.stray: dict[int, int] = {}
        self.doubles: list[int] = []
        """Positions of the double marks in `stack`."""
        self.inner: dict[int, int] = {}
        """Double opener -> opener of the first pair of double marks found after it."""
        self.last = -1
        """Position of the newest opener: a mark right after it opens too."""

    def read_mark(self, index: int) -> None:
        mark = self.text[index]
        kind = EITHER.get(mark) or OPENS.get(mark) or CLOSES[mark]
        if kind in ("single", "tag") and self._is_no_mark(index, mark):
            return
        if self.text[index - 1 : index] in _BEFORE_NO_MARK and self._is_measure_or_smiley(index, mark, kind):
            return
        if self._opens(index, mark, kind):
            self.stack.append(_Open(index, kind))
            self.open[kind] += 1
            if kind == "double":
                self.doubles.append(index)
            self.last = index
        else:
            self.close(index, kind)

    def _is_no_mark(self, index: int, mark: str) -> bool:
        """True for an apostrophe between letters, a comparison sign, or the point of an arrow."""
        before, after = self.text[index - 1 : index], self.text[index + 1 : index + 2]
        if mark == "<":
            return not after or after.isspace() or after.isdigit() or after in "=-"
        if mark == ">":
            return before in ("-", "=") or not self.open["tag"]
        return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()

    def _is_measure_or_smiley(self, index: int, mark: str, kind: str) -> bool:
        """True for the inch mark of a measure (60"), or the mouth of a smiley."""
        if kind == "double":
            return mark == '"' and self.text[index - 1].isdigit() and not self.open["double"]
        return kind in ("round", "square") and SMILING.search(self.text[max(0, index - 4) : index]) is not None

    def _opens(self, index: int, mark: str, kind: str) -> bool:
        text, is_open = self.text, self.open[kind] > 0
        if kind not in ("double", "single"):
            return mark in OPENS
        before, after = text[index - 1 : index] if index else "", text[index + 1 : index + 2]
        is_leading = not before or before.isspace() or before in _LEADING or index - 1 == self.last
        is_trailing = not after or after.isspace() or after in _TRAILING
        if mark in OPENS:
            return not (is_open and not is_leading and (is_trailing or ATTACHED.match(text, index + 1)))
        if mark in CLOSES:
            return not is_open and is_leading and not is_trailing and not SPACED.match(text, index + 1)
        if is_leading and not is_trailing:
            return not (is_open and before.isspace() and SPACED.match(text, index + 1))
        return not is_open and (is_leading or not is_trailing)

    def close(self, index: int, kind: str) -> None:
        if not self.open[kind]:
            self._note_stray(index, kind)
            return
        while self.stack[-1].kind != kind:
            self.abandon()
        opener = self._pop()
        if kind == "double":
            if self.doubles:
                self.inner.setdefault(self.doubles[-1], opener)
            if self._is_doubtful(opener, index):
                return
        self._join(opener, index, kind)

    def _pop(self) -> int:
        opener, kind = self.stack.pop()
        self.open[kind] -= 1
        if kind == "double":
            self.doubles.pop()
        return opener

    def abandon(self) -> None:
        """Close the newest opener with a stray mark of another kind, or drop it."""
        kind = self.stack[-1].kind
        opener = self._pop()
        if opener in self.stray:
            self._join(opener, self.stray[opener], kind)

    def _join(self, opener: int, closer: int, kind: str) -> None:
        if closer - opener <= REACH[kind]:
            self.pairs.closer[opener] = closer
            self.pairs.opener[closer] = opener
            self.pairs.kind[opener] = kind

    def _is_doubtful(self, opener: int, closer: int) -> bool:
        """True if the pair contains a whole quotation some sentences on: its opener was probably
        never closed.

        A pair of curly marks around straight ones is trusted.
        """
        inner = self.inner.get(opener)
        if inner is None or closer - opener > REACH["double"]:
            return False
        text = self.text
        if text[opener] == "“" and text[closer] == "”" and text[inner] not in "“”":
            return False
        return _STOP_INSIDE.search(text, opener, inner) is not None

    def _note_stray(self, index: int, kind: str) -> None:
        if not self.stack or (kind in QUOTES) != (self.stack[-1].kind in QUOTES):
            return
        before = self.text[index - 1]
        if before in STOPS or before in ENDINGS or ATTACHED.match(self.text, index + 1):
            self.stray.setdefault(self.stack[-1].position, index)

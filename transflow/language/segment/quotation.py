"""Context of a quotation, and whether the sentence around it governs it.

Invariant: every method looks at a bounded stretch of text; a row of quotations is walked once, and
remembered.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.language.segment import wording
from transflow.language.segment.marks import CLOSES, EITHER, QUOTES, pair
from transflow.language.segment.wording import ENDINGS, STOPS

_SPACE = re.compile(r"\s*")
_EMPHASIS = frozenset("*_~")
_BEFORE_OPENER = re.compile(
    r"""[\s*_~“‘"'(\[《「『<>―—–\-•■◆●…]* (?: [\[(] [^\[\]()]{1,30} [\])] \s* | \S{1,5} [.)] \s )? [\s*_~“‘"'《「『]*""",
    re.X,
)
"""Text allowed before the head of a sentence: signs, a speaker's name in brackets, a list
number.
"""
_LEAD_LENGTH = 60
_NOTE_LENGTH = 100
"""Longest bracket that may follow a full stop without a space: (3쪽), [2]."""
_TAIL_LENGTH = 20
"""Largest number of marks that may follow one stop."""


class Tail(NamedTuple):
    """The closing marks after a stop."""

    end: int
    """Offset after the marks."""
    opener: int
    """Position of the opener of the outermost mark; -1 if it has none."""
    kind: str
    """Kind of the outermost mark (see `marks`); empty if there is none."""
    emphasised: bool
    """True if emphasis signs are among them."""


class QuotationText:
    """A block with its pairs of marks, and the start of the current sentence."""

    __slots__ = ("pairs", "rows", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.pairs = pair(text)
        self.start = 0
        self.rows: dict[int, bool] = {}
        """Opener of a quotation -> whether the words after its row of quotations govern it."""

    def after_space(self, offset: int) -> int:
        match = _SPACE.match(self.text, offset)
        return match.end() if match else offset

    def is_quotation(self, index: int) -> bool:
        """True if a quotation begins here, and is closed."""
        return index in self.pairs.closer and self.pairs.kind[index] in QUOTES

    def tail(self, index: int) -> Tail:
        """Return the closing marks from `index` on.

        They may include a space, a link's address, a note attached to the marks, emoji and smileys.
        """
        opener, kind, emphasised = -1, "", False
        for _ in range(_TAIL_LENGTH):
            mark = self.text[index : index + 1]
            if mark in _EMPHASIS:
                emphasised = True
                index += 1
            elif index in self.pairs.opener:
                link = self.pairs.closer.get(index + 1) if self.text[index : index + 2] == "](" else None
                if link is None:
                    opener = self.pairs.opener[index]
                    kind = self.pairs.kind[opener]
                index = (index if link is None else link) + 1
            elif self.is_stray(index, mark):
                opener, kind = -1, CLOSES.get(mark) or EITHER[mark]
                index += 1
            else:
                continuation = self._beyond(index, mark)
                if continuation is None:
                    break
                index = continuation
        return Tail(index, opener, kind, emphasised)

    def is_stray(self, index: int, mark: str) -> bool:
        """True for a closing mark without an opener."""
        if index in self.pairs.closer:
            return False
        after = self.text[index + 1 : index + 2]
        ends = not after or after.isspace()
        return mark in CLOSES or (mark in EITHER and (ends or wording.ATTACHED.match(self.text, index + 1) is not None))

    def _beyond(self, index: int, mark: str) -> int | None:
        """Return where the tail continues: at a closing mark or after a smiley behind a space, or
        after a note, a tag or an emoji.
        """
        if mark.isspace():
            follower = self.after_space(index)
            if follower in self.pairs.opener:
                return follower
            if follower == len(self.text) or "가" <= self.text[follower] <= "힣":  # the usual case, without a pattern
                return None
            smiley = wording.SMILEY.match(self.text, follower)
            return smiley.end() if smiley and not self.is_itemised() else None
        if not mark.isascii() or mark == "<" or mark.isdigit():
            glued = wording.GLUED.match(self.text, index)
            return glued.end() if glued else None
        closer = self.pairs.closer.get(index) if mark in ("(", "[") else None
        if closer is None or closer - index > _NOTE_LENGTH or self.is_no_note(index):
            return None
        return closer + 1

    def is_no_note(self, opener: int) -> bool:
        """True if a bracket after a stop is a sentence by itself: a byline or a credit."""
        return any(
            each.match(self.text, opener) is not None for each in (wording.BYLINE, wording.CREDIT_NOTE, wording.RIGHTS)
        )

    def is_itemised(self) -> bool:
        """True if the sentence begins with an emoji, as each item of its list does."""
        return wording.EMOJI.match(self.text, self.start) is not None

    def leads(self, opener: int) -> bool:
        """True if a mark is at the head of the current sentence, or after a colon."""
        lead = self.text[max(self.start, opener - _LEAD_LENGTH) : max(self.start, opener)]
        if lead.rstrip().endswith((":", "：", "다,")):
            return True
        return opener - self.start < _LEAD_LENGTH and _BEFORE_OPENER.fullmatch(lead) is not None

    def is_independent(self, opener: int, closer: int) -> bool:
        """True if a quotation is a sentence of its own: at the head, finished, and not governed."""
        kind = self.pairs.kind[opener]
        if kind not in QUOTES or not self.leads(opener) or (kind == "single" and self.text[:opener].strip()):
            return False
        end = self.tail(closer).end
        follower = self.after_space(end)
        last = self.text[max(opener, closer - 20) : closer].rstrip(" *_~”’\"'」』》)")[-1:]
        if follower < len(self.text) and last not in STOPS and last not in ENDINGS:
            return False
        return not self.is_in_sentence(end) and not wording.QUOTED_NOUN.match(self.text, follower)

    def is_attributed(self, follower: int) -> bool:
        """True if the words at `follower`, after a quotation and a space, name the speaker or are
        its attribute.
        """
        return any(each.match(self.text, follower) for each in (wording.REPORTING, wording.QUOTED_NOUN, wording.DASH))

    def is_in_sentence(self, end: int) -> bool:
        """True if the words after a quotation make it part of their sentence: …”고 말했다, “…” “…”
        등의
        """
        row: list[int] = []
        is_governed = False
        while end < len(self.text):
            follower = self.after_space(end)
            if follower == end and not row:
                is_governed = self.text[end] in ",，、·" or wording.ATTACHED.match(self.text, end) is not None
                break
            if wording.SPACED.match(self.text, follower):
                is_governed = True
                break
            if follower == end or not self.is_quotation(follower):
                break
            if follower in self.rows:
                is_governed = self.rows[follower]
                break
            row.append(follower)
            end = self.tail(self.pairs.closer[follower]).end
        self.rows.update(dict.fromkeys(row, is_governed))
        return is_governed

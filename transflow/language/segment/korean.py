"""Sentence boundaries of Korean.

Invariant: one pass from left to right over the few characters that may matter; every decision looks
at a bounded stretch of text, or at a stretch that no later decision looks at again. The cuts are
therefore found in linear time.

A cut is an offset; the white space around it belongs to neither sentence. Nothing is cut between a
pair of marks, with one exception: a quotation that is not governed by a sentence around it is split
inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from transflow.language.segment import bare, numbering, wording
from transflow.language.segment.marks import CLOSES, EITHER, OPENS, QUOTES
from transflow.language.segment.quotation import QuotationText, Tail
from transflow.language.segment.wording import ENDINGS, ITEM_BULLETS, SECTION_BULLETS, STOPS

_SIGNS = re.escape("".join((*OPENS, *CLOSES, *EITHER, SECTION_BULLETS, ITEM_BULLETS, "@:\n/")))
_TRIGGER = re.compile(
    rf"[{re.escape(STOPS)}{_SIGNS}{bare.ENDINGS}]"  # one set of first characters: the search jumps from one to the next
    rf"(?:(?<=[{re.escape(STOPS)}])[{re.escape(STOPS)}]*|(?<=[{_SIGNS}])|{bare.AFTER_VERB})"
)
PLAIN_END = re.compile("[가-힣]다\\. [가-힣]")
"""Usual end of a sentence, where none of the questions about a stop has another answer than yes."""
_PUNCTUATION = re.compile(r"[.,!?…、，;]+(?:\s|$)")
_ELLIPSIS = re.compile(r"\.{2,3}|\.{5,}|[…‥]+")
_LOCAL_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*$")
_POLITE = frozenset("어아해에예세네지까대군")
"""Syllables before 요 in a verb: after other words, 요… is hesitation."""
_BIEUP = 17
"""Index of ㅂ among the final consonants of Hangul syllables in Unicode."""
_HANGUL = re.compile("[가-힣]")
_PREFIX_OPENS = frozenset("([<【")
_MIN_BARE_QUOTATION = 10
"""Length from which a quotation without a full stop is taken for a sentence, and not for a
title.
"""


def cuts(text: str) -> list[int]:
    """Return the offsets at which one block is cut into sentences: ascending, in code points."""
    scan = _Scan(text)
    for match in _TRIGGER.finditer(text):
        if match.start() >= scan.skip:
            _HANDLERS[text[match.start()]](scan, match.start(), match.end())
    return scan.cuts


class _Scan(QuotationText):
    """State of one pass over one block. Before `guard`, the position of a closing mark, nothing is
    cut.
    """

    __slots__ = ("cuts", "guard", "items_end", "items_inline", "may_have_bylines", "skip")

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.cuts: list[int] = []
        self.guard = -1
        self.skip = 0
        """Offset before which triggers are ignored: the inside of an address."""
        self.items_end = -1
        self.items_inline = False
        self.may_have_bylines = any(sign in text for sign in wording.IN_BYLINES)
        self.begin(0)

    @property
    def is_informal(self) -> bool:
        return bare.is_informal(self.text)

    def begin(self, offset: int) -> None:
        """Begin a sentence; an agency's prefix and a picture's credit are sentences by
        themselves.
        """
        self.start = self.after_space(offset)
        while end := self.prefix_end(self.start):
            follower = self.after_space(end)
            if follower == len(self.text):
                return
            self.cuts.append(end)
            self.skip = end
            self.start = follower

    def prefix_end(self, offset: int) -> int:
        """Return the end of a byline, stage direction or credit at `offset`; 0 if there is none."""
        prefix = wording.BYLINE.match(self.text, offset) if self.may_have_bylines else None
        if prefix is None and self.text[offset : offset + 1] in _PREFIX_OPENS:
            prefix = wording.STAGE.match(self.text, offset)
            closer = self.pairs.closer.get(offset, -1)
            if prefix is None and closer > 0 and wording.CREDIT_NOTE.match(self.text, offset):
                return closer + 1 if self.text[closer + 1 : closer + 2].isspace() else 0
        return prefix.end() if prefix else 0

    def cut(self, offset: int) -> None:
        """End the sentence, unless it is empty or nothing follows."""
        if self.start < offset and self.after_space(offset) < len(self.text):
            self.cuts.append(offset)
            self.begin(offset)

    # Full stops, question and exclamation marks, ellipses

    def at_stop(self, index: int, end: int) -> None:
        if index >= self.guard and index - 2 >= self.start and PLAIN_END.match(self.text, index - 2):
            self.cuts.append(end)
            if self.may_have_bylines:
                self.begin(end)
            else:
                self.start = end + 1
            return
        if end - index == 1 and index >= self.guard:
            item = numbering.next_item(self.text, self.start, index)
            if item is not None:
                self.cut(item)
                return
        tail = self.tail(end)
        if tail.end > self.guard and self.ends(index, end, tail):
            self.cut(tail.end)

    def ends(self, index: int, end: int, tail: Tail) -> bool:
        """True if a sentence ends with the stops from `index` to `end` and the marks of `tail`."""
        follower = self.after_space(tail.end)
        if follower == len(self.text) or index == self.start:
            return False
        first = self.text[follower]
        if _PUNCTUATION.match(self.text, follower) or (first in CLOSES and follower not in self.pairs.closer):
            return False
        stop = self.text[index:end]
        has_space = follower > tail.end
        if has_space and stop == "." and numbering.sentence_continues(self.text, self.start, index, follower):
            return False
        if tail.kind in QUOTES:
            return self.quotation_ends(stop, tail, follower)
        if tail.kind:
            return has_space and _HANGUL.match(self.text, index - 1) is not None and self.note_ends(index, tail.opener)
        return self.plain_ends(index, stop, follower) if has_space else self.glued_ends(index, stop, tail)

    def note_ends(self, stop: int, opener: int) -> bool:
        """True if a bracket with a stop inside ends a sentence.

        It must be at the head of the sentence, or follow a finished verb; a label that trails off
        is none: [단독…]
        """
        if self.text[stop] in "…‥" and self.text[stop - 1] not in ENDINGS:
            return False
        before = self.text[max(self.start, opener - 20) : max(opener, self.start)].rstrip()[-1:]
        return self.leads(opener) or before in ENDINGS

    def plain_ends(self, index: int, stop: str, follower: int) -> bool:
        before, verb = self.text[index - 1], self.text[index - 2 : index - 1]
        if _ELLIPSIS.fullmatch(stop):
            if self.is_informal and (
                wording.FLASH.match(self.text, self.start)
                or (index - self.start > 8 and _HANGUL.match(before) and not bare.goes_on(self.text, follower))
            ):
                return True
            if before == "까" and verb == "니":  # 합니까 is a question, 그러니까 is not
                return index > 2 and (ord(self.text[index - 3]) - 0xAC00) % 28 == _BIEUP
            return before in "다까죠" or (before == "요" and verb in _POLITE)
        if stop[-1] in "!?":
            return not wording.SPACED.match(self.text, follower) and not self.text.endswith(
                wording.NAMES_WITH_STOP, max(0, index - 8), index + 1
            )
        return True

    def glued_ends(self, index: int, stop: str, tail: Tail) -> bool:
        """True if a sentence ends where the next word follows without a space: …했다.그는"""
        text, end = self.text, tail.end
        following = text[end]
        if stop[-1] in "。．！？":
            return (following.isalpha() or end in self.pairs.closer) and not wording.ATTACHED.match(text, end)
        if end in self.pairs.closer and text[index - 1] in ENDINGS and self.is_no_note(end):
            return True
        if tail.emphasised or "…" in stop or ".." in stop or not _HANGUL.match(text, index - 1):
            return False
        if stop[-1] in "!?":
            return not wording.ATTACHED.match(text, end) and (following in "“‘" or _HANGUL.match(following) is not None)
        if text[index - 1] not in ENDINGS or not _HANGUL.match(text, index - 2) or wording.SPACED.match(text, end):
            return False
        if following.isascii() and following.islower():
            return wording.EMAIL.match(text, end) is not None
        return (
            following.isalnum()
            or self.is_quotation(end)
            or following in "“‘《"
            or following in SECTION_BULLETS + ITEM_BULLETS
        )

    def quotation_ends(self, stop: str, tail: Tail, follower: int) -> bool:
        """True if a sentence ends with a quotation that ends with a stop."""
        text, end = self.text, tail.end
        if self.is_in_sentence(end):
            return False
        is_full_stop, is_no_ellipsis = stop[-1] in ".。．", not _ELLIPSIS.fullmatch(stop)
        if follower == end:
            following = text[end]
            may_end = is_full_stop or tail.kind == "double"
            return (
                is_no_ellipsis
                and may_end
                and (_HANGUL.match(following) is not None or following.isdigit() or self.is_quotation(end))
            )
        if self.is_attributed(follower):
            return False
        leads = tail.opener < self.start or self.leads(tail.opener)
        if self.is_quotation(follower) and leads:
            return True
        if not leads and wording.SAYING.match(text, follower):
            return False
        if is_full_stop or (leads and is_no_ellipsis and tail.kind in ("double", "single")):
            return is_no_ellipsis
        return is_no_ellipsis and wording.STARTER.match(text, follower) is not None

    # Quotation marks and brackets

    def at_mark(self, index: int, _: int) -> None:
        closer = self.pairs.closer.get(index)
        if closer is not None:
            self.at_credit(index)
            if not self.is_independent(index, closer):
                self.guard = max(self.guard, closer)
        elif self.text[index] == ")":
            item = numbering.next_item(self.text, self.start, index) if index > self.guard else None
            if item is not None:
                self.cut(item)
            elif (
                index >= self.guard
                and self.text[index - 1] in bare.REMARK_SIGNS
                and bare.REMARK_END.search(self.text, max(0, index - 20), index)
            ):
                self.at_remark(index)
        elif self.text[index - 1] in ENDINGS and index:
            self.at_bare_quotation(index)

    def at_remark(self, closer: int) -> None:
        """Cut after a sentence in brackets that lacks its full stop: (저는 안 먹었지만요ㅋㅋ)"""
        opener = self.pairs.opener.get(closer, closer)
        before = self.text[max(self.start, opener - 20) : max(self.start, opener)].rstrip()[-1:]
        is_remark = not before or before in STOPS + "ㅋㅎㅠㅜ~"
        if is_remark and closer - opener >= _MIN_BARE_QUOTATION and self.text[closer + 1 : closer + 2].isspace():
            self.cut(closer + 1)

    def at_credit(self, opener: int) -> None:
        """Cut before a bracket with a photographer or rights holder."""
        if opener <= max(self.guard, self.start) or not self.text[opener - 1].isspace():
            return
        before = self.text[max(self.start, opener - 20) : opener].rstrip()[-1:]
        if wording.RIGHTS.match(self.text, opener) or (before == "다" and wording.CREDIT.match(self.text, opener)):
            self.cut(opener)

    def at_bare_quotation(self, closer: int) -> None:
        """Cut after a quotation that lacks its full stop: “…다” 그는 고개를 저었다."""
        opener = self.pairs.opener.get(closer)
        if opener is None or self.pairs.kind[opener] != "double" or closer - opener < _MIN_BARE_QUOTATION:
            return
        end = self.tail(closer).end
        follower = self.after_space(end)
        if end <= self.guard or follower in (end, len(self.text)) or self.text[opener:closer].count(" ") < 2:
            return
        if not (opener < self.start or self.leads(opener)) or self.is_in_sentence(end) or self.is_attributed(follower):
            return
        if self.is_quotation(follower) or any(each.match(self.text, follower) for each in wording.OPENINGS):
            self.cut(end)

    # Bullets, lines, addresses

    def at_section(self, index: int, _: int) -> None:
        following = self.text[index + 1 : index + 2]
        if index > max(self.guard, self.start) and self.text[index - 1].isspace() and following not in SECTION_BULLETS:
            self.cut(index)

    def at_item(self, index: int, _: int) -> None:
        if index <= max(self.guard, self.start) or not self.text[index - 1].isspace():
            return
        if not self.is_inline(index):
            self.cut(index)

    def is_inline(self, bullet: int) -> bool:
        """True if a bullet belongs to a list inside a sentence (…은 ▲A ▲B 등이다), not to a list of
        sentences.
        """
        if self.text[self.start] not in ITEM_BULLETS + SECTION_BULLETS:
            before = self.text[max(self.start, bullet - 20) : bullet].rstrip()[-1:]
            return before not in ":："
        if bullet >= self.items_end:
            match = wording.ENUMERATION_END.search(self.text, bullet)
            self.items_end = match.end() if match else len(self.text)
            self.items_inline = match is not None and match.group()[0].isspace()
        return self.items_inline

    def at_line_end(self, index: int, _: int) -> None:
        """Cut at a blank line, which ends every pair of marks."""
        blank = wording.BLANK_LINE.match(self.text, index)
        if blank:
            self.guard = -1
            self.cut(index)
            self.skip = max(self.skip, blank.end())
        elif index > self.guard and wording.HEADING.fullmatch(self.text, self.start, index):
            self.cut(index)

    def at_slash(self, index: int, _: int) -> None:
        if index <= max(self.guard, self.start) or not self.text[index - 1].isspace():
            return
        if wording.CREDIT.match(self.text, index) or wording.SLASH_NAME.match(self.text, index):
            self.cut(index)

    def at_colon(self, index: int, _: int) -> None:
        address = wording.URL.match(self.text, index)
        if address:
            self.skip = index + len(address.group().rstrip(".,?!…:;]*_"))
        elif index > self.guard and wording.FINAL_CREDIT.match(self.text, index):
            word = wording.CREDIT_WORD.search(self.text, max(self.start, index - 6), index)
            if word:
                self.cut(word.start())

    def at_address(self, index: int, _: int) -> None:
        """Cut after a reporter's address, which ends the signature of a report."""
        local = _LOCAL_PART.search(self.text[max(self.start, index - 64) : index])
        if local is None or index < self.guard or index - self.start > 100:
            return
        address_start = index - len(local.group())
        address = wording.EMAIL.match(self.text, address_start)
        if address is None or not self.text[address.end() : address.end() + 1].isspace():
            return
        follower = self.after_space(address.end())
        is_sentence = address_start == self.start and (
            wording.RIGHTS.match(self.text, follower) or self.text[follower : follower + 1] in ("(", "[", "<")
        )
        if is_sentence or wording.SIGNATURE.fullmatch(self.text, self.start, address_start):
            self.cut(address.end())

    def at_verb(self, index: int, end: int) -> None:
        """Cut after a finished verb without a full stop: …했다 그러나, …했어요 그런데"""
        if index <= self.guard or index - self.start < bare.LENGTH:
            return
        tail = bare.TAIL.match(self.text, end)
        if tail is None:
            return
        follower = self.after_space(tail.end())
        is_certain = tail.end() > end or self.is_informal or self.pairs.kind.get(follower) == "double"
        if not is_certain and not bare.is_verb(self.text, end, follower):
            return
        is_noted = tail.end() == end and self.text[index] == "다" and self.text[follower : follower + 1] in ("(", "[")
        if not is_noted and not bare.goes_on(self.text, follower):
            self.cut(tail.end())


_HANDLERS: dict[str, Callable[[_Scan, int, int], None]] = {
    **dict.fromkeys((*OPENS, *CLOSES, *EITHER), _Scan.at_mark),
    **dict.fromkeys(STOPS, _Scan.at_stop),
    **dict.fromkeys(SECTION_BULLETS, _Scan.at_section),
    **dict.fromkeys(ITEM_BULLETS, _Scan.at_item),
    "@": _Scan.at_address,
    ":": _Scan.at_colon,
    "\n": _Scan.at_line_end,
    "/": _Scan.at_slash,
    **dict.fromkeys(bare.ENDINGS, _Scan.at_verb),
}
"""Handler for each character that `_TRIGGER` finds, called with the start and end of the match."""

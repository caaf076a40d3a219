"""Differences between a story and a page.

Invariant: a page that shows little of the story, or only its beginning, is unreadable: nobody is
told that everything differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transflow.update.align import longest_rising
from transflow.web_pages.finding import Finding
from transflow.web_pages.folding import fold
from transflow.web_pages.html_text import Line, PageText, as_lines
from transflow.web_pages.leftovers import UnmatchedTexts
from transflow.web_pages.parts import PageDifference, Reason, StoryPart

_LEAST_SHOWN = 0.25
"""The part of a story's text that a page must show to be one of it."""
_FEW_WORDS = 80
"""Words of a page that shows no article."""
_LEAST_CUT = 3
_PROMPT = re.compile(
    r"subscribe\b.{0,30}\bto (?:continue|read|keep|unlock)|to continue reading|already (?:a subscriber|have an account)"
    r"|(?:sign|log) ?in to (?:read|continue|view)|(?:for|only) subscribers|subscriber[s']* only|register to (?:read|continue)"
    r"|unlock (?:this|the full) (?:article|story)|rest of (?:this|the) (?:article|story)|read the full (?:article|story)"
    r"|로그인|구독",
    re.IGNORECASE,
)
_NO_SCRIPT = re.compile(r"javascript|자바스크립트", re.IGNORECASE)
_NEAR = 8
"""Lines after the last paragraph within which a request to pay stands."""


class PageComparison(NamedTuple):
    """Differences between a story and a page, in the order of the story; or why none are known."""

    differences: tuple[PageDifference, ...]
    unreadable: Reason = ""


def compare(parts: Sequence[StoryPart], page: PageText) -> PageComparison:
    """Compare a story with a page."""
    found = _Comparing(parts, page.lines, page)
    if found.unreadable and page.article_body:
        body = [part for part in parts if part.role == "paragraph"]
        behind = _Comparing(body, as_lines(page.article_body), page)
        found = behind if not behind.unreadable else found
    return PageComparison(() if found.unreadable else found.differences(), found.unreadable)


class _Comparing:
    def __init__(self, parts: Sequence[StoryPart], lines: Sequence[Line], page: PageText) -> None:
        self._parts, self._page = parts, page
        self._finding = Finding(parts, lines, page.title)
        self._leftovers = UnmatchedTexts(self._finding)
        self.unreadable = self._why_unreadable()
        if not self.unreadable:
            self._leftovers.replace_missing()
            self._leftovers.extend()

    def _why_unreadable(self) -> Reason:
        body, places, lines = self._finding.body, self._finding.places, self._finding.stream.lines
        total = sum(len(part.text) for part in body)
        shown = sum(len(part.text) for part in body if part.key in places)
        cut = self._cut_off()
        is_begun = bool(body) and body[0].key in places
        if is_begun and cut >= 2 and (self._page.is_paid or self._asks_after_last()):
            return "paid"
        if is_begun and cut >= max(_LEAST_CUT, len(body) / 2):
            return "short"
        if body and shown < _LEAST_SHOWN * total:
            if self._page.is_paid or any(_PROMPT.search(line.text) for line in lines):
                return "paid"
            words = sum(len(line.text.split()) for line in lines)
            is_built = self._page.scripts and (words < _FEW_WORDS or _NO_SCRIPT.search(self._page.unscripted))
            return "script" if is_built else "other"
        return ""

    def _cut_off(self) -> int:
        """Return how many paragraphs at the end the page does not show, or only begins."""
        number = 0
        for part in reversed(self._finding.body):
            place = self._finding.places.get(part.key)
            if place is not None and (place.is_equal or not number or not self._is_begun(part)):
                break
            number += 1
        return number

    def _is_begun(self, part: StoryPart) -> bool:
        live = self._finding.stream.original(self._finding.places[part.key].span)
        return fold(part.text).startswith(fold(live).rstrip(". "))

    def _asks_after_last(self) -> bool:
        """Return whether the page asks to pay or log in right after the last paragraph it shows."""
        stream = self._finding.stream
        last = max((place.span.end for place in self._finding.places.values()), default=0)
        index = stream.line_at(max(0, last - 1))
        near = stream.lines[index : index + _NEAR]
        return any(_PROMPT.search(line.text) or _is_paywall(line) for line in near)

    def differences(self) -> tuple[PageDifference, ...]:
        moved, found = self._moved(), list[tuple[int, PageDifference]]()
        for order, part in enumerate(self._parts):
            place = self._finding.places.get(part.key)
            if place is None and part.key not in self._finding.elsewhere:
                found.append((order, PageDifference("missing", part)))
            elif place is not None and not place.is_equal:
                found.append((order, PageDifference("changed", part, self._finding.stream.original(place.span))))
            elif part.key in moved:
                found.append((order, PageDifference("moved", part, part.text)))
        for span in self._leftovers.added():
            live = self._finding.stream.original(span)
            found.append((self._order_of(span.start), PageDifference("added", None, live)))
        return tuple(each for _, each in sorted(found, key=lambda each: each[0]))

    def _order_of(self, offset: int) -> int:
        """Return the index of the part that stands last before an offset of the page."""
        places = self._finding.places
        orders = [i for i, part in enumerate(self._parts) if (at := places.get(part.key)) and at.span.start < offset]
        return max(orders, default=-1)

    def _moved(self) -> set[str]:
        """Return the paragraphs that stand elsewhere in the order of the page."""
        body, places = self._finding.body, self._finding.places
        starts = [(i, places[part.key].span.start) for i, part in enumerate(body) if part.key in places]
        stayed = {index for index, _ in longest_rising(starts)}
        return {body[index].key for index, _ in starts if index not in stayed}


def _is_paywall(line: Line) -> bool:
    return any("paywall" in each.label.lower() for each in line.elements)

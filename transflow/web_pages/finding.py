"""Places of a story's parts on a page: equal texts first, then the nearest ones.

Invariant: no text of the page is taken for two parts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transflow.similarity import similar_by_indels
from transflow.web_pages.folding import fold, folded, lowered
from transflow.web_pages.html_text import Element, Line, common_elements
from transflow.web_pages.parts import HEAD_ROLES, StoryPart

MIN_SIMILARITY = 0.5
"""Similarity from which a text of the page is a changed paragraph of the story."""
_MIN_SIMILARITY_OF_HEADS = 0.6
_SHORT = 25
"""Length below which a text occurs by chance, and is only looked for within the article."""
_MOST_LINES = 3
"""Lines of a page that may be one changed paragraph of the story."""
_MOSTLY_LINKED = 0.5
_MOST_OF_IT = 0.8
_WORD = re.compile(r"\w")


class Span(NamedTuple):
    """A place in the folded text of the page."""

    start: int
    end: int


class PartPlace(NamedTuple):
    """The place of a part, and whether its text there is equal."""

    span: Span
    is_equal: bool


class Stream:
    """The folded text of a page's lines, and what of it is taken for parts of the story."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._folded = [folded(line.text) for line in lines]
        self.starts: list[int] = []
        length = 0
        for each in self._folded:
            self.starts.append(length)
            length += len(each.text) + 1
        self.text = " ".join(each.text for each in self._folded)
        self.lowered = lowered(self.text)
        self._taken = bytearray(len(self.text))
        self.proper = bytearray(b"\1" * len(self.text))
        """1 for the text of lines that do not belong to menus, lists of links and the like."""
        for index, line in enumerate(lines):
            if line.is_beside or line.linked > _MOSTLY_LINKED:
                start, end = self.span_of(index)
                self.proper[start:end] = bytes(end - start)

    def span_of(self, index: int) -> Span:
        """Return the span of a line."""
        return Span(self.starts[index], self.starts[index] + len(self._folded[index].text))

    def line_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def occurrences(self, needle: str, text: str) -> Iterator[Span]:
        """Yield where a folded text occurs as whole words, in what is not taken."""
        at = text.find(needle)
        while needle and at >= 0:
            span = Span(at, at + len(needle))
            if self.is_free(span) and not self._cuts_word(span.start) and not self._cuts_word(span.end):
                yield span
            at = text.find(needle, at + 1)

    def _cuts_word(self, offset: int) -> bool:
        return 0 < offset < len(self.text) and bool(
            _WORD.match(self.text[offset - 1]) and _WORD.match(self.text[offset])
        )

    def is_free(self, span: Span) -> bool:
        return not any(self._taken[span.start : span.end])

    def is_proper(self, span: Span) -> bool:
        return all(self.proper[span.start : span.end])

    def take(self, span: Span) -> None:
        self._taken[span.start : span.end] = b"\1" * (span.end - span.start)

    def is_whole(self, span: Span) -> bool:
        """True if a span is one line or several."""
        return span.start == self.starts[self.line_at(span.start)] and (
            span.end == len(self.text) or span.end + 1 in self.starts
        )

    def pieces(self) -> list[Span]:
        """Return what is not taken, in pieces of one line each that have a word."""
        found = []
        for index in range(len(self.lines)):
            start, end = self.span_of(index)
            for match in re.finditer(rb"\x00+", self._taken[start:end]):
                span = Span(start + match.start(), start + match.end())
                if _WORD.search(self.text[span.start : span.end]):
                    found.append(span)
        return found

    def original(self, span: Span) -> str:
        """Return the text of a span as the page has it."""
        first, last = self.line_at(span.start), self.line_at(max(span.start, span.end - 1))
        parts = []
        for index in range(first, last + 1):
            line = self.span_of(index)
            start, end = max(span.start, line.start) - line.start, min(span.end, line.end) - line.start
            offsets = self._folded[index].offsets
            parts.append(self.lines[index].text[offsets[start] : offsets[end]].strip())
        return " ".join(filter(None, parts))


class Finding:
    """The places of a story's parts on a page."""

    def __init__(self, parts: Sequence[StoryPart], lines: Sequence[Line], title: str = "") -> None:
        self.parts, self.stream = parts, Stream(lines)
        self.body = [part for part in parts if part.role == "paragraph"]
        self.places: dict[str, PartPlace] = {}
        self.elsewhere: set[str] = set()
        """Parts that are in menus or titles only."""
        self._title = lowered(fold(title))
        self._needles = {part.key: fold(part.text) for part in parts}
        self.region: tuple[Element, ...] = ()
        """The elements around most of the article's text."""
        self._find()

    def _find(self) -> None:
        by_length = sorted(self.body, key=lambda part: -len(self._needles[part.key]))
        for part in by_length:
            if len(self._needles[part.key]) >= _SHORT:
                self._find_equal(part)
        self.region = self._common_region()
        for part in self.parts:
            if part.role in HEAD_ROLES:
                self._find_head(part)
        for part in by_length:
            if part.key not in self.places:
                self._find_equal(part, in_region=bool(self.region))
        self._find_similar()
        for part in self.parts:
            if part.key not in self.places:
                self._find_elsewhere(part)

    def bounds(self, part: StoryPart) -> Span:
        """Return the span between the paragraphs before and after one, as far as they are found."""
        index = self.body.index(part)
        before = (self.places[each.key].span.end for each in reversed(self.body[:index]) if each.key in self.places)
        after = (self.places[each.key].span.start for each in self.body[index + 1 :] if each.key in self.places)
        return Span(next(before, 0), next(after, len(self.stream.text)))

    def _find_equal(self, part: StoryPart, *, in_region: bool = False) -> None:
        bounds = self.bounds(part)
        found = [
            span
            for span in self.stream.occurrences(self._needles[part.key], self.stream.text)
            if self.stream.is_proper(span) and (not in_region or self._is_in_region(span))
        ]
        best = min(found, key=lambda span: (not _is_within(span, bounds), not self.stream.is_whole(span)), default=None)
        if best:
            self._place(part, best, is_equal=True)

    def _find_head(self, part: StoryPart) -> None:
        """Find a headline, deck, byline or credit line, in capitals too."""
        found = [
            span
            for span in self.stream.occurrences(lowered(self._needles[part.key]), self.stream.lowered)
            if self.stream.is_proper(span)
            and (part.role in ("byline", "credit", "label") or self._is_line_of_its_own(span))
        ]
        best = min(found, key=lambda span: not self._is_heading(span), default=None)
        if best:
            self._place(part, best, is_equal=True)

    def _is_line_of_its_own(self, span: Span) -> bool:
        return self.stream.is_whole(span) or self._is_heading(span)

    def _is_heading(self, span: Span) -> bool:
        return self.stream.lines[self.stream.line_at(span.start)].is_heading

    def _place(self, part: StoryPart, span: Span, *, is_equal: bool) -> None:
        self.places[part.key] = PartPlace(span, is_equal)
        self.stream.take(span)

    # The article on the page

    def _common_region(self) -> tuple[Element, ...]:
        """Return the innermost elements that hold most of the text that was found."""
        found = [
            (self.stream.lines[self.stream.line_at(place.span.start)], place.span.end - place.span.start)
            for place in self.places.values()
        ]
        total = sum(length for _, length in found)
        weights: dict[Element, int] = {}
        for line, length in found:
            for element in line.elements:
                weights[element] = weights.get(element, 0) + length
        around = [line for line, _ in found]
        inner = [
            tuple(each for each in line.elements if weights[each] >= _MOST_OF_IT * total)
            for line in around
            if any(weights[each] >= _MOST_OF_IT * total for each in line.elements)
        ]
        return max(inner, key=len, default=common_elements(around))

    def _is_in_region(self, span: Span) -> bool:
        line = self.stream.lines[self.stream.line_at(span.start)]
        return line.elements[: len(self.region)] == self.region

    # Similar texts

    def _find_similar(self) -> None:
        windows = [
            window
            for window in self._windows()
            if self.stream.is_proper(Span(window.start, window.end)) and window.end > window.start
        ]
        texts = [self.stream.lowered[window.start : window.end] for window in windows]
        ranked: list[tuple[float, int, StoryPart, Span]] = []
        for order, part in enumerate(self.parts):
            if part.key in self.places:
                continue
            least = MIN_SIMILARITY if part.role == "paragraph" else _MIN_SIMILARITY_OF_HEADS
            for _, score, index in similar_by_indels(lowered(self._needles[part.key]), texts, least, 12):
                is_fit = _is_within(windows[index], self.bounds(part)) if part in self.body else True
                bonus = 0.05 if (part.role == "headline" and self._is_heading(windows[index])) or is_fit else 0.0
                ranked.append((score + bonus, -order, part, windows[index]))
        for _, _, part, window in sorted(ranked, key=lambda each: each[:2], reverse=True):
            if part.key not in self.places and self.stream.is_free(window):
                self._place(part, window, is_equal=False)

    def _windows(self) -> Iterator[Span]:
        """Yield the pieces of the page that are not taken, and neighbours of them together."""
        pieces = self.stream.pieces()
        for index, first in enumerate(pieces):
            for last in pieces[index : index + _MOST_LINES]:
                window = Span(first.start, last.end)
                if not self.stream.is_free(window):
                    break
                yield window

    def _find_elsewhere(self, part: StoryPart) -> None:
        """Find what a page shows in a menu or title only, and the names of a byline."""
        needle = lowered(self._needles[part.key])
        if part.role == "byline" and part.names:
            names = [lowered(fold(name)) for name in part.names]
            if all(any(self.stream.occurrences(name, self.stream.lowered)) for name in names):
                self.elsewhere.add(part.key)
        if part.role in HEAD_ROLES and needle:
            in_lines = any(
                self._is_line_of_its_own(each) for each in self.stream.occurrences(needle, self.stream.lowered)
            )
            is_title = part.role == "headline" and needle in self._title
            if in_lines or is_title:
                self.elsewhere.add(part.key)


def _is_within(span: Span, bounds: Span) -> bool:
    return bounds.start <= span.start and span.end <= bounds.end

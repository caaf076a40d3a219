"""Text of a page besides the parts of a story that were found: additions to them, and new texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transflow.similarity import similar_by_indels
from transflow.web_pages.finding import Finding, PartPlace, Span
from transflow.web_pages.folding import fold, lowered
from transflow.web_pages.html_text import Line
from transflow.web_pages.parts import StoryPart

_NUMBERING = re.compile(r"\W*(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\W*", re.IGNORECASE)
_DATELINE = re.compile(r"\W*[^.!?]{1,60}(?:-|:|\))\W*|\([^()]{1,60}\)\W*")
_BESIDE = re.compile(
    r"(?:^|[ _-])(?:ads?|advert\w*|aside|author|breadcrumbs?|bylines?|caption|comments?|cookies?|dates?|figcaption|figure|"
    r"footer|jp-relatedposts|meta|more|nav\w*|newsletter|paywall|promo\w*|read-?more|recommend\w*|related\w*|share\w*|"
    r"sharedaddy|sidebar|social|sponsor\w*|subscribe|tags?|teaser|time|toolbar|widget\w*)(?:$|[ _-])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]['\")\]]*$")
_LEAST_WORDS = 4
_LEAST_WORDS_BEFORE = 8
"""Words of a text above the first paragraph, where bylines and dates stand."""
_LEAST_RATIO, _GREATEST_RATIO = 1 / 6, 6
"""Lengths, compared with a missing paragraph, of a text with other words in its place."""


class UnmatchedTexts:
    """Texts of a page that no part of the story has."""

    def __init__(self, finding: Finding) -> None:
        self._finding, self._stream = finding, finding.stream
        spans = [finding.places[part.key].span for part in finding.body if part.key in finding.places]
        lines = [self._stream.lines[self._stream.line_at(span.start)] for span in spans]
        self._article = Span(
            min((each.start for each in spans), default=0), max((each.end for each in spans), default=0)
        )
        self._shapes = {self._shape(line) for line in lines if self._is_in_region(line)}

    def replace_missing(self) -> None:
        """Take the text that stands where a paragraph is missing for the changed paragraph."""
        finding = self._finding
        for part in finding.body:
            if part.key in finding.places:
                continue
            bounds, needle = finding.bounds(part), lowered(fold(part.text))
            pieces = [
                piece
                for piece in self._stream.pieces()
                if bounds.start <= piece.start and piece.end <= bounds.end and self._is_of_article(piece, needle)
            ]
            texts = [self._stream.lowered[piece.start : piece.end] for piece in pieces]
            for _, _, index in similar_by_indels(needle, texts, 0.0, 1):
                finding.places[part.key] = PartPlace(pieces[index], is_equal=False)
                self._stream.take(pieces[index])

    def _is_of_article(self, piece: Span, needle: str) -> bool:
        """Return whether a piece may be a paragraph that has wholly other words now."""
        ratio = (piece.end - piece.start) / max(1, len(needle))
        least = min(_LEAST_WORDS, len(needle.split()))
        return _LEAST_RATIO <= ratio <= _GREATEST_RATIO and self._is_text(piece, least)

    def extend(self) -> None:
        """Add to each paragraph, and to the headline, what stands in the same line besides."""
        for piece in self._stream.pieces():
            part = self._part_beside(piece)
            if part is None or self._may_precede(piece, part):
                continue
            span = self._finding.places[part.key].span
            self._stream.take(piece)
            whole = Span(min(span.start, piece.start), max(span.end, piece.end))
            self._finding.places[part.key] = PartPlace(whole, is_equal=False)

    def _part_beside(self, piece: Span) -> StoryPart | None:
        """Return the paragraph, headline or deck in the line of a piece, best the one before."""
        line = self._stream.span_of(self._stream.line_at(piece.start))
        beside = [
            (place.span, part)
            for part in self._finding.parts
            if part.role not in ("byline", "credit", "label")
            and (place := self._finding.places.get(part.key))
            and line.start <= place.span.end - 1
            and place.span.start < line.end
        ]
        before = [each for each in beside if each[0].end <= piece.start]
        after = [each for each in beside if each[0].start >= piece.end]
        if before:
            return max(before, key=lambda each: each[0].end)[1]
        return min(after, key=lambda each: each[0].start)[1] if after else None

    def _may_precede(self, piece: Span, part: StoryPart) -> bool:
        """Return whether a piece is a number, or the dateline of the first paragraph."""
        if piece.start > self._finding.places[part.key].span.start:
            return False
        text = self._stream.text[piece.start : piece.end]
        is_first = part.lead or part == next(iter(self._finding.body), None)
        lead = lowered(fold(part.lead))
        is_lead = bool(lead) and lowered(text).strip(" -:()") == lead.strip(" -:()")
        return bool(_NUMBERING.fullmatch(text)) or is_lead or bool(is_first and _DATELINE.fullmatch(text))

    def added(self) -> Iterator[Span]:
        """Yield the paragraphs of the article that the story does not have."""
        for piece in self._stream.pieces():
            if self._stream.span_of(self._stream.line_at(piece.start)) != piece:
                continue
            is_before, is_after = piece.end <= self._article.start, piece.start >= self._article.end
            least = _LEAST_WORDS_BEFORE if is_before else _LEAST_WORDS
            if self._is_text(piece, least, outside=is_before or is_after):
                yield piece

    def _is_text(self, piece: Span, least: int, *, outside: bool = False) -> bool:
        """Return whether a piece is a text of the article, not one about it or a list of links."""
        line = self._stream.lines[self._stream.line_at(piece.start)]
        shape, text = self._shape(line), self._stream.text[piece.start : piece.end]
        if not self._stream.is_proper(piece) or not self._is_in_region(line) or any(map(_BESIDE.search, shape)):
            return False
        if outside and (shape not in self._shapes or not _SENTENCE_END.search(text)):
            return False
        return len(text.split()) >= least

    def _is_in_region(self, line: Line) -> bool:
        region = self._finding.region
        return line.elements[: len(region)] == region

    def _shape(self, line: Line) -> tuple[str, ...]:
        """Return the names and classes of the elements around a line, within the article."""
        return tuple(each.label for each in line.elements[len(self._finding.region) :])

"""Sentence boundaries in a changed block: the segmenter's, adjusted by joins and splits of people.

Invariant: a join or split is carried to the new text only where the words on both sides of it are
unchanged; all other boundaries are the segmenter's. Offsets count letters, without white space.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from transflow.model.report import Block, Segment
from transflow.model.unit import Unit
from transflow.similarity import indel_opcodes, similar_by_indels
from transflow.text import without_spaces
from transflow.update.align import MIN_SIMILARITY

Split = Callable[[str, str], Sequence[Segment]]

NEVER_SPLIT = frozenset({"headline", "deck", "subhead", "cue"})

SURROUNDINGS = 20
"""Letters on either side of a boundary of which half must be unchanged: the adjacent words alone,
such as "말했다. 그는", may occur anywhere.
"""
LARGEST_ALIGNMENT = 1_000_000_000
"""Letters (old times new) up to which two texts are aligned letter by letter: 0.1 s, 125 MB."""


class Boundary(NamedTuple):
    """A boundary that people inserted (`cut`) or removed. Offsets are letters of the block, from
    0.
    """

    block: str
    """The letters of the block."""
    base: int
    """Offset of the block in the letters of all old blocks at its position."""
    offset: int
    cut: bool
    words: tuple[int, int]
    """Span from the beginning of the word before it to the end of the word after it."""
    parts: tuple[int, int]
    """The same for the sentences, or parts of one, on both sides."""

    def around(self, reach: int) -> tuple[int, int]:
        """Return the span of so many letters on either side, at least the two words, within the
        block.
        """
        return (
            max(0, min(self.words[0], self.offset - reach)),
            min(len(self.block), max(self.words[1], self.offset + reach)),
        )


class KeptSpan(NamedTuple):
    """A span of the old letters that is unchanged in the new ones, at an offset of `shift`."""

    start: int
    end: int
    shift: int


class BlockBoundaries(NamedTuple):
    """Boundaries of people in a new block: offsets to begin a sentence at, and offsets to join
    at.
    """

    cuts: frozenset[int] = frozenset()
    seams: frozenset[int] = frozenset()


def sentences(block: Block, boundaries: BlockBoundaries, split: Split, language: str) -> list[str]:
    """Return the sources of the block's sentences; those joined at a seam are joined by a space."""
    found: list[str] = []
    start = 0
    for source in _segmented(block.kind, block.text, split, language):
        end = start + len(without_spaces(source))
        parts = _cut(source, [cut - start for cut in sorted(boundaries.cuts) if start < cut < end])
        if start in boundaries.seams and found:
            parts[0] = f"{found.pop()} {parts[0]}"
        found += parts
        start = end
    return found


def _segmented(kind: str, text: str, split: Split, language: str) -> list[str]:
    if kind in NEVER_SPLIT:
        return [text.strip()]
    return [source for segment in split(text, language) if (source := segment.source.strip())]


def _cut(text: str, cuts: Sequence[int]) -> list[str]:
    """Split `text` before the letters with these rising numbers."""
    letters = [index for index, character in enumerate(text) if not character.isspace()]
    ends = [0, *(letters[cut] for cut in cuts), len(text)]
    return [text[start:end].strip() for start, end in pairwise(ends)]


def carried_boundaries(
    changes: Iterable[tuple[Sequence[Sequence[Unit]], Sequence[Block]]], split: Split, language: str
) -> dict[int, BlockBoundaries]:
    """Return new block number -> boundaries of people in it; blocks are counted over all `changes`.

    `changes` are pairs of changed old blocks and the new ones at the same position. A boundary that
    is not found there is searched in all new blocks, as its block may have moved.
    """
    changes = list(changes)
    texts = [[without_spaces(block.text) for block in new] for _, new in changes]
    starts = accumulate((len(each) for each in texts), initial=0)
    everything = [text for each in texts for text in each]
    new_boundaries: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for (old, _), new, first in zip(changes, texts, starts, strict=False):
        boundaries = _peoples_boundaries(old, split, language)
        for boundary, position in zip(boundaries, _positions_in_place(boundaries, old, new), strict=True):
            if position:
                new_boundaries[first + position[0]][boundary.cut].add(position[1])
            elif other_position := _find_unique(boundary, everything) or _position_in_most_similar(
                boundary, everything
            ):
                new_boundaries[other_position[0]][boundary.cut].add(other_position[1])
    return {
        block: BlockBoundaries(frozenset(cuts), frozenset(seams)) for block, (seams, cuts) in new_boundaries.items()
    }


def _peoples_boundaries(blocks: Sequence[Sequence[Unit]], split: Split, language: str) -> list[Boundary]:
    """Return the boundaries in which units and segmenter differ."""
    boundaries: list[Boundary] = []
    base = 0
    for units in blocks:
        text = " ".join(unit.source for unit in units)
        letters = without_spaces(text)
        units_bounds = _inner_bounds(unit.source for unit in units)
        segmenter_bounds = _inner_bounds(_segmented(units[0].kind, text, split, language))
        bounds = [0, *sorted(units_bounds | segmenter_bounds), len(letters)]
        boundaries += [
            Boundary(letters, base, offset, offset in units_bounds, _words_around(text, offset), (left, right))
            for left, offset, right in zip(bounds, bounds[1:], bounds[2:], strict=False)
            if (offset in units_bounds) != (offset in segmenter_bounds)
        ]
        base += len(letters)
    return boundaries


def _inner_bounds(sources: Iterable[str]) -> set[int]:
    return set(list(accumulate(len(without_spaces(source)) for source in sources))[:-1])


def _words_around(text: str, offset: int) -> tuple[int, int]:
    """Return the span from the word before an offset to the word after it; it may be within a
    word.
    """
    end = begin = 0
    for word in text.split():
        start, end = end, end + len(word)
        if start < offset:
            begin = start
        if end > offset:
            return begin, end
    return begin, end


def _positions_in_place(
    boundaries: Sequence[Boundary], old: Sequence[Sequence[Unit]], new: Sequence[str]
) -> list[tuple[int, int] | None]:
    """Return the new block and the offset in it for each boundary; None if its context did not
    survive.

    If the context occurs exactly once, unchanged, that is the result; otherwise the two texts are
    aligned letter by letter.
    """
    positions = [_find_unique(boundary, new) for boundary in boundaries]
    if None not in positions:
        return positions
    kept_spans = _unchanged_spans("".join(without_spaces(unit.source) for units in old for unit in units), "".join(new))
    for index, boundary in enumerate(boundaries):
        if not positions[index] and (offset := _new_offset(boundary, boundary.base, kept_spans)):
            positions[index] = _position_in_texts(offset, new)
    return positions


def _position_in_most_similar(boundary: Boundary, texts: Sequence[str]) -> tuple[int, int] | None:
    """Return the block most similar to the boundary's, and the offset in it."""
    for text, _, index in similar_by_indels(boundary.block, texts, MIN_SIMILARITY, limit=1):
        if offset := _new_offset(boundary, 0, _unchanged_spans(boundary.block, text)):
            return index, offset
    return None


def _unchanged_spans(old: str, new: str) -> list[KeptSpan]:
    if len(old) * len(new) > LARGEST_ALIGNMENT:
        return []
    return [
        KeptSpan(step.src_start, step.src_end, step.dest_start - step.src_start)
        for step in indel_opcodes(old, new)
        if step.tag == "equal"
    ]


def _new_offset(boundary: Boundary, base: int, kept_spans: Sequence[KeptSpan]) -> int | None:
    """Return the boundary's offset in the new letters.

    None unless the adjacent words are unchanged, and at least half of the context on either side.
    """
    start, end = base + boundary.words[0], base + boundary.words[1]
    offset = base + boundary.offset
    before, after = (base + each for each in boundary.around(SURROUNDINGS))
    for span in kept_spans:
        if span.start <= start and end <= span.end:
            mostly = _is_mostly_kept(before, offset, kept_spans) and _is_mostly_kept(offset, after, kept_spans)
            return offset + span.shift if mostly else None
    return None


def _is_mostly_kept(start: int, end: int, kept_spans: Sequence[KeptSpan]) -> bool:
    shared = sum(max(0, min(end, span.end) - max(start, span.start)) for span in kept_spans)
    return 2 * shared >= end - start


def _position_in_texts(offset: int, texts: Sequence[str]) -> tuple[int, int]:
    """Return the text that an offset in the concatenated texts falls into, and the offset in it."""
    ends = list(accumulate(len(text) for text in texts))
    index = bisect(ends, offset)
    return index, offset - (ends[index] - len(texts[index]))


def _find_unique(boundary: Boundary, texts: Sequence[str]) -> tuple[int, int] | None:
    """Return the only text and offset with the boundary's context, or None if it is not unique.

    The context is the sentences on both sides, else the widest span that occurs at all.
    """
    for start, end in (boundary.parts, boundary.around(2 * SURROUNDINGS), boundary.around(SURROUNDINGS)):
        occurrences = list(_occurrences(boundary.block[start:end], texts))
        if occurrences:
            return (occurrences[0][0], occurrences[0][1] + boundary.offset - start) if len(occurrences) == 1 else None
    return None


def _occurrences(needle: str, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    for index, text in enumerate(texts):
        offset = text.find(needle)
        while offset >= 0:
            yield index, offset
            offset = text.find(needle, offset + 1)

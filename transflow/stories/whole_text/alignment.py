"""Alignment of a whole text without heads, such as one from elsewhere, to a story's paragraphs.

Invariant: no paragraph is used for two texts, unless it was split into them; a text that no
paragraph resembles is a new one. Headline, deck, captions and notes that the text lacks stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import log
from typing import NamedTuple

from transflow.model.unit import Unit
from transflow.stories.whole_text.evidence import TextEvidence, weight_of
from transflow.stories.whole_text.layout import HeadedText, paragraph_text, parsed_back, shown_text
from transflow.units.regroup import separator
from transflow.update.align import gaps

_MIN_LIKENESS = 0.3
"""Likeness from which a text is a paragraph, wherever both are."""
_MIN_LIKENESS_IN_PLACE = 0.12
"""The same for a text between the same neighbours, so that its position is evidence."""
_MIN_COVERAGE = 0.4
"""The part of a text that comes from one paragraph, where texts were split or joined."""
_MIN_COVERAGE_BESIDE = 0.2
"""The same for neighbours."""
_MIN_LIKENESS_OF_LINE = 0.6
"""Likeness from which a line is a paragraph without its full stop, and no headline."""
_MIN_PIECES = 2
"""Number of names, figures and words that are evidence of one event; one may be chance."""
_PLACE_BONUS = 0.1
_KEPT_KINDS = frozenset({"headline", "deck", "caption", "table cell"})
"""Kinds of paragraphs that a text may lack without meaning that they are to be cut."""


def plain_texts(text: str, language: str) -> list[str]:
    """Return the paragraphs of a text without heads, parted by blank lines or else by line ends."""
    lines = text.split("\n")
    blocks = [list(block) for has_text, block in groupby(lines, lambda line: bool(line.strip())) if has_text]
    if len(blocks) == 1:
        blocks = [[line] for line in blocks[0]]
    escaped = ([line.replace("\\", "\\\\") for line in block] for block in blocks)
    return [text for block in escaped if (text := paragraph_text(block, language))]


def align_texts(
    texts: Sequence[str], units: Sequence[Unit], behind: Mapping[str, Sequence[str]], language: str
) -> list[HeadedText]:
    """Return the texts as items with the paragraphs that they are made from, in their order.

    `behind` has further texts of each paragraph, such as its sentences, by id.
    """
    return _Alignment(texts, units, behind, language).items()


class _Likeness(NamedTuple):
    """Likeness of a paragraph and a text, from 0 to 1."""

    both: float
    """Common words, of those of both."""
    of_text: float
    """Common words, of those of the text."""
    of_paragraph: float
    pieces: int
    """Number of common names, figures and words."""


class _Alignment:
    def __init__(
        self, texts: Sequence[str], units: Sequence[Unit], behind: Mapping[str, Sequence[str]], language: str
    ) -> None:
        self._texts, self._units, self._language = texts, units, language
        is_spaced = bool(separator(language))
        self._new_evidence = [TextEvidence(text, is_spaced=is_spaced) for text in texts]
        self._old_evidence = [
            [TextEvidence(each, is_spaced=is_spaced) for each in _texts_of(unit, behind)] for unit in units
        ]
        self._news = [each.bag for each in self._new_evidence]
        self._olds = [[each.bag for each in evidence] for evidence in self._old_evidence]
        self._weights = self._word_weights()
        self._ids: dict[int, list[int]] = {}
        """Index of a text -> indexes of its paragraphs, the first of which it is."""
        self._origins: dict[int, int] = {}
        """Index of a text -> index of the paragraph that it is split off."""
        self._likeness = [[self._compared(old, new) for new in self._new_evidence] for old in self._old_evidence]
        self._pair_equal()
        self._pair_headline()
        self._pair_best()
        if self._is_of_story():
            self._pair_in_gaps()
            self._find_splits()
            self._find_joins()
        else:
            self._ids.clear()

    # Words

    def _word_weights(self) -> dict[str, float]:
        """Return the weight of each word: rare ones, such as names and figures, tell most."""
        bags = [*(bags[0] for bags in self._olds), *self._news]
        counts = Counter(word for bag in bags for word in bag)
        return {word: log(len(bags) / number) + 0.1 for word, number in counts.items()}

    def _weight(self, bag: Counter[str]) -> float:
        return weight_of(bag, self._weights)

    def _compared(self, old: Sequence[TextEvidence], new: TextEvidence) -> _Likeness:
        if all(each.quotes_other_words(new, self._weights) for each in old):
            return _Likeness(0.0, 0.0, 0.0, 0)
        new_weight = self._weight(new.bag)
        found = [(self._weight(each.bag & new.bag), self._weight(each.bag)) for each in old]
        both = max((2 * common / (weight + new_weight) for common, weight in found if weight + new_weight), default=0.0)
        of_text = max((common / new_weight for common, _ in found if new_weight), default=0.0)
        common, weight = found[0]
        pieces = max(each.pieces_in(new) for each in old)
        return _Likeness(both, of_text, common / weight if weight else 0.0, pieces)

    # Pairs

    @property
    def _paired(self) -> set[int]:
        return {old for olds in self._ids.values() for old in olds}

    def _pair_equal(self) -> None:
        known = {" ".join(parsed_back(shown_text(unit), self._language)): i for i, unit in enumerate(self._units)}
        for new, text in enumerate(self._texts):
            old = known.pop(text, None)
            if old is not None:
                self._ids[new] = [old]

    def _pair_headline(self) -> None:
        """Take a first line without a full stop for the headline."""
        headline = next((i for i, unit in enumerate(self._units) if unit.kind == "headline" and not unit.cut), None)
        if headline is None or headline in self._paired or not self._texts or 0 in self._ids:
            return
        is_line = not _ends(self._texts[0])
        rivals = (row[0].both for i, row in enumerate(self._likeness) if i != headline and self._may_rival(i, row[0]))
        if is_line and max(rivals, default=0.0) < _MIN_LIKENESS + self._likeness[headline][0].both:
            self._ids[0] = [headline]

    def _may_rival(self, old: int, likeness: _Likeness) -> bool:
        """Return whether a line may be a paragraph: one that ends with a full stop hardly is."""
        return likeness.both >= _MIN_LIKENESS_OF_LINE or not _ends(shown_text(self._units[old]))

    def _pair_best(self) -> None:
        ranked = sorted(
            (
                (likeness.both + _PLACE_BONUS * (1 - abs(old / len(self._olds) - new / len(self._news))), -old, -new)
                for old, row in enumerate(self._likeness)
                for new, likeness in enumerate(row)
                if likeness.both >= _MIN_LIKENESS and likeness.pieces >= _MIN_PIECES and self._may_be(old, new)
            ),
            reverse=True,
        )
        paired = self._paired
        for _, old, new in ranked:
            if -old not in paired and -new not in self._ids:
                self._ids[-new] = [-old]
                paired.add(-old)

    def _may_be(self, old: int, new: int) -> bool:
        """Return whether a text may be a paragraph: a headline is the first."""
        return not self._units[old].cut and (self._units[old].kind != "headline" or new == 0)

    def _is_of_story(self) -> bool:
        """Return whether a text is like a paragraph: the place of a headline alone says nothing."""
        return any(self._likeness[olds[0]][new].both >= _MIN_LIKENESS for new, olds in self._ids.items())

    def _pair_in_gaps(self) -> None:
        """Pair what stands between the same neighbours, with less likeness."""
        pairs = [(olds[0], new) for new, olds in self._ids.items()]
        paired = self._paired
        free = [old for old in range(len(self._olds)) if old not in paired and not self._units[old].cut]
        open_texts = [new for new in range(len(self._news)) if new not in self._ids]
        for olds, news in gaps(pairs, free, open_texts):
            ranked = sorted(
                (
                    (self._likeness[old][new].both, -old, -new)
                    for old in olds
                    for new in news
                    if self._likeness[old][new].pieces >= _MIN_PIECES and self._may_be(old, new)
                ),
                reverse=True,
            )
            for score, old, new in ranked:
                if (
                    score >= _MIN_LIKENESS_IN_PLACE
                    and -old not in self._paired
                    and -new not in self._ids
                    and self._fits_best(-old, -new)
                ):
                    self._ids[-new] = [-old]

    def _fits_best(self, old: int, new: int) -> bool:
        """Return whether no text contains the paragraph better, and no paragraph the text."""
        likeness = self._likeness[old][new]
        return not any(
            self._likeness[old][other].of_paragraph > likeness.of_paragraph and not self._is_taken(old, other)
            for other in self._ids
        ) and not any(
            self._likeness[other][new].of_text > likeness.of_text and not self._is_explained(other, new)
            for other in self._paired
        )

    # Splits and joins

    def _find_splits(self) -> None:
        for new in range(len(self._news)):
            if new in self._ids:
                continue
            found = [
                (self._likeness[old][new].of_text, -old)
                for old in self._paired
                if self._units[old].kind in ("paragraph", "quote", "list item") and not self._is_explained(old, new)
            ]
            beside = {olds[0] for near in (new - 1, new + 1) for olds in [self._ids.get(near)] if olds}
            beside |= {self._origins[new - 1]} if new - 1 in self._origins else set()
            fit = [
                each
                for each in found
                if each[0] >= self._least(-each[1] in beside)
                and (-each[1] in beside or self._likeness[-each[1]][new].pieces >= _MIN_PIECES)
            ]
            if fit:
                self._origins[new] = -max(fit)[1]

    @staticmethod
    def _least(is_beside: bool) -> float:
        return _MIN_COVERAGE_BESIDE if is_beside else _MIN_COVERAGE

    def _is_explained(self, old: int, new: int) -> bool:
        """Return whether what a text shares with a paragraph is in the paragraph's own text too."""
        own = next(index for index, olds in self._ids.items() if old in olds)
        shared = self._olds[old][0] & self._news[new]
        return self._weight(shared - self._news[own]) < 0.5 * self._weight(shared)

    def _find_joins(self) -> None:
        for old, unit in enumerate(self._units):
            if old in self._paired or unit.cut:
                continue
            found = [
                (self._likeness[old][new].of_paragraph, -new)
                for new, olds in self._ids.items()
                if self._units[olds[0]].kind == unit.kind and not self._is_taken(old, new)
            ]
            fit = [
                each
                for each in found
                if each[0] >= self._least(any(abs(old - other) == 1 for other in self._ids[-each[1]]))
                and self._likeness[old][-each[1]].pieces >= _MIN_PIECES
            ]
            if fit:
                self._ids[-max(fit)[1]].append(old)

    def _is_taken(self, old: int, new: int) -> bool:
        """Return whether what a paragraph shares with a text is in the text's own paragraph too."""
        shared = self._olds[old][0] & self._news[new]
        return self._weight(shared - self._olds[self._ids[new][0]][0]) < 0.5 * self._weight(shared)

    # Items

    def items(self) -> list[HeadedText]:
        found = [self._item(new) for new in range(len(self._texts))]
        for old in self._kept():
            found.insert(self._place_of(old, found), self._item_of(old))
        return found

    def _item(self, new: int) -> HeadedText:
        ids = tuple(self._units[old].id for old in self._ids.get(new, ()))
        item = HeadedText(new + 1, ids, "", None, cut=False, texts=[self._texts[new]])
        item.split_off_from = self._units[self._origins[new]].id if new in self._origins else ""
        return item

    def _kept(self) -> Iterator[int]:
        """Yield the paragraphs that stay although the text lacks them."""
        paired = self._paired
        for old, unit in enumerate(self._units):
            if old not in paired and not unit.cut and (unit.kind in _KEPT_KINDS or unit.is_note):
                yield old

    def _item_of(self, old: int) -> HeadedText:
        unit = self._units[old]
        return HeadedText(0, (unit.id,), "", None, cut=False, texts=parsed_back(shown_text(unit), self._language))

    def _place_of(self, old: int, found: Sequence[HeadedText]) -> int:
        """Return the index behind the nearest paragraph that stood before one."""
        indexes = {unit_id: i for i, item in enumerate(found) for unit_id in item.ids}
        before = (indexes[unit.id] for unit in reversed(self._units[:old]) if unit.id in indexes)
        return next(before, -1) + 1


def _ends(text: str) -> bool:
    return text[-1:] in tuple('.!?”"。')


def _texts_of(unit: Unit, behind: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        shown_text(unit),
        *filter(None, dict.fromkeys((unit.source if unit.refs else "", *behind.get(unit.id, ())))),
    ]

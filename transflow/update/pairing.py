"""Pairing of units with sentences of the new report: blocks before sentences, equal before similar.

Invariant: a unit and a sentence that are equal except for white space are never left unpaired while
both are free.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import NamedTuple

from transflow.model.report import Block
from transflow.model.unit import Kind, Unit
from transflow.text import without_spaces
from transflow.update.align import (
    Pair,
    equal_anywhere,
    equal_in_order,
    gaps,
    similar_anywhere,
    similar_in_order,
    within_gaps,
)
from transflow.update.boundaries import BlockBoundaries, Split, carried_boundaries, sentences


class BlockRun(NamedTuple):
    """The units of one block of the old text; `letters` is its text without white space."""

    first: int
    units: tuple[Unit, ...]
    letters: str

    @property
    def kind(self) -> Kind:
        return self.units[0].kind


class NewSentence(NamedTuple):
    """A sentence of the new text, with the properties of its block."""

    source: str
    letters: str
    kind: Kind
    variant: str
    continued: bool


def block_runs(units: Sequence[Unit]) -> list[BlockRun]:
    """Group units into blocks. A block begins with a unit that is not continued."""
    starts = [index for index, unit in enumerate(units) if index == 0 or not unit.continued]
    return [
        BlockRun(start, tuple(units[start:end]), "".join([without_spaces(unit.source) for unit in units[start:end]]))
        for start, end in pairwise([*starts, len(units)])
    ]


def new_sentences(
    runs: Sequence[BlockRun], blocks: Sequence[Block], letters: Sequence[str], split: Split, language: str
) -> tuple[list[NewSentence], dict[int, int]]:
    """Return the sentences of the new text, and sentence -> unit for those of unchanged blocks.

    `letters` are the texts of the blocks without white space. Unchanged blocks keep the sentences
    that people made; changed ones keep the boundaries of people whose context is unchanged.
    """
    old_block_of = _same_blocks(runs, blocks, letters)
    new: list[NewSentence] = []
    known_units: dict[int, int] = {}
    sources_of_block = _changed_sentences(runs, blocks, old_block_of, split, language)
    for index, block in enumerate(blocks):
        if index in old_block_of:
            run = runs[old_block_of[index]]
            known_units |= {len(new) + each: run.first + each for each in range(len(run.units))}
            sources = [unit.source for unit in run.units]
        else:
            sources = sources_of_block[index]
        new += [
            NewSentence(source, without_spaces(source), block.kind, block.variant, number > 0)
            for number, source in enumerate(sources)
        ]
    return new, known_units


def _same_blocks(runs: Sequence[BlockRun], blocks: Sequence[Block], letters: Sequence[str]) -> dict[int, int]:
    """Return new block -> old block with the same text.

    Blocks of the same kind are paired in order, then anywhere, then blocks of different kinds.
    """
    old = [f"{run.kind}\n{run.letters}" for run in runs]
    new = [f"{block.kind}\n{text}" for block, text in zip(blocks, letters, strict=True)]
    old_block_of = {after: before for before, after in equal_in_order(old, new)}
    for old_texts, new_texts in ((old, new), ([run.letters for run in runs], letters)):
        taken = set(old_block_of.values())
        old_free = [index for index in range(len(runs)) if index not in taken]
        new_free = [index for index in range(len(blocks)) if index not in old_block_of]
        pairs = equal_anywhere([old_texts[index] for index in old_free], [new_texts[index] for index in new_free])
        old_block_of |= {new_free[after]: old_free[before] for before, after in pairs}
    return old_block_of


def _changed_sentences(
    runs: Sequence[BlockRun], blocks: Sequence[Block], old_block_of: Mapping[int, int], split: Split, language: str
) -> dict[int, list[str]]:
    """Return the sources of the sentences of each changed block, by its number."""
    taken = set(old_block_of.values())
    old = [index for index in range(len(runs)) if index not in taken]
    new = [index for index in range(len(blocks)) if index not in old_block_of]
    changes = gaps(((before, after) for after, before in old_block_of.items()), old, new)
    boundaries = carried_boundaries(
        [([runs[index].units for index in olds], [blocks[index] for index in news]) for olds, news in changes],
        split,
        language,
    )
    order = [index for _, news in changes for index in news]
    return {
        index: sentences(blocks[index], boundaries.get(number, BlockBoundaries()), split, language)
        for number, index in enumerate(order)
    }


def equal_units(units: Sequence[Unit], new: Sequence[NewSentence], known: Mapping[int, int]) -> dict[int, int]:
    """Return sentence -> unit with that source, or with that `previous`: in order, then
    anywhere.
    """
    pairs = dict(known)
    for text_of in (_source, _previous):
        for in_order in (True, False):
            pairs |= _pair_free(
                units, new, pairs, text_of, equal_in_order if in_order else equal_anywhere, in_order=in_order
            )
    return pairs


def similar_units(
    units: Sequence[Unit], new: Sequence[NewSentence], pairs: Mapping[int, int], closed: Mapping[int, int]
) -> dict[int, int]:
    """Return `pairs` extended by rewordings of units: in order, then within their block, then
    anywhere.

    `closed` are sentences that already have a unit.
    """
    pairs = dict(pairs)
    pairs |= _pair_the_only("headline", units, new, pairs, closed)
    pairs |= _pair_the_only("deck", units, new, pairs, closed)
    pairs |= _pair_free(units, new, pairs, _source, similar_in_order, in_order=True, closed=closed)
    pairs |= _in_moved_blocks(units, new, pairs, closed)
    pairs |= _pair_free(units, new, pairs, _source, similar_anywhere, in_order=False, closed=closed)
    return _translated_first(units, new, pairs)


def _pair_free(
    units: Sequence[Unit],
    new: Sequence[NewSentence],
    pairs: Mapping[int, int],
    text_of: Callable[[Unit], str],
    pairing: Callable[[list[str], list[str]], list[Pair]],
    *,
    in_order: bool,
    closed: Mapping[int, int] = MappingProxyType({}),
) -> dict[int, int]:
    """Return sentence -> unit for those that have no partner yet."""
    taken = set(pairs.values())
    free_units = {index: text for index, unit in enumerate(units) if index not in taken and (text := text_of(unit))}
    free_sentences = {
        index: sentence.letters for index, sentence in enumerate(new) if index not in pairs and index not in closed
    }
    anchors = [(before, after) for after, before in pairs.items()] if in_order else []
    return (
        {after: before for before, after in within_gaps(pairing, anchors, free_units, free_sentences)}
        if free_units and free_sentences
        else {}
    )


def _pair_the_only(
    kind: Kind, units: Sequence[Unit], new: Sequence[NewSentence], pairs: Mapping[int, int], closed: Mapping[int, int]
) -> dict[int, int]:
    """Pair the only free headline, or deck, with the only free unit of that kind, however
    reworded.
    """
    taken = set(pairs.values())
    old = [index for index, unit in enumerate(units) if unit.kind == kind and index not in taken]
    free = [
        index
        for index, sentence in enumerate(new)
        if sentence.kind == kind and index not in pairs and index not in closed
    ]
    return {free[0]: old[0]} if len(old) == len(free) == 1 else {}


def _in_moved_blocks(
    units: Sequence[Unit], new: Sequence[NewSentence], pairs: Mapping[int, int], closed: Mapping[int, int]
) -> dict[int, int]:
    """Return similar sentences of two blocks that share most of their other sentences."""
    taken = set(pairs.values())
    old_blocks, new_blocks = _block_numbers(units), _block_numbers(new)
    free_sentences: dict[int, dict[int, str]] = defaultdict(dict)
    for index, sentence in enumerate(new):
        if index not in pairs and index not in closed:
            free_sentences[new_blocks[index]][index] = sentence.letters
    common: dict[int, Counter[int]] = defaultdict(Counter)
    for after, before in pairs.items():
        if new_blocks[after] in free_sentences:
            common[new_blocks[after]][old_blocks[before]] += 1
    free_units: dict[int, dict[int, str]] = defaultdict(dict)
    for index, unit in enumerate(units):
        if index not in taken:
            free_units[old_blocks[index]][index] = _source(unit)
    found: dict[int, int] = {}
    for block, partners in common.items():
        partner = partners.most_common(1)[0][0]
        similar = within_gaps(similar_in_order, [], free_units.pop(partner, {}), free_sentences[block])
        found |= {after: before for before, after in similar}
    return found


def _translated_first(units: Sequence[Unit], new: Sequence[NewSentence], pairs: Mapping[int, int]) -> dict[int, int]:
    """Return `pairs`, replacing untranslated units by equal translated ones that would become
    obsolete.

    So a paragraph that was copied to another position, and later deleted at the old one, keeps its
    translations.
    """
    taken = set(pairs.values())
    becoming_obsolete: dict[str, deque[int]] = defaultdict(deque)
    for index, unit in enumerate(units):
        if index not in taken and unit.target:
            becoming_obsolete[_source(unit)].append(index)
    replacements: dict[int, int] = {}
    for after in sorted(pairs) if becoming_obsolete else ():
        unit, equal = units[pairs[after]], becoming_obsolete.get(new[after].letters)
        if equal and not unit.target and not unit.omitted:
            replacements[after] = equal.popleft()
    return dict(pairs) | replacements


def _block_numbers(sequence: Sequence[Unit] | Sequence[NewSentence]) -> list[int]:
    return list(accumulate(not each.continued for each in sequence))


def _source(unit: Unit) -> str:
    return without_spaces(unit.source)


def _previous(unit: Unit) -> str:
    return without_spaces(unit.previous)


def revived_units(obsolete: Sequence[Unit], new: Sequence[NewSentence], pairs: Mapping[int, int]) -> dict[int, int]:
    """Return sentence -> obsolete unit with that source, or with that `previous`; translated ones
    first.
    """
    found: dict[int, int] = {}
    order = [index for index in range(len(obsolete)) if not obsolete[index].redacted]
    order.sort(key=lambda index: not obsolete[index].target)
    for text_of in (_source, _previous):
        taken = set(found.values())
        old = [index for index in order if index not in taken and text_of(obsolete[index])]
        free = [index for index in range(len(new)) if index not in pairs and index not in found]
        hits = equal_anywhere([text_of(obsolete[index]) for index in old], [new[index].letters for index in free])
        found |= {free[after]: old[before] for before, after in hits}
    return found

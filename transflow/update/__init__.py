"""Update of a catalog from its report.

Invariant: no translation is lost or invented. Every unit of the old catalog is in the new one, live
or obsolete, with its id, target and history; live units are the report's sentences in their order;
an approval stays only where source and target do; and updating twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transflow.attribution.stamps import stamp_for_move
from transflow.digests import new_id
from transflow.language.segment import split as split_sentences
from transflow.model.catalog import Catalog
from transflow.model.report import Block
from transflow.model.unit import Unit
from transflow.text import without_spaces
from transflow.update.align import longest_rising
from transflow.update.boundaries import Split
from transflow.update.carry import carried_unit, is_only_tag, with_strictest_record
from transflow.update.pairing import (
    BlockRun,
    NewSentence,
    block_runs,
    equal_units,
    new_sentences,
    revived_units,
    similar_units,
)

__all__ = ["Changed", "Changes", "update"]


class Changed(NamedTuple):
    """A sentence whose source changed."""

    id: str
    old: str
    new: str
    is_tag: bool = False
    """True if only the tag of a headline changed: its translation stays."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Result of an update: unit ids in the order of the text. False if nothing changed.

    A unit can be in several lists: a sentence that moved and changed is in both. Sentences whose
    block changed, or its kind, count as unchanged, though the catalog records it.
    """

    added: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    moved: tuple[str, ...] = ()
    """The smallest set that explains the new order."""
    removed: tuple[str, ...] = ()
    """Now obsolete; in the order of the old text."""
    revived: tuple[str, ...] = ()
    """Formerly obsolete, now live with all their data."""
    restored: tuple[str, ...] = ()
    """Units whose source changed back to the one that their target was confirmed against."""
    unchanged: int = 0

    def __bool__(self) -> bool:
        return any((self.added, self.changed, self.moved, self.removed, self.revived, self.restored))


def update(
    blocks: Sequence[Block],
    catalog: Catalog,
    now: str,
    language: str = "ko",
    split: Split = split_sentences,
) -> tuple[Catalog, Changes]:
    """Return the updated catalog of a report that now has these blocks, and the changes.

    `now` is the UTC time for `moved`; `language` is the report's. White space is ignored in all
    comparisons. An empty catalog gets a unit for every sentence. The caller sets the header.
    """
    blocks = [block for block in blocks if block.text.strip()]
    letters = [without_spaces(block.text) for block in blocks]
    runs = block_runs(catalog.units)
    if _is_up_to_date(runs, blocks, letters):
        return catalog, Changes(unchanged=len(catalog.units))
    new, known = new_sentences(runs, blocks, letters, split, language)
    pairs = equal_units(catalog.units, new, known)
    revived = revived_units(catalog.obsolete, new, pairs)
    pairs = similar_units(catalog.units, new, pairs, closed=revived)
    return _rebuilt(catalog, new, pairs, revived, now)


def _is_up_to_date(runs: Sequence[BlockRun], blocks: Sequence[Block], letters: Sequence[str]) -> bool:
    """True if blocks and units agree in everything that an update would write."""
    return len(runs) == len(blocks) and all(
        run.letters == text
        and not run.units[0].continued
        and all(unit.kind == block.kind and unit.variant == block.variant for unit in run.units)
        for run, block, text in zip(runs, blocks, letters, strict=True)
    )


def _rebuilt(
    catalog: Catalog, new: Sequence[NewSentence], pairs: Mapping[int, int], revived: Mapping[int, int], now: str
) -> tuple[Catalog, Changes]:
    """Return the catalog with a unit for every sentence: its partner in `pairs` or `revived`, or a
    new one.
    """
    stayed = {after for _, after in longest_rising((before, after) for after, before in pairs.items())}
    old_units = {after: catalog.units[before] for after, before in pairs.items()}
    old_units |= {after: catalog.obsolete[before] for after, before in revived.items()}
    ids, tried = _taken(catalog), dict[str, int]()
    units: list[Unit] = []
    marked = [unit for unit in (*catalog.units, *catalog.obsolete) if unit.record and unit.record.allowance != "on"]
    for index, sentence in enumerate(new):
        unit = carried_unit(old_units[index], sentence) if index in old_units else _added(sentence, ids, tried)
        if marked and (index not in old_units or unit.source != old_units[index].source):
            unit = with_strictest_record(unit, marked)
        units.append(unit.replace(moved=stamp_for_move(unit, now)) if index in pairs and index not in stayed else unit)
    kept_indexes, revived_indexes = set(pairs.values()), set(revived.values())
    removed = tuple(unit for index, unit in enumerate(catalog.units) if index not in kept_indexes)
    obsolete = tuple(unit for index, unit in enumerate(catalog.obsolete) if index not in revived_indexes)
    changes = Changes(
        added=tuple(unit.id for index, unit in enumerate(units) if index not in old_units),
        changed=tuple(_changed(old_units, units)),
        moved=tuple(units[index].id for index in sorted(pairs) if index not in stayed),
        removed=tuple(unit.id for unit in removed),
        revived=tuple(units[index].id for index in sorted(revived)),
        restored=tuple(
            unit.id for index, unit in enumerate(units) if index in old_units and _restored(old_units[index], unit)
        ),
        unchanged=sum(units[index].source == old_units[index].source for index in stayed),
    )
    return catalog.replace(units=tuple(units), obsolete=(*obsolete, *removed)), changes


def _taken(catalog: Catalog) -> set[str]:
    """Return every id that was ever used in this catalog."""
    everything = (*catalog.units, *catalog.obsolete)
    return {unit.id for unit in everything}.union(*(unit.joined for unit in everything))


def _added(sentence: NewSentence, ids: set[str], tried: dict[str, int]) -> Unit:
    """Return a new unit and add its id to `ids`; `tried` is as in `new_id`."""
    unit_id = new_id(sentence.source, ids, tried)
    ids.add(unit_id)
    return Unit(unit_id, sentence.source, kind=sentence.kind, variant=sentence.variant, continued=sentence.continued)


def _changed(olds: Mapping[int, Unit], units: Sequence[Unit]) -> Iterator[Changed]:
    for index, unit in enumerate(units):
        old = olds.get(index, unit)
        if old.source != unit.source and not _restored(old, unit):
            yield Changed(unit.id, old.source, unit.source, is_tag=is_only_tag(old, unit.source))


def _restored(old_unit: Unit, new_unit: Unit) -> bool:
    return bool(old_unit.previous) and not new_unit.previous

"""Merge of units that one side joined or split while the other side changed them.

Invariant: the live units of a group are those of one side, so no source is doubled. The other
side's changes to sources are merged word by word, so none is lost. A target that the other side
wrote is in a conflict of the unit that has the sentence now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from transflow.attribution.authorship import as_conflict
from transflow.merge.order import merged_set
from transflow.merge.sides import Side
from transflow.merge.structure import is_new_split, is_newly_redacted, leading_first, same_structure, same_units
from transflow.merge.texts import is_human, is_part_of
from transflow.merge.units import conflict_issue, merged_unit, redaction_warning
from transflow.merge.words import SourceToken, alignment_offset, join_tokens, keeps_word_counts, merged_words, tokens
from transflow.messages import Messages
from transflow.model.issue import Issue
from transflow.model.unit import Conflict, Unit
from transflow.units.regroup import strictest

MESSAGES = Messages(
    __name__,
    {"kept": "joined or split on one side only, and {who} changed the text. That text is kept as @conflict."},
)


@dataclass(slots=True)
class MergedGroup:
    """The merged units of a group. `live` is in the order of the leading side."""

    live: dict[str, Unit] = field(default_factory=dict)
    obsolete: dict[str, Unit] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def merged_group(ids: frozenset[str], base: Side, one: Side, two: Side) -> MergedGroup:
    """Merge the units of a group. See `transflow.merge.structure.groups`."""
    if same_units(ids, base, two) or same_units(ids, one, two):
        return _unchanged_group(ids, one)
    if same_units(ids, base, one):
        return _unchanged_group(ids, two)
    lead, other = leading_first(ids, base, one, two)
    merge = _Merge(ids, base, lead, other)
    if is_newly_redacted(base, lead, ids):
        return merge.redacted()
    return merge.regrouped()


def _unchanged_group(ids: frozenset[str], side: Side) -> MergedGroup:
    live, obsolete = (
        {unit.id: unit for unit in units if unit.id in ids} for units in (side.catalog.units, side.catalog.obsolete)
    )
    return MergedGroup(live, obsolete)


def _kept_issue(unit_id: str, conflict: Conflict) -> Issue:
    return conflict_issue(unit_id, MESSAGES("kept", who=conflict.who))


class _Merge:
    """The merge of one group. The joins and splits of the side `lead` hold."""

    def __init__(self, ids: frozenset[str], base: Side, lead: Side, other: Side) -> None:
        self.ids, self.base, self.lead, self.other = ids, base, lead, other
        self.units = [unit for unit in lead.catalog.units if unit.id in ids]
        self.indexes = {unit.id: index for index, unit in enumerate(self.units)}
        self.has_same_structure = same_structure(ids, lead, other)
        self.group = MergedGroup()

    def redacted(self) -> MergedGroup:
        """Return the units of the redacting side: the other's could hold the redacted text."""
        self.group = _unchanged_group(self.ids, self.lead)
        for unit in self._units_in_group(self.other):
            if not self.has_same_structure or unit != self.lead.find(unit.id):
                self.group.issues += redaction_warning(self.base.find(unit.id), unit)
        self._add_joined_ids()
        return self.group

    def regrouped(self) -> MergedGroup:
        """Return the merged units of the group."""
        sources = self._sources() if self.units else {}
        for unit in self.units:
            self.group.live[unit.id] = self._merged_live(unit, sources[unit.id])
        self._mark_halves_fuzzy()
        for unit in self._units_in_group(self.other):
            if unit.id not in self.lead.live:
                self._absorb(self._successor(unit.id), unit)
        self._add_joined_ids()
        for unit_id in [key for key, source in sources.items() if source == ""]:
            self._fold(unit_id)
        self._merge_obsolete()
        return self.group

    def _units_in_group(self, side: Side) -> Iterator[Unit]:
        return (unit for unit in side.all_units() if unit.id in self.ids)

    # Units that replace others

    def _successor(self, unit_id: str) -> str:
        """Return the id of the leading side's live unit that has the sentence of a unit."""
        seen: set[str] = set()
        while unit_id not in self.lead.live_ids and unit_id not in seen:
            seen.add(unit_id)
            unit = self.other.find(unit_id) or self.base.find(unit_id)
            survivor = self.other.live_ids.get(unit_id, unit_id)
            unit_id = unit.split if unit and unit.split else survivor
        live_id = self.lead.live_ids.get(unit_id, "")
        if live_id in self.indexes:
            return live_id
        holder = self.other.live.get(self.other.live_ids.get(unit_id, unit_id))
        related = [self.lead.live_ids.get(each, "") for each in (holder.joined if holder else ())]
        return next((each for each in related if each in self.indexes), self.units[0].id if self.units else "")

    def _add_joined_ids(self) -> None:
        """Add ids that only the other side has to `joined`, so that references still resolve."""
        for unit in self._units_in_group(self.other):
            if unit.id in self.other.live and self.group.live:
                new_ids = [
                    each
                    for each in (unit.id, *unit.joined)
                    if each not in self.lead.live_ids and each not in self.base.live_ids and each not in self.group.live
                ]
                successor = self.group.live[self._successor(unit.id)]
                joined = dict.fromkeys([*successor.joined, *(each for each in new_ids if each != successor.id)])
                self.group.live[successor.id] = successor.replace(joined=tuple(joined))

    # Sources

    def _sources(self) -> dict[str, str | None]:
        """Return the merged source of each live unit; empty if the other side removed all of it.

        Without a base there is nothing to compare with: the leading side's sources hold, or, if
        both sides have the same joins and splits, the source is None, and `merged_unit` decides.
        """
        before = self._tokens(self._base_units())
        if not before:
            return {unit.id: None if self.has_same_structure else unit.source for unit in self.units}
        mine = [token for unit in self.units for token in tokens(unit.source, self.indexes[unit.id])]
        others = self._tokens(self._other_units())
        merged = merged_words(before, mine, others)
        if not keeps_word_counts(merged, before, mine, others):
            merged = mine
        sources: dict[str, str | None] = {}
        for index, unit in enumerate(self.units):
            words = [token for token in merged if token.unit_index == index]
            same = [token.text for token in words] == [token.text for token in mine if token.unit_index == index]
            sources[unit.id] = unit.source if same else join_tokens(words)
        return sources if any(sources.values()) else {unit.id: unit.source for unit in self.units}

    def _base_units(self) -> Iterator[Unit]:
        """Yield the base's live units, and those that both sides restored."""
        for unit in self._units_in_group(self.base):
            if unit.id in self.base.live or (unit.id in self.lead.live_ids and unit.id in self.other.live_ids):
                yield unit

    def _other_units(self) -> Iterator[Unit]:
        """Yield the other side's units, and units that it deleted and the leading side kept."""
        live = [unit for unit in self.other.catalog.units if unit.id in self.ids]
        yield from live
        for unit in self._base_units():
            if unit.id not in self.other.live_ids and unit.id in self.lead.live_ids:
                deleted = self.other.obsolete.get(unit.id, unit)
                source = deleted.source if is_part_of(deleted.source, unit.source) else unit.source
                for half in live:
                    source = source.replace(half.source, "", 1) if half.split == unit.id else source
                if not any(is_part_of(source, each.source) for each in live):
                    yield unit.replace(source=source)

    def _tokens(self, units: Iterable[Unit]) -> list[SourceToken]:
        """Return the words of another side's units, in the leading side's order of sentences."""
        placed: list[tuple[int, int, int, list[SourceToken]]] = []
        for number, unit in enumerate(units):
            index = self.indexes.get(self._successor(unit.id), 0)
            before = tokens((self.base.find(unit.id) or unit).source, index)
            position = alignment_offset(before, tokens(self.units[index].source, index))
            if position is None:
                position = placed[-1][1] if placed and placed[-1][0] == index else 0
            placed.append((index, position, number, tokens(unit.source, index, sure=False)))
        placed.sort(key=lambda each: each[:3])
        return [token for *_, words in placed for token in words]

    # Texts

    def _as_split(self, unit: Unit, other_unit: Unit) -> Unit | None:
        """Return a half that both sides split off, as it was after the split.

        That is the unit whose target is still a part of the whole unit's target in the base. None
        if neither or both are.
        """
        parent = self.base.find(unit.split) if unit.split else None
        matching = [
            each for each in (unit, other_unit) if parent and each.target and is_part_of(each.target, parent.target)
        ]
        if len(matching) != 1 or unit.target == other_unit.target:
            return None
        (half,) = matching
        return Unit(half.id, half.source, half.target, by=half.by, text=half.text, split=half.split).replace(
            **{name: getattr(half, name) for name in ("kind", "variant", "continued", "refs", "translated")}
        )

    def _merged_live(self, unit: Unit, source: str | None) -> Unit:
        """Merge a unit of the leading side with the other side's unit of the same id."""
        before = self.base.find(unit.id)
        other_unit = self.other.find(unit.id) or before or unit
        source = unit.source if source == "" else source
        if self.has_same_structure:
            result = merged_unit(before or self._as_split(unit, other_unit), unit, other_unit, source=source)
        else:
            other_unit = self._without_regrouping(unit, other_unit, before) if before else other_unit
            result = merged_unit(before, unit, other_unit, source=source, leading=unit)
        self.group.issues += result.issues
        joined = (
            merged_set(before.joined if before else (), unit.joined, other_unit.joined)
            if self.has_same_structure
            else unit.joined
        )
        return result.unit.replace(joined=joined, split=unit.split)

    def _without_regrouping(self, unit: Unit, other_unit: Unit, before: Unit) -> Unit:
        """Return the other side's unit as if that side had not joined or split it.

        A target that it wrote for the joined or split unit becomes a conflict; one that it only put
        together or cut apart is no new text.
        """
        if not self._is_regrouped(other_unit, before) or (other_unit.source, other_unit.target) == (
            before.source,
            before.target,
        ):
            return other_unit
        if (other_unit.returned, other_unit.conflicts) == (before.returned, before.conflicts):
            other_unit = other_unit.replace(fuzzy=before.fuzzy)
        texts = [unit.target, before.target, *self._texts_before(other_unit)]
        if not any(is_part_of(other_unit.target, text) for text in texts):
            self.group.issues.append(_kept_issue(unit.id, as_conflict(other_unit)))
            other_unit = other_unit.replace(conflicts=(*other_unit.conflicts, as_conflict(other_unit)), fuzzy=True)
        if other_unit.target != unit.target:
            other_unit = other_unit.replace(
                target=before.target, by=before.by, text=before.text, translated=before.translated
            )
        approved = before.approved if other_unit.target == before.target and not other_unit.fuzzy else None
        return other_unit.replace(
            source=before.source, previous=before.previous, approved=approved, waivers=before.waivers
        )

    def _is_regrouped(self, other_unit: Unit, before: Unit) -> bool:
        """True if the other side joined or split the unit: its target need not be a new text."""
        return self._was_split(other_unit.id) or set(other_unit.joined) != set(before.joined)

    def _was_split(self, unit_id: str) -> bool:
        return any(is_new_split(self.base, each) and each.split == unit_id for each in self._units_in_group(self.other))

    def _texts_before(self, unit: Unit) -> list[str]:
        """Return the targets in the base of a unit and of units joined with it or split from it.

        Each is given alone, and all of them together.
        """
        related = (unit.id, unit.split, *unit.joined)
        texts = [before.target for each in related if (before := self.base.find(each))]
        return [*texts, " ".join(texts)]

    def _mark_halves_fuzzy(self) -> None:
        """Mark split-off halves as fuzzy if the other side changed the target of the whole."""
        for unit in self.units:
            parent = self.group.live.get(unit.split)
            is_known = unit.id in self.other.live_ids or not is_new_split(self.base, unit)
            parent_before = self.lead.live.get(unit.split, unit)
            if parent and is_new_split(self.base, unit):  # the stricter of both limits of use holds for each half
                half = self.group.live[unit.id]
                self.group.live[unit.id] = half.replace(record=strictest(half.record, parent.record))
            if (
                parent
                and not is_known
                and (parent.target, parent.conflicts) != (parent_before.target, parent_before.conflicts)
            ):
                half = self.group.live[unit.id]
                self.group.live[unit.id] = half.replace(fuzzy=bool(half.target), approved=None, waivers=())

    def _absorb(self, successor_id: str, lost_unit: Unit, *, folded: bool = False) -> None:
        """Add the changes to a unit that no longer exists to the live unit that has its sentence.

        Texts and records that the base had are in other units already, or were replaced; those of a
        `folded` unit are nowhere else.
        """
        successor = self.group.live.get(successor_id)
        if successor is None:
            return
        before = None if folded else self.base.find(lost_unit.id)
        successor = successor.replace(record=strictest(successor.record, lost_unit.record))
        for name in ("comments", "conflicts", "questions", "answers", "cites", "refs", "seen"):
            known = (*getattr(successor, name), *(getattr(before, name) if before else ()))
            new = tuple(each for each in getattr(lost_unit, name) if each not in known)
            successor = successor.replace(**{name: (*getattr(successor, name), *new)}) if new else successor
        texts_before = [] if folded else self._texts_before(lost_unit)
        texts = [successor.target, *texts_before, *(each.text for each in successor.conflicts)]
        if lost_unit.target and is_human(lost_unit) and not any(is_part_of(lost_unit.target, text) for text in texts):
            conflict = as_conflict(lost_unit)
            successor = successor.replace(conflicts=(*successor.conflicts, conflict))
            self.group.issues.append(_kept_issue(successor.id, conflict))
        if set(successor.conflicts).difference(self.group.live[successor_id].conflicts):
            successor = successor.replace(fuzzy=True, approved=None, waivers=())
        self.group.live[successor_id] = successor

    def _fold(self, unit_id: str) -> None:
        """Join a unit to its neighbour, if the other side removed its source: none is ever
        empty.
        """
        order = list(self.group.live)
        index = order.index(unit_id)
        successor_id = order[index - 1] if index else order[1]
        folded = self.group.live.pop(unit_id)
        successor = self.group.live[successor_id]
        self.group.live[successor_id] = successor.replace(joined=(*successor.joined, unit_id, *folded.joined))
        self._absorb(successor_id, folded, folded=True)

    # Obsolete units

    def _merge_obsolete(self) -> None:
        living = set(self.group.live).union(*(unit.joined for unit in self.group.live.values()))
        for unit in (*self.lead.catalog.obsolete, *self.other.catalog.obsolete):
            mine, theirs = self.lead.obsolete.get(unit.id), self.other.obsolete.get(unit.id)
            if unit.id not in self.ids or unit.id in self.group.obsolete:
                continue
            if mine and theirs:
                result = merged_unit(self.base.find(unit.id), mine, theirs)
                self.group.obsolete[unit.id] = result.unit
                self.group.issues += result.issues
            elif unit.id not in living:
                self.group.obsolete[unit.id] = unit

"""Merge of units that one side joined or split while the other side changed them.

Invariant: the live units of a group are those of one side, so no source is doubled. The other
side's changes to sources are merged word by word, so none is lost. A target that the other side
wrote is in a conflict of the unit that has the sentence now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from transflow.attribution.authorship import as_conflict
from transflow.merge.order import union
from transflow.merge.sides import Side
from transflow.merge.structure import is_new_split, is_newly_redacted, leading_first, same_structure, same_units
from transflow.merge.texts import is_human, squeezed_in
from transflow.merge.units import conflict_issue, merged_unit, redaction_warning
from transflow.merge.words import SourceToken, keeps_count, merged_words, offset, spelled, tokens
from transflow.model.issue import Issue
from transflow.model.unit import Conflict, Unit
from transflow.units.regroup import strictest


@dataclass(slots=True)
class Group:
    """The merged units of a group. `live` is in the order of the leading side."""

    live: dict[str, Unit] = field(default_factory=dict)
    obsolete: dict[str, Unit] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def merged_group(ids: frozenset[str], base: Side, one: Side, two: Side) -> Group:
    """Merge the units of a group. See `transflow.merge.structure.groups`."""
    if same_units(ids, base, two) or same_units(ids, one, two):
        return _as_it_is(ids, one)
    if same_units(ids, base, one):
        return _as_it_is(ids, two)
    lead, other = leading_first(ids, base, one, two)
    merge = _Merge(ids, base, lead, other)
    if is_newly_redacted(base, lead, ids):
        return merge.redacted()
    return merge.done()


def _as_it_is(ids: frozenset[str], side: Side) -> Group:
    live, obsolete = (
        {unit.id: unit for unit in units if unit.id in ids} for units in (side.catalog.units, side.catalog.obsolete)
    )
    return Group(live, obsolete)


def _kept_issue(unit_id: str, conflict: Conflict) -> Issue:
    message = f"joined or split on one side only, and {conflict.who} changed the text. That text is kept as @conflict."
    return conflict_issue(unit_id, message)


class _Merge:
    """The merge of one group. The joins and splits of the side `lead` hold."""

    def __init__(self, ids: frozenset[str], base: Side, lead: Side, other: Side) -> None:
        self.ids, self.base, self.lead, self.other = ids, base, lead, other
        self.units = [unit for unit in lead.catalog.units if unit.id in ids]
        self.places = {unit.id: place for place, unit in enumerate(self.units)}
        self.alike = same_structure(ids, lead, other)
        self.group = Group()

    def redacted(self) -> Group:
        """Return the units of the redacting side: those of the other could hold the redacted
        text.
        """
        self.group = _as_it_is(self.ids, self.lead)
        for unit in self._known(self.other):
            if not self.alike or unit != self.lead.any(unit.id):
                self.group.issues += redaction_warning(self.base.any(unit.id), unit)
        self._take_in_ids()
        return self.group

    def done(self) -> Group:
        """Return the merged units of the group."""
        sources = self._sources() if self.units else {}
        for unit in self.units:
            self.group.live[unit.id] = self._matched(unit, sources[unit.id])
        self._doubt_split_off()
        for unit in self._known(self.other):
            if unit.id not in self.lead.live:
                self._absorb(self._heir(unit.id), unit)
        self._take_in_ids()
        for unit_id in [key for key, source in sources.items() if source == ""]:
            self._fold(unit_id)
        self._settle_obsolete()
        return self.group

    def _known(self, side: Side) -> Iterator[Unit]:
        return (unit for unit in side.everything() if unit.id in self.ids)

    # Units that replace others

    def _heir(self, unit_id: str) -> str:
        """Return the id of the leading side's live unit that has the sentence of a unit."""
        seen: set[str] = set()
        while unit_id not in self.lead.cover and unit_id not in seen:
            seen.add(unit_id)
            unit = self.other.any(unit_id) or self.base.any(unit_id)
            survivor = self.other.cover.get(unit_id, unit_id)
            unit_id = unit.split if unit and unit.split else survivor
        found = self.lead.cover.get(unit_id, "")
        if found in self.places:
            return found
        holder = self.other.live.get(self.other.cover.get(unit_id, unit_id))
        kin = [self.lead.cover.get(each, "") for each in (holder.joined if holder else ())]
        return next((each for each in kin if each in self.places), self.units[0].id if self.units else "")

    def _take_in_ids(self) -> None:
        """Add ids that only the other side has to `joined`, so that references to them still
        resolve.
        """
        for unit in self._known(self.other):
            if unit.id in self.other.live and self.group.live:
                new = [
                    each
                    for each in (unit.id, *unit.joined)
                    if each not in self.lead.cover and each not in self.base.cover and each not in self.group.live
                ]
                heir = self.group.live[self._heir(unit.id)]
                joined = dict.fromkeys([*heir.joined, *(each for each in new if each != heir.id)])
                self.group.live[heir.id] = heir.replace(joined=tuple(joined))

    # Sources

    def _sources(self) -> dict[str, str | None]:
        """Return the merged source of each live unit; empty if the other side removed all of it.

        Without a base there is nothing to compare with: the leading side's sources hold, or, if
        both sides have the same joins and splits, the source is None, and `merged_unit` decides.
        """
        before = self._tokens(self._base_units())
        if not before:
            return {unit.id: None if self.alike else unit.source for unit in self.units}
        mine = [token for unit in self.units for token in tokens(unit.source, self.places[unit.id])]
        others = self._tokens(self._other_units())
        merged = merged_words(before, mine, others)
        if not keeps_count(merged, before, mine, others):
            merged = mine
        found: dict[str, str | None] = {}
        for place, unit in enumerate(self.units):
            words = [token for token in merged if token.place == place]
            same = [token.text for token in words] == [token.text for token in mine if token.place == place]
            found[unit.id] = unit.source if same else spelled(words)
        return found if any(found.values()) else {unit.id: unit.source for unit in self.units}

    def _base_units(self) -> Iterator[Unit]:
        """Yield the base's live units, and those that both sides restored."""
        for unit in self._known(self.base):
            if unit.id in self.base.live or (unit.id in self.lead.cover and unit.id in self.other.cover):
                yield unit

    def _other_units(self) -> Iterator[Unit]:
        """Yield the other side's units, and units that it deleted and the leading side kept."""
        live = [unit for unit in self.other.catalog.units if unit.id in self.ids]
        yield from live
        for unit in self._base_units():
            if unit.id not in self.other.cover and unit.id in self.lead.cover:
                gone = self.other.obsolete.get(unit.id, unit)
                rest = gone.source if squeezed_in(gone.source, unit.source) else unit.source
                for half in live:
                    rest = rest.replace(half.source, "", 1) if half.split == unit.id else rest
                if not any(squeezed_in(rest, each.source) for each in live):
                    yield unit.replace(source=rest)

    def _tokens(self, units: Iterable[Unit]) -> list[SourceToken]:
        """Return the words of units of another side, in the leading side's order of their
        sentences.
        """
        placed: list[tuple[int, int, int, list[SourceToken]]] = []
        for number, unit in enumerate(units):
            place = self.places.get(self._heir(unit.id), 0)
            before = tokens((self.base.any(unit.id) or unit).source, place, sure=False)
            inner = offset(before, tokens(self.units[place].source, place))
            if inner is None:
                inner = placed[-1][1] if placed and placed[-1][0] == place else 0
            placed.append((place, inner, number, tokens(unit.source, place, sure=False)))
        placed.sort(key=lambda each: each[:3])
        return [token for *_, words in placed for token in words]

    # Texts

    def _as_split(self, unit: Unit, twin: Unit) -> Unit | None:
        """Return a half that both sides split off, as it was after the split.

        That is the unit whose target is still a part of the whole unit's target in the base. None
        if neither or both are.
        """
        whole = self.base.any(unit.split) if unit.split else None
        bare = [each for each in (unit, twin) if whole and each.target and squeezed_in(each.target, whole.target)]
        if len(bare) != 1 or unit.target == twin.target:
            return None
        (half,) = bare
        return Unit(half.id, half.source, half.target, by=half.by, text=half.text, split=half.split).replace(
            **{name: getattr(half, name) for name in ("kind", "variant", "continued", "refs", "translated")}
        )

    def _matched(self, unit: Unit, source: str | None) -> Unit:
        """Merge a unit of the leading side with the other side's unit of the same id."""
        before = self.base.any(unit.id)
        twin = self.other.any(unit.id) or before or unit
        source = unit.source if source == "" else source
        if self.alike:
            result = merged_unit(before or self._as_split(unit, twin), unit, twin, source=source)
        else:
            twin = self._in_lead_shape(unit, twin, before) if before else twin
            result = merged_unit(before, unit, twin, source=source, standing=unit)
        self.group.issues += result.issues
        joined = union(before.joined if before else (), unit.joined, twin.joined) if self.alike else unit.joined
        return result.unit.replace(joined=joined, split=unit.split)

    def _in_lead_shape(self, unit: Unit, twin: Unit, before: Unit) -> Unit:
        """Return the other side's unit as if that side had not joined or split it.

        A target that it wrote for the joined or split unit becomes a conflict; one that it only put
        together or cut apart is no new text.
        """
        if not self._reshaped(twin, before) or (twin.source, twin.target) == (before.source, before.target):
            return twin
        if (twin.returned, twin.conflicts) == (before.returned, before.conflicts):
            twin = twin.replace(fuzzy=before.fuzzy)
        texts = [unit.target, before.target, *self._texts_before(twin)]
        if not any(squeezed_in(twin.target, text) for text in texts):
            self.group.issues.append(_kept_issue(unit.id, as_conflict(twin)))
            twin = twin.replace(conflicts=(*twin.conflicts, as_conflict(twin)), fuzzy=True)
        if twin.target != unit.target:
            twin = twin.replace(target=before.target, by=before.by, text=before.text, translated=before.translated)
        approved = before.approved if twin.target == before.target and not twin.fuzzy else None
        return twin.replace(source=before.source, previous=before.previous, approved=approved, waivers=before.waivers)

    def _reshaped(self, twin: Unit, before: Unit) -> bool:
        """True if the other side joined or split the unit, so that its target need not be a new
        text.
        """
        return self._was_split(twin.id) or set(twin.joined) != set(before.joined)

    def _was_split(self, unit_id: str) -> bool:
        return any(is_new_split(self.base, each) and each.split == unit_id for each in self._known(self.other))

    def _texts_before(self, unit: Unit) -> list[str]:
        """Return the targets in the base of the unit, of the unit it was split from and of those
        joined to it, each alone, and all of them together.
        """
        kin = (unit.id, unit.split, *unit.joined)
        texts = [before.target for each in kin if (before := self.base.any(each))]
        return [*texts, " ".join(texts)]

    def _doubt_split_off(self) -> None:
        """Mark split-off halves as fuzzy if the other side changed the target of the whole."""
        for unit in self.units:
            parent = self.group.live.get(unit.split)
            known = unit.id in self.other.cover or not is_new_split(self.base, unit)
            was = self.lead.live.get(unit.split, unit)
            if parent and is_new_split(self.base, unit):  # the stricter of both limits of use holds for each half
                mine = self.group.live[unit.id]
                self.group.live[unit.id] = mine.replace(record=strictest(mine.record, parent.record))
            if parent and not known and (parent.target, parent.conflicts) != (was.target, was.conflicts):
                mine = self.group.live[unit.id]
                self.group.live[unit.id] = mine.replace(fuzzy=bool(mine.target), approved=None, waivers=())

    def _absorb(self, heir_id: str, lost: Unit, *, folded: bool = False) -> None:
        """Add the changes to a unit that no longer exists to the live unit that has its sentence.

        Texts and records that the base had are in other units already, or were replaced; those of a
        `folded` unit are nowhere else.
        """
        heir = self.group.live.get(heir_id)
        if heir is None:
            return
        before = None if folded else self.base.any(lost.id)
        heir = heir.replace(record=strictest(heir.record, lost.record))
        for name in ("comments", "conflicts", "questions", "answers", "cites", "refs", "seen"):
            known = (*getattr(heir, name), *(getattr(before, name) if before else ()))
            new = tuple(each for each in getattr(lost, name) if each not in known)
            heir = heir.replace(**{name: (*getattr(heir, name), *new)}) if new else heir
        texts_before = [] if folded else self._texts_before(lost)
        texts = [heir.target, *texts_before, *(each.text for each in heir.conflicts)]
        if lost.target and is_human(lost) and not any(squeezed_in(lost.target, text) for text in texts):
            conflict = as_conflict(lost)
            heir = heir.replace(conflicts=(*heir.conflicts, conflict))
            self.group.issues.append(_kept_issue(heir.id, conflict))
        if set(heir.conflicts).difference(self.group.live[heir_id].conflicts):
            heir = heir.replace(fuzzy=True, approved=None, waivers=())
        self.group.live[heir_id] = heir

    def _fold(self, unit_id: str) -> None:
        """Join a unit whose source the other side removed to its neighbour: a source is never
        empty.
        """
        order = list(self.group.live)
        place = order.index(unit_id)
        heir_id = order[place - 1] if place else order[1]
        folded = self.group.live.pop(unit_id)
        heir = self.group.live[heir_id]
        self.group.live[heir_id] = heir.replace(joined=(*heir.joined, unit_id, *folded.joined))
        self._absorb(heir_id, folded, folded=True)

    # Obsolete units

    def _settle_obsolete(self) -> None:
        living = set(self.group.live).union(*(unit.joined for unit in self.group.live.values()))
        for unit in (*self.lead.catalog.obsolete, *self.other.catalog.obsolete):
            mine, theirs = self.lead.obsolete.get(unit.id), self.other.obsolete.get(unit.id)
            if unit.id not in self.ids or unit.id in self.group.obsolete:
                continue
            if mine and theirs:
                result = merged_unit(self.base.any(unit.id), mine, theirs)
                self.group.obsolete[unit.id] = result.unit
                self.group.issues += result.issues
            elif unit.id not in living:
                self.group.obsolete[unit.id] = unit

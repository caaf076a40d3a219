"""Three-way merge of catalogs.

Invariant: `merge(base, a, b)` and `merge(base, b, a)` give the same catalog. A side that changed
nothing does not affect the result, unless the other side lost texts without a trace. A target that
somebody wrote is in a unit or in a conflict of the result, or was removed or replaced by a person
who had read it. Every id occurs once, and no approval is void.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transflow.attribution.stamps import why_void
from transflow.merge.ancestry import are_strangers, with_strangers_texts, with_true_ancestors
from transflow.merge.header import merged_header, without_stale_digest
from transflow.merge.joins import merged_group
from transflow.merge.order import merged_order, merged_set
from transflow.merge.sides import Side, UnitPlace
from transflow.merge.structure import groups
from transflow.merge.units import MergedUnit, merged_unit
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit

__all__ = ["merge"]

_NO_EDIT = ("kind", "variant", "continued", "moved", "assigned", "record", "seen", "foreign")
"""Fields whose change alone does not restore a unit that the other side deleted."""
_PRESENCE: tuple[UnitPlace, ...] = ("absent", "obsolete", "live")


def merge(
    base: Catalog | None, ours: Catalog, theirs: Catalog, *, is_ancestor: bool = True
) -> tuple[Catalog, tuple[Issue, ...]]:
    """Merge two catalogs that have a common base, and return the result with its issues.

    Issues of severity error are conflicts that people have to decide; the target that was not
    chosen is in the unit as `@conflict`. A warning says that a redaction discarded a translation of
    the other side, or that a text is kept which one side had lost. No issue quotes a text. Without
    a base, all units count as added by both sides. Ids must be unique on each side, which
    `po.parse` ensures. The result keeps the raw texts (`origin`) of `ours`.

    `is_ancestor` is false if the base is no version that both sides were made from, as when a
    commit is picked or reverted: what one side does not have is not lost then.
    """
    if ours == theirs:
        return _without_void(ours), ()
    if are_strangers(ours, theirs):
        merged, issues = with_strangers_texts(base, ours, theirs)
    elif is_ancestor:
        versions = with_true_ancestors(base, ours, theirs)
        merged, issues = _merged_versions(versions.base, versions.ours, versions.theirs)
        issues = (*versions.issues, *issues)
    else:
        merged, issues = _merged_versions(base, ours, theirs)
    return _without_void(Catalog(merged.header, merged.units, merged.obsolete, ours.raw_entries, merged.tail)), issues


def _merged_versions(base: Catalog | None, ours: Catalog, theirs: Catalog) -> tuple[Catalog, tuple[Issue, ...]]:
    if ours == theirs or theirs == base:
        return ours, ()
    if ours == base:
        return theirs, ()
    one, two = (theirs, ours) if _comes_first(theirs, ours) else (ours, theirs)
    return _merged(base or Catalog(), one, two)


def _without_void(catalog: Catalog) -> Catalog:
    """Return the catalog without void approvals: of another text, or older than the last change."""
    if not any(why_void(unit) for unit in (*catalog.units, *catalog.obsolete)):
        return catalog
    units, obsolete = (
        tuple(unit.replace(approved=None) if why_void(unit) else unit for unit in group)
        for group in (catalog.units, catalog.obsolete)
    )
    return catalog.replace(units=units, obsolete=obsolete)


def _comes_first(one: Catalog, two: Catalog) -> bool:
    """Compare two sides, so that ties are broken without regard to which side is ours."""
    for mine, other in ((one.units, two.units), (one.obsolete, two.obsolete)):
        for left, right in zip(mine, other, strict=False):
            if left != right:
                return repr(left) < repr(right)
        if len(mine) != len(other):
            return len(mine) < len(other)
    return repr((one.header, one.tail)) < repr((two.header, two.tail))


def _merged(base: Catalog, one: Catalog, two: Catalog) -> tuple[Catalog, tuple[Issue, ...]]:
    sides = Side.of(base), Side.of(one), Side.of(two)
    live: dict[str, Unit] = {}
    obsolete: dict[str, Unit] = {}
    issues: list[Issue] = []
    grouped: set[str] = set()
    for ids in groups(*sides):
        group = merged_group(ids, *sides)
        live |= group.live
        obsolete |= group.obsolete
        issues += group.issues
        grouped |= ids
    for unit_id in _ids(sides, grouped):
        place, result = _merged_unit_at(unit_id, *sides)
        if place == "absent":
            continue
        (live if place == "live" else obsolete)[unit_id] = result.unit
        issues += result.issues
    units = _ordered(live, base.units, one.units, two.units)
    header = merged_header(base.header, one.header, two.header)
    header = without_stale_digest(header, units, [(one.header, one.units), (two.header, two.units)])
    obsolete_units = _ordered(obsolete, base.obsolete, one.obsolete, two.obsolete)
    return Catalog(header, units, obsolete_units, tail=_tail(base.tail, one.tail, two.tail)), tuple(issues)


def _ids(sides: tuple[Side, ...], grouped: set[str]) -> Iterable[str]:
    ids = dict.fromkeys(unit.id for side in sides for unit in side.all_units())
    return (unit_id for unit_id in ids if unit_id not in grouped)


def _merged_unit_at(unit_id: str, base: Side, one: Side, two: Side) -> tuple[UnitPlace, MergedUnit]:
    """Return the place of a unit after the merge, and the merged unit.

    The unit is a placeholder if it is absent.
    """
    before, mine, theirs = base.find(unit_id), one.find(unit_id), two.find(unit_id)
    places = base.place_of(unit_id), one.place_of(unit_id), two.place_of(unit_id)
    if mine is None or theirs is None:
        known = mine or theirs or before or Unit(unit_id, "")
        result = MergedUnit(known)
    else:
        result = merged_unit(before, mine, theirs)
    return _merged_place(places, before, mine, theirs), result


def _merged_place(
    places: tuple[UnitPlace, UnitPlace, UnitPlace], before: Unit | None, mine: Unit | None, theirs: Unit | None
) -> UnitPlace:
    """Return the place of a unit after the merge.

    A unit that one side deleted and the other edited stays; one that a side redacted is not
    restored.
    """
    base, one, two = places
    if one == two:
        return one
    redacting = [place for place, unit in ((one, mine), (two, theirs)) if _newly_redacted(before, unit)]
    if redacting:
        return "obsolete" if base == "live" or "obsolete" in redacting else "live"
    if base not in (one, two):
        return "obsolete" if base == "live" else "live"
    new, kept = (two, mine) if one == base else (one, theirs)
    deleted = _PRESENCE.index(new) < _PRESENCE.index(base)
    return base if deleted and kept and _edited(before, kept) else new


def _newly_redacted(before: Unit | None, unit: Unit | None) -> bool:
    return bool(unit and unit.redacted and unit.redacted != (before.redacted if before else None))


def _edited(before: Unit | None, unit: Unit) -> bool:
    if before is None:
        return True
    return unit.replace(**{name: getattr(before, name) for name in _NO_EDIT}) != before


def _ordered(kept: dict[str, Unit], *catalogs: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units in the order that both sides ask for: see `in_order`."""
    base, one, two = ([unit.id for unit in units] for units in catalogs)
    moved = {unit.id: unit.moved for unit in catalogs[0]}

    def moves(units: Sequence[Unit]) -> dict[str, str]:
        return {unit.id: unit.moved for unit in units if unit.id in moved and unit.moved != moved[unit.id]}

    successors = {gone: unit.id for unit in kept.values() for gone in unit.joined}
    order = merged_order(base, (one, two), kept.keys(), (moves(catalogs[1]), moves(catalogs[2])), successors)
    return tuple(kept[unit_id] for unit_id in order)


def _tail(base: str, one: str, two: str) -> str:
    return "".join(merged_set(*(each.splitlines(keepends=True) for each in (base, one, two))))

"""Versions that are not what git takes them for.

git pairs renamed files by their likeness, so the three files of a merge need not be versions of one
catalog, and the base need not be the version that a side was made from: a clone may have kept, or
brought back, an older copy of a catalog under its former name. Only what a step left in the record
counts as a change. Every step that removes or replaces a text leaves its authors in the unit, and a
sentence that a report no longer has becomes obsolete.

Invariant: a text of one side is in the result of a merge unless the record of the other side
explains why that has it no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow.attribution.authorship import as_conflict
from transflow.merge.sides import Side
from transflow.merge.texts import confirmed_source, is_human, is_part_of
from transflow.merge.units import conflict_issue
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Conflict, Unit

MESSAGES = Messages(
    __name__,
    {
        "kept": "the text is gone on one side, and nothing says that anybody removed it. It is kept.",
        "kept/issue": "{unit}: {why}",
        "other/conflict": "git took {other} for a version of this file. The text from there is kept as @conflict. "
        "`git merge --abort`, then a merge with `-X no-renames`, keeps the two apart.",
        "other/obsolete": "git took {other} for a version of this file. The text from there is kept among the deleted "
        "sentences. `git merge --abort`, then a merge with `-X no-renames`, keeps the two apart.",
    },
)
_LEFT_BY_A_STEP = ("by", "redacted", "omitted", "cut")
"""Fields of which a unit that lost its text has one, if a step removed it."""
_TEXT = ("target", "by", "text", "translated", "fuzzy", "previous", "approved", "waivers", "returned")


class MergeInputs(NamedTuple):
    """Three versions to be merged, and the issues about them."""

    base: Catalog | None
    ours: Catalog
    theirs: Catalog
    issues: tuple[Issue, ...] = ()


def are_strangers(one: Catalog, two: Catalog) -> bool:
    """True if two catalogs are of different languages, reports or stories.

    One that was renamed has the ids of its units, and a story has its X-Id.
    """
    languages = {one.header.get("Language"), two.header.get("Language")} - {""}
    if len(languages) > 1:
        return True
    if _slug(one) and _slug(two) and one.is_article != two.is_article:
        return True
    first, second = _ids(one), _ids(two)
    if not first or not second or first & second:
        return False
    identities = {each.header.get("X-Id") for each in (one, two)} - {""}
    return len(identities) > 1 or (_is_renamed(one, two) and len(identities) != 1)


def with_strangers_texts(base: Catalog | None, ours: Catalog, theirs: Catalog) -> tuple[Catalog, tuple[Issue, ...]]:
    """Return the catalog that the file belongs to, with the texts that were written in the other.

    git gives the merged file the new name, so it belongs to the side that the base is no version
    of. The other's texts are kept as `@conflict`, or as obsolete units.
    """
    base = base or Catalog()
    home, other = sorted((ours, theirs), key=lambda side: (*_likeness(base, side), repr(side.header)))
    before = Side.of(Catalog() if are_strangers(base, other) else base)
    place, found, issues = Side.of(home), {unit.id: unit for unit in home.units}, list[Issue]()
    obsolete = {unit.id: unit for unit in home.obsolete}
    for unit in _written(before, Side.of(other)):
        holder = place.live_ids.get(unit.id, "")
        if holder or unit.id in obsolete:
            units = found if holder else obsolete
            units[holder or unit.id] = _with_conflict(units[holder or unit.id], unit)
        else:
            obsolete[unit.id] = unit
        key = "other/conflict" if holder or unit.id in place.obsolete else "other/obsolete"
        issues.append(conflict_issue(holder or unit.id, MESSAGES(key, other=_name(other))))
    merged = Catalog(home.header, tuple(found.values()), tuple(obsolete.values()), ours.raw_entries, home.tail)
    return merged, tuple(issues)


def with_true_ancestors(base: Catalog | None, ours: Catalog, theirs: Catalog) -> MergeInputs:
    """Return versions in which a difference from the base is a change that somebody made.

    A text that one side lost without a trace is put back there: into its unit, or into the obsolete
    units. Where one side was renamed, a text of the other that was not made from that of the base
    counts as written by itself.
    """
    if base is None:
        return MergeInputs(base, ours, theirs)
    before, sides = Side.of(base), (Side.of(ours), Side.of(theirs))
    lost = [_lost(before, side, other) for side, other in (sides, sides[::-1])]
    first, second = (_with_units(side, units) for side, units in zip(sides, lost, strict=True))
    issues = tuple(
        Issue("conflict", "warning", MESSAGES("kept/issue", unit=unit_id, why=MESSAGES("kept")))
        for unit_id in sorted({*lost[0], *lost[1]})
    )
    if _is_renamed(ours, theirs):
        base = _without_strange_texts(base, Side.of(first), Side.of(second))
    return MergeInputs(base, first, second, issues)


def is_kept(issue: Issue) -> bool:
    """Return whether an issue is about a text that one side had lost."""
    return isinstance(issue.message, Message) and issue.message.code == f"{MESSAGES.area}.kept/issue"


# Catalogs


def _ids(catalog: Catalog) -> set[str]:
    return {each for unit in (*catalog.units, *catalog.obsolete) for each in (unit.id, *unit.joined)}


def _slug(catalog: Catalog) -> str:
    return catalog.header.get("X-Report") or catalog.header.get("X-Article")


def _likeness(base: Catalog, side: Catalog) -> tuple[bool, bool]:
    """Return how well a base fits a side: the less it does, the more probably it was renamed."""
    return not are_strangers(base, side), _name(base) == _name(side)


def _is_renamed(one: Catalog, two: Catalog) -> bool:
    slugs = {_slug(one), _slug(two)}
    return len(slugs) == 2 and "" not in slugs


def _name(catalog: Catalog) -> str:
    return ":".join(filter(None, (catalog.header.get("Language"), _slug(catalog))))


# Units


def _written(before: Side, side: Side) -> Iterator[Unit]:
    """Yield the units of a side that have a text which the base does not have."""
    for unit in side.all_units():
        old = before.find(unit.id)
        if (unit.target and (old is None or old.target != unit.target)) or set(unit.conflicts).difference(
            old.conflicts if old else ()
        ):
            yield unit


def _with_conflict(unit: Unit, other: Unit) -> Unit:
    known = {unit.target, *(each.text for each in unit.conflicts)}
    texts = [*([as_conflict(other)] if other.target else ()), *other.conflicts]
    new = tuple(each for each in texts if each.text not in known)
    return unit.replace(conflicts=(*unit.conflicts, *new), fuzzy=True, approved=None) if new else unit


def _lost(before: Side, side: Side, other: Side) -> dict[str, Unit]:
    """Return the units that a side is to get back, by id."""
    found = {}
    for old in before.all_units():
        unit = side.find(old.id)
        if old.conflicts and unit is not None and (lost := _lost_conflicts(old, unit, side, other.find(old.id))):
            found[old.id] = unit.replace(conflicts=(*unit.conflicts, *lost), fuzzy=True, approved=None)
        if not old.target or _is_explained(side, old.id) or not _is_worth_keeping(old) or not _has_text(other, old.id):
            continue
        if unit is not None:
            found[old.id] = _with_text_of(old, found.get(old.id, unit))
        elif not any(is_part_of(old.target, each.target) for each in side.all_units()):  # as after taking back a split
            found[old.id] = old
    return found


def _lost_conflicts(old: Unit, unit: Unit, side: Side, other: Unit | None) -> list[Conflict]:
    """Return the conflicts that are gone though nobody decided or wrote anything."""
    if unit.by != old.by or unit.redacted or other is None:
        return []
    known = {text for each in side.all_units() for text in (each.target, *(found.text for found in each.conflicts))}
    others = {each.text for each in other.conflicts}
    return [each for each in old.conflicts if each.text not in known and each.text in others]


def _with_text_of(old: Unit, unit: Unit) -> Unit:
    restored = unit.replace(**{name: getattr(old, name) for name in _TEXT})
    if unit.conflicts or unit.source != old.source:
        restored = restored.replace(fuzzy=True, approved=None, waivers=())
    return restored if unit.source == old.source else restored.replace(previous=confirmed_source(old))


def _is_worth_keeping(unit: Unit) -> bool:
    return not unit.redacted and (is_human(unit) or unit.approved is not None)


def _holder(side: Side, unit_id: str) -> Unit | None:
    return side.find(unit_id) or side.live.get(side.live_ids.get(unit_id, ""))


def _is_explained(side: Side, unit_id: str) -> bool:
    """Return whether a side has a text for a sentence, or a note that says why it has none."""
    unit = _holder(side, unit_id)
    return unit is not None and (bool(unit.target) or any(getattr(unit, field) for field in _LEFT_BY_A_STEP))


def _has_text(side: Side, unit_id: str) -> bool:
    unit = _holder(side, unit_id)
    return unit is not None and bool(unit.target or unit.conflicts)


def _with_units(side: Side, found: dict[str, Unit]) -> Catalog:
    """Return the catalog of a side with units put back: those that are missing as obsolete ones."""
    if not found:
        return side.catalog
    units, obsolete = (
        tuple(found.get(unit.id, unit) for unit in group) for group in (side.catalog.units, side.catalog.obsolete)
    )
    missing = tuple(unit for unit in found.values() if side.find(unit.id) is None)
    return side.catalog.replace(units=units, obsolete=(*obsolete, *missing))


def _without_strange_texts(base: Catalog, one: Side, two: Side) -> Catalog:
    """Return the base without the texts that the present text of a side was not made from."""

    def without(unit: Unit) -> Unit:
        if all(_descends(unit, side.find(unit.id)) for side in (one, two)):
            return unit
        return unit.replace(target="", by=(), text="", translated=(), approved=None, waivers=())

    units, obsolete = (tuple(map(without, group)) for group in (base.units, base.obsolete))
    return base.replace(units=units, obsolete=obsolete)


def _descends(before: Unit, unit: Unit | None) -> bool:
    """Return whether a text was made from an earlier one: its authors stay in the record."""
    if unit is None or not before.target or not unit.target or unit.target == before.target:
        return True
    return {each.who for each in before.by if not each.who.startswith("mt:")} <= {each.who for each in unit.by}

"""Units whose text, approval or place is not what the record around them says.

Invariant: a text is never changed here. Doubt is only ever added (fuzzy, the source that was confirmed, no approval), and a
person's "still right" takes it away; sentences are put in the report's order by `update`, which loses none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transflow.attribution import tallies
from transflow.attribution.stamps import last_word, why_void
from transflow.integrity.repair.defects import Defect
from transflow.integrity.repair.reading import dropped, unreadable_notes
from transflow.model.catalog import Catalog
from transflow.model.report import Block
from transflow.model.unit import Unit
from transflow.text import squeezed
from transflow.update import update


class Evidence(NamedTuple):
    """What is known besides the file itself."""

    now: str
    """UTC."""
    language: str = "ko"
    """Of the report."""
    blocks: Sequence[Block] = ()
    """Of the report, where the catalog says that it is up to it; empty else."""
    versions: Iterable[Catalog] = ()
    """Committed versions of the catalog, newest first."""
    is_editor: bool = False
    """Whether an editor asks, who may take back times that are still to come."""


def repaired_units(catalog: Catalog, evidence: Evidence) -> tuple[Catalog, list[Defect]]:
    """The catalog with doubt where doubt is due, in step with its report, and what was wrong."""
    faults = unreadable_notes(catalog) + dropped(catalog)
    catalog, found = _in_step(catalog, evidence)
    faults += found
    withdrawn = Withdrawn(catalog)
    confirmed = confirmed_elsewhere(catalog, withdrawn.watching(evidence.versions))
    units = []
    for unit in catalog.units:
        unit, wrong = _doubted(unit, confirmed.get(unit.id, ""), is_withdrawn=unit.id in withdrawn.found)
        units.append(unit)
        faults += wrong
    catalog = catalog.replace(units=tuple(units)) if faults else catalog
    catalog, tallied = tallies.mended(catalog, evidence.now, is_editor=evidence.is_editor)
    return catalog, faults + [
        Defect(f"record.{wrong.check}", wrong.what, done, unit=wrong.unit) for wrong, done in tallied
    ]


def _in_step(catalog: Catalog, evidence: Evidence) -> tuple[Catalog, list[Defect]]:
    """With the report's sentences in the report's order. Sentences that are missing are never made up."""
    if not evidence.blocks:
        return catalog, []
    after, changes = update(evidence.blocks, catalog, evidence.now, evidence.language)
    if after is catalog or (after.units, after.obsolete) == (catalog.units, catalog.obsolete):
        return catalog, []
    if changes.added:
        what = (
            f"{len(changes.added)} sentences of its report are missing (take the file back from git; "
            "if they never were in it, `transflow update` adds them once the line X-Report-Digest is gone)"
        )
        return catalog, [Defect("record.out-of-step", what)]
    parts = ((changes.changed, "another source"), (changes.moved, "another place"), (changes.removed, "no place"))
    told = ", ".join(f"{len(each)} with {name}" for each, name in parts if each)
    what = f"its sentences are not those of its report{': ' + told if told else ''}"
    return after, [Defect("record.out-of-step", what, "brought up to it")]


def out_of_step(catalog: Catalog, blocks: Sequence[Block], language: str) -> list[Defect]:
    """Whether a catalog that says to be up to its report is so: see `Evidence.blocks`."""
    return _in_step(catalog, Evidence("", language, blocks))[1]


def _doubted(unit: Unit, confirmed: str, *, is_withdrawn: bool) -> tuple[Unit, list[Defect]]:
    """The unit without an approval of another text; fuzzy where its text was confirmed against another source."""
    faults = []
    if why := stale(unit) or confirmed:
        unit = unit.replace(fuzzy=True, previous=why)
        what = "its source changed since the text was confirmed, and it did not say so"
        faults.append(Defect("record.stale-text", what, "marked: it needs another look", unit=unit.id))
    void = why_void(unit) or (WITHDRAWN if is_withdrawn else "")
    if unit.approved and (unit.fuzzy or void):
        what = f"an editor {void}" if void else "approved, but in doubt"
        if void or faults:
            faults.append(Defect("record.void-approval", what, "approval removed", unit=unit.id))
            unit = unit.replace(approved=None)
    return unit, faults


def stale(unit: Unit) -> str:
    """The source that the text was confirmed against, where the unit has another now and is not marked for it."""
    return unit.previous if unit.target and not unit.fuzzy and not unit.omitted else ""


def confirmed_elsewhere(catalog: Catalog, versions: Iterable[Catalog]) -> dict[str, str]:
    """Id -> the source against which the present text was confirmed, for units with another source and no mark of it.

    Every way to confirm a text writes the author's time. So the oldest version with just this text and these authors
    shows what it was confirmed against; a finished text that was confirmed against another source, and has no mark now, got
    its source from a merge without the driver, or by hand. Joined and split units, and paragraphs that stand on other
    sentences since, have other sources on purpose and are left out.
    """
    unsure = {
        unit.id: unit
        for unit in catalog.units
        if unit.target and unit.by and not (unit.fuzzy or unit.previous or unit.omitted or unit.conflicts)
    }
    oldest: dict[str, Unit] = {}
    halves = _halves(catalog)
    for version in versions if unsure else ():
        known = _halves(version)
        for unit in version.units:
            now = unsure.get(unit.id)
            if now and _same_work(now, unit) and halves.get(unit.id) == known.get(unit.id):
                oldest[unit.id] = unit
    return {
        unit_id: unit.source
        for unit_id, unit in oldest.items()
        if not unit.fuzzy and squeezed(unit.source) != squeezed(unsure[unit_id].source)
    }


WITHDRAWN = "approved it before somebody changed it or sent it back, which was reverted"


class Withdrawn:
    """The approvals that a revert brought back, as committed versions show: somebody had the last word on the text after them, and
    the file does not say so any more."""

    def __init__(self, catalog: Catalog) -> None:
        self._given = {unit.id: unit.approved.time for unit in catalog.units if unit.approved and not why_void(unit)}
        self.found: set[str] = set()

    def watching(self, versions: Iterable[Catalog]) -> Iterator[Catalog]:
        for version in versions:
            for unit in version.units:
                if unit.id in self._given and last_word(unit) > self._given[unit.id]:
                    self.found.add(unit.id)
            yield version


def _halves(catalog: Catalog) -> dict[str, frozenset[str]]:
    """Id -> the ids that were split off it."""
    found: dict[str, frozenset[str]] = {}
    for unit in (*catalog.units, *catalog.obsolete):
        if unit.split:
            found[unit.split] = found.get(unit.split, frozenset()) | {unit.id}
    return found


def _same_work(now: Unit, before: Unit) -> bool:
    """Versions before a redaction show nothing: their source is another for it alone, and holds what nobody may have again."""
    then = (before.target, before.by, before.joined, before.refs, before.redacted)
    return (now.target, now.by, now.joined, now.refs, now.redacted) == then

"""Units whose text, approval or position contradicts the rest of the record.

Invariant: no text is changed here. Repairs only add doubt (the fuzzy flag, the confirmed source, a
removed approval), which a person can settle by confirming. `update` puts units in the report's
order and loses none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transflow.attribution import tallies
from transflow.attribution.stamps import last_text_change, why_void
from transflow.integrity.repair.defects import defect
from transflow.integrity.repair.reading import dropped_obsolete, unreadable_notes
from transflow.messages import CommandRef, Joined, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.report import Block
from transflow.model.unit import Unit
from transflow.text import without_spaces
from transflow.update import update

MESSAGES = Messages(
    __name__,
    {
        "missing": (
            "{n} sentence of its report is missing (restore the file from git; if it never had the sentence, delete its "
            "line X-Report-Digest, and {command} adds it)",
            "{n} sentences of its report are missing (restore the file from git; if it never had them, delete its line "
            "X-Report-Digest, and {command} adds them)",
        ),
        "out-of-step": "its sentences are not those of its report",
        "out-of-step/details": "its sentences are not those of its report: {details}",
        "out-of-step/changed": "{number} with another Korean text",
        "out-of-step/moved": "{number} in another place",
        "out-of-step/removed": "{number} that are not in it",
        "out-of-step/repair": "brought up to it",
        "stale-text": "what it is made from changed after it was confirmed, and it was not marked for another look",
        "stale-text/repair": "marked: it needs another look",
        "void-approval": "an editor {why}, so the approval is void",
        "void-approval/reverted": "approved it before somebody changed it or sent it back, which was reverted",
        "void-approval/doubt": "it is approved, but needs another look",
        "void-approval/repair": "approval removed",
    },
)


class Evidence(NamedTuple):
    """Inputs besides the file itself."""

    now: str
    """Current time, UTC."""
    language: str = "ko"
    """Language of the report."""
    blocks: Sequence[Block] = ()
    """Blocks of the report; empty unless the catalog claims to be up to date with it."""
    versions: Iterable[Catalog] = ()
    """Committed versions of the catalog, newest first."""
    is_editor: bool = False
    """True for an editor, who may take back times in the future."""


def repaired_units(catalog: Catalog, evidence: Evidence) -> tuple[Catalog, list[Issue]]:
    """Return the catalog with doubtful units marked, in step with its report, and the defects."""
    defects = unreadable_notes(catalog) + dropped_obsolete(catalog)
    catalog, found = _in_step(catalog, evidence)
    defects += found
    withdrawn = WithdrawnApprovals(catalog)
    confirmed = confirmed_elsewhere(catalog, withdrawn.watching(evidence.versions))
    units = []
    for unit in catalog.units:
        unit, wrong = _with_doubts(unit, confirmed.get(unit.id, ""), is_withdrawn=unit.id in withdrawn.found)
        units.append(unit)
        defects += wrong
    catalog = catalog.replace(units=tuple(units)) if defects else catalog
    catalog, tallied = tallies.repair(catalog, evidence.now, is_editor=evidence.is_editor)
    return catalog, defects + [
        defect(f"record.{wrong.check}", wrong.message, done, unit=wrong.unit) for wrong, done in tallied
    ]


def _in_step(catalog: Catalog, evidence: Evidence) -> tuple[Catalog, list[Issue]]:
    """Put the units in the order of the report. Missing units are never invented."""
    if not evidence.blocks:
        return catalog, []
    after, changes = update(evidence.blocks, catalog, evidence.now, evidence.language)
    if after is catalog or (after.units, after.obsolete) == (catalog.units, catalog.obsolete):
        return catalog, []
    if changes.added:
        problem = MESSAGES("missing", n=len(changes.added), command=CommandRef("update"))
        return catalog, [defect("record.out-of-step", problem)]
    parts = {"changed": changes.changed, "moved": changes.moved, "removed": changes.removed}
    details = tuple(MESSAGES(f"out-of-step/{name}", number=len(each)) for name, each in parts.items() if each)
    problem = MESSAGES("out-of-step/details", details=Joined(details)) if details else MESSAGES("out-of-step")
    return after, [defect("record.out-of-step", problem, MESSAGES("out-of-step/repair"))]


def out_of_step(catalog: Catalog, blocks: Sequence[Block], language: str) -> list[Issue]:
    """Return a defect if a catalog that claims to be up to date with its report is not.

    See `Evidence.blocks`.
    """
    return _in_step(catalog, Evidence("", language, blocks))[1]


def _with_doubts(unit: Unit, confirmed: str, *, is_withdrawn: bool) -> tuple[Unit, list[Issue]]:
    """Remove a void approval; mark a text confirmed against another source as fuzzy."""
    defects = []
    if why := unmarked_old_source(unit) or confirmed:
        unit = unit.replace(fuzzy=True, previous=why)
        repair = MESSAGES("stale-text/repair")
        defects.append(defect("record.stale-text", MESSAGES("stale-text"), repair, unit=unit.id))
    void = why_void(unit) or (MESSAGES("void-approval/reverted") if is_withdrawn else "")
    if unit.approved and (unit.fuzzy or void):
        problem = MESSAGES("void-approval", why=void) if void else MESSAGES("void-approval/doubt")
        if void or defects:
            defects.append(defect("record.void-approval", problem, MESSAGES("void-approval/repair"), unit=unit.id))
            unit = unit.replace(approved=None)
    return unit, defects


def unmarked_old_source(unit: Unit) -> str:
    """Return the source that a text was confirmed against if it is not marked fuzzy for it."""
    return unit.previous if unit.target and not unit.fuzzy and not unit.omitted else ""


def confirmed_elsewhere(catalog: Catalog, versions: Iterable[Catalog]) -> dict[str, str]:
    """Return, by id, the source each text was confirmed against, where the unit now has another.

    Only units without a mark of this change are returned. Confirming a text always writes its
    author's time, so the oldest version with the same text and authors shows the source it was
    confirmed against. A finished text whose source differs now, without a mark, got that source
    from a merge without the driver or from a manual edit. Joined and split units, and paragraphs
    based on other sentences since, have another source on purpose and are left out.
    """
    candidates = {
        unit.id: unit
        for unit in catalog.units
        if unit.target and unit.by and not (unit.fuzzy or unit.previous or unit.omitted or unit.conflicts)
    }
    oldest: dict[str, Unit] = {}
    halves = _split_off(catalog)
    for version in versions if candidates else ():
        version_halves = _split_off(version)
        for unit in version.units:
            if oldest.get(unit.id) is unit:  # most units do not change from one version to the next
                continue
            current = candidates.get(unit.id)
            if current and _is_same_work(current, unit) and halves.get(unit.id) == version_halves.get(unit.id):
                oldest[unit.id] = unit
    return {
        unit_id: unit.source
        for unit_id, unit in oldest.items()
        if not unit.fuzzy and without_spaces(unit.source) != without_spaces(candidates[unit_id].source)
    }


class WithdrawnApprovals:
    """Approvals that a git revert restored, as the committed versions show.

    In a committed version the text was edited or sent back after the approval, and the file does
    not say so any more.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._given = {unit.id: unit.approved.time for unit in catalog.units if unit.approved and not why_void(unit)}
        self.found: set[str] = set()

    def watching(self, versions: Iterable[Catalog]) -> Iterator[Catalog]:
        """Yield the versions unchanged while collecting ids of withdrawn approvals in `found`."""
        last: dict[str, Unit] = {}
        for version in versions:
            for unit in version.units:
                if last.get(unit.id) is unit:  # most units do not change from one version to the next
                    continue
                last[unit.id] = unit
                if unit.id in self._given and last_text_change(unit) > self._given[unit.id]:
                    self.found.add(unit.id)
            yield version


def _split_off(catalog: Catalog) -> dict[str, frozenset[str]]:
    """Return, by id, the ids that were split off each unit."""
    found: dict[str, frozenset[str]] = {}
    for unit in (*catalog.units, *catalog.obsolete):
        if unit.split:
            found[unit.split] = found.get(unit.split, frozenset()) | {unit.id}
    return found


def _is_same_work(current: Unit, before: Unit) -> bool:
    """Return True if target, authorship and structure of two versions of a unit are the same.

    Versions before a redaction never match: their source differs because of it, and contains the
    text that must not come back.
    """
    earlier = (before.target, before.by, before.joined, before.refs, before.redacted)
    return (current.target, current.by, current.joined, current.refs, current.redacted) == earlier

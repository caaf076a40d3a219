"""Changes of units in the history, whatever the paths of their catalogs were.

Invariant: each commit is compared with its parents by the ids of units, so that a renamed catalog
changes nothing but its path. A merge changes a unit if it differs from that of every parent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from transflow.errors import UnreadableError
from transflow.model.unit import Unit
from transflow.po.unit_entries import read_unit
from transflow.project.git_history import CommitChanges
from transflow.proof.claims import differing_chunks
from transflow.proof.walk import BlobVersions, Walk

_ID = re.compile(r'^(?:#~ )?msgctxt "([^"]+)"$', re.MULTILINE)
UnitKey = tuple[str, str]
"""Locale and id."""


class CommittedUnit(NamedTuple):
    """A unit as a commit or its first parent has it."""

    path: str
    """Path of its catalog in the project."""
    unit: Unit


class UnitChange(NamedTuple):
    """A change of a unit by a commit; None for a unit that is not there."""

    commit: str
    key: UnitKey
    before: CommittedUnit | None
    after: CommittedUnit | None


def unit_changes(
    folder: Path, wanted: Collection[UnitKey], head: str, passed: Callable[[], None] = lambda: None
) -> Iterator[UnitChange]:
    """Yield the changes of units, newest commit first; `passed` is called for each commit.

    Not all units need to exist any more.
    """
    walk, keys = Walk(folder), frozenset(wanted)
    for step, versions in walk.steps("", head):
        passed()
        yield from _changes(walk, step, versions, keys)


def _changes(
    walk: Walk, step: CommitChanges, versions: BlobVersions, wanted: frozenset[UnitKey]
) -> Iterator[UnitChange]:
    sides = [_compared(walk, step, versions, parent, wanted) for parent in range(len(step.files[0].old))]
    (before, after), *others = sides
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old != new and all(each.get(key) != there.get(key) for each, there in others):
            yield UnitChange(step.commit, key, old, new)


def _compared(
    walk: Walk, step: CommitChanges, versions: BlobVersions, parent: int, wanted: frozenset[UnitKey]
) -> tuple[dict[UnitKey, CommittedUnit], dict[UnitKey, CommittedUnit]]:
    """Return the wanted units of the chunks that differ from a parent's, before and after."""
    before: dict[UnitKey, CommittedUnit] = {}
    after: dict[UnitKey, CommittedUnit] = {}
    for path, old, new in step.files:
        shown, locale = walk.project_path(path), walk.locale(path)
        chunks = differing_chunks(versions.data(old[parent]), versions.data(new))
        for side, found in zip(chunks, (before, after), strict=True):
            for chunk in side.entries:
                for unit in _units(chunk, locale, wanted):
                    found[locale, unit.id] = CommittedUnit(shown, unit)
    return before, after


def _units(chunk: str, locale: str, wanted: frozenset[UnitKey]) -> Iterator[Unit]:
    """Yield the wanted live units of a chunk; none of one that cannot be read."""
    if not any((locale, unit_id) in wanted for unit_id in _ID.findall(chunk)):
        return
    text, start = f"{chunk}\n", 0
    try:
        while start < len(text):
            unit, is_obsolete, start = read_unit(text, start, "", False)
            if unit is None:
                return
            if not is_obsolete and (locale, unit.id) in wanted:
                yield unit
    except UnreadableError:
        return

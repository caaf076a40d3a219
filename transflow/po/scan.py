"""Fast counting: one pass over the text of a catalog, without building units.

It imports few modules, so that `transflow status` starts fast.

Invariant: `scan` raises for exactly the files that `transflow.po.catalog.parse` refuses; for all
others, ids, texts and states are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from transflow.digests import approval
from transflow.model.catalog import Header
from transflow.model.unit import State, live_state
from transflow.po import header, shape
from transflow.po.catalog import parse
from transflow.po.notes import read, unit_comments
from transflow.po.unit_entries import read_unit

_TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_DECISION = re.compile(
    rf"\n# @(?:approved [^\s\"]+ ({_TIME}) ([0-9a-f]{{16}})(?=\n(?!# @\+))"
    "|approved|omitted|cut)"
)
"""A note that decides on the state. Groups: time and digest of an approval on one line; empty
for all other notes, which `notes.read` has to parse.
"""
_APPROVED = re.compile(_DECISION.pattern.removeprefix(r"\n").replace("|approved|omitted|cut", ""))
_APPROVAL = "# @approved"
_CHANGE = re.compile(rf"# @(?<![^\n]# @)(?:by [^\s\"]+ ({_TIME}) [0-9]+(?=\n(?!# @\+))|(?:by|returned)(?![a-z-]))")
"""A note that may make an approval void. Group: the time of a `@by` on one line; empty for all
other notes, which `notes.read` has to parse.
"""


class ScannedUnit(NamedTuple):
    """A live unit with the fields that counting needs. Texts are unescaped."""

    id: str
    source: str
    target: str
    state: State
    notes: str
    """Comment lines, verbatim."""
    source_changed: bool
    """True if the unit has a previous source: its source changed since the target was confirmed."""
    has_void_approval: bool
    """True if the unit has a void approval: of other texts, or older than their last change."""


def scan(text: str, path: str, *, torn_ok: bool = False) -> Iterator[ScannedUnit]:
    """Yield the live units of a catalog in order.

    Entries that are not formatted as transflow writes them (wrapped by another program, for
    example) are left to the reader of `parse`. Raise UnreadableError like `parse` for a file that
    is not a catalog, and after the last unit TornError, unless `torn_ok`.
    """
    head, position = header.read(text, path)
    return scan_units(text, path, head, position, torn_ok=torn_ok)


def scan_units(text: str, path: str, head: Header, position: int, *, torn_ok: bool = False) -> Iterator[ScannedUnit]:
    """Yield the live units of a catalog, given its header, which ends at `position`. See `scan`."""
    ids: set[str] = set()
    obsolete_count = 0
    match_at, end = shape.LIVE.match, len(text)
    strict = header.format_version(head) > 1
    has_left_out = "# @omitted" in text or "# @cut" in text
    while position < end:
        match = match_at(text, position)
        if match and (unit := _unit_from_groups(match, has_left_out)):
            unit_id, position = unit.id, match.end()
        else:
            unit, unit_id, position = _read_other(text, position, path, strict)
        if unit_id in ids:
            _raise_duplicate(text, path)
        ids.add(unit_id)
        if unit:
            yield unit
        else:
            obsolete_count += 1
    if not torn_ok:
        header.check_whole(head, len(ids) - obsolete_count, text, path)


def _unit_from_groups(
    match: re.Match[str],
    has_left_out: bool,
    make: Callable[[type[ScannedUnit], tuple[object, ...]], ScannedUnit] = tuple.__new__,
) -> ScannedUnit | None:
    """Return the unit in the match groups of `shape.LIVE`; None if the line reader has to decide.

    `has_left_out` is true if the file has omitted or cut units. This runs for every sentence in a
    project: the common cases are decided here, without further calls.
    """
    notes, _, fuzzy, previous, more_previous, unit_id, source, more_source, target, more_target = match.groups()
    if (
        previous is not None
        or more_source
        or more_target
        or "\\" in source
        or "\\" in target
        or '"' in source
        or '"' in target
    ):
        return _unit_from_long_groups(
            notes, fuzzy, previous, more_previous, unit_id, source, more_source, target, more_target
        )
    if not source:
        return None
    if has_left_out and ("# @omitted" in notes or "# @cut" in notes):
        return _scanned(notes, unit_id, source, target, fuzzy is not None, False)
    position = notes.find(_APPROVAL)
    if position < 0:
        return make(ScannedUnit, (unit_id, source, target, live_state(target, fuzzy, False), notes, False, False))
    approval_match = _APPROVED.match(notes, position)
    if not approval_match or (position and notes[position - 1] != "\n") or notes.find(_APPROVAL, position + 1) >= 0:
        return _scanned(notes, unit_id, source, target, fuzzy is not None, False)
    change_times = _CHANGE.findall(notes)
    if "" in change_times:
        return _scanned(notes, unit_id, source, target, fuzzy is not None, False)
    is_valid = approval_match[2] == approval(unit_id, source, target) and approval_match[1] >= max(
        change_times, default=""
    )
    return make(ScannedUnit, (unit_id, source, target, live_state(target, fuzzy, is_valid), notes, False, not is_valid))


def _unit_from_long_groups(
    notes: str,
    fuzzy: str | None,
    previous: str | None,
    more_previous: str | None,
    unit_id: str,
    source: str,
    more_source: str,
    target: str,
    more_target: str,
) -> ScannedUnit | None:
    """Return the unit of an entry with a previous source, escapes, or texts of several lines.

    None if the line reader has to decide.
    """
    full_source, full_target = shape.text(source, more_source), shape.text(target, more_target)
    full_previous = shape.text(previous, more_previous) if previous is not None else ""
    if not full_source or full_target is None or full_previous is None:
        return None
    return _scanned(notes, unit_id, full_source, full_target, fuzzy is not None, bool(full_previous))


def _scanned(notes: str, unit_id: str, source: str, target: str, fuzzy: bool, changed: bool) -> ScannedUnit:
    left_out: State | None = None
    time, approved, change_times = "", "", [""]
    if decisions := _DECISION.findall("\n" + notes):
        (time, approved), change_times = decisions[0], _CHANGE.findall(notes)
        if not approved or len(decisions) > 1 or "" in change_times:
            left_out, time, approved, change_times = _parsed_notes(notes)
    is_valid = (
        bool(approved) and approved == approval(unit_id, source, target) and time >= max(change_times, default="")
    )
    state = left_out or live_state(target, fuzzy, is_valid)
    return ScannedUnit(unit_id, source, target, state, notes, changed, bool(approved) and not is_valid)


def _parsed_notes(notes: str) -> tuple[State | None, str, str, list[str]]:
    """Parse notes in full.

    Returns the state if the unit is left out, else None; time and digest of its approval, or empty;
    and the times of @by and @returned notes.
    """
    fields = read(shape.comment_lines(notes))
    left_out: State | None = "omitted" if "omitted" in fields else "cut" if "cut" in fields else None
    change_times = [each.time for each in (*fields.get("by", ()), fields.get("returned")) if each]
    _, time, digest = fields.get("approved", ("", "", ""))
    return left_out, time, digest, change_times


def _read_other(text: str, position: int, path: str, strict: bool) -> tuple[ScannedUnit | None, str, int]:
    """Return the unit of an entry, its id, and the position after it.

    The entry is obsolete (then the unit is None), or not formatted as transflow writes it.
    """
    unit, is_obsolete, end = read_unit(text, position, path, strict)
    if unit is None or is_obsolete:
        return None, unit.id if unit else "", end
    notes = "".join(f"# {line}\n" for line in unit_comments(unit))
    return _scanned(notes, unit.id, unit.source, unit.target, unit.fuzzy, bool(unit.previous)), unit.id, end


def _raise_duplicate(text: str, path: str) -> None:
    """Raise the error of `parse` for a duplicate unit, which names both lines."""
    parse(text, path)


header_field = header.field

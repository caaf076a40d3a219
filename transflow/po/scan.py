"""Fast counting: one pass over the text of a catalog, without units, and with `re` and `hashlib`
only.

Invariant: `scan` raises for exactly the files that `transflow.po.catalog.parse` refuses; for all
others, ids, texts and states are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from transflow.digests import approval
from transflow.model.catalog import Header
from transflow.model.unit import State
from transflow.po import header, shape

_TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_VERDICT = re.compile(
    rf"\n# @(?:approved [^\s\"]+ ({_TIME}) ([0-9a-f]{{16}})(?=\n(?!# @\+))"
    "|approved|omitted|cut)"
)
"""A note that decides on the state. Groups: time and digest of an approval on one line; empty
for all other notes, which `notes.read` has to parse.
"""
_APPROVED = re.compile(_VERDICT.pattern.removeprefix(r"\n").replace("|approved|omitted|cut", ""))
_APPROVAL = "# @approved"
_WORD = re.compile(rf"# @(?<![^\n]# @)(?:by [^\s\"]+ ({_TIME}) [0-9]+(?=\n(?!# @\+))|(?:by|returned)(?![a-z-]))")
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
    changed: bool
    """True if the unit has a previous source: its source changed since the target was confirmed."""
    void: bool
    """True if the unit has a void approval: of other texts, or older than their last change."""


def scan(text: str, path: str, *, torn_ok: bool = False) -> Iterator[ScannedUnit]:
    """Yield the live units of a catalog in order.

    Entries that are not formatted as transflow writes them (wrapped by another program, for
    example) are left to the reader of `parse`. Raises UnreadableError like `parse` for a file that
    is not a catalog, and after the last unit TornError, unless `torn_ok`.
    """
    head, position = header.read(text, path)
    return live(text, path, head, position, torn_ok=torn_ok)


def live(text: str, path: str, head: Header, position: int, *, torn_ok: bool = False) -> Iterator[ScannedUnit]:
    """Yield the live units of a catalog, given its header, which ends at `position`. See `scan`."""
    ids: set[str] = set()
    others = 0
    match_at, end = shape.LIVE.match, len(text)
    strict = header.version(head) > 1
    leaves_out = "# @omitted" in text or "# @cut" in text
    while position < end:
        match = match_at(text, position)
        if match and (seen := _own(match, leaves_out)):
            unit_id, position = seen.id, match.end()
        else:
            seen, unit_id, position = _other(text, position, path, strict)
        if unit_id in ids:
            _refuse(text, path)
        ids.add(unit_id)
        if seen:
            yield seen
        else:
            others += 1
    if not torn_ok:
        header.check_whole(head, len(ids) - others, text, path)


def _own(
    match: re.Match[str],
    leaves_out: bool,
    new: Callable[[type[ScannedUnit], tuple[object, ...]], ScannedUnit] = tuple.__new__,
) -> ScannedUnit | None:
    """Return the unit in the match groups of `shape.LIVE`; None if the line reader has to decide.

    `leaves_out` is true if the file has omitted or cut units. This runs for every sentence in a
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
        return _written_long(notes, fuzzy, previous, more_previous, unit_id, source, more_source, target, more_target)
    if not source:
        return None
    if leaves_out and ("# @omitted" in notes or "# @cut" in notes):
        return _seen(notes, unit_id, source, target, fuzzy is not None, False)
    at = notes.find(_APPROVAL)
    if at < 0:
        state: State = ("needs-work" if fuzzy else "translated") if target else "untranslated"
        return new(ScannedUnit, (unit_id, source, target, state, notes, False, False))
    plain = _APPROVED.match(notes, at)
    if not plain or (at and notes[at - 1] != "\n") or notes.find(_APPROVAL, at + 1) >= 0:
        return _seen(notes, unit_id, source, target, fuzzy is not None, False)
    words = _WORD.findall(notes)
    if "" in words:
        return _seen(notes, unit_id, source, target, fuzzy is not None, False)
    right = plain[2] == approval(unit_id, source, target) and plain[1] >= max(words, default="")
    state = ("needs-work" if fuzzy else "approved" if right else "translated") if target else "untranslated"
    return new(ScannedUnit, (unit_id, source, target, state, notes, False, not right))


def _written_long(
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
    known_source, known = shape.text(source, more_source), shape.text(target, more_target)
    before = shape.text(previous, more_previous) if previous is not None else ""
    if not known_source or known is None or before is None:
        return None
    return _seen(notes, unit_id, known_source, known, fuzzy is not None, bool(before))


def _seen(notes: str, unit_id: str, source: str, target: str, fuzzy: bool, changed: bool) -> ScannedUnit:
    left_out: State | None = None
    time, approved, words = "", "", [""]
    if verdicts := _VERDICT.findall("\n" + notes):
        (time, approved), words = verdicts[0], _WORD.findall(notes)
        if not approved or len(verdicts) > 1 or "" in words:
            left_out, time, approved, words = _judged(notes)
    right = bool(approved) and approved == approval(unit_id, source, target) and time >= max(words, default="")
    state: State = "untranslated"
    if target:
        state = "needs-work" if fuzzy else "approved" if right else "translated"
    return ScannedUnit(unit_id, source, target, left_out or state, notes, changed, bool(approved) and not right)


def _judged(notes: str) -> tuple[State | None, str, str, list[str]]:
    """Parse notes in full.

    Returns the state if the unit is left out, else None; time and digest of its approval, or empty;
    and the times of @by and @returned notes.
    """
    from transflow.po.notes import read

    found = read(shape.comment_lines(notes))
    left_out: State | None = "omitted" if "omitted" in found else "cut" if "cut" in found else None
    words = [each.time for each in (*found.get("by", ()), found.get("returned")) if each]
    _, time, mark = found.get("approved", ("", "", ""))
    return left_out, time, mark, words


def _other(text: str, position: int, path: str, strict: bool) -> tuple[ScannedUnit | None, str, int]:
    """Return the unit of an entry, its id, and the position after it.

    The entry is obsolete (then the unit is None), or not formatted as transflow writes it.
    """
    from transflow.po.catalog import read_unit
    from transflow.po.notes import written

    unit, is_obsolete, end = read_unit(text, position, path, strict)
    if unit is None or is_obsolete:
        return None, unit.id if unit else "", end
    notes = "".join(f"# {line}\n" for line in written(unit))
    return _seen(notes, unit.id, unit.source, unit.target, unit.fuzzy, bool(unit.previous)), unit.id, end


def _refuse(text: str, path: str) -> None:
    """Raise the error of `parse` for a duplicate unit, which names both lines."""
    from transflow.po.catalog import parse

    parse(text, path)


header_field = header.field

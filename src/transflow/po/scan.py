"""One pass over the text of a catalog, for counting: no units are built, and nothing but `re` and `hashlib` is needed.

Invariant: `scan` raises for just the files that `transflow.po.catalog.parse` refuses; for all others, the ids, texts and
states found here are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transflow.digests import approval
from transflow.model import State
from transflow.po import header, shape

_VERDICT = re.compile(
    r"\n# @(?:approved [^\s\"]+ [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z ([0-9a-f]{16})(?=\n(?!# @\+))"
    "|approved|omitted|cut)"
)
"""A note that decides on the state: the digest of a plain approval, or nothing for what `notes.read` has to judge."""


class Seen(NamedTuple):
    """A live unit, as counting needs it. Texts are unescaped."""

    id: str
    source: str
    target: str
    state: State
    notes: str
    """Its comment lines as they stand in the file."""
    changed: bool
    """Whether it has a previous source: its source changed since the target was confirmed."""
    void: bool
    """Whether it has an approval that its texts do not match."""


def scan(text: str, path: str) -> Iterator[Seen]:
    """The live units of a catalog in order. Raises UnreadableError like `parse` for what is no catalog.

    Entries that are not written as transflow writes them (another program's wrapping, say) are left to `parse`'s reader.
    """
    _, position = header.read(text, path)
    ids: set[str] = set()
    match_at, end = shape.LIVE.match, len(text)
    while position < end:
        match = match_at(text, position)
        if match and (seen := _own(*match.groups())):
            unit_id, position = seen.id, match.end()
        else:
            seen, unit_id, position = _other(text, position, path)
        if unit_id in ids:
            _refuse(text, path)
        ids.add(unit_id)
        if seen:
            yield seen


def _own(
    notes: str,
    _extracted: str | None,
    fuzzy: str | None,
    previous: str | None,
    more_previous: str | None,
    unit_id: str,
    source: str,
    more_source: str,
    target: str,
    more_target: str,
) -> Seen | None:
    """What the groups of `shape.LIVE` hold; None where the reader has to judge."""
    if more_source or "\\" in source or '"' in source:
        source = shape.text(source, more_source) or ""
    known: str | None = target
    if more_target or "\\" in target or '"' in target:
        known = shape.text(target, more_target)
    before = shape.text(previous, more_previous) if previous is not None else ""
    if not source or known is None or before is None:
        return None
    return _seen(notes, unit_id, source, known, fuzzy is not None, bool(before))


def _seen(notes: str, unit_id: str, source: str, target: str, fuzzy: bool, changed: bool) -> Seen:
    left_out: State | None = None
    approved = ""
    if verdicts := _VERDICT.findall("\n" + notes):
        approved = verdicts[0]
        if not approved or len(verdicts) > 1:
            left_out, approved = _judged(notes)
    right = bool(approved) and approved == approval(unit_id, source, target)
    state: State = "untranslated"
    if target:
        state = "needs-work" if fuzzy else "approved" if right else "translated"
    return Seen(unit_id, source, target, left_out or state, notes, changed, bool(approved) and not right)


def _judged(notes: str) -> tuple[State | None, str]:
    """Whether the notes say that the unit is left out, and the digest of its approval; empty for none."""
    from transflow.po.notes import read

    found = read(shape.comment_lines(notes))
    left_out: State | None = "omitted" if "omitted" in found else "cut" if "cut" in found else None
    return left_out, found["approved"].digest if "approved" in found else ""


def _other(text: str, position: int, path: str) -> tuple[Seen | None, str, int]:
    """The unit of an entry that is obsolete (None), or not written as ours are; its id, and the position after it."""
    from transflow.po.catalog import read_unit
    from transflow.po.notes import written

    unit, is_obsolete, end = read_unit(text, position, path)
    if unit is None or is_obsolete:
        return None, unit.id if unit else "", end
    notes = "".join(f"# {line}\n" for line in written(unit))
    return _seen(notes, unit.id, unit.source, unit.target, unit.fuzzy, bool(unit.previous)), unit.id, end


def _refuse(text: str, path: str) -> None:
    """Raises what `parse` does for a unit that is there twice: it says where both are."""
    from transflow.po.catalog import parse

    parse(text, path)


header_field = header.field

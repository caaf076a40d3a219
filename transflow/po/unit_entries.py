"""Units as PO entries.

Invariant: the fast path, which matches a `shape`, gives the unit that the line reader gives.
"""

from __future__ import annotations

from functools import lru_cache
from typing import get_args

from transflow.errors import UnreadableError
from transflow.messages import Message, Messages
from transflow.model.unit import RESERVED_KINDS, Kind, Unit
from transflow.po import notes, shape
from transflow.po.syntax import Entry, read_entry

MESSAGES = Messages(
    __name__,
    {
        "no-id": "an entry without an id (msgctxt).",
        "remove": "Another program added it: remove it.",
        "no-msgid": "the unit {unit} has an empty msgid.",
        "plural": "the unit {unit} has plural forms.",
        "take-back": "Take the file back from git.",
        "later-kind": "the unit {unit} is of the kind “{kind}”, which a later version of transflow writes. Upgrade transflow.",
        "unknown-kind": "the unit {unit} is of the kind “{kind}”, which this transflow does not know. Upgrade transflow; or, "
        "where another program wrote the line “#. {kind}”, write “#. paragraph” above it.",
    },
)
_KINDS = get_args(Kind)
_OWN = ("msgctxt", "msgid", "msgstr")


def line_at(text: str, position: int) -> int:
    """Return the 1-based line of a position."""
    return text.count("\n", 0, position) + 1


def read_unit(text: str, start: int, path: str, strict: bool) -> tuple[Unit | None, bool, int]:
    """Return the unit of the entry at a position, whether it is obsolete, and the end of the entry.

    The unit is None for the comments at the end of a file. Raise UnreadableError, with the line,
    for an entry that is not a unit, and, if `strict` (format 2), for a unit of an unknown kind.
    """
    live_match = shape.LIVE.match(text, start)
    if (match := live_match or shape.obsolete().match(text, start)) and (unit := _unit_from_groups(*match.groups())):
        return unit, not live_match, match.end()
    entry, end = read_entry(text, start, line_at(text, start), path)
    return (_unit_from_entry(entry, path, strict) if entry.strings else None), entry.obsolete, end


def _unit_from_groups(
    comments: str,
    extracted: str | None,
    fuzzy: str | None,
    previous: str | None,
    more_previous: str | None,
    unit_id: str,
    source: str,
    more_source: str,
    target: str,
    more_target: str,
) -> Unit | None:
    """Return the unit in the match groups of a `shape`; None if the line reader has to decide."""
    texts = shape.text(source, more_source), shape.text(target, more_target), shape.text(previous, more_previous)
    if not texts[0] or texts[1] is None or texts[2] is None:
        return None
    kind, variant, continued = _kind(extracted or "")
    return Unit(
        id=unit_id,
        source=texts[0],
        target=texts[1],
        kind=kind,
        variant=variant,
        continued=continued,
        fuzzy=fuzzy is not None,
        previous=texts[2],
        **notes.read(shape.comment_lines(comments)),
    )


def _unit_from_entry(entry: Entry, path: str, strict: bool) -> Unit:
    texts = entry.strings
    if not texts.get("msgctxt"):
        raise UnreadableError(path, entry.line, MESSAGES("no-id"), MESSAGES("remove"))
    unit_id = texts["msgctxt"]
    if not texts["msgid"]:
        raise UnreadableError(path, entry.line, MESSAGES("no-msgid", unit=unit_id), MESSAGES("take-back"))
    if texts.keys() != set(_OWN):
        raise UnreadableError(path, entry.line, MESSAGES("plural", unit=unit_id), MESSAGES("take-back"))
    extracted = entry.extracted[0] if entry.extracted else ""
    kind, variant, continued = _kind(extracted)
    if strict and extracted and extracted.split(", ")[0] != kind:
        raise UnreadableError(path, entry.line, _unknown_kind(unit_id, extracted))
    return Unit(
        id=unit_id,
        source=texts["msgid"],
        target=texts["msgstr"],
        kind=kind,
        variant=variant,
        continued=continued,
        fuzzy="fuzzy" in entry.flags,
        previous=entry.previous.get("msgid", ""),
        foreign=_foreign(entry),
        **notes.read(entry.comments),
    )


def _unknown_kind(unit_id: str, extracted: str) -> Message:
    is_reserved = extracted.split(", ")[0] in RESERVED_KINDS
    return MESSAGES("later-kind" if is_reserved else "unknown-kind", unit=unit_id, kind=extracted)


@lru_cache(64)
def _kind(extracted: str) -> tuple[Kind, str, bool]:
    """Parse the `#.` comment: `list item, numbered, continued`."""
    first, *rest = extracted.split(", ")
    kind: Kind = first if first in _KINDS else "paragraph"  # type: ignore[assignment] # narrowed by membership
    return kind, ", ".join(part for part in rest if part != "continued"), "continued" in rest


def _foreign(entry: Entry) -> tuple[str, ...]:
    """Return the lines that other programs added, as PO lines."""
    own = not entry.extracted or entry.extracted[0].split(", ")[0] in (*_KINDS, "")
    lines = [f"#. {line}" for line in entry.extracted[own:]]
    lines += [f"#: {line}" for line in entry.references]
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    lines += [f"#, {', '.join(flags)}"] if flags else []
    return tuple(lines)


def entry_of(unit: Unit, obsolete: bool) -> Entry:
    foreign = {prefix: [line[3:] for line in unit.foreign if line[:3] == prefix] for prefix in ("#. ", "#: ", "#, ")}
    kind = ", ".join(filter(None, (unit.kind, unit.variant, "continued" if unit.continued else "")))
    return Entry(
        line=0,
        comments=notes.unit_comments(unit),
        extracted=[kind, *foreign["#. "]],
        references=foreign["#: "],
        flags=["fuzzy"] * unit.fuzzy + [flag for line in foreign["#, "] for flag in line.split(", ")],
        previous={"msgid": unit.previous} if unit.previous else {},
        strings=dict(zip(_OWN, (unit.id, unit.source, unit.target), strict=True)),
        obsolete=obsolete,
    )

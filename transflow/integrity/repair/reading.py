"""Parsing of damaged catalogs.

Invariant: every text of every entry and side is in the catalog. If copies or sides of a unit
differ, the three-way merge decides, and the rejected text becomes a `@conflict`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transflow.errors import TornError, UnreadableError
from transflow.integrity.repair.decoding import text_of
from transflow.integrity.repair.defects import Defect
from transflow.integrity.repair.markers import first_marker, versions
from transflow.integrity.repair.notes import is_broken, rejoined
from transflow.merge import merge
from transflow.merge.glossary import merge_glossary
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.po.catalog import parse, serialize
from transflow.po.header import check_whole, counts, obsolete_texts
from transflow.po.syntax import Entry, entries, entry_text


class Sides(NamedTuple):
    """Contents of a file in an unfinished merge, as git keeps them. `base` may be None."""

    base: bytes | None
    ours: bytes
    theirs: bytes


def readable(
    data: bytes, path: str, unmerged: Sides | None = None, *, torn_ok: bool = False
) -> tuple[Catalog, list[Defect]]:
    """Return the catalog in the bytes, formatted as transflow writes it, and its defects.

    `unmerged` are the versions that git keeps during a merge. They replace the sides in the file
    unless the file has a text that they lack. Raises UnreadableError if the file cannot be
    repaired, and TornError for a truncated file unless `torn_ok`, which accepts it as it is.
    """
    text, faults = text_of(data, path)
    if line := first_marker(text):
        catalog, found = _without_markers(text, path, unmerged, line, torn_ok)
    elif (whole := _whole(text, path)) is not None:
        return whole, faults
    else:
        catalog, found = _catalog(text, path)
        torn = _torn(catalog, text, path, torn_ok)
        found += torn or _shape(catalog, text, path, {fault.unit for fault in found} - {""})
    return Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail), faults + found


def is_as_written(catalog: Catalog, text: str) -> bool:
    """Return True if a catalog's file is formatted as transflow writes it."""
    return serialize(Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail)) == text


def _whole(text: str, path: str) -> Catalog | None:
    """Return the catalog of a text without defects, the usual case, or None."""
    try:
        catalog = parse(text, path)
    except UnreadableError:
        return None
    return (
        Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail)
        if is_as_written(catalog, text)
        else None
    )


def _torn(catalog: Catalog, text: str, path: str, torn_ok: bool) -> list[Defect]:
    """Raise TornError for a truncated file or, if `torn_ok`, return it as a defect."""
    try:
        check_whole(catalog.header, len(catalog.units), text, path)
    except TornError as error:
        if not torn_ok:
            raise
        return [Defect("record.torn", error.problem.rstrip("."), "taken as it is", error.line)]
    return []


def _without_markers(
    text: str, path: str, unmerged: Sides | None, line: int, torn_ok: bool
) -> tuple[Catalog, list[Defect]]:
    found = versions(text, path)
    ours, more = _catalog(found.ours, path)
    theirs, others = _catalog(found.theirs, path)
    base = _catalog(found.base, path)[0] if found.base is not None else None
    if unmerged:
        kept = [_catalog(text_of(data, path)[0], path)[0] for data in (unmerged.ours, unmerged.theirs)]
        base = _catalog(text_of(unmerged.base, path)[0], path)[0] if unmerged.base else None
        if _texts(ours, theirs) <= _texts(*kept):
            ours, theirs = kept
    more += _torn(ours, text, path, torn_ok) + _torn(theirs, text, path, torn_ok)
    merged, issues = merge(base, ours, theirs)
    what = "git left conflict markers in it"
    fault = Defect("record.conflict-markers", what, "both sides merged, sentence by sentence", line)
    return merged, [fault, *more, *(each for each in others if each not in more), *_decisions(issues)]


def _texts(*catalogs: Catalog) -> set[str]:
    return {
        text
        for catalog in catalogs
        for unit in (*catalog.units, *catalog.obsolete)
        for text in (unit.target, *unit.comments, *(each.text for each in unit.conflicts))
    }


def _decisions(issues: Sequence[Issue]) -> list[Defect]:
    """Return the conflicts that a merge leaves to people as defects."""
    return [
        Defect("record.conflict", f"{issue.message.rstrip('.')} (decide with `transflow unit resolve`)")
        for issue in issues
        if issue.severity == "error"
    ]


def _catalog(text: str, path: str) -> tuple[Catalog, list[Defect]]:
    """Return the catalog of a text without markers, with notes rejoined and duplicates merged."""
    try:
        found, tail = entries(text, path)
    except UnreadableError as error:
        raise UnreadableError(error.path, error.line, error.problem, "Take the file back from git.") from None
    faults = [fault for entry in found for fault in _mended_notes(entry)]
    layers = _layers(found)
    catalog = parse("".join(_closed(entry.raw) for entry in layers[0]) + tail, path, torn_ok=True)
    for copies in layers[1:]:
        instead = {entry.strings["msgctxt"]: entry for entry in copies}
        twins = (instead.get(entry.strings.get("msgctxt", ""), entry) for entry in layers[0])
        twin = parse("".join(_closed(entry.raw) for entry in twins) + tail, path, torn_ok=True)
        catalog, issues = merge(None, catalog, twin)
        for entry in copies:
            unit = entry.strings["msgctxt"]
            faults.append(
                Defect("record.doubled", f"the unit {unit} is here twice", "merged into one", entry.line, unit)
            )
        faults += _decisions(issues)
    return catalog, faults


def _closed(raw: str) -> str:
    """Return an entry with a blank line after it, which the last entry of a file lacks."""
    return raw if raw.endswith("\n\n") else raw + "\n"


def _layers(found: Sequence[Entry]) -> list[list[Entry]]:
    """Group the entries: all first copies of units, all second copies, and so on."""
    layers: list[list[Entry]] = [[]]
    seen: dict[str, int] = {}
    for entry in found:
        unit = entry.strings.get("msgctxt", "")
        number = seen.get(unit, 0) if unit else 0
        seen[unit] = number + 1
        layers += [[]] * (number >= len(layers))
        layers[number] = [*layers[number], entry]
    return layers


def _mended_notes(entry: Entry) -> list[Defect]:
    """Rejoin the wrapped notes of an entry in place; return the defect, if any."""
    lines, wrapped = rejoined(entry.comments)
    unit = entry.strings.get("msgctxt", "")
    if wrapped:
        entry.comments = lines
        entry.raw = entry_text(entry)
        what = f"{wrapped} of its notes {'was' if wrapped == 1 else 'were'} wrapped by another program"
        return [Defect("record.broken-note", what, "put together again", entry.line, unit)]
    return []


def _shape(catalog: Catalog, text: str, path: str, known: set[str]) -> list[Defect]:
    """Return defects for entries in another format and for obsolete entries that are not last.

    `known` are units with a more serious defect.
    """
    own = serialize(Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail))
    if own == text:
        return []
    faults = []
    found, written = entries(text, path)[0], entries(own, path)[0]
    first = next((i for i, entry in enumerate(found) if entry.obsolete), len(found))
    if any(not entry.obsolete for entry in found[first:]):
        what = "deleted sentences stand in the middle"
        faults.append(Defect("record.obsolete-order", what, "put last", found[first].line))
    bodies = {entry.raw.strip("\n") for entry in written}
    odd = [
        entry
        for entry in found
        if entry.raw.strip("\n") not in bodies and entry.strings.get("msgctxt", "") not in known
    ]
    if odd or not (faults or known):
        count = f"{len(odd)} {'entry is' if len(odd) == 1 else 'entries are'}" if odd else "its empty lines are"
        what = f"{count} wrapped, or written as another program writes them"
        faults.append(Defect("record.reshaped", what, "written anew", odd[0].line if odd else 0))
    return faults


def dropped(catalog: Catalog) -> list[Defect]:
    """Return a defect if another program removed obsolete entries with a text."""
    known, there = counts(catalog.header), obsolete_texts(catalog)
    if known is None or there >= known[1]:
        return []
    what = f"{known[1] - there} of {known[1]} deleted sentences with a text are gone: another program dropped them (git has them)"
    return [Defect("record.dropped", what, "counted anew")]


def unreadable_notes(catalog: Catalog) -> list[Defect]:
    """Return defects for notes with a known key and an invalid value, which are kept."""
    from transflow.po.notes import KEYS

    return [
        Defect("record.unreadable-note", f"the line “@{meta.key} {meta.value}” cannot be read", unit=unit.id)
        for unit in catalog.units
        for meta in unit.other
        if meta.key in KEYS and is_broken([f"@{meta.key} {meta.value}"])
    ]


def readable_glossary(data: bytes, path: str, unmerged: Sides | None = None) -> tuple[str, list[Defect]]:
    """Return the text of a glossary without damage by encodings or merges, and the defects.

    Raises UnreadableError if it cannot be repaired.
    """
    text, faults = text_of(data, path)
    if line := first_marker(text):
        found = versions(text, path)
        base = text_of(unmerged.base, path)[0] if unmerged and unmerged.base else found.base
        text, issues = merge_glossary(base, found.ours, found.theirs, path)
        what, done = "git left conflict markers in it", "both sides merged, entry by entry"
        faults.append(Defect("record.conflict-markers", what, done, line))
        faults += [Defect("record.conflict", issue.message.rstrip(".")) for issue in issues]
    entries(text, path)
    return text, faults

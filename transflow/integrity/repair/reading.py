"""Parsing of damaged catalogs.

Invariant: every text of every entry and side is in the catalog. If copies or sides of a unit
differ, the three-way merge decides, and the rejected text becomes a `@conflict`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transflow.errors import TornError, UnreadableError
from transflow.integrity.repair.decoding import text_of
from transflow.integrity.repair.defects import defect
from transflow.integrity.repair.markers import first_marker, versions
from transflow.integrity.repair.notes import is_broken, rejoined
from transflow.merge import merge
from transflow.merge.glossary import merge_glossary
from transflow.messages import Clause, CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.po.catalog import parse, serialize
from transflow.po.header import check_whole, expected_counts, obsolete_texts
from transflow.po.notes import KEYS
from transflow.po.syntax import Entry, entries, entry_text

MESSAGES = Messages(
    __name__,
    {
        "way-out": "Take the file back from git.",
        "torn": "{problem}",
        "torn/repair": "taken as it is",
        "conflict-markers": "git left conflict markers in it",
        "conflict-markers/repair": "both sides merged, sentence by sentence",
        "conflict-markers/glossary-repair": "both sides merged, entry by entry",
        "conflict": "{problem} (decide with {command})",
        "conflict/glossary": "{problem}",
        "doubled": "{unit} is in the file twice",
        "doubled/repair": "merged into one",
        "broken-note": (
            "{n} of its notes was wrapped by another program",
            "{n} of its notes were wrapped by another program",
        ),
        "broken-note/repair": "put together again",
        "obsolete-order": "deleted sentences are not at the end of the file",
        "obsolete-order/repair": "put last",
        "reshaped": (
            "{n} entry has the layout of another program",
            "{n} entries have the layout of another program",
        ),
        "reshaped/empty-lines": "its empty lines have the layout of another program",
        "reshaped/repair": "written anew",
        "dropped": "another program removed {lost} of {all} translations of deleted sentences (git has them)",
        "dropped/repair": "counted anew",
        "unreadable-note": "the line “@{key} {value}” cannot be read",
    },
)


class Sides(NamedTuple):
    """Contents of a file in an unfinished merge, as git keeps them. `base` may be None."""

    base: bytes | None
    ours: bytes
    theirs: bytes


def read_damaged(
    data: bytes, path: str, unmerged: Sides | None = None, *, torn_ok: bool = False
) -> tuple[Catalog, list[Issue]]:
    """Return the catalog in the bytes, formatted as transflow writes it, and its defects.

    `unmerged` are the versions that git keeps during a merge. They replace the sides in the file
    unless the file has a text that they lack. Raise UnreadableError if the file cannot be
    repaired, and TornError for a truncated file unless `torn_ok`, which accepts it as it is.
    """
    text, defects = text_of(data, path)
    if line := first_marker(text):
        catalog, found = _merged_sides(text, path, unmerged, line, torn_ok)
    elif (whole := _intact_catalog(text, path)) is not None:
        return whole, defects
    else:
        catalog, found = _catalog(text, path)
        torn = _torn_defects(catalog, text, path, torn_ok)
        found += torn or _format_defects(catalog, text, path, {issue.location.unit for issue in found} - {""})
    return Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail), defects + found


def is_as_written(catalog: Catalog, text: str) -> bool:
    """Return True if a catalog's file is formatted as transflow writes it."""
    return serialize(Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail)) == text


def _intact_catalog(text: str, path: str) -> Catalog | None:
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


def _torn_defects(catalog: Catalog, text: str, path: str, torn_ok: bool) -> list[Issue]:
    """Raise TornError for a truncated file or, if `torn_ok`, return it as a defect."""
    try:
        check_whole(catalog.header, len(catalog.units), text, path)
    except TornError as error:
        if not torn_ok:
            raise
        return [
            defect("record.torn", MESSAGES("torn", problem=Clause(error.problem)), MESSAGES("torn/repair"), error.line)
        ]
    return []


def _merged_sides(
    text: str, path: str, unmerged: Sides | None, line: int, torn_ok: bool
) -> tuple[Catalog, list[Issue]]:
    sides = versions(text, path)
    ours, our_defects = _catalog(sides.ours, path)
    theirs, their_defects = _catalog(sides.theirs, path)
    base = _catalog(sides.base, path)[0] if sides.base is not None else None
    if unmerged:
        stored = [_catalog(text_of(data, path)[0], path)[0] for data in (unmerged.ours, unmerged.theirs)]
        base = _catalog(text_of(unmerged.base, path)[0], path)[0] if unmerged.base else None
        if _texts(ours, theirs) <= _texts(*stored):
            ours, theirs = stored
    our_defects += _torn_defects(ours, text, path, torn_ok) + _torn_defects(theirs, text, path, torn_ok)
    merged, issues = merge(base, ours, theirs)
    repair = MESSAGES("conflict-markers/repair")
    marked = defect("record.conflict-markers", MESSAGES("conflict-markers"), repair, line)
    return merged, [
        marked,
        *our_defects,
        *(each for each in their_defects if each not in our_defects),
        *_decisions(issues),
    ]


def _texts(*catalogs: Catalog) -> set[str]:
    return {
        text
        for catalog in catalogs
        for unit in (*catalog.units, *catalog.obsolete)
        for text in (unit.target, *unit.comments, *(each.text for each in unit.conflicts))
    }


def _decisions(issues: Sequence[Issue]) -> list[Issue]:
    """Return as defects the conflicts that a merge leaves to people."""
    return [
        defect(
            "record.conflict", MESSAGES("conflict", problem=Clause(issue.message), command=CommandRef("unit resolve"))
        )
        for issue in issues
        if issue.severity == "error"
    ]


def _catalog(text: str, path: str) -> tuple[Catalog, list[Issue]]:
    """Return the catalog of a text without markers, with notes rejoined and duplicates merged."""
    try:
        found, tail = entries(text, path)
    except UnreadableError as error:
        raise UnreadableError(error.path, error.line, error.problem, MESSAGES("way-out")) from None
    defects = [issue for entry in found for issue in _mended_notes(entry)]
    layers = _layers(found)
    catalog = parse("".join(_with_blank_line(entry.raw) for entry in layers[0]) + tail, path, torn_ok=True)
    for copies in layers[1:]:
        replacements = {entry.strings["msgctxt"]: entry for entry in copies}
        twins = (replacements.get(entry.strings.get("msgctxt", ""), entry) for entry in layers[0])
        twin = parse("".join(_with_blank_line(entry.raw) for entry in twins) + tail, path, torn_ok=True)
        catalog, issues = merge(None, catalog, twin)
        for entry in copies:
            unit = entry.strings["msgctxt"]
            defects.append(
                defect("record.doubled", MESSAGES("doubled", unit=unit), MESSAGES("doubled/repair"), entry.line, unit)
            )
        defects += _decisions(issues)
    return catalog, defects


def _with_blank_line(raw: str) -> str:
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


def _mended_notes(entry: Entry) -> list[Issue]:
    """Rejoin the wrapped notes of an entry in place; return the defect, if any."""
    lines, wrapped = rejoined(entry.comments)
    unit = entry.strings.get("msgctxt", "")
    if wrapped:
        entry.comments = lines
        entry.raw = entry_text(entry)
        problem = MESSAGES("broken-note", n=wrapped)
        return [defect("record.broken-note", problem, MESSAGES("broken-note/repair"), entry.line, unit)]
    return []


def _format_defects(catalog: Catalog, text: str, path: str, known: set[str]) -> list[Issue]:
    """Return defects for entries in another format and for obsolete entries that are not last.

    `known` are units with a more serious defect.
    """
    own = serialize(Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail))
    if own == text:
        return []
    defects = []
    found, written = entries(text, path)[0], entries(own, path)[0]
    first = next((i for i, entry in enumerate(found) if entry.obsolete), len(found))
    if any(not entry.obsolete for entry in found[first:]):
        problem, repair = MESSAGES("obsolete-order"), MESSAGES("obsolete-order/repair")
        defects.append(defect("record.obsolete-order", problem, repair, found[first].line))
    bodies = {entry.raw.strip("\n") for entry in written}
    reshaped = [
        entry
        for entry in found
        if entry.raw.strip("\n") not in bodies and entry.strings.get("msgctxt", "") not in known
    ]
    if reshaped or not (defects or known):
        problem = MESSAGES("reshaped", n=len(reshaped)) if reshaped else MESSAGES("reshaped/empty-lines")
        line = reshaped[0].line if reshaped else 0
        defects.append(defect("record.reshaped", problem, MESSAGES("reshaped/repair"), line))
    return defects


def dropped_obsolete(catalog: Catalog) -> list[Issue]:
    """Return a defect if another program removed obsolete entries with a text."""
    recorded, remaining = expected_counts(catalog.header), obsolete_texts(catalog)
    if recorded is None or remaining >= recorded[1]:
        return []
    problem = MESSAGES("dropped", lost=recorded[1] - remaining, all=recorded[1])
    return [defect("record.dropped", problem, MESSAGES("dropped/repair"))]


def unreadable_notes(catalog: Catalog) -> list[Issue]:
    """Return defects for notes with a known key and an invalid value, which are kept."""
    return [
        defect("record.unreadable-note", MESSAGES("unreadable-note", key=meta.key, value=meta.value), unit=unit.id)
        for unit in catalog.units
        for meta in unit.other
        if meta.key in KEYS and is_broken([f"@{meta.key} {meta.value}"])
    ]


def read_damaged_glossary(data: bytes, path: str, unmerged: Sides | None = None) -> tuple[str, list[Issue]]:
    """Return the text of a glossary without damage by encodings or merges, and the defects.

    Raise UnreadableError if it cannot be repaired.
    """
    text, defects = text_of(data, path)
    if line := first_marker(text):
        found = versions(text, path)
        base = text_of(unmerged.base, path)[0] if unmerged and unmerged.base else found.base
        text, issues = merge_glossary(base, found.ours, found.theirs, path)
        repair = MESSAGES("conflict-markers/glossary-repair")
        defects.append(defect("record.conflict-markers", MESSAGES("conflict-markers"), repair, line))
        defects += [
            defect("record.conflict", MESSAGES("conflict/glossary", problem=Clause(issue.message))) for issue in issues
        ]
    entries(text, path)
    return text, defects

"""Catalogs as PO text.

Invariant: `serialize(parse(text)) == text` for every file that transflow wrote; in any other file,
entries that did not change keep their bytes. A file that cannot be read faithfully is refused, with
its line.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import get_args

from transflow.errors import UnreadableError
from transflow.messages import CommandRef, Message, Messages
from transflow.model.catalog import Catalog, Header
from transflow.model.unit import FORMAT, RESERVED_KINDS, Kind, Unit
from transflow.po import notes, shape
from transflow.po.header import check_whole, field, format_version, is_torn
from transflow.po.header import fields_text as header_text
from transflow.po.header import read as read_header
from transflow.po.syntax import Entry, decode, entry_text, read_entry
from transflow.text import first_control

MESSAGES = Messages(
    __name__,
    {
        "twice": "the unit {unit} is here twice, first in line {line}.",
        "repair": "Run {command}.",
        "no-id": "an entry without an id (msgctxt).",
        "remove": "Another program added it: remove it.",
        "no-msgid": "the unit {unit} has an empty msgid.",
        "plural": "the unit {unit} has plural forms.",
        "take-back": "Take the file back from git.",
        "not-readable": "the unit “{unit}” would not be read as it is written",
        "later-kind": "the unit {unit} is of the kind “{kind}”, which a later version of transflow writes. Upgrade transflow.",
        "unknown-kind": "the unit {unit} is of the kind “{kind}”, which this transflow does not know. Upgrade transflow; or, "
        "where another program wrote the line “#. {kind}”, write “#. paragraph” above it.",
    },
)
_KINDS = get_args(Kind)
_OWN = ("msgctxt", "msgid", "msgstr")


def new_header(language: str, source_language: str, **fields: str) -> Header:
    """Return the header of a new catalog; `X_Report="un-letter"` gives `X-Report: un-letter`."""
    standard_fields = {
        "Language": language,
        "X-Source-Language": source_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Transflow-Format": str(FORMAT),
    }
    return Header(tuple(standard_fields.items())).replace(**fields)


def load(data: bytes, path: str, *, torn_ok: bool = False) -> Catalog:
    """Parse the bytes of a file as a catalog.

    Raise UnreadableError, with the line, for a file that is not a catalog of transflow; and
    TornError, unless `torn_ok`, for an incomplete one.
    """
    with _gc_disabled():
        return parse(decode(data, path), path, torn_ok=torn_ok)


@contextmanager
def _gc_disabled() -> Iterator[None]:
    """Disable the garbage collector while many values without cycles are created.

    This saves a third of the time to read if many objects are in memory already.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def parse(text: str, path: str, *, torn_ok: bool = False) -> Catalog:
    """Parse a PO text as a catalog. See `load`."""
    header, position = read_header(text, path)
    origin = {"": (_header_as_unit(header), text[:position])}
    live: list[Unit] = []
    obsolete: list[Unit] = []
    start, end, strict = position, len(text), format_version(header) > 1
    while start < end:
        unit, is_obsolete, position = read_unit(text, start, path, strict)
        if unit is None:
            break
        if unit.id in origin:
            problem = MESSAGES("twice", unit=unit.id, line=line_at(text, text.index(origin[unit.id][1])))
            way_out = MESSAGES("repair", command=CommandRef("repair"))
            raise UnreadableError(path, line_at(text, start), problem, way_out)
        origin[unit.id] = (unit, text[start:position])
        (obsolete if is_obsolete else live).append(unit)
        start = position
    if not torn_ok:
        check_whole(header, len(live), text, path)
    return Catalog(header, tuple(live), tuple(obsolete), origin, text[start:])


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


def _entry(unit: Unit, obsolete: bool) -> Entry:
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


def serialize(catalog: Catalog) -> str:
    """Return the PO text of a catalog.

    Units that did not change keep their bytes; obsolete ones come last. Raise ValueError for a
    catalog that could not be parsed again, so that a mistake of a caller never damages a file.
    """
    ids = {unit.id for unit in (*catalog.units, *catalog.obsolete)}
    if len(ids) < len(catalog.units) + len(catalog.obsolete):
        raise ValueError("a unit is there twice")
    if is_torn(catalog.header, len(catalog.units)):
        raise ValueError("the units are not those that the header counts: see `stamped`")
    original_header = catalog.raw_entries.get("")
    is_upgraded = (
        original_header is not None
        and format_version(catalog.header) > 1
        and field(original_header[1], "X-Transflow-Format") == "1"
    )
    texts = [_header_text(catalog)]
    texts += [_unit_text(catalog, unit, False, is_upgraded) for unit in catalog.units]
    texts += [_unit_text(catalog, unit, True, is_upgraded) for unit in catalog.obsolete]
    as_read = [raw for _, raw in catalog.raw_entries.values()]
    # If nothing changed, obsolete entries stay where other programs put them.
    if sorted(as_read, key=_is_obsolete) == texts:
        return "".join(as_read) + catalog.tail
    return "".join(each.rstrip("\n") + "\n\n" for each in texts)[:-1] + ("\n" + catalog.tail if catalog.tail else "")


def _is_obsolete(raw: str) -> bool:
    return "\n#~" in raw or raw.startswith("#~")


def _header_as_unit(header: Header) -> Unit:
    """Return the header in the form that `Catalog.raw_entries` has, to see whether it changed."""
    return Unit("", "", header_text(header), comments=header.comments)


def _header_text(catalog: Catalog) -> str:
    original = catalog.raw_entries.get("")
    if original and original[0] == _header_as_unit(catalog.header):
        return original[1]
    entry = read_entry(original[1], 0, 1, "")[0] if original else Entry(0, strings={"msgid": ""})
    entry.comments = list(catalog.header.comments)
    entry.strings["msgstr"] = header_text(catalog.header)
    return entry_text(entry)


def _unit_text(catalog: Catalog, unit: Unit, obsolete: bool, is_upgraded: bool) -> str:
    """Return the PO text of a unit: its raw text if it did not change.

    `is_upgraded` is true if the file is converted to a stricter format, so that raw texts have to
    be checked.
    """
    original = catalog.raw_entries.get(unit.id)
    is_same = original and (original[0] is unit or original[0] == unit) and _is_obsolete(original[1]) == obsolete
    if original and is_same and (not is_upgraded or _parses_as(original[1], unit)):
        return original[1]
    text = entry_text(_entry(unit, obsolete))
    if not _parses_as(text, unit):
        raise ValueError(MESSAGES("not-readable", unit=unit.id))
    return text


def _parses_as(text: str, unit: Unit) -> bool:
    try:
        read = read_unit(text, 0, "", strict=True)[0]
    except UnreadableError:
        return False
    texts = (unit.id, unit.source, unit.target)
    return read is not None and (read.id, read.source, read.target) == texts and first_control(text) < 0

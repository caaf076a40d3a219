"""Catalogs as PO text.

Invariant: `serialize(parse(text)) == text` for every file that transflow wrote; in any other file,
entries that did not change keep their bytes. A file that cannot be read faithfully is refused, with
its line.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from transflow.errors import UnreadableError
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog, Header
from transflow.model.lazy_units import LazyUnits
from transflow.model.unit import FORMAT, Unit
from transflow.po import lazy
from transflow.po.header import check_whole, field, format_version, is_torn
from transflow.po.header import fields_text as header_text
from transflow.po.header import read as read_header
from transflow.po.syntax import Entry, decode, entry_text, read_entry
from transflow.po.unit_entries import entry_of, line_at, read_unit
from transflow.text import first_control

MESSAGES = Messages(
    __name__,
    {
        "twice": "the unit {unit} is here twice, first in line {line}.",
        "repair": "Run {command}.",
        "not-readable": "the unit “{unit}” would not be read as it is written",
    },
)


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
    header, start = read_header(text, path)
    head = _header_as_unit(header)
    catalog = lazy.read(text, header, head, start) or _read_whole(text, path, header, head, start)
    if not torn_ok:
        check_whole(header, len(catalog.units), text, path)
    return catalog


def _read_whole(text: str, path: str, header: Header, head: Unit, start: int) -> Catalog:
    """Return the catalog of a text whose header ends at `start`. Raise UnreadableError."""
    origin = {"": (head, text[:start])}
    live: list[Unit] = []
    obsolete: list[Unit] = []
    end, strict = len(text), format_version(header) > 1
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
    return Catalog(header, tuple(live), tuple(obsolete), origin, text[start:])


def serialize(catalog: Catalog) -> str:
    """Return the PO text of a catalog.

    Units that did not change keep their bytes; obsolete ones come last. Raise ValueError for a
    catalog that could not be parsed again, so that a mistake of a caller never damages a file.
    """
    live_ids = catalog.units.places if isinstance(catalog.units, LazyUnits) else {unit.id for unit in catalog.units}
    ids = {*live_ids, *(unit.id for unit in catalog.obsolete)}
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
    texts = [_header_text(catalog), *_live_texts(catalog, is_upgraded)]
    texts += [_unit_text(catalog, unit, True, is_upgraded) for unit in catalog.obsolete]
    if (as_read := _text_as_read(catalog, texts)) is not None:
        return as_read
    return "\n\n".join([each.rstrip("\n") for each in texts]) + "\n" + ("\n" + catalog.tail if catalog.tail else "")


def _live_texts(catalog: Catalog, is_upgraded: bool) -> list[str]:
    """Return the PO texts of the live units. Units that were never asked for are not made."""
    units, entries = catalog.units, catalog.raw_entries
    if (
        is_upgraded
        or not isinstance(units, LazyUnits)
        or not isinstance(entries, lazy.RawEntries)
        or not units.has_same_file(entries.units)
    ):
        return [_unit_text(catalog, unit, False, is_upgraded) for unit in units]
    texts = entries.live_texts()
    for place, unit in units.replaced.items():
        texts[place] = _unit_text(catalog, unit, False, is_upgraded)
    return texts


def _text_as_read(catalog: Catalog, texts: list[str]) -> str | None:
    """Return the text of the file if nothing changed; None otherwise.

    Obsolete entries stay where other programs put them, and so do blank lines.
    """
    entries = catalog.raw_entries
    if isinstance(entries, lazy.RawEntries):
        return entries.text if entries.texts() == texts and not catalog.tail else None
    as_read = [raw for _, raw in entries.values()]
    return "".join(as_read) + catalog.tail if sorted(as_read, key=_is_obsolete) == texts else None


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
    text = entry_text(entry_of(unit, obsolete))
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

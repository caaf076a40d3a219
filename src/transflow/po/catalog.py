"""Catalogs of reports and articles as PO text.

Invariant: `serialize(parse(text)) == text` for every file that transflow wrote, and for any other every entry that was
not changed keeps its bytes; a file that cannot be read faithfully is refused, with its line.
"""

from __future__ import annotations

from typing import get_args

from transflow.errors import UnreadableError
from transflow.model import Catalog, Header, Kind, Unit
from transflow.po import notes
from transflow.po.syntax import Entry, decode, entries, entry_text

FORMAT = 1
"""Of the files. A file of a newer format is refused."""
_KINDS = get_args(Kind)
_OWN = ("msgctxt", "msgid", "msgstr")


def new_header(language: str, source_language: str, **fields: str) -> Header:
    """The header of a new catalog; `X_Report="un-letter"` gives `X-Report: un-letter`."""
    own = {
        "Language": language,
        "X-Source-Language": source_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Transflow-Format": str(FORMAT),
    }
    return Header(tuple(own.items())).having(**fields)


def load(data: bytes, path: str) -> Catalog:
    """The catalog in a file's bytes. Raises UnreadableError with the line for anything that is no catalog of ours."""
    return parse(decode(data, path), path)


def parse(text: str, path: str) -> Catalog:
    """The catalog in a PO text. See `load`."""
    found, tail = entries(text, path)
    if not found or not found[0].is_header:
        raise UnreadableError(path, 1, "the file has no header entry.", "Take it back from git.")
    header = _header(found[0], path)
    origin = {"": (Unit("", "", _fields(header)), found[0].raw)}
    live: list[Unit] = []
    obsolete: list[Unit] = []
    lines: dict[str, int] = {}
    for entry in found[1:]:
        unit = _unit(entry, path)
        if unit.id in lines:
            raise UnreadableError(
                path,
                entry.line,
                f"the unit {unit.id} is here twice, first in line {lines[unit.id]}.",
                "Run `transflow repair`.",
            )
        lines[unit.id] = entry.line
        origin[unit.id] = (unit, entry.raw)
        (obsolete if entry.obsolete else live).append(unit)
    return Catalog(header, tuple(live), tuple(obsolete), origin, tail)


def _header(entry: Entry, path: str) -> Header:
    fields = []
    for line in entry.strings["msgstr"].split("\n"):
        name, colon, value = line.partition(":")
        if line and not colon:
            raise UnreadableError(
                path, entry.line, f"the header field “{line}” has no colon.", "Take the file back from git."
            )
        if line:
            fields.append((name, value.removeprefix(" ")))
    header = Header(tuple(fields), tuple(entry.comments))
    charset = header.get("Content-Type").rpartition("charset=")[2]
    if charset.lower() not in ("utf-8", "utf8", ""):
        raise UnreadableError(path, entry.line, f"the header says charset {charset}.", "Convert the file to UTF-8.")
    version = header.get("X-Transflow-Format")
    if not version.isdigit():
        raise UnreadableError(path, entry.line, "X-Transflow-Format is missing: this is no catalog of transflow.")
    if int(version) > FORMAT:
        raise UnreadableError(
            path,
            entry.line,
            f"the file has format {version}; this transflow reads up to {FORMAT}.",
            "Upgrade transflow.",
        )
    return header


def _unit(entry: Entry, path: str) -> Unit:
    texts = entry.strings
    if not texts.get("msgctxt"):
        raise UnreadableError(
            path, entry.line, "an entry without an id (msgctxt).", "Another program added it: remove it."
        )
    if not texts.get("msgid"):
        raise UnreadableError(
            path, entry.line, f"the unit {texts['msgctxt']} has an empty msgid.", "Take the file back from git."
        )
    if "msgstr" not in texts:
        raise UnreadableError(
            path, entry.line, f"the unit {texts['msgctxt']} has plural forms.", "Take the file back from git."
        )
    kind, variant, continued = _kind(entry.extracted)
    return Unit(
        id=texts["msgctxt"],
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


def _kind(extracted: list[str]) -> tuple[Kind, str, bool]:
    """What `#.` says: `list item, numbered, continued`."""
    words = extracted[0].split(", ") if extracted else [""]
    kind: Kind = words[0] if words[0] in _KINDS else "paragraph"  # type: ignore[assignment] # narrowed by membership
    rest = words[1:]
    continued = "continued" in rest
    return kind, ", ".join(word for word in rest if word != "continued"), continued


def _foreign(entry: Entry) -> tuple[str, ...]:
    """The lines that other programs added, as they are written."""
    lines = [f"#: {line}" for line in entry.references]
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    lines += [f"#, {', '.join(flags)}"] if flags else []
    return tuple(lines)


def _entry(unit: Unit, obsolete: bool) -> Entry:
    flags = [flag for line in unit.foreign if line.startswith("#, ") for flag in line[3:].split(", ")]
    return Entry(
        line=0,
        comments=notes.written(unit),
        extracted=[", ".join(filter(None, (unit.kind, unit.variant, "continued" if unit.continued else "")))],
        references=[line[3:] for line in unit.foreign if line.startswith("#: ")],
        flags=["fuzzy"] * unit.fuzzy + flags,
        previous={"msgid": unit.previous} if unit.previous else {},
        strings=dict(zip(_OWN, (unit.id, unit.source, unit.target), strict=True)),
        obsolete=obsolete,
    )


def serialize(catalog: Catalog) -> str:
    """The PO text of a catalog: units that are as they were read keep their bytes; obsolete ones come last."""
    if _untouched(catalog):
        return "".join(raw for _, raw in catalog.origin.values()) + catalog.tail
    parts = [_header_text(catalog)]
    parts += [_unit_text(catalog, unit, False) for unit in catalog.units]
    parts += [_unit_text(catalog, unit, True) for unit in catalog.obsolete]
    return "".join(part.rstrip("\n") + "\n\n" for part in parts)[:-1] + ("\n" + catalog.tail if catalog.tail else "")


def _untouched(catalog: Catalog) -> bool:
    """Whether the catalog is as it was read: then its file is reproduced even where obsolete entries are not last."""
    if "" not in catalog.origin or _fields(catalog.header) != catalog.origin[""][0].target:
        return False
    ids = [unit.id for unit in catalog.units] + [unit.id for unit in catalog.obsolete]
    live = [unit.id for unit, raw in catalog.origin.values() if unit.id and not _is_obsolete(raw)]
    gone = [unit.id for unit, raw in catalog.origin.values() if unit.id and _is_obsolete(raw)]
    return ids == live + gone and all(
        catalog.origin[unit.id][0] == unit for unit in (*catalog.units, *catalog.obsolete)
    )


def _is_obsolete(raw: str) -> bool:
    return "\n#~ msgid" in raw or raw.startswith("#~ msgid")


def _fields(header: Header) -> str:
    return "".join(f"{name}: {value}\n" for name, value in header.fields)


def _header_text(catalog: Catalog) -> str:
    fields = _fields(catalog.header)
    if "" in catalog.origin and catalog.origin[""][0].target == fields:
        return catalog.origin[""][1]
    entry = Entry(0, comments=list(catalog.header.comments), strings={"msgid": "", "msgstr": fields})
    return entry_text(entry)


def _unit_text(catalog: Catalog, unit: Unit, obsolete: bool) -> str:
    known = catalog.origin.get(unit.id)
    if known and known[0] == unit and _is_obsolete(known[1]) == obsolete:
        return known[1]
    return entry_text(_entry(unit, obsolete))

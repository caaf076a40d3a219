"""Catalogs for other programs: full gettext headers, no notes, as PO or as MO.

Invariant: no id of a person and no name but those in `About.names` leaves; what still needs another look is in no MO.
Nothing that is left out of the text (`@omitted`, `@cut`, obsolete), or off the record (`@record`), is exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.syntax import Entry, entry_text
from transflow.text import one_line


class About(NamedTuple):
    """What a header says besides what the catalog itself knows."""

    project: str
    """`Project-Id-Version`, such as "Herald un-letter"."""
    team: str
    """`Language-Team`, such as "English (Herald)"."""
    plural_forms: str = ""
    created: str = ""
    """ISO 8601 with offset: when the source came out. Empty where unknown."""
    bugs: str = ""
    """`Report-Msgid-Bugs-To`: an address."""
    generator: str = "transflow"
    names: Mapping[str, str] = {}
    """Person id -> name, of those who may be named."""
    hidden: tuple[str, ...] = ()
    """Names and addresses that appear nowhere, not even in a comment."""


def po_text(catalog: Catalog, about: About, *, notes: bool = False) -> str:
    """The catalog as a PO file. `notes`: with comments, and with what the notes say in words for people."""
    header = Entry(0, strings={"msgid": "", "msgstr": _fields_text(catalog, about)})
    if notes and (people := ", ".join(_translators(catalog, about))):
        header.comments = [f"Words by {people}."]
    entries = [header, *(_entry(unit, about, notes) for unit in exported(catalog))]
    return "".join(map(entry_text, entries))[:-1]


def mo_bytes(catalog: Catalog, about: About) -> bytes:
    """The finished texts as an MO file, keyed by id (as context) and source. Like msgfmt's, it has no POT-Creation-Date."""
    import polib

    file = polib.POFile()
    file.metadata = {name: value for name, value in fields(catalog, about) if name != "POT-Creation-Date"}
    for unit in exported(catalog):
        if unit.target and not unit.fuzzy:
            file.append(polib.POEntry(msgctxt=unit.id, msgid=unit.source, msgstr=unit.target))
    return bytes(file.to_binary())


def exported(catalog: Catalog) -> Iterator[Unit]:
    return (unit for unit in catalog.units if not (unit.omitted or unit.cut or unit.is_unprintable))


def fields(catalog: Catalog, about: About) -> list[tuple[str, str]]:
    """The header fields of GNU gettext, in its order."""
    return [
        ("Project-Id-Version", about.project),
        ("Report-Msgid-Bugs-To", about.bugs),
        *([("POT-Creation-Date", _gettext_time(about.created))] if about.created else []),
        ("PO-Revision-Date", _gettext_time(last_change(catalog)[0] or about.created)),
        ("Last-Translator", last_translator(catalog, about)),
        ("Language-Team", about.team),
        ("Language", catalog.header.get("Language")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        *([("Plural-Forms", about.plural_forms)] if about.plural_forms else []),
        ("X-Source-Language", catalog.header.get("X-Source-Language")),
        ("X-Generator", about.generator),
    ]


def _fields_text(catalog: Catalog, about: About) -> str:
    return "".join(f"{name}: {one_line(value)}\n" for name, value in fields(catalog, about))


def last_change(catalog: Catalog) -> tuple[str, str]:
    """The newest time (UTC) at which a text was written or confirmed, and who did it; empty where nobody did."""
    return max(((each.time, each.who) for unit in exported(catalog) for each in unit.by), default=("", ""))


def last_translator(catalog: Catalog, about: About) -> str:
    """The person with the newest text who may be named; the team where there is nobody."""
    changes = sorted((each.time, each.who) for unit in exported(catalog) for each in unit.by)
    return next((about.names[who] for _, who in reversed(changes) if who in about.names), about.team)


def _translators(catalog: Catalog, about: About) -> list[str]:
    """Everybody with words in the texts who may be named, in order of first appearance."""
    everybody = (who for unit in exported(catalog) for who, words in _words(unit) if words)
    return list(dict.fromkeys(about.names[who] for who in everybody if who in about.names))


def _words(unit: Unit) -> list[tuple[str, int]]:
    """Whose words the text is made of, with how many; translators before writers."""
    return [(each.who, each.words) for each in unit.translated] + [(each.who, each.words) for each in unit.by]


def _gettext_time(time: str) -> str:
    """`2024-03-26 05:40+0000` for an ISO 8601 time."""
    match = re.match(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?", time)
    if not match:
        return time
    day, minute, offset = match.groups()
    return f"{day} {minute or '00:00'}{'+0000' if offset in (None, 'Z') else offset.replace(':', '')}"


def _entry(unit: Unit, about: About, notes: bool) -> Entry:
    kind = ", ".join(filter(None, (unit.kind, unit.variant, "continued" if unit.continued else "")))
    return Entry(
        line=0,
        comments=[line for line in _told(unit, about) if not names_any(line, about.hidden)] if notes else [],
        extracted=[kind],
        flags=["fuzzy"] if unit.fuzzy and unit.target else [],
        previous={"msgid": unit.previous} if unit.previous else {},
        strings={"msgctxt": unit.id, "msgid": unit.source, "msgstr": unit.target},
    )


def names_any(line: str, names: Iterable[str]) -> bool:
    """Whether one of these names stands in a line: as a word of its own, or before a particle of another script."""
    return any(re.search(rf"(?<![0-9a-z]){re.escape(name)}(?![0-9a-z])", line, re.IGNORECASE) for name in names if name)


def _told(unit: Unit, about: About) -> Iterator[str]:
    """What the notes of a unit say, in words for people, a line each."""

    def name(who: str) -> str:
        return about.names.get(who, "a machine" if who.startswith("mt:") else "somebody")

    yield from (one_line(line) for line in unit.comments)
    if words := ", ".join(f"{name(who)} ({count})" for who, count in _words(unit) if count):
        yield f"Words by {words}."
    if unit.approved:
        yield f"Approved by {name(unit.approved.who)}, {unit.approved.time[:10]}."
    if unit.returned:
        yield f"Sent back by {name(unit.returned.who)}: {one_line(unit.returned.reason)}"
    if unit.refs:
        yield f"From {', '.join(map(str, unit.refs))}."
    yield from (f"Background: {one_line(cite)}" for cite in unit.cites)
    yield from (f"Another text, by {name(each.who)}: “{one_line(each.text)}”" for each in unit.conflicts)
    yield from (f"{name(each.who)} asks: “{one_line(each.text)}”" for each in unit.questions)
    yield from (f"{name(each.who)} answers: “{one_line(each.text)}”" for each in unit.answers)

"""Catalogs for other programs: full gettext headers and no notes, as PO or MO.

Invariant: no id of a person is exported, and no name but those in `About.names`. An MO file has no
fuzzy units. Units that are left out of the text (`@omitted`, `@cut`, obsolete), or must not be
printed (`@record`), are not exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Answer, Conflict, Question, Unit
from transflow.po.syntax import Entry, entry_text
from transflow.text import one_line

MESSAGES = Messages(
    __name__,
    {
        "machine": "a machine",
        "somebody": "somebody",
        "words": "Words by {people}.",
        "approved": "Approved by {who}, {day}.",
        "returned": "Sent back by {who}: {reason}",
        "from": "From {refs}.",
        "cite": "Background: {text}",
        "conflict": "Another text, by {who}: “{text}”",
        "question": "{who} asks: “{text}”",
        "answer": "{who} answers: “{text}”",
    },
)
"""Notes in plain words, which an exported file has in English."""


class ExportInfo(NamedTuple):
    """Header values that the catalog itself does not have."""

    project: str
    """`Project-Id-Version`, such as "Herald un-letter"."""
    team: str
    """`Language-Team`, such as "English (Herald)"."""
    plural_forms: str = ""
    created: str = ""
    """Time of the source's publication, ISO 8601 with offset. Empty if unknown."""
    bugs: str = ""
    """`Report-Msgid-Bugs-To`: an email address or URL."""
    generator: str = "transflow"
    names: Mapping[str, str] = {}
    """Person id -> name, of people who may be named."""
    hidden: tuple[str, ...] = ()
    """Names and addresses that must not appear, not even in comments."""


def po_text(catalog: Catalog, about: ExportInfo, *, notes: bool = False) -> str:
    """Return the catalog as a PO file; with `notes`, with comments, and notes in plain words."""
    header = Entry(0, strings={"msgid": "", "msgstr": _fields_text(catalog, about)})
    if notes and (people := ", ".join(_translators(catalog, about))):
        header.comments = [MESSAGES("words", people=people)]
    entries = [header, *(_entry(unit, about, notes) for unit in exportable_units(catalog))]
    return "".join(map(entry_text, entries))[:-1]


def mo_bytes(catalog: Catalog, about: ExportInfo) -> bytes:
    """Return the units that are translated and not fuzzy as an MO file.

    Messages are keyed by id (as msgctxt) and source. Like msgfmt's, it has no POT-Creation-Date.
    Loads polib.
    """
    import polib

    file = polib.POFile()
    file.metadata = {name: value for name, value in fields(catalog, about) if name != "POT-Creation-Date"}
    for unit in exportable_units(catalog):
        if unit.target and not unit.fuzzy:
            file.append(polib.POEntry(msgctxt=unit.id, msgid=unit.source, msgstr=unit.target))
    return bytes(file.to_binary())


def exportable_units(catalog: Catalog) -> Iterator[Unit]:
    """Return the units that may be exported."""
    return (unit for unit in catalog.units if not (unit.omitted or unit.cut or unit.is_unprintable))


def fields(catalog: Catalog, about: ExportInfo) -> list[tuple[str, str]]:
    """Return the header fields of GNU gettext, in its order."""
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


def _fields_text(catalog: Catalog, about: ExportInfo) -> str:
    return "".join(f"{name}: {one_line(value)}\n" for name, value in fields(catalog, about))


def last_change(catalog: Catalog) -> tuple[str, str]:
    """Return the newest time (UTC) at which a target was written or confirmed, and by whom.

    Both are empty if there is none.
    """
    return max(((each.time, each.who) for unit in exportable_units(catalog) for each in unit.by), default=("", ""))


def last_translator(catalog: Catalog, about: ExportInfo) -> str:
    """Return the name of the last author who may be named; the team if there is none."""
    changes = sorted((each.time, each.who) for unit in exportable_units(catalog) for each in unit.by)
    return next((about.names[who] for _, who in reversed(changes) if who in about.names), about.team)


def _translators(catalog: Catalog, about: ExportInfo) -> list[str]:
    """Return the names of authors who may be named, in order of first appearance."""
    everybody = (who for unit in exportable_units(catalog) for who, words in _words(unit) if words)
    return list(dict.fromkeys(about.names[who] for who in everybody if who in about.names))


def _words(unit: Unit) -> list[tuple[str, int]]:
    """Return the authors of a target with their numbers of words, translators before writers."""
    return [(each.who, each.words) for each in unit.translated] + [(each.who, each.words) for each in unit.by]


def _gettext_time(time: str) -> str:
    """Convert an ISO 8601 time to gettext's format: `2024-03-26 05:40+0000`."""
    match = re.match(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?", time)
    if not match:
        return time
    day, minute, offset = match.groups()
    return f"{day} {minute or '00:00'}{'+0000' if offset in (None, 'Z') else offset.replace(':', '')}"


def _entry(unit: Unit, about: ExportInfo, notes: bool) -> Entry:
    kind = ", ".join(filter(None, (unit.kind, unit.variant, "continued" if unit.continued else "")))
    return Entry(
        line=0,
        comments=[line for line in _plain_comments(unit, about) if not contains_name(line, about.hidden)]
        if notes
        else [],
        extracted=[kind],
        flags=["fuzzy"] if unit.fuzzy and unit.target else [],
        previous={"msgid": unit.previous} if unit.previous else {},
        strings={"msgctxt": unit.id, "msgid": unit.source, "msgstr": unit.target},
    )


def contains_name(line: str, names: Iterable[str]) -> bool:
    """True if a line has one of these names.

    It must be a whole word, or followed by another script, such as a Korean particle.
    """
    return any(re.search(rf"(?<![0-9a-z]){re.escape(name)}(?![0-9a-z])", line, re.IGNORECASE) for name in names if name)


def _plain_comments(unit: Unit, about: ExportInfo) -> Iterator[str]:
    """Yield the comments of a unit and its notes in plain words, one line each."""

    def name(who: str) -> str:
        return about.names.get(who, MESSAGES("machine" if who.startswith("mt:") else "somebody"))

    def said(key: str, remark: Question | Answer | Conflict) -> Message:
        return MESSAGES(key, who=name(remark.who), text=one_line(remark.text))

    yield from (one_line(line) for line in unit.comments)
    if words := ", ".join(f"{name(who)} ({count})" for who, count in _words(unit) if count):
        yield MESSAGES("words", people=words)
    if unit.approved:
        yield MESSAGES("approved", who=name(unit.approved.who), day=unit.approved.time[:10])
    if unit.returned:
        yield MESSAGES("returned", who=name(unit.returned.who), reason=one_line(unit.returned.reason))
    if unit.refs:
        yield MESSAGES("from", refs=", ".join(map(str, unit.refs)))
    yield from (MESSAGES("cite", text=one_line(cite)) for cite in unit.cites)
    yield from (said("conflict", each) for each in unit.conflicts)
    yield from (said("question", each) for each in unit.questions)
    yield from (said("answer", each) for each in unit.answers)

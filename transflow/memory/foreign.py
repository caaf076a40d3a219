"""Translations of other programs' files: PO, XLIFF 1.2 and 2, and tables.

Invariant: every unit with a text in both languages is read, a file in the other direction too;
texts that their program marks as unfinished need another look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from transflow import bilingual_table
from transflow.errors import UnreadableError
from transflow.language_tags import agree
from transflow.memory.entries import MemoryEntry
from transflow.memory.tmx import plain_text
from transflow.messages import Messages
from transflow.model.unit import State
from transflow.po.syntax import entries as po_entries
from transflow.xml_text import elements, local_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MESSAGES = Messages(
    __name__,
    {
        "columns": "a row of less than two columns, where source and translation stand.",
        "columns-way-out": "Separate them by tabs, commas or semicolons.",
    },
)
ENDINGS = ("po", "pot", "xlf", "xliff", "sdlxliff", "mqxliff", *bilingual_table.ENDINGS)
"""Endings of the names of such files."""
_UNFINISHED = frozenset(("new", "initial", "needs-translation", "needs-adaptation", "needs-l10n"))
"""States of XLIFF for targets that are no translations yet, or need another look."""


def entries(data: bytes, name: str, source: str, locale: str) -> list[MemoryEntry]:
    """Return the translations of a file in a language pair. Raise UnreadableError."""
    ending = name.rpartition(".")[2].lower()
    if ending in bilingual_table.ENDINGS:
        pairs = _table(data, name, source, locale)
    elif ending in ("po", "pot"):
        pairs = _po(data, name, source, locale)
    else:
        pairs = _xliff(data, name, source, locale)
    return [
        MemoryEntry(str(number), " ".join(one.split()), " ".join(other.split()), state, "", "")
        for number, (one, other, state) in enumerate(pairs, 1)
        if one.strip() and other.strip()
    ]


def own_source(data: bytes, name: str, locale: str) -> str:
    """Return the language that a file has besides a locale; empty if it names none.

    Raise UnreadableError.
    """
    ending = name.rpartition(".")[2].lower()
    named: list[tuple[str, str]] = []
    if ending in ("po", "pot"):
        entries = po_entries(bilingual_table.decoded(data, name), name)[0]
        named = [_po_languages(entry.strings) for entry in entries if not entry.strings.get("msgid")]
    elif ending not in bilingual_table.ENDINGS:
        named = [_xliff_languages(each) for each in elements(data, name, "file", "xliff")]
    for one, other in named:
        if one and agree(other, locale):
            return one
        if other and agree(one, locale):
            return other
    return ""


_Pair = tuple[str, str, State]


def _directed(found: list[_Pair], languages: tuple[str, str], source: str, locale: str) -> Iterator[_Pair]:
    """Yield pairs of a file in the languages of the project, turned round if the file is.

    A file that names no language is taken at its word; one of other languages has none.
    """
    one, other = languages
    if (not one or agree(one, source)) and (not other or agree(other, locale)):
        yield from found
    elif (not one or agree(one, locale)) and agree(other, source):
        yield from ((second, first, state) for first, second, state in found)


def _po(data: bytes, name: str, source: str, locale: str) -> Iterator[_Pair]:
    found: list[_Pair] = []
    languages = "", ""
    for entry in po_entries(bilingual_table.decoded(data, name), name)[0]:
        strings = entry.strings
        if not strings.get("msgid"):
            languages = _po_languages(strings)
            continue
        state: State = "needs-work" if "fuzzy" in entry.flags else "translated"
        targets = [text for keyword, text in strings.items() if keyword.startswith("msgstr")]
        found.append((strings["msgid"], targets[0] if targets else "", state))
        if plural := strings.get("msgid_plural"):
            found.append((plural, targets[-1], state))
    yield from _directed(found, languages, source, locale)


def _po_languages(strings: Mapping[str, str]) -> tuple[str, str]:
    """Return the languages that the header of a PO file names."""
    fields = (each.partition(": ") for each in strings.get("msgstr", "").split("\n"))
    header = {key: value for key, _, value in fields}
    return header.get("X-Source-Language", ""), header.get("Language", "")


def _xliff(data: bytes, name: str, source: str, locale: str) -> Iterator[_Pair]:
    """Yield the pairs of an XLIFF file, whose languages stand on an element around them."""
    found: list[_Pair] = []
    for element in elements(data, name, "trans-unit", "segment", "file", "xliff"):
        kind = local_name(element)
        if kind in ("trans-unit", "segment"):
            found += _unit(element)
        languages = _xliff_languages(element)
        if found and any(languages):
            yield from _directed(found, languages, source, locale)
            found = []
    yield from found


_LANGUAGES = (("source-language", "srcLang"), ("target-language", "trgLang"))


def _xliff_languages(element: Element) -> tuple[str, str]:
    """Return the languages that an element of an XLIFF file names."""
    one, other = (element.get(names[0]) or element.get(names[1]) or "" for names in _LANGUAGES)
    return one, other


def _unit(element: Element) -> Iterator[_Pair]:
    children = {local_name(each): each for each in element}
    one, other = children.get("source"), children.get("target")
    if one is None or other is None or element.get("translate") == "no":
        return
    state = (other.get("state") or element.get("state") or "").lower()
    is_unfinished = state in _UNFINISHED or state.startswith("needs-")
    sources = _segments(children.get("seg-source", one))
    targets = _segments(other)
    if sources and sources.keys() == targets.keys():
        pairs = [(sources[each], targets[each]) for each in sources]
    else:
        pairs = [(plain_text(one), plain_text(other))]
    yield from ((*pair, "needs-work" if is_unfinished else "translated") for pair in pairs)


def _segments(element: Element) -> dict[str, str]:
    """Return the marked segments of a text by id."""
    return {
        each.get("mid", ""): plain_text(each)
        for each in element.iter()
        if local_name(each) == "mrk" and each.get("mtype") == "seg"
    }


def _table(data: bytes, name: str, source: str, locale: str) -> Iterator[_Pair]:
    named, rows = bilingual_table.heading(
        bilingual_table.rows(bilingual_table.decoded(data, name), name), source, locale, {}
    )
    columns = named.columns or ["source", "target"]
    for line, cells in rows:
        if len(cells) < 2:
            raise UnreadableError(name, line, MESSAGES("columns"), MESSAGES("columns-way-out"))
        values = dict(zip(columns, cells, strict=False))
        yield values.get("source", ""), values.get("target", ""), "translated"

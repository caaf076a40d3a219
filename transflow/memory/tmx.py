"""Memories of other programs as TMX 1.4b.

Invariant: what is written can be read back, including author, time and state; of another program's
file, every unit with a source and a target in our languages is read, and an imported file is kept
in the record byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import IO, TYPE_CHECKING

from transflow.language_tags import agree
from transflow.memory.entries import RANKS, MemoryEntry
from transflow.memory.index import IndexedEntry
from transflow.xml_text import elements, encoding, escape, language_of, local_name, quoteattr, xml_safe

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_STATE, _CATALOG, _UNIT = "x-transflow-state", "x-transflow-catalog", "x-transflow-unit"
_BEFORE, _AFTER = "x-transflow-before", "x-transflow-after"
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
_INLINE = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements that hold another program's markup instead of text."""
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="transflow" creationtoolversion={version} segtype="sentence" o-tmf="transflow" adminlang="en" srclang={source} \
datatype="plaintext"/>
<body>
"""


def entries(data: bytes, name: str, source: str, target: str, *, or_other: bool = False) -> list[MemoryEntry]:
    """Return the translations of a language pair in a TMX file. Raise UnreadableError.

    With `or_other`, a unit without a text in the source language is one from its first other
    language.
    """
    return [
        entry
        for number, unit in enumerate(elements(data, name, "tu"), 1)
        for entry in _entries(unit, number, source, target, or_other)
    ]


def other_source(data: bytes, name: str, target: str) -> str:
    """Return the language of the first text that has a translation into a language, or nothing."""
    for unit in elements(data, name, "tu"):
        languages = [language_of(each) for each in unit if local_name(each) == "tuv"]
        if any(agree(each, target) for each in languages):
            return next((each for each in languages if each and not agree(each, target)), "")
    return ""


_UNIT_TEXT = re.compile(r"<((?:[\w.-]+:)?tu)\b[^>]*>.*?</\1\s*>\s*", re.DOTALL)

_CODE = re.compile(rf"<((?:[\w.-]+:)?(?:{'|'.join(sorted(_INLINE))}))\b[^>]*>.*?</\1\s*>", re.DOTALL)
_TAG = re.compile("<[^<>]*>")


def without_units(data: bytes, found: Callable[[str], bool]) -> tuple[bytes, int]:
    """Return a TMX file without the units in which `found` is true of a text, and their number.

    Every other byte stays. Raise UnicodeDecodeError or LookupError if the file is not in its
    declared encoding.
    """
    declared = encoding(data)
    text = data.decode(declared)

    def kept(unit: re.Match[str]) -> str:
        readings = (unit[0], _TAG.sub("", unit[0]), _TAG.sub("", _CODE.sub("", unit[0])))
        return "" if any(map(found, map(unescape, readings))) else unit[0]

    new = _UNIT_TEXT.sub(kept, text)
    removed = len(_UNIT_TEXT.findall(text)) - len(_UNIT_TEXT.findall(new))
    return (new.encode(declared) if removed else data), removed


def _entries(unit: Element, number: int, source: str, target: str, or_other: bool) -> Iterator[MemoryEntry]:
    variants = [each for each in unit if local_name(each) == "tuv"]
    sources = [_segment_text(each) for each in variants if _is_in_locale(each, source)]
    targets = [each for each in variants if _is_in_locale(each, target)]
    if or_other and not sources:
        sources = [_segment_text(each) for each in variants if language_of(each) and each not in targets]
    properties = {each.get("type", ""): (each.text or "") for each in unit if local_name(each) == "prop"}
    if not sources or not sources[0].strip():
        return
    state = properties.get(_STATE, "translated")
    for index, variant in enumerate(targets):
        text = _segment_text(variant)
        if not text.strip():
            continue
        yield MemoryEntry(
            f"{number}/{index + 1}" if index else f"{number}",
            sources[0],
            text,
            state if state in RANKS else "translated",
            _attribute(variant, unit, "changeid", "creationid"),
            _time(_attribute(variant, unit, "changedate", "creationdate")),
            _key(properties.get(_BEFORE)),
            _key(properties.get(_AFTER)),
        )


def _is_in_locale(variant: Element, locale: str) -> bool:
    """True if a variant is in a locale; region or script must agree if both name one."""
    return agree(language_of(variant), locale)


def _segment_text(variant: Element) -> str:
    """Return the text of a segment, without inline markup of other programs."""
    segment = next((each for each in variant if local_name(each) == "seg"), None)
    return "" if segment is None else plain_text(segment)


def plain_text(element: Element) -> str:
    """Return the text of an element, without inline markup of other programs."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if local_name(each) not in _INLINE and local_name(each):
            yield from _pieces(each)
        yield each.tail or ""


def _attribute(variant: Element, unit: Element, *names: str) -> str:
    return next((value for name in names for each in (variant, unit) if (value := each.get(name))), "")


def _time(value: str) -> str:
    found = _DATE.fullmatch(value)
    return "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else ""


def _key(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?\d{1,19}", value) else None


def units(data: bytes, name: str, hidden: Callable[[str], bool] = lambda _: False) -> Iterator[str]:
    """Yield the units of a TMX file as XML, without `hidden` attributes, properties and notes.

    Raise UnreadableError if the file is invalid. Loads ElementTree.
    """
    from xml.etree.ElementTree import tostring

    for each in elements(data, name, "tu"):
        _remove_hidden(each, hidden)
        yield tostring(each, encoding="unicode").strip() + "\n"


_MADE_BY = re.compile(r"""(\b(?:creationid|changeid)\s*=\s*)("[^<"]*"|'[^<']*')""")
_METADATA = re.compile(r"(<((?:[\w.-]+:)?(?:prop|note))\b[^<>]*>)([^<]*)(</\2\s*>)")
"""Properties and notes. The patterns never cross a `<`, so that they take linear time."""


def with_renamed_metadata(data: bytes, rename: Callable[[str], str]) -> bytes:
    """Return a TMX file with authors, properties and notes of its units mapped by `rename`.

    Texts and every other byte stay. Raise UnicodeDecodeError or LookupError if the file is not in
    its declared encoding.
    """
    declared = encoding(data)
    text = data.decode(declared)

    def changed(value: str) -> str:
        new = rename(plain := unescape(value))
        return value if new == plain else escape(new, quotes=True)

    new = _MADE_BY.sub(lambda found: f"{found[1]}{found[2][0]}{changed(found[2][1:-1])}{found[2][0]}", text)
    new = _METADATA.sub(lambda found: f"{found[1]}{changed(found[3])}{found[4]}", new)
    return data if new == text else new.encode(declared)


def _remove_hidden(unit: Element, hidden: Callable[[str], bool]) -> None:
    """Remove hidden attributes, properties and notes; texts stay."""
    for element in unit.iter():
        for name in [name for name, value in element.attrib.items() if hidden(value)]:
            del element.attrib[name]
        for each in [
            each for each in element if local_name(each) in ("prop", "note") and hidden("".join(each.itertext()))
        ]:
            element.remove(each)


def write(
    entries: Iterable[IndexedEntry],
    imported_units: Iterable[str],
    source: str,
    target: str,
    version: str,
    file: IO[str],
) -> int:
    """Write a memory as TMX, and return its number of units.

    `imported_units` are units as XML, taken from imported files.
    """
    languages = source.replace("_", "-"), target.replace("_", "-")
    file.write(_HEAD.format(version=quoteattr(version), source=quoteattr(languages[0])))
    count = 0
    for each in entries:
        file.write(_unit(each, *languages))
        count += 1
    for unit in imported_units:
        file.write(unit)
        count += 1
    file.write("</body>\n</tmx>\n")
    return count


def _unit(indexed: IndexedEntry, source: str, target: str) -> str:
    entry = indexed.entry
    properties = {_CATALOG: indexed.catalog, _UNIT: entry.unit, _STATE: entry.state}
    properties |= {name: str(key) for name, key in ((_BEFORE, entry.before), (_AFTER, entry.after)) if key is not None}
    changed = re.sub("[-:]", "", entry.time)
    attributes = f" changedate={quoteattr(changed)}" * bool(
        changed
    ) + f" changeid={quoteattr(xml_safe(entry.who))}" * bool(entry.who)
    lines = "".join(
        f"<prop type={quoteattr(name)}>{escape(xml_safe(value))}</prop>" for name, value in properties.items()
    )
    return (
        f"<tu>{lines}\n<tuv xml:lang={quoteattr(source)}><seg>{escape(xml_safe(entry.source))}</seg></tuv>\n"
        f"<tuv xml:lang={quoteattr(target)}{attributes}><seg>{escape(xml_safe(entry.target))}</seg></tuv></tu>\n"
    )

"""Import and export of a glossary as TBX (ISO 30042): concepts with terms in two languages.

Invariant: `parse(write(terms))` returns the terms, comments included. Files of the edition of 2008
(`martif`, `termEntry`, `langSet`, `tig`) are read and written, those of 2019 (`tbx`,
`conceptEntry`, `langSec`, `termSec`) are read.

A preferred term is the target, admitted terms are allowed, deprecated ones forbidden (see
`imported.field_of`); a term of the type short form is the short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from transflow.glossary.imported import ImportedTerm, Spelling, with_spellings
from transflow.glossary.terms import KINDS, Term
from transflow.xml_text import decode, elements, escape, is_in_language, local_name, quoteattr, xml_safe

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CONCEPTS = ("termEntry", "conceptEntry")
_LANGUAGES = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
_STATUS_NOTES = frozenset(
    ("administrativeStatus", "normativeAuthorization", "usageStatus", "termStatus", "status", "reliabilityStatus")
)
"""Types of notes, and names of elements, that say whether a spelling is right."""
_CONCEPT_TAG = re.compile(r"<(?:[\w.-]+:)?(?:termEntry|conceptEntry)\b")
_TYPE_PREFIX = "x-transflow-"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang={language}>
<martifHeader><fileDesc><sourceDesc><p>transflow</p></sourceDesc></fileDesc></martifHeader>
<text><body>
"""


def parse(data: bytes, name: str, source_language: str, locale: str) -> tuple[ImportedTerm, ...]:
    """Return the terms that a TBX file has in the source language. Raise UnreadableError."""
    lines = _concept_lines(decode(data, name))
    concepts = elements(data, name, *_CONCEPTS)
    found = (_term(each, next(lines, 0), source_language, locale) for each in concepts)
    return tuple(term for term in found if term is not None)


def _concept_lines(text: str) -> Iterator[int]:
    """Yield the line of each concept."""
    line, offset = 1, 0
    for found in _CONCEPT_TAG.finditer(text):
        line += text.count("\n", offset, found.start())
        offset = found.start()
        yield line


def _term(concept: Element, line: int, source_language: str, locale: str) -> ImportedTerm | None:
    sources, spellings = (list(_terms(concept, language)) for language in (source_language, locale))
    sources = [each for each in sources if each.text]
    if not sources:
        return None
    also = tuple(each.text for each in sources[1:])
    term = Term(sources[0].text, also=also, **_descriptive_fields(concept))
    judged, remarks = with_spellings(term, [each for each in spellings if each.text])
    return ImportedTerm(judged, line, remarks)


def _descriptive_fields(concept: Element) -> dict[str, Any]:
    """Return kind, context, flags and comments of a concept, as fields of `Term`."""
    notes_by_type: dict[str, list[str]] = {}
    for each in concept:
        if local_name(each) in ("descrip", "note", "admin"):
            notes_by_type.setdefault(each.get("type") or "note", []).append((each.text or "").strip())
    kind = next((each.lower() for each in notes_by_type.get("subjectField", []) if each.lower() in KINDS), "term")
    return {
        "kind": kind,
        "context": next(iter(notes_by_type.get("context", [])), ""),
        "comments": tuple(line for text in notes_by_type.get("note", []) for line in text.splitlines() if line.strip()),
        **{flag: f"{_TYPE_PREFIX}{flag}" in notes_by_type for flag in ("forced", "homograph", "open")},
    }


def _terms(concept: Element, language: str) -> Iterator[Spelling]:
    """Yield the terms of a concept in a language."""
    for section in concept:
        if local_name(section) in _LANGUAGES and is_in_language(section, language):
            for group in section:
                if local_name(group) in _TERMS:
                    yield _read(group)


def _read(group: Element) -> Spelling:
    text, status, kind = "", "", ""
    for each in group.iter():
        if local_name(each) == "term":
            text = " ".join("".join(each.itertext()).split())
        else:
            # the style of 2019 has elements for what notes say otherwise
            note = each.get("type", "") if local_name(each) in ("termNote", "descrip", "admin") else local_name(each)
            value = (each.text or "").strip()
            if note in _STATUS_NOTES:
                status = value or status
            elif note == "termType":
                kind = value
    return Spelling(text, status, kind in ("shortForm", "abbreviation"))


def write(terms: Iterable[Term], source_language: str, locale: str) -> bytes:
    """Return the terms as a TBX-Basic file."""
    body = "".join(_concept(number, term, source_language, locale) for number, term in enumerate(terms, 1))
    text = _HEAD.format(language=quoteattr(source_language)) + body + "</body></text>\n</martif>\n"
    return text.encode("utf-8")


def _concept(number: int, term: Term, source_language: str, locale: str) -> str:
    descriptions = [_typed_element("descrip", "subjectField", term.kind)]
    descriptions += [_typed_element("descrip", "context", term.context)] * bool(term.context)
    descriptions += [
        _typed_element("admin", f"{_TYPE_PREFIX}{flag}", "yes")
        for flag in ("forced", "homograph", "open")
        if getattr(term, flag)
    ]
    descriptions += [f"<note>{escape(xml_safe(each))}</note>" for each in term.comments]
    spellings = [(term.target, "preferredTerm-admn-sts", "")] * bool(term.target)
    spellings += [(each, "admittedTerm-admn-sts", "") for each in term.allowed]
    spellings += [(each, "deprecatedTerm-admn-sts", "") for each in term.forbidden]
    spellings += [(term.short, "", "shortForm")] * bool(term.short)
    languages = _language(source_language, [(each, "", "") for each in term.sources])
    languages += _language(locale, spellings) if spellings else ""
    return f'<termEntry id="c{number}">{"".join(descriptions)}\n{languages}</termEntry>\n'


def _language(language: str, terms: list[tuple[str, str, str]]) -> str:
    groups = "".join(
        f"<tig><term>{escape(xml_safe(text))}</term>"
        + (_typed_element("termNote", "administrativeStatus", status) if status else "")
        + (_typed_element("termNote", "termType", kind) if kind else "")
        + "</tig>"
        for text, status, kind in terms
    )
    return f"<langSet xml:lang={quoteattr(language.replace('_', '-'))}>{groups}</langSet>\n"


def _typed_element(tag: str, kind: str, text: str) -> str:
    return f'<{tag} type="{kind}">{escape(xml_safe(text))}</{tag}>'

"""Import and export of a glossary as TBX (ISO 30042): concepts with terms in two languages.

Invariant: `parse(write(terms))` returns the terms, comments included. Files of the edition of 2008
(`martif`, `termEntry`, `langSet`, `tig`) are read and written, those of 2019 (`tbx`,
`conceptEntry`, `langSec`, `termSec`) are read.

A preferred term is the target, admitted terms are allowed, deprecated ones forbidden; a term of the
type short form is the short one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from transflow.glossary.terms import KINDS, Term
from transflow.xml_text import elements, escape, is_in_language, local_name, quoteattr, xml_safe

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CONCEPTS = ("termEntry", "conceptEntry")
_LANGUAGES = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
_STATUS = {"preferredTerm": "", "admittedTerm": "allowed", "deprecatedTerm": "forbidden", "supersededTerm": "forbidden"}
_TYPE_PREFIX = "x-transflow-"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang={language}>
<martifHeader><fileDesc><sourceDesc><p>transflow</p></sourceDesc></fileDesc></martifHeader>
<text><body>
"""


def parse(data: bytes, name: str, source_language: str, locale: str) -> tuple[Term, ...]:
    """Return the terms that a TBX file has in the source language. Raise UnreadableError."""
    found = (_term(each, source_language, locale) for each in elements(data, name, *_CONCEPTS))
    return tuple(term for term in found if term is not None)


def _term(concept: Element, source_language: str, locale: str) -> Term | None:
    sources, spellings = (list(_terms(concept, language)) for language in (source_language, locale))
    sources = [each for each in sources if each[0]]
    if not sources:
        return None
    fields: dict[str, Any] = {"allowed": [], "forbidden": []}
    for text, status, is_short in spellings:
        if is_short:
            fields["short"] = text
        elif _STATUS.get(status, ""):
            fields[_STATUS[status]].append(text)
        elif "target" in fields:
            fields["allowed"].append(text)
        else:
            fields["target"] = text
    fields |= {key: tuple(fields[key]) for key in ("allowed", "forbidden")} | _descriptive_fields(concept)
    return Term(sources[0][0], also=tuple(text for text, *_ in sources[1:]), **fields)


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


def _terms(concept: Element, language: str) -> Iterator[tuple[str, str, bool]]:
    """Yield text, status and whether it is a short form, for each term of a concept in a
    language.
    """
    for section in concept:
        if local_name(section) in _LANGUAGES and is_in_language(section, language):
            for group in section:
                if local_name(group) in _TERMS:
                    yield _read(group)


def _read(group: Element) -> tuple[str, str, bool]:
    text, notes = "", {}
    for each in group.iter():
        if local_name(each) == "term":
            text = " ".join("".join(each.itertext()).split())
        elif local_name(each) == "termNote":
            notes[each.get("type", "")] = (each.text or "").strip()
    status = notes.get("administrativeStatus", "").removesuffix("-admn-sts")
    return text, status, notes.get("termType") in ("shortForm", "abbreviation")


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

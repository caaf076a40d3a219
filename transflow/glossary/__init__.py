"""Glossary of a locale: the spellings of names, places and terms of the source language.

Invariant: a spelling is what a person entered; nothing is romanised or guessed.

    terms        entries of glossary.po, read and written
    matching     terms found in a text
    word_parts   analysis of a Korean word, to see whether a term is a part of it
    north_south  North and South Korean spellings
    nouns, endings    components of Korean words
    homographs   terms that are ordinary words too, judged by Kiwi
    people       names of people in a report
    table, tbx   import and export as CSV and TBX
    termbase     a glossary prepared for lookups
"""

from __future__ import annotations

from collections.abc import Iterable

from transflow.glossary.terms import Term, read

__all__ = ["Term", "place_spellings", "read", "spellings"]


def spellings(text: str, path: str) -> dict[str, str]:
    """Map source to target for every entry of a glossary.po that has a target and is not fuzzy."""
    return _spellings(read(text, path))


def place_spellings(text: str, path: str) -> dict[str, str]:
    """Map source to target for the places of a glossary.po, as `spellings` does."""
    return _spellings(term for term in read(text, path) if term.kind == "place")


def _spellings(terms: Iterable[Term]) -> dict[str, str]:
    found: dict[str, str] = {}
    for term in terms:
        for source in term.sources if term.target and not term.open else ():
            found.setdefault(source, term.target)
    return found

"""The glossary of a locale: how names, places and terms of the source language are spelled in it.

Invariant: a spelling is what a person put there; nothing is romanised or guessed.

    terms        what glossary.po says, and back
    matching     where terms stand in a text
    word_parts   a Korean word taken apart, to see whether a term is a part of it
    north_south  the spellings of North and South
    nouns, endings    what Korean words are made of
    homographs   terms that are ordinary words too, judged by Kiwi
    people       the names of people in a report
    table, tbx   glossaries of other programs
    taken_in     what another glossary adds to this one
"""

from __future__ import annotations

from transflow.glossary.terms import Term, read

__all__ = ["Term", "read", "spellings"]


def spellings(text: str, path: str) -> dict[str, str]:
    """Source spelling -> spelling in the locale, of every entry of a glossary.po that has one and needs no other look."""
    found: dict[str, str] = {}
    for term in read(text, path):
        if term.target and not term.open:
            found.setdefault(term.source, term.target)
    return found

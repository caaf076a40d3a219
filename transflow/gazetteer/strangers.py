"""Names in an English text that nothing in its Korean source explains.

Invariant: in doubt a name is explained, by any Korean that may stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from transflow.gazetteer.entries import EnglishHit, GazetteerEntry, Kind, demonyms, find_english, first_names, fold
from transflow.language.romanisation.loanwords import is_distinctive, may_be_same, sounds_alike

Span = tuple[int, int]
MAX_LENGTH = 3_000
"""Maximum length of a source that is compared: that of a long paragraph."""
_PERSON = re.compile(
    r"([A-Z](?<![\w-].)[a-z]+(?:-[A-Z][a-z]+)?)(?: [A-Z]\.)?((?: (?:de|van|von|der|den|al|bin|la|di))?(?: [A-Z][\w'-]+){1,2})"
)
"""Pattern for a first name and one or two more words."""
_NO_PERSON = re.compile(
    r" ?(?:University|Institute|Foundation|Center|Centre|Street|Avenue|River|County|Award|Prize|Act|Hospital|Airport|School"
    r"|College|Church|Island|Islands|Bay|Lake|Park|Square|Stadium|Group|Company|Bank|Times|Post|Report|Law)\b"
)
_CAPITALISED = re.compile("[A-Z][a-z]+")
_HANGUL_WORD = re.compile("[가-힣]{2,}")
_LONGEST_NAME = 7
"""Syllables of the longest foreign name that is compared."""


class Stranger(NamedTuple):
    """A name of the English, with the entries that it may be."""

    text: str
    span: Span
    kind: Kind
    entries: tuple[GazetteerEntry, ...] = ()


def is_explained(entry: GazetteerEntry, source: str) -> bool:
    """True if a Korean text may speak of an entry: 한미 of the South, but not 북한."""
    if entry.is_country and "북한" not in entry.sources:
        source = source.replace("북한", " ")
    return any(sign in source for sign in (*entry.sources, *entry.doubtful, *entry.signs, *entry.acronyms))


@lru_cache(64)
def strangers(source: str, target: str) -> tuple[Stranger, ...]:
    """Return the names of the gazetteer, and people with a known first name, that the Korean does
    not explain; none for a text that is too long.
    """
    if len(source) > MAX_LENGTH or len(target) > 2 * MAX_LENGTH:
        return ()
    hits = find_english(target)
    found = [
        Stranger(target[hit.start : hit.end], (hit.start, hit.end), hit.entries[0].kind, hit.entries)
        for hit in hits
        if not any(is_explained(entry, source) for entry in hit.entries)
    ]
    return (*found, *_people(source, target, hits))


def _people(source: str, target: str, hits: tuple[EnglishHit, ...]) -> Iterator[Stranger]:
    """Yield people with a known first name who are not in the gazetteer."""
    folded = fold(target)
    if first_names().isdisjoint(_CAPITALISED.findall(folded)):
        return
    end = 0
    for word in _CAPITALISED.finditer(folded):
        match = _PERSON.match(folded, word.start()) if word.start() >= end and word[0] in first_names() else None
        if match is None or _NO_PERSON.search(match[0]) or _NO_PERSON.match(folded, match.end()):
            continue
        name, end = match[0], match.end()
        if any(hit.start < match.end() and match.start() < hit.end for hit in hits):
            continue
        if not any(_sounds_alike(word, name) for word in _HANGUL_WORD.findall(source)):
            yield Stranger(target[slice(*match.span())], match.span(), "person")


def _sounds_alike(korean: str, english: str) -> bool:
    """True if a Korean word may begin with a part of a name."""
    lengths = range(2, min(len(korean), _LONGEST_NAME) + 1)
    return any(sounds_alike(korean[:length], part) for part in english.split() for length in lengths)


def may_be_named(korean: str, target: str) -> bool:
    """True if a capitalised word of an English text may be a part of a foreign name in Hangul.

    Short parts (존) tell nothing beside a long one.
    """
    parts = [part for part in korean.split() if is_distinctive(part)] or korean.split()
    words = [word for word in _capitalised(target) if word.lower() not in demonyms()]
    return any(may_be_same(part, word) for part in parts for word in words)


def sounds_named(korean: str, target: str) -> bool:
    """True if a capitalised word of an English text sounds like a part of a foreign name in
    Hangul.
    """
    return any(sounds_alike(part, word) for part in korean.split() for word in _capitalised(target))


def _capitalised(text: str) -> list[str]:
    return re.findall(r"[A-Z][\w']+", fold(text))

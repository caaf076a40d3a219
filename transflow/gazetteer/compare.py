"""People, organisations and places of a Korean sentence that its translation names differently.

Invariant: a difference needs a name on both sides: one that the English does not have, in any form,
and one of the same kind that the Korean does not explain. A translation may say “he”, “Beijing”
or “the ministry”.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from transflow.gazetteer.entries import (
    GazetteerEntry,
    Kind,
    KoreanHit,
    find_english,
    find_korean,
    find_koreans,
    first_names,
    fold,
)
from transflow.gazetteer.strangers import MAX_LENGTH, Span, Stranger, may_be_named, sounds_named, strangers
from transflow.glossary.people import TITLES, find_names

_TITLED = re.compile(rf" ?(?:[전현고] |신임 )?(?:[가-힣]{{2,10}} ){{0,2}}[가-힣]{{0,5}}?(?:{'|'.join(TITLES)}|부장)")
_NO_CONTAINER = frozenset(
    "river border island islands port capital mountain nuclear test camp sea north south downtown province missile launch "
    "airport northeast naval korea korean koreas".split()
)
"""Words beside a place that say nothing of where it is."""


_FOREIGN_NAME = re.compile(
    r"(?<![가-힣])([가-힣]{1,6}) ([가-힣]{2,6}?)(?=(?:은|는|이|가|을|를|의|와|과|도|에게|씨)?(?![가-힣]))"
    r"(?! ?[가-힣]*(?:대학|재단|연구소|센터|상\b))"
)
"""Pattern for two words of which the first may be a first name."""
_COUNTRY = re.compile(r"\b(?:your|our|my|their|his|her) (?:own )?(?:country|nation|homeland)\b")
_KIND_OF_PLACE = r"(?: (?:[Ii]slands?|[Pp]rovince|[Cc]ounty|[Cc]ity|[Pp]ort|[Rr]iver)\b)?"


class NameDifference(NamedTuple):
    """A Korean name, and the English name that stands there instead."""

    kind: Kind
    korean: str
    source_span: Span
    english: str
    target_span: Span


def known_koreans(source: str) -> list[KoreanHit]:
    """Return the people of both Koreas in a Korean text."""
    return certain(find_koreans(source), source) if len(source) <= MAX_LENGTH else []


def certain(hits: Iterable[KoreanHit], source: str) -> list[KoreanHit]:
    """Return the hits that are certainly meant as names."""
    return [
        hit for hit in hits if not hit.is_doubtful or (hit.entry.kind == "person" and _TITLED.match(source, hit.end))
    ]


def differences(source: str, target: str, taken: Collection[Span]) -> Iterator[NameDifference]:
    """Yield the names that differ, each once. `taken` are spans of the glossary's terms."""
    if not strangers(source, target):
        return
    hits = [
        hit
        for hit in certain(find_korean(source), source)
        if not hit.entry.is_korean_person and not any(start < hit.end and hit.start < end for start, end in taken)
    ]
    seen: set[GazetteerEntry] = set()
    for hit in hits:
        span = hit.start, hit.end
        if hit.entry not in seen and (other := _other_name(hit.entry, source[slice(*span)], source, target)):
            yield NameDifference(hit.entry.kind, source[slice(*span)], span, other.text, other.span)
        seen.add(hit.entry)
    yield from _unknown_people(source, target, [(hit.start, hit.end) for hit in hits] + list(taken))


def _unknown_people(source: str, target: str, taken: Collection[Span]) -> Iterator[NameDifference]:
    """Yield the foreign people before a title who are not in the gazetteer."""
    others = [each for each in strangers(source, target) if each.kind == "person"]
    if not others:
        return
    titled = [(name.start, name.end) for name in find_names(source) if " " in name.text]
    for span in (*titled, *(match.span() for match in _FOREIGN_NAME.finditer(source) if match[1] in first_names())):
        if any(start < span[1] and span[0] < end for start, end in taken):
            continue
        if not may_be_named(source[slice(*span)], target):
            yield NameDifference("person", source[slice(*span)], span, others[0].text, others[0].span)
            return


def _other_name(entry: GazetteerEntry, korean: str, source: str, target: str) -> Stranger | None:
    """Return the name that stands in the English instead of an entry's, which the Korean calls
    `korean`.
    """
    found = strangers(source, target)
    others = [each for each in found if each.kind == entry.kind] or [each for each in found if _is_seat(entry, each)]
    if not others or _is_named(entry, _without_people(found, target) if entry.kind == "person" else target):
        return None
    if entry.kind == "person" and sounds_named(korean, _without(others, target)):
        return None
    if entry.kind == "person":
        return others[0] if others else None
    if entry.is_capital and not re.search(f"{korean}[은는이가]", source):
        others = [each for each in others if not any(entry.is_country for entry in each.entries)]
    is_accounted_for = _has_related(entry, _without(others, target)) or _is_part_named(entry, source, target)
    for other in others:
        if other.kind == "organisation" and not is_accounted_for:
            return other
        if other.kind == "place" and all(_is_instead(entry, each, is_accounted_for) for each in other.entries):
            return other
    return None


def _is_part_named(entry: GazetteerEntry, source: str, target: str) -> bool:
    """True if both texts name a place that belongs to an entry, or the English “your country”."""
    if entry.is_country and _COUNTRY.search(target):
        return True
    return any(_is_part(hit.entry, entry) and _is_named(hit.entry, target) for hit in find_korean(source))


def _is_seat(entry: GazetteerEntry, other: Stranger) -> bool:
    """True if an organisation stands for another country: the Kremlin instead of the Vatican."""
    return (
        entry.is_country
        and other.kind == "organisation"
        and all(each.is_seat and each.related.isdisjoint(entry.related) for each in other.entries)
    )


def _without_people(others: Iterable[Stranger], target: str) -> str:
    """Return an English text without the people that nothing in the Korean explains."""
    for other in others:
        if other.kind == "person":
            target = target.replace(other.text, " ")
    return target


def _without(others: list[Stranger], target: str) -> str:
    """Return an English text without names of the gazetteer and the kind of place after them."""
    for other in others:
        if other.entries:
            target = re.sub(re.escape(other.text) + _KIND_OF_PLACE, " ", target)
    return target


def _is_instead(entry: GazetteerEntry, other: GazetteerEntry, is_accounted_for: bool) -> bool:
    """True if one place stands for another of its rank; if what it belongs to is named, only for
    one that belongs to the same.
    """
    if entry.is_country != other.is_country and not (entry.is_capital and not is_accounted_for):
        return False
    if _is_part(entry, other) or _is_part(other, entry):
        return False
    if not is_accounted_for:
        return True
    return not entry.is_country and not (entry.related & other.related).isdisjoint(entry.related - _NO_CONTAINER)


def _is_part(entry: GazetteerEntry, whole: GazetteerEntry) -> bool:
    """True if a place belongs to another: Hyesan to Ryanggang."""
    words = {
        word for spelling in whole.spellings for word in (fold(spelling).lower(), fold(spelling).lower().split()[-1])
    }
    return not words.isdisjoint(entry.related - _NO_CONTAINER)


def has_counterpart(entry: GazetteerEntry, target: str) -> bool:
    """True if an English text names an entry, or has a word that may stand for it."""
    return _is_named(entry, target) or _has_related(entry, target)


def _is_named(entry: GazetteerEntry, target: str) -> bool:
    if any(entry in hit.entries for hit in find_english(target)):
        return True
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", fold(target)))
    if entry.kind == "person":
        return any(
            part in words
            for spelling in entry.spellings
            for part in re.split(r"[\s.]+", fold(spelling))
            if len(part) > 1
        )
    return any(fold(spelling).lower() in fold(target).lower() for spelling in entry.spellings)


def _has_related(entry: GazetteerEntry, target: str) -> bool:
    folded = fold(target)
    lowered = folded.lower()
    return any(
        _has_word(word, folded) if word.isupper() else _has_word(fold(word).lower(), lowered)
        for word in entry.related
        if word
    )


def _has_word(word: str, text: str) -> bool:
    """True if a text has a word, or its plural: German in “three Germans”."""
    index = text.find(word)
    while index >= 0:
        end = index + len(word)
        end += text[end : end + 1] == "s"
        if not text[index - 1 : index].isalnum() and not text[end : end + 1].isalnum():
            return True
        index = text.find(word, index + 1)
    return False

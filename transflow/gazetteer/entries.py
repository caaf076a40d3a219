"""Entries of the gazetteer, and their search in a text of either language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple
from unicodedata import normalize

from transflow.glossary.matching import Matcher
from transflow.glossary.terms import Term
from transflow.language.romanisation.names import is_spelling
from transflow.language.romanisation.syllables import is_hangul

Kind = Literal["person", "organisation", "place"]
_FILES: tuple[tuple[str, Kind], ...] = (
    ("people.txt", "person"),
    ("organisations.txt", "organisation"),
    ("places.txt", "place"),
)
_WORD = re.compile(r"[A-Z](?<![\w.].)(?:\.(?:[A-Z]\.)+|[^\W\d_]*(?:['’&-][^\W\d_]+)*)")
"""Pattern for a capitalised word, and for initials."""
_MIN_FAMILY_NAME = 4
"""Minimum number of letters of a family name that is recognised without the first name."""
_DROPPED = "부성청처원국"
"""Last syllables of ministries and agencies, without which they are still understood: 국방장관."""
_SEATS = frozenset(("Kremlin", "White House", "Blue House", "Cheong Wa Dae", "Downing Street", "Elysee", "Zhongnanhai"))
_GENERIC = frozenset("유엔 국가 국제 세계 조선 한국 미국 북한 대한 중앙 인민 민주 자유 아시 최고 유럽 조국".split())
"""First syllables of so many organisations that they stand for none of them."""


class GazetteerEntry(NamedTuple):
    """A name in Korean and English."""

    kind: Kind
    sources: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Korean spellings that are other words too."""
    spellings: tuple[str, ...]
    """English spellings that name it and nothing else."""
    family_name: str
    """Family name of a person that is recognised by itself; or empty."""
    related: frozenset[str]
    """Words that may stand for it, in lower case except for acronyms."""
    signs: tuple[str, ...]
    """Korean beside which an English name of it is no surprise."""
    is_country: bool
    is_korean_person: bool
    """True for a person of either Korea, whose name has rules of its own."""

    @property
    def is_capital(self) -> bool:
        """True for a capital, which may stand for its country: Tokyo."""
        return self.kind == "place" and not self.is_country and self.spellings[0].lower() in demonyms()

    @property
    def is_seat(self) -> bool:
        """True for the seat of a government, which may stand for its country: the Kremlin."""
        return self.kind == "organisation" and self.spellings[0] in _SEATS

    @property
    def acronyms(self) -> tuple[str, ...]:
        return tuple(word for word in self.related if word.isupper() and word.isalpha() and len(word) > 2)


class KoreanHit(NamedTuple):
    entry: GazetteerEntry
    start: int
    end: int
    is_doubtful: bool


class EnglishHit(NamedTuple):
    entries: tuple[GazetteerEntry, ...]
    """Everything that has this name: the Foreign Ministries of two countries."""
    start: int
    end: int


@cache
def entries() -> tuple[GazetteerEntry, ...]:
    """Return the entries of all lists."""
    return tuple(
        _entry(line, kind)
        for name, kind in _FILES
        for line in _text(name).splitlines()
        if line and not line.startswith("#")
    )


@cache
def first_names() -> frozenset[str]:
    """Return the first names of people, in Latin letters and in Hangul."""
    return frozenset(
        word for line in _text("first_names.txt").splitlines() if not line.startswith("#") for word in line.split()
    )


@cache
def demonyms() -> frozenset[str]:
    """Return the words for the people of countries, in lower case: british."""
    return frozenset(word for entry in entries() if entry.is_country for word in entry.related)


def _text(name: str) -> str:
    return (files("transflow") / "gazetteer" / name).read_text(encoding="utf-8")


def _entry(line: str, kind: Kind) -> GazetteerEntry:
    korean, _, rest = line.removeprefix("*").partition(" = ")
    if kind == "person":
        english, related, signs = rest, "", ""
    else:
        english, _, rest = rest.partition(" ~ ")
        related, _, signs = rest.partition(" ^ ")
    sources = korean.split("|")
    certain = tuple(each for each in sources if not each.endswith("?"))
    doubtful = tuple(each.removesuffix("?") for each in sources if each.endswith("?"))
    spellings = tuple(each.replace("~", "") for each in english.split("|"))
    family = "" if kind != "person" or "~" in english else _family_name(sources, spellings[0])
    known = tuple(filter(None, signs.split("|")))
    if kind == "organisation":
        known += _stems((*certain, *doubtful))
    return GazetteerEntry(
        kind,
        certain,
        doubtful,
        spellings,
        family,
        frozenset(related.split("|")),
        known,
        line.startswith("*"),
        kind == "person" and _is_korean_name((*certain, *doubtful)[0], spellings[0]),
    )


def _is_korean_name(source: str, spelling: str) -> bool:
    return len(source) <= 4 and is_hangul(source) and is_spelling(source, spelling)


def _family_name(sources: list[str], spelling: str) -> str:
    """Return the last word of a person's name, if the Korean uses a part of the name by itself."""
    last = spelling.split()[-1]
    is_named_by_it = any(" " in each for each in sources) and any(" " not in each for each in sources)
    return last if is_named_by_it and len(last) >= _MIN_FAMILY_NAME else ""


def _stems(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Return the beginnings of ministries and agencies, as in 국방장관 and 통일부차관."""
    return tuple(each[:2] for each in sources if each[-1] in _DROPPED and len(each) > 2 and each[:2] not in _GENERIC)


@lru_cache(64)
def fold(text: str) -> str:
    """Return a text without diacritics, with straight apostrophes; offsets stay."""
    if text.isascii():
        return text
    return "".join(normalize("NFD", letter)[0] for letter in text).replace("’", "'")


def find_korean(text: str) -> Iterator[KoreanHit]:
    """Yield the names in a Korean text, in order."""
    return _hits(_matcher(koreans_only=False), text)


def find_koreans(text: str) -> Iterator[KoreanHit]:
    """Yield the people of both Koreas in a Korean text, in order."""
    return _hits(_matcher(koreans_only=True), text)


def _hits(matcher: Matcher, text: str) -> Iterator[KoreanHit]:
    by_source = _by_source()
    for hit in matcher.find(text):
        entry, is_doubtful = by_source[hit.term.source]
        if hit.tail != "compound" or not is_doubtful:
            yield KoreanHit(entry, hit.start, hit.end, is_doubtful)


@cache
def _by_source() -> dict[str, tuple[GazetteerEntry, bool]]:
    found: dict[str, tuple[GazetteerEntry, bool]] = {}
    for entry in entries():
        for source in entry.sources:
            found.setdefault(source, (entry, False))
        for source in entry.doubtful:
            found.setdefault(source, (entry, True))
    return found


@cache
def _matcher(*, koreans_only: bool) -> Matcher:
    return Matcher(
        Term(source, kind=entry.kind)
        for source, (entry, _) in _by_source().items()
        if entry.is_korean_person or not koreans_only
    )


@lru_cache(64)
def find_english(text: str) -> tuple[EnglishHit, ...]:
    """Return the names in an English text, in order; of several that begin at a word, the
    longest.
    """
    return tuple(_english_hits(fold(text)))


def _english_hits(folded: str) -> Iterator[EnglishHit]:
    by_first_word = _by_first_word()
    end = 0
    for word in _WORD.finditer(folded):
        if word.start() < end or word[0] not in by_first_word:
            continue
        for spelling, found in by_first_word[word[0]]:
            stop = word.start() + len(spelling)
            if folded.startswith(spelling, word.start()) and not folded[stop : stop + 1].isalnum():
                yield EnglishHit(found, word.start(), stop)
                end = stop
                break


@cache
def _by_first_word() -> dict[str, list[tuple[str, tuple[GazetteerEntry, ...]]]]:
    """Return first word -> spellings that begin with it, longest first, and their entries."""
    by_spelling: defaultdict[str, list[GazetteerEntry]] = defaultdict(list)
    for entry in entries():
        for spelling in dict.fromkeys(filter(None, (*entry.spellings, entry.family_name, *entry.acronyms))):
            by_spelling[fold(spelling)].append(entry)
    found: defaultdict[str, list[tuple[str, tuple[GazetteerEntry, ...]]]] = defaultdict(list)
    for spelling, named in by_spelling.items():
        first = _WORD.search(spelling)
        if first and first.start() == 0:
            found[first[0]].append((spelling, tuple(named)))
    for spellings in found.values():
        spellings.sort(key=lambda each: -len(each[0]))
    return dict(found)

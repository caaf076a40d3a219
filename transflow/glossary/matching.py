"""Occurrences of glossary terms in a text.

Invariant: hits are in order and do not overlap; of several terms that match at one index, the
longest wins. In Korean a term matches at the beginning of a word or as a part of one (see
`word_parts`), with any particles, with or without its own spaces, in North or South Korean
spelling.

    matcher = Matcher(read(text, "locales/en/glossary.po"))
    for hit in matcher.find(unit.source):
        hit.term.right, hit.term.forbidden, hit.start, hit.end, hit.certain
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import add
from typing import Literal, NamedTuple

from transflow.glossary.endings import COUNTERS, SCALES, is_particle
from transflow.glossary.north_south import is_hangul, spelled_alike
from transflow.glossary.terms import Term
from transflow.glossary.word_parts import holds

Tail = Literal["", "particle", "compound"]
_WORD = re.compile("[가-힣]*")
_REMEMBERED = 50_000
"""Size of the cache of verdicts on words: a language has few frequent words."""
_LONG = 5
"""Length from which a term may be split into two words, or have the other side's initial inside.

Each part has at least two letters.
"""
Judge = Callable[[Term, str, int, int], bool | None]
"""Function that returns whether a homograph at a span is meant as a name or noun; None if
unknown.
"""


class Hit(NamedTuple):
    term: Term
    start: int
    end: int
    """End of the term alone, without the rest of the word, in code points."""
    tail: Tail = ""
    """Kind of the rest of the word after the term."""
    certain: bool = True
    """False for a homograph that could not be judged."""


class _Form(NamedTuple):
    """A way to write a term: its letters without spaces, and the offsets at which a space
    may be.
    """

    letters: str
    gaps: frozenset[int]
    term: Term


class Matcher:
    """Finder of terms in texts.

    It reads about a million characters a second, however many terms there are. `judge` is called
    for homographs only.
    """

    def __init__(self, terms: Iterable[Term], judge: Judge | None = None) -> None:
        self._judge = judge
        self._forms: defaultdict[str, list[_Form]] = defaultdict(list)
        self._single: dict[str, Term] = {}
        self._names: set[str] = set()
        for term in terms:
            for source in term.sources:
                self._add(source, term)
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form.letters))
        self._holds = lru_cache(_REMEMBERED)(self._decide)

    def _add(self, source: str, term: Term) -> None:
        letters = source.replace(" ", "")
        if len(letters) == 1:
            self._single.setdefault(letters, term)
        if len(letters) < 2:
            return
        for form in dict.fromkeys(spelled_alike(letters, _begins(source, term))):
            self._names.add(form)
            self._forms[form[:2]].append(_Form(form, _gaps(source, letters, term), term))

    def find(self, text: str) -> list[Hit]:
        """Return the terms in a text, in order."""
        found: list[Hit] = []
        end = 0
        for place in self._places(text):
            if place >= end and (hit := self._at(text, place)):
                found.append(hit)
                end = hit.end
        return found

    def _places(self, text: str) -> Iterator[int]:
        """Yield the indexes at which a term may begin."""
        starts = self._forms.keys()
        pairs = [place for place, pair in enumerate(map(add, text, text[1:])) if pair in starts]
        if not self._single:
            return iter(pairs)
        single = re.finditer("|".join(map(re.escape, self._single)), text)
        return iter(sorted({*pairs, *(match.start() for match in single)}))

    def _at(self, text: str, place: int) -> Hit | None:
        for form in self._forms.get(text[place : place + 2], ()):
            end = _matched(form, text, place)
            if end and (hit := self._judged(form.term, text, place, end)):
                return hit
        term = self._single.get(text[place])
        if term and not _word_before(text, place):
            after = _WORD.match(text, place + 1)
            rest = after[0] if after else ""
            if not rest or is_particle(rest):
                return self._homograph(Hit(term, place, place + 1, "particle" if rest else ""), text)
        return None

    def _judged(self, term: Term, text: str, start: int, end: int) -> Hit | None:
        if not is_hangul(text[start]) or not is_hangul(text[end - 1]):
            return self._foreign(term, text, start, end)
        before, after = _word_before(text, start), _word_after(text, end)
        if before or after:
            tail = self._holds(before, text[start:end].replace(" ", ""), after)
            return None if tail is None else self._homograph(Hit(term, start, end, tail), text)
        return self._homograph(Hit(term, start, end), text)

    def _decide(self, before: str, inside: str, after: str) -> Tail | None:
        """Return the kind of the rest of a word after a term; None if the word does not contain the
        term.
        """
        if not holds(before + inside + after, len(before), len(before) + len(inside), self._names):
            return None
        return "" if not after else "particle" if is_particle(after) else "compound"

    def _foreign(self, term: Term, text: str, start: int, end: int) -> Hit | None:
        """Match a term in another script than Hangul: as a word of its own, or before Korean
        particles.
        """
        before, after = text[start - 1 : start], text[end : end + 1]
        if _clings(before, text[start]) or _clings(text[end - 1], after):
            return None
        rest = _word_after(text, end)
        return self._homograph(
            Hit(term, start, end, "" if not rest else "particle" if is_particle(rest) else "compound"), text
        )

    def _homograph(self, hit: Hit, text: str) -> Hit | None:
        if not hit.term.homograph:
            return hit
        verdict = self._judge(hit.term, text, hit.start, hit.end) if self._judge else None
        if verdict is False:
            return None
        return hit._replace(certain=verdict is True)


def _begins(source: str, term: Term) -> list[int]:
    """Return the offsets of the parts of a source, at which North and South spellings may
    differ.
    """
    begins, place = [], 0
    for part in source.split():
        begins.append(place)
        place += len(part)
    if term.kind != "person" and len(begins) == 1 and place >= _LONG:
        begins += range(2, place - 1)
    return begins


def _gaps(source: str, letters: str, term: Term) -> frozenset[int]:
    """Return the offsets in `letters` at which a text may have a space."""
    own, place = set(), 0
    for part in source.split()[:-1]:
        place += len(part)
        own.add(place)
    if term.kind != "person" and len(letters) >= _LONG - 1 and is_hangul(letters[0]):
        own |= set(range(2, len(letters) - 1))
    return frozenset(own)


def _matched(form: _Form, text: str, place: int) -> int:
    """Return the end of a form that begins at `place`; 0 if it does not match there."""
    letters = form.letters
    if text.startswith(letters, place):
        return place + len(letters)
    at = place
    for number, letter in enumerate(letters):
        if number in form.gaps and text[at : at + 1] == " ":
            at += 1
        if text[at : at + 1] != letter:
            return 0
        at += 1
    return at


def _word_before(text: str, place: int) -> str:
    """Return the Hangul right before `place`, without what belongs to a number: 6자회담, 2차회담,
    3천만달러.
    """
    start = place
    while start and is_hangul(text[start - 1]):
        start -= 1
    if start and text[start - 1].isdigit():
        while start < place and text[start] in SCALES:
            start += 1
        start += start < place and text[start] in COUNTERS
    return text[start:place]


def _word_after(text: str, place: int) -> str:
    found = _WORD.match(text, place)
    return found[0] if found else ""


def _clings(one: str, other: str) -> bool:
    """True if two adjacent characters belong to one word: both alphanumeric, both or neither
    Hangul.
    """
    return one.isalnum() and other.isalnum() and is_hangul(one) == is_hangul(other)

"""Where the terms of a glossary stand in a text.

Invariant: hits come in order and do not overlap; of several terms that begin at one place, the longest that is really there
wins. In Korean a term stands at the beginning of a word or as a part of one (see `word_parts`), with any particles, with or
without the spaces of its own, spelled as in the North or in the South.

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
"""Verdicts on words: a language has few words that are said often."""
_LONG = 5
"""A term of so many letters may be written in two words, or as the other side does inside: its parts have two letters at least."""
Judge = Callable[[Term, str, int, int], bool | None]
"""Whether a homograph at a span of a text is meant as a name or noun; None where it cannot be said."""


class Hit(NamedTuple):
    term: Term
    start: int
    end: int
    """Of the term alone, without what follows in the word. In code points."""
    tail: Tail = ""
    """What follows in the word."""
    certain: bool = True
    """False for a homograph that nobody could judge."""


class _Form(NamedTuple):
    """A way to write a term: letters without spaces, and the places between them where a space may be."""

    letters: str
    gaps: frozenset[int]
    term: Term


class Matcher:
    """Finds terms, a million characters a second, however many terms there are. `judge` is asked for homographs only."""

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
        """The terms in a text, in order."""
        found: list[Hit] = []
        end = 0
        for place in self._places(text):
            if place >= end and (hit := self._at(text, place)):
                found.append(hit)
                end = hit.end
        return found

    def _places(self, text: str) -> Iterator[int]:
        """Where a term may begin."""
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
        """What follows a term in a word; None where the word does not hold it."""
        if not holds(before + inside + after, len(before), len(before) + len(inside), self._names):
            return None
        return "" if not after else "particle" if is_particle(after) else "compound"

    def _foreign(self, term: Term, text: str, start: int, end: int) -> Hit | None:
        """A term in letters of another script stands alone, or before Korean particles."""
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
    """Where the parts of a source begin: places that North and South may spell differently."""
    begins, place = [], 0
    for part in source.split():
        begins.append(place)
        place += len(part)
    if term.kind != "person" and len(begins) == 1 and place >= _LONG:
        begins += range(2, place - 1)
    return begins


def _gaps(source: str, letters: str, term: Term) -> frozenset[int]:
    """After how many letters a text may have a space."""
    own, place = set(), 0
    for part in source.split()[:-1]:
        place += len(part)
        own.add(place)
    if term.kind != "person" and len(letters) >= _LONG - 1 and is_hangul(letters[0]):
        own |= set(range(2, len(letters) - 1))
    return frozenset(own)


def _matched(form: _Form, text: str, place: int) -> int:
    """Where a form that begins at a place ends; 0 where it is not there."""
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
    """The Hangul that stands right before a place, without what belongs to a number: 6자회담, 2차회담, 3천만달러."""
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
    """Whether two characters belong to one word of a script with letters."""
    return one.isalnum() and other.isalnum() and is_hangul(one) == is_hangul(other)

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
from typing import Literal, NamedTuple

from transflow.glossary.endings import COUNTERS, SCALES, is_ending, is_particle
from transflow.glossary.north_south import is_hangul, spelling_variants
from transflow.glossary.terms import Term
from transflow.glossary.word_parts import contains_term

Tail = Literal["", "particle", "compound"]
_WORD = re.compile("[가-힣]*")
_CACHE_SIZE = 50_000
"""Size of the cache of verdicts on words: a language has few frequent words."""
_SPLITTABLE_LENGTH = 5
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
    third: str
    """The third letter, or "" if there is none: most forms that begin like a text end there."""
    gaps: frozenset[int]
    term: Term


def _pattern_of_pairs(pairs: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for a first letter of any pair, before a second letter of any pair."""
    firsts, seconds = ("".join(sorted({re.escape(pair[place]) for pair in pairs})) for place in (0, 1))
    return re.compile(f"[{firsts}](?=[{seconds}])" if firsts else "(?!)")


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
        self._may_begin = _pattern_of_pairs(self._forms)
        self._holds = lru_cache(_CACHE_SIZE)(self._classify_tail)

    def _add(self, source: str, term: Term) -> None:
        letters = source.replace(" ", "")
        if len(letters) == 1:
            self._single.setdefault(letters, term)
        if len(letters) < 2:
            return
        for form in dict.fromkeys(spelling_variants(letters, _part_offsets(source, term))):
            self._names.add(form)
            found = _Form(form, form[2:3], _space_offsets(source, letters, term), term)
            self._forms[form[:2]].append(found)
            if 1 in found.gaps:  # 훈 센
                self._forms[f"{form[0]} "].append(found)

    def find(self, text: str) -> list[Hit]:
        """Return the terms in a text, in order."""
        found: list[Hit] = []
        end = 0
        for index in self._candidates(text):
            if index >= end and (hit := self._match_at(text, index)):
                found.append(hit)
                end = hit.end
        return found

    def _candidates(self, text: str) -> Iterator[int]:
        """Yield the indexes at which a term may begin."""
        pairs = [
            index
            for index in (match.start() for match in self._may_begin.finditer(text))
            if text[index : index + 2] in self._forms
        ]
        if not self._single:
            return iter(pairs)
        single = re.finditer("|".join(map(re.escape, self._single)), text)
        return iter(sorted({*pairs, *(match.start() for match in single)}))

    def _match_at(self, text: str, index: int) -> Hit | None:
        following = text[index + 2 : index + 5]  # the third letter, after two spaces at most
        for form in self._forms.get(text[index : index + 2], ()):
            if form.third not in following:
                continue
            end = _match_end(form, text, index)
            if end and (hit := self._check_word(form.term, text, index, end)):
                return hit
        term = self._single.get(text[index])
        if term and not _word_before(text, index):
            after = _WORD.match(text, index + 1)
            ending = after[0] if after else ""
            if not ending or is_particle(ending):
                return self._judge_homograph(Hit(term, index, index + 1, "particle" if ending else ""), text)
        return None

    def _check_word(self, term: Term, text: str, start: int, end: int) -> Hit | None:
        if not is_hangul(text[start]) or not is_hangul(text[end - 1]):
            return self._match_foreign(term, text, start, end)
        before, after = _word_before(text, start), _word_after(text, end)
        if before or after:
            tail = self._holds(before, text[start:end].replace(" ", ""), after)
            return None if tail is None else self._judge_homograph(Hit(term, start, end, tail), text)
        return self._judge_homograph(Hit(term, start, end), text)

    def _classify_tail(self, before: str, inside: str, after: str) -> Tail | None:
        """Return the kind of the rest of a word after a term; None if the word does not contain the
        term.
        """
        if not contains_term(before + inside + after, len(before), len(before) + len(inside), self._names):
            return None
        return "" if not after else "particle" if is_particle(after) else "compound"

    def _match_foreign(self, term: Term, text: str, start: int, end: int) -> Hit | None:
        """Match a term in another script than Hangul: as a word of its own, or before Korean
        particles.
        """
        before, after = text[start - 1 : start], text[end : end + 1]
        ending = _word_after(text, end)
        is_whole = is_ending(ending) if is_hangul(text[end - 1]) else not _is_one_word(text[end - 1], after)
        if _is_one_word(before, text[start]) or not is_whole:
            return None
        return self._judge_homograph(
            Hit(term, start, end, "" if not ending else "particle" if is_particle(ending) else "compound"), text
        )

    def _judge_homograph(self, hit: Hit, text: str) -> Hit | None:
        if not hit.term.homograph:
            return hit
        verdict = self._judge(hit.term, text, hit.start, hit.end) if self._judge else None
        if verdict is False:
            return None
        return hit._replace(certain=verdict is True)


def _part_offsets(source: str, term: Term) -> list[int]:
    """Return the offsets of the parts of a source, at which North and South spellings may
    differ.
    """
    offsets, offset = [], 0
    for part in source.split():
        offsets.append(offset)
        offset += len(part)
    if term.kind != "person" and len(offsets) == 1 and offset >= _SPLITTABLE_LENGTH:
        offsets += range(2, offset - 1)
    return offsets


def _space_offsets(source: str, letters: str, term: Term) -> frozenset[int]:
    """Return the offsets in `letters` at which a text may have a space."""
    gaps, offset = set(), 0
    for part in source.split()[:-1]:
        offset += len(part)
        gaps.add(offset)
    if term.kind != "person" and len(letters) >= _SPLITTABLE_LENGTH - 1 and is_hangul(letters[0]):
        gaps |= set(range(2, len(letters) - 1))
    return frozenset(gaps)


def _match_end(form: _Form, text: str, start: int) -> int:
    """Return the end of a form that begins at `start`; 0 if it does not match there."""
    letters = form.letters
    if text.startswith(letters, start):
        return start + len(letters)
    index = start
    for number, letter in enumerate(letters):
        if number in form.gaps and text[index : index + 1] == " ":
            index += 1
        if text[index : index + 1] != letter:
            return 0
        index += 1
    return index


def _word_before(text: str, index: int) -> str:
    """Return the Hangul right before `index`, without what belongs to a number: 6자회담, 2차회담,
    3천만달러.
    """
    start = index
    while start and is_hangul(text[start - 1]):
        start -= 1
    if start and text[start - 1].isdigit():
        while start < index and text[start] in SCALES:
            start += 1
        start += start < index and text[start] in COUNTERS
    return text[start:index]


def _word_after(text: str, index: int) -> str:
    found = _WORD.match(text, index)
    return found[0] if found else ""


def _is_one_word(left: str, right: str) -> bool:
    """True if two adjacent characters belong to one word: both alphanumeric, both or neither
    Hangul.
    """
    return left.isalnum() and right.isalnum() and is_hangul(left) == is_hangul(right)

"""Analysis of a Korean word into parts, to see whether a term is one of them.

Invariant: the cheapest analysis decides, and a known word is one part: so 태평양 has no 평양,
주한미군 no 한미, and 조선중앙통신 contains 중앙통신. A single syllable that is no prefix, left over
before the term, is a piece of another word.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from transflow.glossary.endings import PARTICLES, PREFIXES, SUFFIXES, TITLES, is_ending, is_particle
from transflow.glossary.nouns import nouns
from transflow.language.romanisation.surnames import spellings

LONGEST = 12
"""Syllables of the longest noun that is looked up."""
_NOUN, _PARTICLE, _PARTICLES, _VERB, _PREFIX, _SUFFIX = 1.0, 0.5, 1.0, 1.0, 1.6, 1.4
_TERM = 0.9
"""Cost of a term: less than any noun, as a project has a term because it occurs."""
_LONG, _BY_CHANCE = 2, 0.5
"""Length up to which a term may occur by chance, and the discount for each further syllable."""
_RELATION_PREFIXES, _RELATION_COST = frozenset("대주친반부"), 1.0
"""Prefixes and their cost before the name of a country or an office.

대(對)이란, 주(駐)중국, 친(親)러시아, 반(反)정부; 부(副)총리.
"""
_FIRST_HANDICAP = 1.0
"""Handicap of an analysis without the term, if the term would begin the word."""
_UNKNOWN, _UNKNOWN_SYLLABLE = 2.0, 1.0
_OTHER_MEANING_COST = -0.5
"""Cost of a word with another meaning: less than the cheapest term."""
_NEVER = float("inf")
_OTHER_MEANING = frozenset(
    """
    가나다 개성적 나선형 대구경 대만큼 대전제 대전차 독일제 그리스도 부산물 부산하 수단적 오만상 이란성 인도네시아 인도양 인도적 인도주의
    인도차이나
    신진대사 물질대사 기초대사 대사량 대사증후군 대사질환 대사전 백과대사전 기자재 의원면직 한의원 사면초가 사면체 수사학 간부전
    비정상 주석산 국수주의
    조선소 조선업 중국집 한강 한미일 한일전 해주다 세계대전
    """.split()
)
"""Words that contain a name but mean something else."""


class _Word(NamedTuple):
    """A word, the span of the term in question, and the sources of all terms."""

    text: str
    start: int
    end: int
    names: Container[str]

    def knows(self, start: int, end: int) -> bool:
        """True if a span is a known word that competes with the term."""
        part = self.text[start:end]
        if not 2 <= len(part) <= LONGEST or (start, end) == (self.start, self.end):
            return False
        if part not in nouns() and part not in self.names and part not in _OTHER_MEANING:
            return False
        if part in _OTHER_MEANING:
            return True
        if start == self.start and end > self.end:
            return False
        # 태평양 and 행정부 are words of their own; 조선노동당 is 조선 and 노동당
        return not (start < self.start and end >= self.end and self.stands_behind(self.text[start : self.start]))

    def stands_behind(self, part: str) -> bool:
        """True if the term follows complete known words inside a longer one.

        조선중앙/통신; or is the second noun of two of two syllables: 천연/가스.
        """
        if len(part) == 2 and self.text[self.start : self.end] in nouns():
            return True
        return _is_known(part, self.names) or any(
            _is_known(part[:end], self.names) and self.stands_behind(part[end:]) for end in range(2, len(part) - 1)
        )


def contains_term(word: str, start: int, end: int, names: Container[str]) -> bool:
    """True if `word[start:end]`, a term, is a part of the word. `names` are the sources of all
    terms.
    """
    analysed = _Word(word, start, end, names)
    with_term = _cost_before(analysed) + _term_cost(end - start) + _cheapest(analysed, end, len(word), closes=True)
    without = _cheapest(analysed, 0, len(word), closes=True) + _FIRST_HANDICAP * (start == 0)
    wins_ties = start == 0 or _is_known(word[:start], names)
    return with_term <= without if wins_ties else with_term < without


def _term_cost(length: int) -> float:
    """Return the cost of a term of this many syllables."""
    return max(0.0, _TERM - _BY_CHANCE * max(0, length - _LONG))


def _is_known(part: str, names: Container[str]) -> bool:
    return len(part) > 1 and (part in nouns() or part in names)


def _cost_before(word: _Word) -> float:
    """Return the cost of the part of the word before the term."""
    part, after = word.text[: word.start], word.text[word.end :]
    if len(part) != 1:
        return _cheapest(word, 0, word.start, closes=False)
    if part in spellings() and word.text[word.start : word.end] in TITLES and is_ending(after):
        return _PREFIX
    if part not in PREFIXES:
        return _NEVER
    # 주러시아, 대북한: before a short name one syllable is weak evidence, so only an ending or a
    # noun may follow
    if word.end - word.start == 2 and not is_ending(after) and not _begins_with_noun(after):
        return _NEVER
    return _RELATION_COST if part in _RELATION_PREFIXES else _PREFIX


def _begins_with_noun(part: str) -> bool:
    return any(
        part[:end] in nouns() and (is_ending(part[end:]) or _begins_with_noun(part[end:]))
        for end in range(2, len(part) + 1)
    )


def _cheapest(word: _Word, first: int, last: int, *, closes: bool) -> float:
    """Return the lowest cost of an analysis of a span; `closes`: the span may end with an
    ending.
    """
    costs = [0.0] + [_NEVER] * (last - first)
    for start in range(first, last):
        for end in range(start + 1, last + 1):
            cost = costs[start - first] + _cost(word, start, end, closes=closes and end == last)
            costs[end - first] = min(costs[end - first], cost)
    return costs[-1]


def _cost(word: _Word, start: int, end: int, *, closes: bool) -> float:
    part = word.text[start:end]
    if word.knows(start, end):
        return _OTHER_MEANING_COST if part in _OTHER_MEANING else _NOUN
    if start and closes and is_ending(part):
        after_prefix = _PREFIX if start == 1 and word.text[0] in PREFIXES else 0.0  # a prefix needs a noun
        return after_prefix + (_PARTICLE if part in PARTICLES else _PARTICLES if is_particle(part) else _VERB)
    if len(part) == 1:
        if not start and part in PREFIXES and end < len(word.text):
            return _PREFIX
        if start and part in SUFFIXES:
            return _SUFFIX
    return _UNKNOWN + _UNKNOWN_SYLLABLE * len(part)

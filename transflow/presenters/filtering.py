"""The filter of the list.

    unfinished            not done yet: untranslated, or needs another look
    untranslated again translated approved omitted      one state (again: needs another look)
    mine changed question answered conflict warning comment draft limited      a flag
    @claire               assigned to, or written by, a person
    /regular expression/  in source or target
    "two words"           these words as they stand, also one that is a keyword
    warn omit ...         the beginning of one keyword: as the keyword, or as a word
    any other words       in source or target, ignoring case and the spaces of Korean compounds

Invariant: all parts must match; an invalid filter raises an error that says why, and filters
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from transflow.attribution.credits import authors
from transflow.model.unit import DONE, Unit
from transflow.presenters.i18n import mark
from transflow.presenters.limit_words import limit_of
from transflow.presenters.user_patterns import UserPattern
from transflow.units.workflow import new_answers, open_questions, state
from transflow.word_search import phrase

_STATES = {
    "untranslated": "untranslated",
    "again": "needs-work",
    "translated": "translated",
    "approved": "approved",
    "omitted": "omitted",
    "cut": "cut",
}
KOREAN = {
    "미완료": "unfinished", "번역전": "untranslated", "다시": "again", "번역됨": "translated", "승인됨": "approved",
    "제외": "omitted", "삭제": "cut", "변경": "changed", "질문": "question", "충돌": "conflict", "경고": "warning",
    "메모": "comment", "미확정": "draft", "내것": "mine", "답": "answered", "제한": "limited",
}  # fmt: skip
"""Korean spellings of the words."""


class FilteredUnit(NamedTuple):
    """A unit with facts that are not in the catalog."""

    unit: Unit
    draft: bool = False
    """True if there is a draft of it."""
    warnings: int = 0
    """Number of unwaived issues."""
    who: str = ""
    """Id of the person who looks at it."""

    @property
    def is_answered(self) -> bool:
        """True if a question of the person was answered, and they did nothing since."""
        return bool(new_answers(self.unit, self.who))


Test = Callable[[FilteredUnit], bool]

_MARKS: dict[str, Test] = {
    "mine": lambda seen: is_by_or_for(seen.unit, seen.who),
    "unfinished": lambda seen: state(seen.unit) not in DONE,
    "changed": lambda seen: bool(seen.unit.previous),
    "question": lambda seen: bool(open_questions(seen.unit)),
    "answered": lambda seen: seen.is_answered,
    "conflict": lambda seen: bool(seen.unit.conflicts),
    "warning": lambda seen: seen.warnings > 0,
    "comment": lambda seen: bool(seen.unit.comments),
    "draft": lambda seen: seen.draft,
    "limited": lambda seen: limit_of(seen.unit) != "on",
}


KEYWORDS = {
    "unfinished": mark("untranslated, or needs another look"),
    "mine": mark("assigned to me, or written by me"),
    "untranslated": mark("no text yet"),
    "again": mark("needs another look"),
    "translated": mark("nobody reviewed it yet"),
    "approved": mark("reviewed"),
    "omitted": mark("left out"),
    "changed": mark("the Korean changed"),
    "question": mark("an open question"),
    "answered": mark("an answer to your question"),
    "conflict": mark("two texts"),
    "warning": mark("a warning"),
    "comment": mark("a comment"),
    "draft": mark("not saved yet"),
    "limited": mark("on background, on hold or off the record"),
}
"""Keyword -> its meaning, as a list to choose from."""
_FEWEST_LETTERS = 3
"""Letters from which on the beginning of a keyword stands for it."""
_PART = re.compile(r"""/(?:\\.|[^/\\])+/(?=\s|$)|["“”]([^"“”]+)["“”]?|\S+""")
"""A regular expression, a phrase in quotation marks (the last one may be missing), or a word."""


class Filter(NamedTuple):
    """A parsed filter."""

    text: str = ""
    tests: tuple[Test, ...] = ()

    def __call__(self, seen: FilteredUnit) -> bool:
        return all(test(seen) for test in self.tests)


def parse(text: str) -> Filter:
    """Parse a filter. Raise UsageError for an invalid regular expression."""
    tests = [_words(found[1]) if found[1] else _test(found[0]) for found in _PART.finditer(text)]
    return Filter(text.strip(), tuple(tests))


def with_keyword(text: str, keyword: str) -> str:
    """Return a filter with a keyword in place of its last word, if that is the beginning of it."""
    before, space, last = text.rpartition(" ")
    kept = before + space if keyword.startswith(last.lower()) else f"{text.rstrip()} "
    return f"{kept.lstrip()}{keyword} "


def matching_keywords(text: str) -> list[str]:
    """Return the keywords that begin with the last word of a filter; all if none does."""
    last = text.rpartition(" ")[2].lower()
    found = [keyword for keyword in KEYWORDS if keyword.startswith(last)]
    return found or list(KEYWORDS)


def _test(part: str) -> Test:
    word = KOREAN.get(part, part.lower())
    if len(part) > 2 and part[0] == part[-1] == "/":
        return _pattern(part[1:-1])
    if part.startswith("@") and len(part) > 1:
        return _person(part[1:])
    if word in _STATES or word in _MARKS:
        return _keyword(word)
    begun = [keyword for keyword in KEYWORDS if len(word) >= _FEWEST_LETTERS and keyword.startswith(word)]
    return _either(_keyword(begun[0]), _words(part)) if len(begun) == 1 else _words(part)


def _keyword(word: str) -> Test:
    return _state(_STATES[word]) if word in _STATES else _MARKS[word]


def _either(first: Test, second: Test) -> Test:
    return lambda seen: first(seen) or second(seen)


def _state(name: str) -> Test:
    return lambda seen: state(seen.unit) == name


def _person(person: str) -> Test:
    return lambda seen: is_by_or_for(seen.unit, person)


def is_by_or_for(unit: Unit, person: str) -> bool:
    """Return whether a unit is assigned to a person, or has words of theirs."""
    is_assigned = unit.assigned is not None and unit.assigned.who == person
    return is_assigned or any(author == person for author, _count in authors(unit))


def _words(part: str) -> Test:
    wanted = phrase(part)
    return lambda seen: wanted.is_in(seen.unit.source, seen.unit.target)


def _pattern(text: str) -> Test:
    pattern = UserPattern(text, any_case=True)
    return lambda seen: pattern.is_in(seen.unit.source) or pattern.is_in(seen.unit.target)

"""The filter of the list.

    unfinished            not done yet: untranslated, or needs another look
    untranslated again translated approved omitted      one state (again: needs another look)
    changed question conflict warning comment draft     a flag
    @claire               assigned to, or written by, a person
    /regular expression/  in source or target
    any other words       in source or target, ignoring case

Invariant: all parts must match; an invalid filter raises an error that says why, and filters
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from transflow.attribution.credits import authors
from transflow.errors import UsageError
from transflow.model.unit import DONE, Unit
from transflow.presenters.i18n import _
from transflow.units.workflow import open_questions, state

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
    "메모": "comment", "미확정": "draft",
}  # fmt: skip
"""Korean spellings of the words."""


class FilteredUnit(NamedTuple):
    """A unit with facts that are not in the catalog."""

    unit: Unit
    draft: bool = False
    """True if there is a draft of it."""
    warnings: int = 0
    """Number of unwaived issues."""
    answered: bool = False
    """True if a question of the person was answered."""


Test = Callable[[FilteredUnit], bool]

_MARKS: dict[str, Test] = {
    "unfinished": lambda seen: state(seen.unit) not in DONE,
    "changed": lambda seen: bool(seen.unit.previous),
    "question": lambda seen: bool(open_questions(seen.unit)),
    "conflict": lambda seen: bool(seen.unit.conflicts),
    "warning": lambda seen: seen.warnings > 0,
    "comment": lambda seen: bool(seen.unit.comments),
    "draft": lambda seen: seen.draft,
}


class Filter(NamedTuple):
    """A parsed filter."""

    text: str = ""
    tests: tuple[Test, ...] = ()

    def __call__(self, seen: FilteredUnit) -> bool:
        return all(test(seen) for test in self.tests)


def parse(text: str) -> Filter:
    """Parse a filter. Raise UsageError for an invalid regular expression."""
    parts = re.findall(r"/(?:\\.|[^/\\])+/(?=\s|$)|\S+", text)
    return Filter(text.strip(), tuple(map(_test, parts)))


def _test(part: str) -> Test:
    word = KOREAN.get(part, part.lower())
    if len(part) > 2 and part[0] == part[-1] == "/":
        return _pattern(part[1:-1])
    if part.startswith("@") and len(part) > 1:
        return _person(part[1:])
    if word in _STATES:
        return _state(_STATES[word])
    return _MARKS[word] if word in _MARKS else _words(part)


def _state(name: str) -> Test:
    return lambda seen: state(seen.unit) == name


def _person(person: str) -> Test:
    def test(seen: FilteredUnit) -> bool:
        unit = seen.unit
        is_assigned = unit.assigned is not None and unit.assigned.who == person
        return is_assigned or any(author == person for author, _count in authors(unit))

    return test


def _words(part: str) -> Test:
    needle = part.casefold()
    return lambda seen: needle in seen.unit.source.casefold() or needle in seen.unit.target.casefold()


def _pattern(text: str) -> Test:
    try:
        pattern = re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise UsageError(_("/{text}/ is no regular expression: {why}.").format(text=text, why=error)) from None
    return lambda seen: bool(pattern.search(seen.unit.source) or pattern.search(seen.unit.target))

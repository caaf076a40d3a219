"""Comparison of a text with its replacement: same figures, dates and names.

Invariant: two texts that differ in a number, in digits or in words, in a part of a date or in the
letters of a name are not the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from transflow.language.quantities.english import english_figures
from transflow.language.quantities.english_dates import MONTHS, WEEKDAYS
from transflow.language.quantities.quantity import Kind

_CONTEXT_LENGTH = 80
"""Characters left and right of a change that are compared with it, more if a word would be cut."""
_MAX_LENGTH = 20_000
"""Characters; if more than this changed, nothing is certain."""
_NUMBERS = frozenset(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion
    billions trillion trillions dozen dozens first second third fourth fifth sixth seventh eighth ninth tenth half halves quarter
    quarters once twice double triple couple both noon midnight today yesterday tomorrow a.m. p.m. am pm
    """.split()
)
_DATED = frozenset((*MONTHS, *WEEKDAYS))
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_NAME = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*")
_DOLLARS = re.compile(r"\b(?:US|U\.S\.) ?(?=\$|dollars\b)")


def is_equivalent(old: str, new: str) -> bool:
    """True if `new` differs from `old` in no figure, date or name.

    For English; in other languages only digits and letters are compared.
    """
    old, new = _around_changes(old, new)
    if len(old) > _MAX_LENGTH or len(new) > _MAX_LENGTH:
        return False
    return _figures(old) == _figures(new) and _have_same_names(old, new)


def _around_changes(old: str, new: str) -> tuple[str, str]:
    """Return both texts without the parts that are far from their differences."""
    left = _common_length(old, new)
    right = _common_length(old[left:][::-1], new[left:][::-1])
    start, kept_end = old.rfind(" ", 0, max(0, left - _CONTEXT_LENGTH)) + 1, len(old) - right + _CONTEXT_LENGTH
    end = old.find(" ", kept_end)
    dropped = 0 if end < 0 else len(old) - end
    return old[start : len(old) - dropped], new[start : len(new) - dropped]


def _common_length(left: str, right: str) -> int:
    """Return the length of the common beginning, by bisection, as texts can be long."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _figures(text: str) -> tuple[list[tuple[Kind, float, str]], list[str]]:
    """Return the figures and parts of dates, in order, and the digits, number words and months left
    over.
    """
    read = english_figures(text)
    values = [(each.kind, each.value, each.unit) for each in read]
    spans = [each.span for each in read]
    rest = [
        found[0].lower()
        for found in _TOKEN.finditer(text)
        if (found[0].isdigit() or found[0].lower() in _NUMBERS or found[0].lower() in _DATED)
        and not any(start <= found.start() < end for start, end in spans)
    ]
    return values, rest


def _have_same_names(old: str, new: str) -> bool:
    old, new = unescape(old), unescape(new)
    return all(not Counter(_names(left)) - Counter(_words(right)) for left, right in ((old, new), (new, old)))


def _words(text: str) -> Iterator[str]:
    for found in _NAME.finditer(_DOLLARS.sub("", text).replace("’", "'")):
        yield found[0].replace(".", "").lower()


def _names(text: str) -> Iterator[str]:
    """Yield the capitalised words, in lower case and without full stops: “U.N.” and “UN” are one
    name.
    """
    for found in _NAME.finditer(_DOLLARS.sub("", text).replace("’", "'")):
        word = found[0].replace(".", "").lower()
        if any(letter.isupper() for letter in found[0]) and word not in _NUMBERS and word not in _DATED:
            yield word

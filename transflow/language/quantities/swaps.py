"""Figures that changed places: 14 soldiers and 41 civilians for 군인 41명과 민간인 14명.

Invariant: both texts have the same figures of a kind, and the same words of a class, each once and
in turn; so each figure has one word, and a text that is arranged otherwise is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transflow.language.quantities.compare import compare_figures
from transflow.language.quantities.quantity import Quantity, same
from transflow.language.quantities.roles import wrong_order, wrong_role
from transflow.language.quantities.swap_words import CLASSES


class Swap(NamedTuple):
    """The first figure of the source that has another word in the target, and that of the target
    with the same word.
    """

    source: Quantity
    target: Quantity


_LOOKAROUND = re.compile(r"\(\?<?[=!](?:\[[^]]*\]|[^()[]|\([^()]*\))*\)")


@cache
def _by_letter() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return the name and the pattern of each Korean word by the letters that it may begin with.

    Looking up each letter of a text is a hundred times faster than one pattern of all words.
    """
    result: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for i, words in enumerate(CLASSES):
        for j, (korean, _) in enumerate(words):
            for letter in sorted(set(re.findall("[가-힣0-9]", _LOOKAROUND.sub("", korean)))):
                result.setdefault(letter, []).append((f"w{i}_{j}", re.compile(korean)))
    return result


@cache
def _english(index: int) -> re.Pattern[str]:
    words = (english for _, english in CLASSES[index])
    return re.compile("|".join(f"(?P<w{index}_{j}>{english})" for j, english in enumerate(words)), re.IGNORECASE)


_MOST = 4
"""Largest number of figures that are compared."""
QUANTITIES = frozenset({"count", "percent", "points", "money", "measure", "age", "ordinal"})
DATES = frozenset({"year", "month", "day", "weekday", "clock"})


def swaps(source: str, target: str, kinds: frozenset[str]) -> Iterator[Swap]:
    """Yield the swapped figures of a pair, at most one of each kind of figure."""
    ours, theirs, _ = compare_figures(source, target)
    if len(ours) < 2 or len(theirs) < 2:
        return
    words: list[list[_Word]] | None = None
    found = False
    for key in dict.fromkeys(_key(each) for each in ours if each.kind in kinds):
        left = [each for each in ours if _key(each) == key]
        right = _counterparts(key, left, theirs) if len(left) > 1 else []
        if _have_same_values(left, right):
            words = _words_by_class(source) if words is None else words
            swap = _swapped(words, target, left, right) or wrong_role((source, target), left, right)
            if swap:
                found = True
                yield Swap(*swap)
    order = wrong_order((source, target), ours, theirs) if kinds is DATES and not found else None
    if order:
        yield Swap(*order)


def _counterparts(key: tuple[str, str], left: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures of the target of the same kind, with those that leave their unit out: 27
    degrees in Seoul and 31 in Busan.
    """
    same_kind = [each for each in theirs if _key(each) == key]
    if not 0 < len(same_kind) < len(left):
        return same_kind
    values = {each.value for each in left}
    return [
        each
        for each in theirs
        if _key(each) == key or (each.kind == "count" and not each.unit and each.value in values)
    ]


class _Word(NamedTuple):
    start: int
    name: str


def _words_by_class(text: str) -> list[list[_Word]]:
    """Return the words of each class that has two or more in a Korean text."""
    found: dict[str, list[_Word]] = {}
    by_letter, end = _by_letter(), 0
    for start, letter in enumerate(text):
        for name, pattern in by_letter.get(letter, ()) if start >= end else ():
            match = pattern.match(text, start)
            if match:
                end = match.end()
                found.setdefault(name.partition("_")[0], []).append(_Word(start, name))
                break
    return [words for words in found.values() if len(words) > 1]


def _key(figure: Quantity) -> tuple[str, str]:
    if figure.kind in ("count", "age"):
        return "count", ""
    return figure.kind, "" if figure.unit.startswith("degree") else figure.unit


def _have_same_values(left: Sequence[Quantity], right: Sequence[Quantity]) -> bool:
    if not 1 < len(left) == len(right) <= _MOST:
        return False
    ours, theirs = (sorted(each.value for each in side) for side in (left, right))
    return len(set(ours)) == len(ours) and all(same(a, b) for a, b in zip(ours, theirs, strict=True))


def _swapped(
    classes: Sequence[Sequence[_Word]], target: str, left: Sequence[Quantity], right: Sequence[Quantity]
) -> Swap | None:
    for words in classes:
        ours = _by_word(words, left)
        if ours:
            pattern = _english(int(words[0].name[1:].partition("_")[0]))
            found = [_Word(match.start(), match.lastgroup or "") for match in pattern.finditer(target)]
            theirs = _by_word(found, right)
            if ours.keys() == theirs.keys():
                return next(
                    (Swap(ours[name], theirs[name]) for name in ours if not same(ours[name].value, theirs[name].value)),
                    None,
                )
    return None


def _by_word(words: Sequence[_Word], figures: Sequence[Quantity]) -> dict[str, Quantity]:
    """Return the figure of each word; empty unless they stand in turn, each word once."""
    if len(words) != len(figures) or len({each.name for each in words}) != len(words):
        return {}
    items: list[_Word | Quantity] = sorted([*words, *figures], key=lambda each: each.start)
    result: dict[str, Quantity] = {}
    for first, second in zip(items[::2], items[1::2], strict=True):
        word, figure = (first, second) if isinstance(first, _Word) else (second, first)
        if not isinstance(word, _Word) or not isinstance(figure, Quantity) or type(first) is not type(items[0]):
            return {}
        result[word.name] = figure
    return result

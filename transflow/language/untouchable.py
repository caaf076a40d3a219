"""Parts of an English text that only a person may change, in a change of it.

They are figures, dates, names, quotations and marks. A word with a capital letter counts as a name
wherever it stands: only a few words, such as “the”, are known to be none at the beginning of a
sentence.

Invariant: what is not surely something else counts as a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import takewhile
from typing import Literal

from transflow.language.quantities.english import english_figures
from transflow.language.quantities.english_calendar import english_dates
from transflow.language.quotations.english import read_english

Touched = Literal["", "figure", "name", "quotation", "marks"]
Span = tuple[int, int]
_ANY_DAY = date(2000, 1, 1)
_TOKEN = re.compile(r"\w+(?:[’'-]\w+)*|\s+|.", re.DOTALL)
_WORD = re.compile(r"\w+(?:[’'.-]+\w+)*\.?")
_SENTENCE = re.compile(r"(?:^|[.!?:…]['’\"”)\]]*\s|\n)\s*['‘\"“(\[]*$")
_NO_NAMES = frozenset(
    "the a this that these those it its they their we our there at by for from of with without as after before while when "
    "where if but and since during about against between among into through until although because what which some many most "
    "more all each every another other such".split()
)
"""Words that are no names at the beginning of a sentence; none of them is a family name."""
_INSIDE = frozenset(
    "of the and for on in de da di del della der den des du dos das van von zu la le el al bin ben ibn abu y e ter ten".split()
)
"""Words that may stand inside a name."""
_BETWEEN = re.compile(rf"[\s.&]*(?:(?:{'|'.join(sorted(_INSIDE))})\s+)*")
_DAYS = re.compile(
    r"\b(?:(?:last|this|next|past|coming|previous|following) (?:\w+ )?(?:night|morning|afternoon|evening|day|week|weekend|month"
    r"|quarter|year|decade|century|spring|summer|autumn|fall|winter)s?|yesterday|today|tonight|tomorrow|noon|midnight"
    r"|\w+ (?:ago|from now|earlier|later))\b",
    re.IGNORECASE,
)
_QUOTES = re.compile("[“”\"«»„]|(?<!\\w)[‘’'`]|[’'`](?!\\w)")
_MARKS = re.compile(r"[<>{}\[\]*_`|\\~^=]|\w:/")


def touched(old: str, new: str) -> Touched:
    """Return what the change of a text touches first; empty if a machine may make it."""
    before, after = changed_part(old, new)
    for text, part in ((old, before), (new, after)):
        if any(_meets(part, each) for each in _figures(text)) or re.search(r"\d", text[slice(*part)]):
            return "figure"
    if _texts(old, _figures(old)) != _texts(new, _figures(new)):
        return "figure"
    for text, part in ((old, before), (new, after)):
        if any(_meets(part, (each.start, each.end)) for each in read_english(text).quotations):
            return "quotation"
        if _QUOTES.search(text[slice(*part)]):
            return "quotation"
        if any(_meets(part, each) for each in names(text)):
            return "name"
        if _MARKS.search(text[slice(*part)]):
            return "marks"
    return "name" if _texts(old, names(old)) != _texts(new, names(new)) else ""


def changed_part(old: str, new: str) -> tuple[Span, Span]:
    """Return the span of the words that differ, in both texts."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    same = sum(map(len, _common(before, after)))
    rest = min(len(old), len(new)) - same
    tail = 0
    for each in _common(before[::-1], after[::-1]):
        if tail + len(each) > rest:
            break
        tail += len(each)
    return (same, len(old) - tail), (same, len(new) - tail)


def names(text: str) -> Iterator[Span]:
    """Yield the spans of what may be names in an English text, with the words inside them."""
    run: Span | None = None
    for start, end in _capitalised(text):
        if run and _BETWEEN.fullmatch(text, run[1], start):
            run = run[0], end
            continue
        if run:
            yield run
        run = start, end
    if run:
        yield run


def _capitalised(text: str) -> Iterator[Span]:
    for found in _WORD.finditer(text):
        word = found[0]
        if not any(char.isupper() for char in word):
            continue
        if word.lower() in _NO_NAMES and word[1:].islower() | (len(word) == 1) and _begins(text, found.span()):
            continue
        yield found.span()


def _begins(text: str, span: Span) -> bool:
    """Return whether a word begins a sentence and is no part of a name."""
    return bool(_SENTENCE.search(text, 0, span[0])) and not re.match(r"\s+\w*[A-Z]", text[span[1] :])


def _figures(text: str) -> list[Span]:
    figures = english_figures(text)
    days = [(each.start, each.end) for each in english_dates(text, figures, _ANY_DAY)]
    return [*(each.span for each in figures), *days, *(found.span() for found in _DAYS.finditer(text))]


def _texts(text: str, spans: Iterable[Span]) -> Counter[str]:
    return Counter(text[slice(*each)] for each in spans)


def _common(first: list[str], other: list[str]) -> Iterator[str]:
    return (each for each, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, other, strict=False)))


def _meets(part: Span, span: Span) -> bool:
    """Return whether a part of a text overlaps a span; an empty part, whether it is inside."""
    return part[0] < span[1] and span[0] < part[1]

"""Roles of two figures: 25%에서 31%로 is from 25 to 31 percent, and 40가구 중 15가구 is 15 of 40.

Invariant: both texts have the same two figures, and both say by words which of them comes first,
is compared with, or is a part of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.language.quantities.quantity import Quantity

_BASE = re.compile(" ?(?:대)?(?:에서(?!만|도 )|보다|에 비해|에 비하면|에 견줘|이?었?던|였던| 하던| 받던)")
_RESULT = re.compile("대?(?:으로|로)(?:까지)?(?![가-힣])")
_CHANGE = (
    "rose|risen|rises?|rising|fell|fall|falls|fallen|dropp?ed|drops?|grew|grown|grows|climbed|climbs|jumped|jumps|soared|surged"
    "|declin\\w+|decreas\\w+|increas\\w+|cut|cuts|lower\\w*|rais\\w+|up|down|shrank|shrunk|slipp?ed|gone|went|go|expand\\w*"
    "|reduc\\w+|shorten\\w*|extend\\w*|widen\\w*|narrow\\w*|chang\\w+|slow\\w*|edged"
)
_ENGLISH_BASE = re.compile(
    r"\b(?:from|against|versus|compared (?:to|with)|(?<!more )(?<!less )(?<!fewer )(?<!rather )than)"
    r"(?: (?:about|around|some|nearly|a|an|the))? $"
)
_ENGLISH_RESULT = re.compile(rf"\b(?:{_CHANGE})\b[^,.;]{{0,40}}\bto(?: (?:about|around|some|nearly|a|an))? $")
_PART = re.compile("등(?![가-힣])|포함|가운데|(?<![가-힣])중(?![가-힣])|[명개대가구곳채] ?중(?![가-힣])")
_INCLUDING = re.compile(
    r"\b(?:including|among them|of whom|of which|of them),?(?: (?:at least|about|some))? $", re.IGNORECASE
)
_OF = re.compile(r"(?: [a-z]+)? (?:out )?of (?:the|its|their|those|these|all|his|her)?(?: [a-z]+)? ?$")


def wrong_role(
    texts: tuple[str, str], ours: Sequence[Quantity], theirs: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """Return the figure of the source that has the other's place in the target, and that of the
    target.
    """
    if len(ours) != 2 or len(theirs) != 2:
        return None
    source, target = texts
    base, other = _base(source, ours), _english_base(target, theirs)
    if base is not None and other is not None and base.value != other.value:
        return base, other
    return _wrong_part(source, target, ours, theirs)


def _base(text: str, figures: Sequence[Quantity]) -> Quantity | None:
    """Return the figure that the other is compared with, or came from."""
    bases = [each for each in figures if _BASE.match(text, each.end)]
    if len(bases) == 1:
        return bases[0]
    results = [each for each in figures if _RESULT.match(text, each.end)]
    return None if bases or len(results) != 1 else next(each for each in figures if each is not results[0])


def _english_base(text: str, figures: Sequence[Quantity]) -> Quantity | None:
    bases = [each for each in figures if _ENGLISH_BASE.search(text, max(0, each.start - 30), each.start)]
    if len(bases) == 1:
        return bases[0]
    results = [each for each in figures if _ENGLISH_RESULT.search(text, max(0, each.start - 60), each.start)]
    return None if bases or len(results) != 1 else next(each for each in figures if each is not results[0])


def _wrong_part(
    source: str, target: str, ours: Sequence[Quantity], theirs: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """Return a whole that the English counts as its own part: five, including 18 children."""
    first, second = theirs
    if first.kind != "count" or second.kind != "count" or not _PART.search(source):
        return None
    is_wrong = first.value < second.value and _INCLUDING.search(target, max(0, second.start - 30), second.start)
    is_wrong = is_wrong or (first.value > second.value and _OF.fullmatch(target, first.end, second.start))
    return (max(ours, key=lambda each: each.value), max(theirs, key=lambda each: each.value)) if is_wrong else None


_NO_ORDER = re.compile(
    r"\b(?:after|before|since|from|until|till|following|having|earlier|previous\w*|prior|when|while|whose|where|first|once|already"
    r"|than|compared|against|versus|but|last|initially|originally|born|who|which)\b",
    re.IGNORECASE,
)
_NO_ORDER_IN_KOREAN = re.compile("보다|이후|앞서|이전|부터|[0-9]월 전|만에")
_WORDS = r"(?:[^.]|\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec|[ap]\.m|U\.S|U\.N)\.)*"
_JOINED = re.compile(rf"{_WORDS}(?:\b(?:and|then)\b|;){_WORDS}")


def wrong_order(
    texts: tuple[str, str], ours: Sequence[Quantity], theirs: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """Return the first date of the source, and that of the target, if the target tells first what
    came last: joined in 2017 and defected in 2011.
    """
    source, target = texts
    for kind in ("year", "month", "day", "weekday"):
        left, right = ([each for each in side if each.kind == kind] for side in (ours, theirs))
        values = [each.value for each in left]
        if len(left) != 2 or len(right) != 2 or values == [each.value for each in right]:
            continue
        if values[0] >= values[1] or values[::-1] != [each.value for each in right]:
            return None
        if kind == "day" and len({each.value for each in theirs if each.kind == "month"}) > 1:
            return None
        is_told_in_order = not _NO_ORDER.search(target) and not _NO_ORDER_IN_KOREAN.search(source)
        if is_told_in_order and _JOINED.fullmatch(target, right[0].end, right[1].start):
            return left[0], right[0]
    return None

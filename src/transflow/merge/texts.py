"""Whose text a unit has after a merge.

Invariant: a text that somebody wrote is in the unit, in a conflict of it, or was replaced by someone who had it before
them. Authors, shares and digest come with the text that they describe.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.digests import digest
from transflow.merge.order import in_order
from transflow.model import Authorship, Conflict, Share, Unit

NOBODY = "unknown"
"""Who a text is by that has no `@by`."""
LONG_AGO = "1970-01-01T00:00:00Z"


class Text(NamedTuple):
    """The target that stands, with what describes it."""

    target: str
    by: tuple[Authorship, ...]
    mark: str
    translated: tuple[Share, ...]
    confirmed: str
    """The source that the target was last confirmed against."""
    clash: bool = False
    """Whether the sides gave two different targets."""
    lost: Conflict | None = None
    """The other text."""
    winner: str = ""
    """Whose text stands, where another was lost."""


def confirmed_source(unit: Unit) -> str:
    return unit.previous or unit.source


def is_human(unit: Unit) -> bool:
    """Whether a person wrote or confirmed the target. A text edited outside, which `by` does not describe, counts."""
    described = not unit.text or unit.text == digest(unit.target)
    return not (described and unit.by and all(each.who.startswith("mt:") for each in unit.by))


def newest(unit: Unit) -> Authorship:
    return max(unit.by, key=lambda each: each.time, default=Authorship(NOBODY, LONG_AGO, 0))


def as_conflict(unit: Unit) -> Conflict:
    """The unit's target, as one that did not stand."""
    author = newest(unit)
    return Conflict(author.who, author.time, unit.target)


def squeezed_in(text: str, other: str) -> bool:
    """Whether a text is part of another, whatever the white space."""
    return " ".join(text.split()) in " ".join(other.split())


def merged_text(base: Unit, one: Unit, two: Unit, standing: Unit | None = None) -> Text:
    """The text of the side that changed it; of two, a person's before a machine's, then the newest, then the greater.

    `standing` is the side whose joins and splits hold: between two people's texts, its text does too.
    """
    if one.target == two.target:
        return _same_text(base, one, two)
    if one.target == base.target:
        return _text_of(two)
    if two.target == base.target:
        return _text_of(one)

    def claim(unit: Unit) -> tuple[bool, bool, bool, str, str]:
        return bool(unit.target), is_human(unit), unit is standing, newest(unit).time, unit.target

    winner, loser = (one, two) if claim(one) > claim(two) else (two, one)
    lost = as_conflict(loser) if loser.target else None
    return _text_of(winner)._replace(clash=True, lost=lost, winner=newest(winner).who)


def _text_of(unit: Unit) -> Text:
    return Text(unit.target, unit.by, unit.text, unit.translated, confirmed_source(unit))


def _same_text(base: Unit, one: Unit, two: Unit) -> Text:
    mark = one.text
    if one.text != two.text:
        true = digest(one.target)
        if true in (one.text, two.text):  # the other side's authors are those of another text
            described = one if one.text == true else two
            return _text_of(described)._replace(confirmed=_confirmed(base, one, two))
        mark = max(one.text, two.text)
    return Text(one.target, _authors(base, one, two), mark, _shares(base, one, two), _confirmed(base, one, two))


def _confirmed(base: Unit, one: Unit, two: Unit) -> str:
    """Of one text on both sides: the source it was confirmed against since the base."""
    old, first, second = (confirmed_source(each) for each in (base, one, two))
    if first == second or second == old:
        return first
    return second if first == old else max(first, second)


def _authors(base: Unit, one: Unit, two: Unit) -> tuple[Authorship, ...]:
    """The authors of both, each with the newest of their lines."""
    if one.by == two.by or two.by == base.by:
        return one.by
    if one.by == base.by:
        return two.by
    best: dict[str, Authorship] = {}
    for each in (*one.by, *two.by):
        best[each.who] = max(each, best.get(each.who, each), key=lambda line: (line.time, line.words))
    order = in_order(*_names(base, one, two), best.keys())
    return tuple(best[who] for who in order)


def _names(base: Unit, one: Unit, two: Unit) -> tuple[list[str], tuple[list[str], list[str]]]:
    old, first, second = (list(dict.fromkeys(each.who for each in unit.by)) for unit in (base, one, two))
    return old, (first, second)


def _shares(base: Unit, one: Unit, two: Unit) -> tuple[Share, ...]:
    """Of one text on both sides: the shares that changed; if both did, those of the side that changed the source."""
    if one.translated == two.translated or two.translated == base.translated:
        return one.translated
    if one.translated == base.translated:
        return two.translated
    drafted = [unit for unit in (one, two) if unit.source != base.source]
    if len(drafted) == 1:
        return drafted[0].translated
    most: dict[str, int] = {}
    for who, words in (*one.translated, *two.translated):
        most[who] = max(words, most.get(who, 0))
    return tuple(Share(who, words) for who, words in sorted(most.items()))

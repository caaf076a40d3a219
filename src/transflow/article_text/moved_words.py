"""Words that an edit moves from one paragraph to another: they stay with those whose words they were.

Invariant: the words of `by` and `translated` are as many as before; only who edited has fewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from transflow.article_text.layout import Item, shown_text
from transflow.article_text.likeness import runs, without
from transflow.authorship import SMALLEST_SHARE, is_attributed, split_evenly
from transflow.model import Authorship, Share, Unit
from transflow.text import words


class Donor(NamedTuple):
    """The words that a paragraph has lost, and whose its words were."""

    lost: list[str]
    translated: tuple[Share, ...]
    by: tuple[Authorship, ...]


Drafts = Mapping[str, tuple[Share, ...]]
"""Paragraph -> whose words its draft is made of."""


def donors(units: Iterable[Unit], items: Sequence[Item], drafts: Drafts) -> list[Donor]:
    """The paragraphs of which the text has not all words any more."""
    texts: dict[str, list[str]] = {}
    for item in items:
        for unit_id in item.ids or ([item.of] if item.of else []):
            texts.setdefault(unit_id, []).extend(item.texts)
    lost = ((unit, without(words(shown_text(unit)), words(" ".join(texts.get(unit.id, ()))))) for unit in units)
    return [donor(unit, gone, drafts) for unit, gone in lost if gone and is_attributed(unit)]


def donor(unit: Unit, lost: list[str], drafts: Drafts) -> Donor:
    return Donor(lost, unit.translated, unit.by) if unit.target else Donor(lost, drafts[unit.id], ())


def credited(unit: Unit, who: str, known: Iterable[str], donors: Iterable[Donor]) -> Unit:
    """The unit, just written by `who`, with the words that were moved there. `known` are texts that it had before: what it has of
    them is accounted for."""
    text = words(unit.target)
    fresh = text
    for each in known:
        fresh = without(fresh, words(each))
    for donor in donors:
        moved = [place for _, start, length in runs(donor.lost, fresh) for place in range(start, start + length)]
        if len(moved) < max(1.0, SMALLEST_SHARE * len(text)):
            continue
        unit = _given(unit, who, len(moved), donor)
        fresh = [word for place, word in enumerate(fresh) if place not in set(moved)]
    return unit


def _given(unit: Unit, who: str, count: int, donor: Donor) -> Unit:
    """The unit with so many words of `who` given to the people whose words the donor's were, in proportion."""
    theirs = {each.who: each for each in unit.by}
    count = min(count, theirs[who].words)
    parts = iter(split_evenly(count, [*(each.words for each in donor.translated), *(each.words for each in donor.by)]))
    translated = Counter({share.who: share.words for share in unit.translated})
    given = 0
    for share in donor.translated:
        given += (part := next(parts))
        if part:
            translated[share.who] += part
    for each in donor.by:
        given += (part := next(parts))
        if part and each.who not in theirs:
            theirs[each.who] = each._replace(words=part)
        elif part:
            theirs[each.who] = theirs[each.who]._replace(words=theirs[each.who].words + part)
    theirs[who] = theirs[who]._replace(words=theirs[who].words - given)
    return unit.having(
        by=tuple(theirs.values()), translated=tuple(Share(name, number) for name, number in translated.items())
    )

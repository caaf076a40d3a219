"""Merge of targets.

Invariant: a target that somebody wrote is in the unit or in a conflict of it, or was replaced by a
person who had read it. Authors, shares and digest stay with the target that they describe.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.attribution.authorship import as_conflict, newest_authorship, split_evenly
from transflow.digests import digest
from transflow.merge.order import merged_order
from transflow.model.unit import Authorship, Conflict, Share, Unit
from transflow.text import words


class MergedText(NamedTuple):
    """The target that was chosen, with the records that describe it."""

    target: str
    by: tuple[Authorship, ...]
    text_digest: str
    translated: tuple[Share, ...]
    confirmed: str
    """The source that the target was last confirmed against."""
    is_conflict: bool = False
    """True if both sides changed the target, and differently."""
    lost: Conflict | None = None
    """The target that was not chosen."""
    winner: str = ""
    """Author of the chosen target, if there is a lost one."""
    loser: str = ""
    """Author of the lost target."""


def confirmed_source(unit: Unit) -> str:
    return unit.previous or unit.source


def is_human(unit: Unit) -> bool:
    """True if a person wrote or confirmed the target.

    A target that was edited outside, which `by` does not describe, counts as a person's.
    """
    described = not unit.text or unit.text == digest(unit.target)
    return not (described and unit.by and all(each.who.startswith("mt:") for each in unit.by))


def is_part_of(text: str, other: str) -> bool:
    """True if a text is part of another, apart from white space."""
    return " ".join(text.split()) in " ".join(other.split())


def is_accepted_draft(base: Unit, unit: Unit) -> bool:
    """True if a paragraph only took its new draft as target.

    The draft is its source too, so that no word of it is lost if another target is chosen.
    """
    return bool(
        unit.refs
        and unit.fuzzy
        and unit.source != base.source
        and unit.translated
        and not any(each.words for each in unit.by)
        and is_part_of(unit.target, unit.source)
    )


def merged_text(base: Unit, one: Unit, two: Unit, leading: Unit | None = None) -> MergedText:
    """Return the target of the side that changed it.

    Of two, a person's is chosen before a machine's, then the newer, then the greater. `leading` is
    the side whose joins and splits hold; between two people's targets, its target is chosen.
    """
    if one.target == two.target:
        return _same_text(base, one, two)
    if one.target == base.target:
        return _text_of(two)
    if two.target == base.target:
        return _text_of(one)

    authored = [each for each in (one, two) if not is_accepted_draft(base, each)]
    if len(authored) == 1:
        return _text_of(authored[0])

    def claim(unit: Unit) -> tuple[bool, bool, bool, str, str]:
        return bool(unit.target), is_human(unit), unit is leading, newest_authorship(unit).time, unit.target

    winner, loser = (one, two) if claim(one) > claim(two) else (two, one)
    lost = as_conflict(loser) if loser.target else None
    names = [as_conflict(each).who for each in (winner, loser)]
    if names[0] == names[1]:  # one person has most words of both: name the last editors instead
        names = [newest_authorship(each).who for each in (winner, loser)]
    return _text_of(winner)._replace(is_conflict=True, lost=lost, winner=names[0], loser=names[1])


def _text_of(unit: Unit) -> MergedText:
    return MergedText(unit.target, unit.by, unit.text, unit.translated, confirmed_source(unit))


def _same_text(base: Unit, one: Unit, two: Unit) -> MergedText:
    text_digest = one.text
    if one.text != two.text:
        present_digest = digest(one.target)
        if present_digest in (one.text, two.text):  # the other side's authors describe another target
            described = one if one.text == present_digest else two
            return _text_of(described)._replace(confirmed=_confirmed(base, one, two))
        text_digest = max(one.text, two.text)
    by, translated = _merged_credits(base, one, two)
    return MergedText(one.target, by, text_digest, translated, _confirmed(base, one, two))


def _confirmed(base: Unit, one: Unit, two: Unit) -> str:
    """Return the source that the common target of both sides was confirmed against."""
    old, first, second = (confirmed_source(each) for each in (base, one, two))
    if first == second or second == old:
        return first
    return second if first == old else max(first, second)


_Counts = dict[tuple[str, str], int]
"""(role, person) -> number of words, never 0."""


def _merged_credits(base: Unit, one: Unit, two: Unit) -> tuple[tuple[Authorship, ...], tuple[Share, ...]]:
    """Return the authors and shares of a target that is the same on both sides.

    Each author has the newest of their times.
    """
    shares = [(unit.by, unit.translated) for unit in (base, one, two)]
    if shares[1] == shares[2] or (shares[2] == shares[0] and base.target == one.target):
        return shares[1]
    if shares[1] == shares[0] and base.target == one.target:
        return shares[2]
    counts = _merged_counts(base, one, two)
    times: dict[str, str] = {}
    for each in (*one.by, *two.by):
        times[each.who] = max(each.time, times.get(each.who, ""))
    order = merged_order(*_names_in_order("by", base, one, two), times.keys())
    by = tuple(Authorship(who, times[who], counts.get(("by", who), 0)) for who in order)
    names = _names_in_order("translated", base, one, two)
    translators = merged_order(*names, {*names[1][0], *names[1][1]})
    return by, tuple(Share(who, counts.get(("translated", who), 0)) for who in translators)


def _merged_counts(base: Unit, one: Unit, two: Unit) -> _Counts:
    """Return everybody's words in a target that is the same on both sides.

    The side that changed the counts holds; of two, the side that changed the draft. If both sides
    wrote the same words, these are divided between their authors.
    """
    first, second = _counts(one), _counts(two)
    old = _counts(base) if base.target == one.target else None
    with_new_draft = [each for unit, each in ((one, first), (two, second)) if unit.source != base.source]
    if first == second or second == old:
        return first
    if first == old:
        return second
    if old is not None and len(with_new_draft) == 1:
        return with_new_draft[0]
    both = {key: first.get(key, 0) + second.get(key, 0) for key in sorted({*first, *second})}
    return dict(zip(both, split_evenly(len(words(one.target)), [*both.values()]), strict=True))


def _counts(unit: Unit) -> _Counts:
    counts = {("by", each.who): each.words for each in unit.by}
    counts |= {("translated", each.who): each.words for each in unit.translated}
    return {key: count for key, count in counts.items() if count}


def _names_in_order(field: str, base: Unit, one: Unit, two: Unit) -> tuple[list[str], tuple[list[str], list[str]]]:
    old, first, second = (list(dict.fromkeys(each.who for each in getattr(unit, field))) for unit in (base, one, two))
    return old, (first, second)

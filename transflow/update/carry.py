"""What becomes of a unit when its sentence stands in the new report.

Invariant: id, target and history stay. A text that nobody confirmed against the present source is never taken for
finished: who changes a source sets fuzzy and removes the approval, and only the return of the old source undoes fuzzy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.model.unit import Unit
from transflow.text import squeezed
from transflow.units.regroup import strictest
from transflow.update.pairing import NewSentence


def carried(unit: Unit, sentence: NewSentence) -> Unit:
    """The unit in its new place. Where nothing changes it is the very same value.

    A source that differs in white space only stays as it was, since approvals and waivers cover it to the letter.
    """
    unit = _labelled(unit, sentence)
    if squeezed(unit.source) == sentence.letters:
        return unit
    if squeezed(unit.previous) == sentence.letters:
        return _restored(unit)
    return _reworded(unit, sentence.source)


def as_marked(unit: Unit, marked: Sequence[Unit]) -> Unit:
    """A new or changed sentence, used as those may be of which it has the whole text, or whose text it is a part of: a report that
    joins or splits what is off the record does not put it on."""
    record = strictest(unit.record, *(each.record for each in marked if _is_part(unit.source, each.source)))
    return unit if record == unit.record else unit.replace(record=record)


def _is_part(one: str, two: str) -> bool:
    """Whether one of two sentences is most likely a part of the other, in whatever words it ends now."""
    short, long = sorted((re.sub(r"\W+", "", each) for each in (one, two)), key=len)
    if short in long or len(short) < _SHORT:
        return short in long
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(short, long) >= _LIKENESS


_SHORT, _LIKENESS = 8, 75
"""Letters below which likeness says nothing; percent of the shorter sentence that stands in the longer one. A sentence too many that
is held back harms nobody."""


def _labelled(unit: Unit, sentence: NewSentence) -> Unit:
    labels = (sentence.kind, sentence.variant, sentence.continued)
    if (unit.kind, unit.variant, unit.continued) == labels:
        return unit
    return unit.replace(kind=sentence.kind, variant=sentence.variant, continued=sentence.continued)


def _reworded(unit: Unit, source: str) -> Unit:
    """With another source. What was left out on purpose was the old sentence: the new one needs another look.

    `previous` is what the target was last confirmed against, so an older one stays.
    """
    if not unit.target:
        return unit.replace(source=source, approved=None, omitted=None)
    return unit.replace(source=source, previous=unit.previous or unit.source, fuzzy=True, approved=None, omitted=None)


def _restored(unit: Unit) -> Unit:
    """With the source back that the target was made for. The approval that the change removed does not return."""
    return unit.replace(source=unit.previous, previous="", approved=None, omitted=None, fuzzy=_doubtful(unit))


def _doubtful(unit: Unit) -> bool:
    """Whether a unit is fuzzy for another reason than its source: sent back, in conflict, or drafted by a machine."""
    newest = max(unit.by, key=lambda each: each.time, default=None)
    return unit.fuzzy and bool(unit.returned or unit.conflicts or (newest and newest.who.startswith("mt:")))

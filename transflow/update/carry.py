"""Carrying a unit over to its sentence in the new report.

Invariant: id, target and history stay. A text that nobody confirmed against the present source
never counts as finished: changing a source sets fuzzy and removes the approval, and only the return
of the old source clears fuzzy. The tag of a headline that says how far the news is ([속보], [2보])
is no part of the text: where only that changes, the translation stays, without its approval.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.model.unit import Unit
from transflow.report.title_tags import title_tag
from transflow.similarity import partial_ratio
from transflow.text import without_spaces
from transflow.units.regroup import strictest
from transflow.update.pairing import NewSentence


def carried_unit(unit: Unit, sentence: NewSentence) -> Unit:
    """Return the unit at its new position; the same object if nothing changes.

    A source that differs in white space only is kept, since approvals and waivers cover it exactly.
    """
    unit = _with_labels(unit, sentence)
    if without_spaces(unit.source) == sentence.letters:
        return unit
    if without_spaces(unit.previous) == sentence.letters:
        return _restored(unit)
    if is_only_tag(unit, sentence.source):
        return unit.replace(source=sentence.source, approved=None)
    return _reworded(unit, sentence.source)


def is_only_tag(unit: Unit, source: str) -> bool:
    """Return whether a new source of a unit differs in the tag of a headline only."""
    return unit.kind == "headline" and _without_tag(unit.source) == _without_tag(source)


def _without_tag(headline: str) -> str:
    """Return the letters of a headline without the tag that says how far the news is."""
    tag = title_tag(headline)
    return without_spaces(tag.bare if tag and tag.kind in ("flash", "later") else headline)


def with_strictest_record(unit: Unit, marked: Sequence[Unit]) -> Unit:
    """Return a new or changed sentence with the strictest record of the marked units that it
    overlaps.

    A report that joins or splits text off the record does not put it on the record.
    """
    record = strictest(unit.record, *(each.record for each in marked if _is_part(unit.source, each.source)))
    return unit if record == unit.record else unit.replace(record=record)


def _is_part(first: str, second: str) -> bool:
    """True if one of two sentences is most likely a part of the other, allowing for a changed
    ending.
    """
    short, long = sorted((re.sub(r"\W+", "", each) for each in (first, second)), key=len)
    if short in long or len(short) < _MIN_LETTERS:
        return short in long
    return partial_ratio(short, long) >= _MIN_PERCENT


_MIN_LETTERS, _MIN_PERCENT = 8, 75
"""Letters below which similarity is no evidence; percent of the shorter sentence that must occur in
the longer one. Holding back one sentence too many does no harm.
"""


def _with_labels(unit: Unit, sentence: NewSentence) -> Unit:
    labels = (sentence.kind, sentence.variant, sentence.continued)
    if (unit.kind, unit.variant, unit.continued) == labels:
        return unit
    return unit.replace(kind=sentence.kind, variant=sentence.variant, continued=sentence.continued)


def _reworded(unit: Unit, source: str) -> Unit:
    """Return the unit with another source and a fuzzy target.

    An omission applied to the old sentence, so it is dropped. `previous` is the source that the
    target was last confirmed against, so an older one stays.
    """
    if not unit.target:
        return unit.replace(source=source, approved=None, omitted=None)
    return unit.replace(source=source, previous=unit.previous or unit.source, fuzzy=True, approved=None, omitted=None)


def _restored(unit: Unit) -> Unit:
    """Return the unit with the source that its target was confirmed against.

    The approval that the change removed does not return.
    """
    return unit.replace(source=unit.previous, previous="", approved=None, omitted=None, fuzzy=_is_otherwise_fuzzy(unit))


def _is_otherwise_fuzzy(unit: Unit) -> bool:
    """True if a unit is fuzzy for another reason than its source: returned, in conflict, or a
    machine's draft.
    """
    newest = max(unit.by, key=lambda each: each.time, default=None)
    return unit.fuzzy and bool(unit.returned or unit.conflicts or (newest and newest.who.startswith("mt:")))

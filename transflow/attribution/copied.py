"""Machines' words in a new text that was copied from other units.

Invariant: a text of which most words stand in a machine's text in the same order has its words from
there, and they stay the machine's.
"""

from __future__ import annotations

from collections.abc import Iterable

from transflow.attribution.authorship import as_conflict, surviving_words, with_target
from transflow.attribution.machines import engine_words
from transflow.model.unit import Unit
from transflow.text import words

_LEAST = 0.5
"""Smallest part of a new text that stands in another for it to be a copy; less may be chance."""


def with_copied_words(unit: Unit, others: Iterable[Unit], who: str, now: str) -> Unit:
    """Return a unit that `who` has just written, with the words that were copied from machines."""
    new = words(unit.target)
    found = [
        as_conflict(each)
        for each in others
        if engine_words(each) and sum(surviving_words(words(each.target), new)) >= _LEAST * len(new)
    ]
    if not new or not found:
        return unit
    return with_target(unit.replace(target="", text="", by=(), translated=()), unit.target, who, now, (), found)

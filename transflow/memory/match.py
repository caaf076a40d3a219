"""What the memory finds: translations of a like text, and where they come from.

Invariant: like all values, these are frozen and compare by value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from transflow.model.unit import State


class Origin(NamedTuple):
    """Where a suggestion comes from."""

    catalog: str
    """A report's slug, an imported memory (`memory/NAME.tmx`), or with a shared memory `PROJECT/…` of either."""
    unit: str
    """Id, or the number of a unit in an imported memory."""
    state: State
    who: str
    """The main author; empty where unknown."""
    time: str
    """Of the last change; empty where unknown."""


class Difference(NamedTuple):
    """Words that differ: a span of the match's source, and the span of the looked-up text in its place. Either may be empty."""

    old: tuple[int, int]
    new: tuple[int, int]


class Repair(NamedTuple):
    """A part of a match's target that was exchanged because its source differs there."""

    span: tuple[int, int]
    """Of the target, as repaired."""
    was: str


@dataclass(frozen=True, slots=True)
class Match:
    """A translation of a like text. Spans are code point ranges."""

    source: str
    """As written where it comes from."""
    target: str
    score: int
    """Edit similarity of the normalised sources in percent, rounded down: 100 for equal texts, 101 where the neighbours are
    equal too."""
    origin: Origin
    differences: tuple[Difference, ...] = ()
    repairs: tuple[Repair, ...] = ()

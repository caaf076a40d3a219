"""Matches: translations of a similar text, with their origin.

Invariant: these records are frozen and compare by value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from transflow.model.unit import State


class Origin(NamedTuple):
    """Origin of a match."""

    catalog: str
    """A report's slug or an imported memory (`memory/NAME.tmx`); in a shared memory prefixed by
    `PROJECT/`.
    """
    unit: str
    """Id, or the number of a unit in an imported memory."""
    state: State
    who: str
    """The person or machine with the most words; empty if unknown."""
    time: str
    """Time of the last change; empty if unknown."""


class Difference(NamedTuple):
    """A difference: a span of the match's source, and its counterpart in the looked-up text.

    Either span may be empty.
    """

    old: tuple[int, int]
    new: tuple[int, int]


class Repair(NamedTuple):
    """A part of a match's target that was replaced because its source differs there."""

    span: tuple[int, int]
    """Span of the repaired target."""
    original: str


@dataclass(frozen=True, slots=True)
class Match:
    """A translation of a similar text. Spans are ranges of code points."""

    source: str
    """The source as written in its catalog."""
    target: str
    score: int
    """Edit similarity of the normalised sources in percent, rounded down: 100 for equal texts, 101
    if the neighbours are equal too.
    """
    origin: Origin
    differences: tuple[Difference, ...] = ()
    repairs: tuple[Repair, ...] = ()

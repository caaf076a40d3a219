"""Readings of a check in a source and in its target, and how they account for each other.

Invariant: a span lies in its text; a counterpart is the position of a reading of the other side.
"""

from __future__ import annotations

from typing import NamedTuple


class CheckReading(NamedTuple):
    """A figure, a date, a quotation or a name that a check read."""

    start: int
    end: int
    meaning: str
    """Meaning in English: 35,000 people, March 11. May be a `Message`."""
    counterparts: tuple[int, ...] = ()
    """Positions of the readings of the other side that account for it."""
    required: bool = True
    """False if nothing has to account for it, as it may be part of a word or a name."""


class Explanation(NamedTuple):
    """Readings of a family of checks, in the order of each text."""

    family: str
    source: tuple[CheckReading, ...]
    target: tuple[CheckReading, ...]

"""The mark of a unit: what a person saw of it, in one word, to be compared with what stands there when they judge it.

Invariant: units with the same mark read the same in everything that a step judges; a comment, an assignment, or who wrote
which words makes no other mark.
"""

from __future__ import annotations

from transflow import digests
from transflow.model.unit import Unit

_JUDGED = (
    "fuzzy",
    "previous",
    "omitted",
    "cut",
    "returned",
    "approved",
    "conflicts",
    "questions",
    "answers",
    "waivers",
)
"""The fields of a unit that are judged besides its id and texts."""


def text_mark(unit: Unit) -> str:
    """Of id, source and text: what somebody read who writes. A colleague's question meanwhile is no change of it."""
    return digests.approval(unit.id, unit.source, unit.target)


def mark(unit: Unit) -> str:
    """Of everything that is judged: the text mark, a hyphen, and the digest of the rest."""
    return f"{text_mark(unit)}-{digests.digest(*(repr(getattr(unit, name)) for name in _JUDGED))}"


def text_part(seen: str) -> str:
    """The text mark in a mark of either kind."""
    return seen.partition("-")[0]

"""Digests of a unit as a person saw it, to be compared with it when they judge it.

Invariant: units with the same digest are the same in everything that a decision depends on.
Comments, assignments and authors do not change it.
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
"""Fields that a decision depends on, besides id, source and target."""


def text_digest(unit: Unit) -> str:
    """Return the digest of id, source and target, which is all that a writer depends on.

    A question that somebody asks meanwhile does not change it.
    """
    return digests.approval(unit.id, unit.source, unit.target)


def state_digest(unit: Unit) -> str:
    """Return the digest of all that a decision depends on.

    It is the text mark, a hyphen, and the digest of the other fields.
    """
    return f"{text_digest(unit)}-{digests.digest(*(repr(getattr(unit, name)) for name in _JUDGED))}"


def text_part(mark_text: str) -> str:
    """Return the text mark in a mark of either kind."""
    return mark_text.partition("-")[0]

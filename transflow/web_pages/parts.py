"""The parts of a story that a page should show, and where a page differs from them."""

from __future__ import annotations

from typing import Literal, NamedTuple

Role = Literal["headline", "deck", "byline", "credit", "label", "paragraph"]
HEAD_ROLES = frozenset({"headline", "deck", "byline", "credit", "label"})
DifferenceKind = Literal["changed", "missing", "added", "moved"]


class StoryPart(NamedTuple):
    """A part of a story as it prints, without markup."""

    key: str
    """Id of its unit; of a byline or credit line, its role."""
    role: Role
    text: str
    lead: str = ""
    """Text that may precede it on the page: the dateline."""
    names: tuple[str, ...] = ()
    """The names in a byline, which a page may print in its own words."""


class PageDifference(NamedTuple):
    """A difference between a story and a page."""

    kind: DifferenceKind
    part: StoryPart | None
    """None for a text that the story does not have."""
    live: str = ""
    """The text of the page; empty if it has none."""

    @property
    def is_head(self) -> bool:
        """True if a page lacks what many designs do not print: deck, byline or credit line."""
        return self.kind == "missing" and self.part is not None and self.part.role in HEAD_ROLES - {"headline"}


Reason = Literal["", "paid", "script", "short", "other"]
"""Reason why a page could not be read: only for those who pay, made by scripts, cut short, or not
the story; empty if it could.
"""

"""Find and replace in the texts of an open report: the places, and the texts after the chosen ones.

Words are found as `transflow replace` finds them, whole and with their case; `/…/` is a regular
expression, and \\1 in the replacement stands for its first group.

Invariant: places that were not chosen stay as they are; those that were are replaced once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from transflow.actions.language.replace import Replacement
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.user_patterns import UserPattern

_AROUND = 24
"""Characters of context displayed on either side."""


class Spot(NamedTuple):
    """A part of a text, and what replaces it."""

    start: int
    end: int
    new: str


class ReplacementPlace(NamedTuple):
    """A place in the text of a unit."""

    unit_id: str
    number: int
    text: str
    """The whole text, before."""
    spot: Spot

    def line(self) -> str:
        """Return the place in its context, as one line."""
        start, end, new = self.spot
        before, after = self.text[max(0, start - _AROUND) : start], self.text[end : end + _AROUND]
        left, right = "…" * (start > _AROUND), "…" * (end + _AROUND < len(self.text))
        return f"{self.number}  {left}{before}[-{self.text[start:end]}-] [+{new}+]{after}{right}"


class Search(NamedTuple):
    """A function that finds what is to be replaced, with its replacements."""

    spots: Callable[[str], Iterable[Spot]]
    is_regular: bool


def search(old: str, new: str) -> Search:
    """Return the search for words or for a regular expression between slashes.

    Raise UsageError for an invalid one, and for two equal spellings.
    """
    if len(old) > 2 and old[0] == old[-1] == "/":
        pattern = UserPattern(old[1:-1], new)
        return Search(lambda text: [Spot(*span, put) for span, put in pattern.replacements(text)], is_regular=True)
    words = Replacement(old, new)
    return Search(lambda text: [Spot(*span, new) for span in words.spans(text)], is_regular=False)


def places(view: CatalogView, wanted: Search) -> list[ReplacementPlace]:
    """Return all places in the texts of a report, unsaved ones included. Raise UsageError."""
    return list(_places(view, wanted))


def _places(view: CatalogView, wanted: Search) -> Iterator[ReplacementPlace]:
    for number, unit in enumerate(view.units, 1):
        if unit.omitted or unit.cut:
            continue
        text = view.with_draft(unit).target
        for spot in wanted.spots(text) if text else ():
            if spot.new != text[spot.start : spot.end]:
                yield ReplacementPlace(unit.id, number, text, spot)


def replaced(chosen: Sequence[ReplacementPlace]) -> dict[str, str]:
    """Return unit id -> text after the replacement of the chosen places."""
    texts: dict[str, str] = {}
    for place in sorted(chosen, key=lambda each: each.spot.start, reverse=True):
        text = texts.get(place.unit_id, place.text)
        texts[place.unit_id] = text[: place.spot.start] + place.spot.new + text[place.spot.end :]
    return texts

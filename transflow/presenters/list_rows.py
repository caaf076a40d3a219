"""Rows of a list: texts, each with the name of its style.

Invariant: these are values without widgets: screens paint them, and the plain mode prints their
texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Piece = tuple[str, str]
"""A text, and the name of its style: a component class without `line-list--`, or empty."""


class ListRow(NamedTuple):
    """A row of a list. The pieces are cut to the width; the last one fills the rest."""

    pieces: Sequence[Piece]
    heading: bool = False
    """True for a heading, which the cursor skips."""


class PageRow(NamedTuple):
    """A paragraph as it is painted."""

    lines: Sequence[Sequence[Piece]]
    above: Sequence[Sequence[Piece]] = ()
    """Lines above it that belong to no paragraph."""
    below: Sequence[Sequence[Piece]] = ()

"""What stands in one line of a list: texts, each with the name of its look.

Invariant: a value, which knows no widget: the screens paint it, and the linear mode reads its texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Piece = tuple[str, str]
"""A text, and the name of its look: a component class without `line-list--`, or empty."""


class ListRow(NamedTuple):
    """What stands in a line. The pieces are cut to the width, the last one filling what is left."""

    pieces: Sequence[Piece]
    heading: bool = False
    """Whether it is a heading, which the cursor passes over."""


class PageRow(NamedTuple):
    """A paragraph as it is painted."""

    lines: Sequence[Sequence[Piece]]
    above: Sequence[Sequence[Piece]] = ()
    """Lines over it that belong to no paragraph."""
    below: Sequence[Sequence[Piece]] = ()

"""People credited for a story."""

from __future__ import annotations

from typing import Literal, NamedTuple


class CreditGroup(NamedTuple):
    """The people credited in one role, in print order. `names` are their printed names."""

    role: Literal["translator", "writer", "editor"]
    ids: tuple[str, ...]
    names: tuple[str, ...]

"""Measured precision of the checks: how many of their judged issues were right.

Invariant: the counts are data (`precision.toml`), measured by `python -m bench.precision`, which
says on what.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LEAST_PERCENT = 85
"""Precision below which a check is a hint."""
FEWEST_JUDGED = 8
"""Fewest judged issues that say something about a check."""


class Precision(NamedTuple):
    """Judged issues of a check, and how many of them were right."""

    right: int
    judged: int
    date: str

    @property
    def percent(self) -> float:
        return 100 * self.right / self.judged


@cache
def precisions() -> Mapping[str, Precision]:
    """Return the precision by the id of the check, without checks that were not measured."""
    data = tomllib.loads((files(__package__) / "precision.toml").read_text(encoding="utf-8"))
    return {check: Precision(right, judged, data["date"]) for check, (right, judged) in data["judged"].items()}

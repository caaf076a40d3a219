"""Output formats of `transflow check --format`: one module each, named like the format.

Invariant: the output is byte for byte the same for the same findings, and no text of a finding
becomes markup or a command.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from transflow.findings import Verdict


class Format(Protocol):
    @staticmethod
    def render(verdict: Verdict) -> str:
        """Return the formatted findings, ending in a newline."""
        ...


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(each.name for each in iter_modules(__path__)))


@cache
def load(name: str) -> Format:
    return cast(Format, import_module(f"{__name__}.{name}"))

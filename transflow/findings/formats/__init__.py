"""The formats of `transflow check --format`: one module each, its file name is its name.

Invariant: what is printed is the same for the same findings, byte for byte, and no text of a finding becomes markup or a command.
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
        """The findings, with a line break at the end."""
        ...


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(each.name for each in iter_modules(__path__)))


@cache
def load(name: str) -> Format:
    return cast(Format, import_module(f"{__name__}.{name}"))

"""Checks of one unit: source against target, and the target by itself.

Invariant: a check is one module in this folder, its file name is its id, and adding one touches nothing else. A check
reads no clock and no disk, and says nothing where it is not sure.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from transflow.model import Issue, Kind, Severity, Unit


class Context(NamedTuple):
    """What a check may know besides the unit."""

    locale: str
    language: str = "ko"
    """Of the source."""
    kind: Kind = "paragraph"


class Example(NamedTuple):
    """A pair that a check passes or fires on, with the words of the target that it points at."""

    source: str
    target: str
    at: str = ""


class Check(Protocol):
    """What a module in this folder offers. Its docstring says what it finds, and its examples show it."""

    SEVERITY: Severity
    PASSING: tuple[Example, ...]
    FAILING: tuple[Example, ...]

    @staticmethod
    def check(unit: Unit, context: Context) -> Iterator[Issue]:
        """The issues of a unit that has a target."""
        ...


@cache
def names() -> tuple[str, ...]:
    """The ids of all checks, in alphabetical order. Imports none of them."""
    return tuple(sorted(each.name for each in iter_modules(__path__)))


@cache
def load(name: str) -> Check:
    return cast(Check, import_module(f"{__name__}.{name}"))


def run(unit: Unit, context: Context) -> list[Issue]:
    """What all checks say of a unit; nothing of one without a text, or left out."""
    if not unit.target or unit.omitted or unit.cut:
        return []
    return [issue for name in names() for issue in load(name).check(unit, context)]

"""Checks of one unit: source against target, and the target by itself.

Invariant: a check is one module in this folder, its file name is the family of its ids, and adding one touches nothing
else. A check reads no clock and no disk, and says nothing where it is not sure.

A module finds one kind of thing (`untranslated`) or several (`numbers.magnitude`, `numbers.missing`). `IDS` names them all,
each with its severity; waivers, settings and `--select` name an id or a family.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from transflow.glossary.termbase import Termbase
from transflow.language.style import Style
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Kind, Unit

MOST = 100
"""Issues of one family that are told of a unit: nobody reads more, and each may carry a whole text."""
FIXING = frozenset(("markdown", "repetition", "style", "typography", "untranslated"))
"""The families whose issues may carry a fix: none that is about figures, dates or names. A wrong reading of a right figure
would be written over it, in the name of whoever asked for the fixes."""
NO_TERMS = Termbase()
NO_STYLE = Style()


class CheckContext(NamedTuple):
    """What a check may know besides the unit. Everything but the locale may be left out."""

    locale: str
    language: str = "ko"
    """Of the source."""
    kind: Kind = "paragraph"
    date: str = ""
    """When the report, or the article, was written: an ISO date or time; empty where unknown."""
    neighbours: tuple[str, ...] = ()
    """Sources of the units before this one, in order, the nearest last: what 이날 and 그는 may go back to."""
    terms: Termbase = NO_TERMS
    """The glossary of the locale."""
    style: Style = NO_STYLE
    """The house style of the locale; without one, the usual."""

    @property
    def is_korean_to_english(self) -> bool:
        return self.language.startswith("ko") and self.locale.startswith("en")


class Example(NamedTuple):
    """A pair that a check passes or fires on."""

    source: str
    target: str
    at: str = ""
    """The words of the target that the issue points at; empty where it points at none."""
    id: str = ""
    """Of the issue; empty where the module has one id only."""
    fix: str = ""
    """The corrected target, where the check offers one."""
    date: str = ""
    neighbours: tuple[str, ...] = ()
    kind: Kind = "paragraph"
    terms: Termbase = NO_TERMS


class Check(Protocol):
    """What a module in this folder offers. Its docstring says what it finds, and its examples show it."""

    IDS: Mapping[str, Severity]
    """Every id that its issues may have, with their severity: the module's name, or `name.detail`."""
    PASSING: tuple[Example, ...]
    FAILING: tuple[Example, ...]
    """At least one for each id."""

    @staticmethod
    def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
        """The issues of a unit that has a target."""
        ...


@cache
def families() -> tuple[str, ...]:
    """The families of checks, in alphabetical order. Imports none of them."""
    return tuple(sorted(each.name for each in iter_modules(__path__)))


@cache
def load(name: str) -> Check:
    return cast(Check, import_module(f"{__name__}.{name}"))


@cache
def severities() -> Mapping[str, Severity]:
    """Every id that an issue may have, with its severity."""
    return {check_id: severity for name in families() for check_id, severity in load(name).IDS.items()}


def family(check_id: str) -> str:
    """The module that an id belongs to: `numbers` for `numbers.missing`."""
    return check_id.partition(".")[0]


def run(unit: Unit, context: CheckContext, wanted: Iterable[str] | None = None) -> list[Issue]:
    """What all checks, or those of some families, say of a unit; nothing of one without a text, or left out."""
    if not unit.target or unit.omitted or unit.cut:
        return []
    chosen = families() if wanted is None else wanted
    found = ((name, issue) for name in chosen for issue in islice(load(name).check(unit, context), MOST))
    return [_with_sure_fix(unit, name, issue) for name, issue in found]


def _with_sure_fix(unit: Unit, name: str, issue: Issue) -> Issue:
    """The issue, without a fix that would change a figure, a date or a name, whatever its check thinks of it."""
    if issue.fix is None:
        return issue
    from transflow.language.quantities.unchanged import (
        says_the_same,  # here, for few issues have a fix, and reading figures takes patterns
    )

    return issue if name in FIXING and says_the_same(unit.target, issue.fix) else issue._replace(fix=None)

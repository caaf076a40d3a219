"""Checks of one unit: source against target, and the target by itself.

Invariant: a check is one module in this folder, named like the family of its ids. A check uses
neither the clock nor the disk, and reports nothing when uncertain. No fix changes a figure, a date
or a name: if a correct figure were misread, the fix would overwrite it, in the name of the person
who asked for fixes.

A module has one id (`untranslated`) or several (`numbers.magnitude`, `numbers.missing`). `IDS` maps
each id to its severity; waivers, settings and `--select` take an id or a family.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import NamedTuple, Protocol

from transflow.glossary.termbase import Termbase
from transflow.language.style import Style
from transflow.model.explanation import Explanation
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Kind, Unit
from transflow.registry import Registry

MAX_ISSUES = 100
"""Maximum number of issues of one family for a unit: nobody reads more, and each may contain a
whole text.
"""
NO_TERMS = Termbase()
NO_STYLE = Style()


OWN_PAIR = ("ko", "en")
"""Languages that every family knows."""


class CheckContext(NamedTuple):
    """Inputs of a check besides the unit. All but the locale are optional."""

    locale: str
    language: str = "ko"
    """Language of the source."""
    kind: Kind = "paragraph"
    date: str = ""
    """Date or time (ISO 8601) of the report or article; empty if unknown."""
    neighbours: tuple[str, ...] = ()
    """Sources of the preceding units, nearest last, to which 이날 and 그는 may refer."""
    terms: Termbase = NO_TERMS
    """Glossary of the locale."""
    own_words: str = ""
    """The project's own dictionary of the locale, as `language.own_words` reads it."""
    style: Style = NO_STYLE
    """House style of the locale; by default the usual one."""

    @property
    def is_korean_to_english(self) -> bool:
        return self.language.startswith("ko") and self.locale.startswith("en")


class Example(NamedTuple):
    """Source and target that a check passes or reports."""

    source: str
    target: str
    at: str = ""
    """Words of the target in the issue's span; empty if the issue has no target span."""
    id: str = ""
    """Id of the issue; empty if the module has only one."""
    fix: str = ""
    """Corrected target, if the check offers one."""
    date: str = ""
    neighbours: tuple[str, ...] = ()
    kind: Kind = "paragraph"
    terms: Termbase = NO_TERMS
    variant: str = ""


class Check(Protocol):
    """Interface of a check module, whose docstring and examples are its documentation."""

    IDS: Mapping[str, Severity]
    """Severity by id. An id is the module's name or `name.detail`."""
    PASSING: tuple[Example, ...]
    FAILING: tuple[Example, ...]
    """Reported examples, at least one for each id."""
    PAIR: tuple[str, str] = ("", "")
    """Languages of source and target that it knows; empty for any."""
    explain: Callable[[Unit, CheckContext], Explanation] | None = None
    """Function that returns what the check reads on both sides; None for checks that compare
    nothing.
    """
    FIXES: bool = False
    """True if its issues may have a fix; never for a check of figures, dates or names."""

    @staticmethod
    def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
        """Yield the issues of a unit that has a target."""
        ...


registry = Registry(__name__, __path__, "check", Check)
families, load = registry.names, registry.load


def families_knowing(source: str, target: str) -> list[str]:
    """Return the families that know this pair of languages."""
    return [name for name in families() if _knows(getattr(load(name), "PAIR", ("", "")), (source, target))]


def families_not_knowing(source: str, target: str) -> list[str]:
    """Return the families that do not look at texts of this pair of languages.

    Every family looks at `OWN_PAIR`, so none is loaded for it: opening a report waits for this.
    """
    if (source[:2], target[:2]) == OWN_PAIR:
        return []
    known = families_knowing(source, target)
    return [name for name in families() if name not in known]


def _knows(pair: tuple[str, str], languages: tuple[str, str]) -> bool:
    return all(known in ("", language[:2]) for known, language in zip(pair, languages, strict=True))


@cache
def severities() -> Mapping[str, Severity]:
    """Return the severity of every id."""
    return {check_id: severity for name in families() for check_id, severity in load(name).IDS.items()}


def family(check_id: str) -> str:
    """Return the family of an id: `numbers` for `numbers.missing`."""
    return check_id.partition(".")[0]


def run(unit: Unit, context: CheckContext, wanted: Iterable[str] | None = None) -> list[Issue]:
    """Return the issues of a unit from all checks, or from the families in `wanted`.

    A unit without a target, omitted or cut has none.
    """
    if not unit.target or unit.omitted or unit.cut:
        return []
    chosen = families() if wanted is None else wanted
    found = ((name, issue) for name in chosen for issue in islice(load(name).check(unit, context), MAX_ISSUES))
    return [_with_sure_fix(unit, name, issue) for name, issue in found]


def explanations(unit: Unit, context: CheckContext) -> list[Explanation]:
    """Return what the checks of a unit read, by family, without families that read nothing."""
    explained = (explain(unit, context) for name in families() if (explain := load(name).explain))
    return [each for each in explained if each.source or each.target]


def _with_sure_fix(unit: Unit, name: str, issue: Issue) -> Issue:
    """Return the issue without a fix that would change a figure, a date or a name.

    Loads the patterns of quantities: they are slow to compile, and few issues have a fix.
    """
    if issue.fix is None:
        return issue
    from transflow.language.quantities.unchanged import is_equivalent

    return issue if load(name).FIXES and is_equivalent(unit.target, issue.fix) else issue._replace(fix=None)

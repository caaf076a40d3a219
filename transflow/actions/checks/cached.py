"""Checks of units, with results cached in the user's cache folder.

Invariant: cached results equal what the checks would report now; the project's severities and
waivers are applied afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import transflow
from transflow import checks, findings, story_checks
from transflow.actions.checks.check_context import CheckContexts, unit_context
from transflow.checks import CheckContext
from transflow.digests import digest
from transflow.errors import ConfigError, TransflowError, similar_name
from transflow.messages import Messages, as_data, from_data
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.project import cache as disk
from transflow.project.places import glossary_path
from transflow.project.project import CONFIG
from transflow.units.workflow import unwaived

MESSAGES = Messages(
    __name__,
    {
        "no-check": "there is no such check.",
        "no-check/close": "there is no such check. Did you mean {close}?",
    },
)
_VERSION = 2
"""Version of the entries of the cache."""


def all_check_ids(settings: Settings) -> frozenset[str]:
    """Return the ids of all checks of texts, including the project's own style rules."""
    style_rules = settings.style.get("rule", ())
    rules = {f"style.{rule['id']}" for rule in style_rules if isinstance(rule, dict) and "id" in rule}
    return frozenset({*checks.severities(), *story_checks.severities(), *rules})


def validate_check_names(settings: Settings) -> None:
    """Raise ConfigError for a name under [checks] that is not a check or family."""
    known = {*all_check_ids(settings), *checks.families(), story_checks.FAMILY}
    for name in settings.checks:
        if name not in known:
            close = similar_name(name.lower(), known)
            problem = MESSAGES("no-check/close", close=close) if close else MESSAGES("no-check")
            raise ConfigError(CONFIG, f"checks.{name}", problem)


def issue_finder(project: Project, place: CatalogRef, catalog: Catalog) -> Callable[[Unit], list[Issue]]:
    """Return a function that gives the issues of a unit of the catalog, with its current text.

    Issues have the project's severities, include waived ones, and are sorted by severity.
    """
    base = CheckContexts(project, place.locale).base(place, catalog)
    numbers = {unit.id: number for number, unit in enumerate(catalog.units)}

    def issues_of(unit: Unit) -> list[Issue]:
        number = numbers.get(unit.id)
        context = base._replace(kind=unit.kind) if number is None else unit_context(number, catalog, base)
        issues = findings.with_severities(checks.run(unit, context), project.settings.checks)
        return sorted(issues, key=lambda issue: findings.SEVERITIES.index(issue.severity))

    return issues_of


class LiveChecker:
    """Checks for repeated use while texts and catalogs change, for example while a person types."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._finders: dict[tuple[str, str], tuple[object, Catalog | None, Callable[[Unit], list[Issue]]]] = {}
        """By locale and slug: file stamps, the caller's catalog, and the finder made from them."""

    def issues(self, unit: Unit, locale: str, slug: str, catalog: Catalog | None = None) -> list[Issue]:
        """Return the issues of a unit in the given catalog, or in the file if none is given.

        If catalog, glossary or settings cannot be read, which the gate reports, the unit is checked
        without them.
        """
        try:
            return self._ask(locale, slug, catalog)(unit)
        except (TransflowError, OSError):
            return checks.run(unit, CheckContext(locale, self._project.settings.source, unit.kind))

    def _ask(self, locale: str, slug: str, catalog: Catalog | None) -> Callable[[Unit], list[Issue]]:
        place = self._project.find_catalog(f"{locale}:{slug}")
        glossary = self._project.root / glossary_path(locale)
        state = self._project.stamp(place) if catalog is None else None
        stamp = (state, glossary.lstat().st_mtime_ns if glossary.is_file() else 0)
        entry = self._finders.get((locale, slug))
        if entry is None or entry[0] != stamp or entry[1] is not catalog:
            entry = (stamp, catalog, issue_finder(self._project, place, catalog or self._project.load(place)))
            self._finders[locale, slug] = entry
        return entry[2]


class CachedChecker:
    """Checks of the units of a locale. `families` limits the check families; None for all."""

    def __init__(self, project: Project, locale: str, families: Collection[str] | None = None) -> None:
        self._project, self._families = project, families
        self._contexts = CheckContexts(project, locale)

    def issues(
        self, place: CatalogRef, catalog: Catalog, wanted: Collection[str] | None = None
    ) -> Iterator[tuple[Unit, Issue]]:
        """Yield the issues of the units, without waived ones.

        `wanted` are the ids of the units to check; None for all.
        """
        cached = _CachedIssues(self._project, place, self._families)
        for unit, context in self._contexts.contexts(place, catalog):
            if wanted is None or unit.id in wanted:
                issues_found = findings.with_severities(cached.issues(unit, context), self._project.settings.checks)
                yield from ((unit, issue) for issue in unwaived(unit, issues_found))
        cached.save(whole=wanted is None)


class _CachedIssues:
    """The cache of one catalog: key of unit and context -> issues of all families."""

    def __init__(self, project: Project, place: CatalogRef, families: Collection[str] | None) -> None:
        self._project, self._families = project, families
        self._name = f"checks/{place.locale}~{place.folder}~{place.slug.replace('/', '~')}.json"
        content = disk.read(project, self._name)
        units = content.get("units") if content.get("rules") == _program_digest() else {}
        self._old: dict[str, Any] = units if isinstance(units, dict) else {}
        self._new: dict[str, Any] = {}
        self._is_changed = False

    def issues(self, unit: Unit, context: CheckContext) -> list[Issue]:
        key = digest(unit.source, unit.target, unit.variant, str(bool(unit.omitted or unit.cut)), repr(context))
        if (found := self._cached(key)) is not None:
            self._new[key] = self._old[key]
            return [each for each in found if self._families is None or checks.family(each.check) in self._families]
        found = checks.run(unit, context, self._families)
        if self._families is None and self._project.cache is not None:
            self._is_changed = True
            self._new[key] = [_issue_as_json(issue) for issue in found]
        return found

    def _cached(self, key: str) -> list[Issue] | None:
        """Return the issues in the cache; None if there are none, or none that can be read."""
        try:
            return [_issue_from_json(fields) for fields in self._old[key]]
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
            return None

    def save(self, *, whole: bool) -> None:
        """Write the cache if there are new results.

        After a run over the whole catalog, entries that were not used are dropped.
        """
        if self._is_changed:
            units = self._new if whole else self._old | self._new
            disk.write(self._project, self._name, {"rules": _program_digest(), "units": units})


def _issue_as_json(issue: Issue) -> list[Any]:
    """Return the issue of a unit, which has no location yet."""
    return [issue.check, issue.severity, as_data(issue.message), issue.source_span, issue.target_span, issue.fix]


def _issue_from_json(fields: list[Any]) -> Issue:
    """Return an issue of a unit. Raise ValueError, or an error of `from_data`, for other data."""
    check, severity, data, source_span, target_span, fix = fields
    message = from_data(data)
    is_text = isinstance(check, str) and isinstance(message, str) and isinstance(fix, str | None)
    if not is_text or severity not in findings.SEVERITIES:
        raise ValueError
    return Issue(check, severity, message, _span(source_span), _span(target_span), fix)


def _span(value: Any) -> tuple[int, int] | None:
    return (int(value[0]), int(value[1])) if value else None


@cache
def _program_digest() -> str:
    """Return a digest that changes with the program: its version, and stamps of its modules."""
    stamps = []
    for folder, _, names in os.walk(Path(transflow.__file__).parent):
        for name in names:
            if name.endswith((".py", ".toml", ".txt")):
                status = Path(folder, name).stat()
                stamps.append(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}")
    return digest(transflow.__version__, str(_VERSION), *sorted(stamps))

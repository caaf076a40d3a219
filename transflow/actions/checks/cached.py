"""Checks of units, with results cached in the user's cache folder.

Invariant: cached results equal what the checks would report now; the project's severities and
waivers are applied afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from transflow import checks, findings, story_checks
from transflow.actions.checks.check_context import CheckContexts, unit_context
from transflow.actions.checks.verdict_keys import key_of, program_key
from transflow.checks import CheckContext
from transflow.errors import ConfigError, TransflowError, similar_name
from transflow.messages import Message, Messages, as_data, from_data
from transflow.model.catalog import Catalog, source_language
from transflow.model.issue import Issue, Location
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.project.places import glossary_path, words_path
from transflow.project.project import CONFIG
from transflow.units.workflow import unwaived

if TYPE_CHECKING:
    from transflow.actions.checks.verdict_cache import VerdictCache

MESSAGES = Messages(
    __name__,
    {
        "no-check": "there is no such check.",
        "no-check/close": "there is no such check. Did you mean {close}?",
    },
)


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
            source = source_language(catalog) if catalog else ""
            return checks.run(unit, CheckContext(locale, source or self._project.settings.source, unit.kind))

    def _ask(self, locale: str, slug: str, catalog: Catalog | None) -> Callable[[Unit], list[Issue]]:
        place = self._project.find_catalog(f"{locale}:{slug}")
        lists = (self._project.root / glossary_path(locale), self._project.root / words_path(locale))
        state = self._project.stamp(place) if catalog is None else None
        stamp = (state, *(path.lstat().st_mtime_ns if path.is_file() else 0 for path in lists))
        entry = self._finders.get((locale, slug))
        if entry is None or entry[0] != stamp or entry[1] is not catalog:
            entry = (stamp, catalog, issue_finder(self._project, place, catalog or self._project.load(place)))
            self._finders[locale, slug] = entry
        return entry[2]


class CachedChecker:
    """Checks of the units of a locale. `families` limits the check families; None for all."""

    def __init__(
        self,
        project: Project,
        locale: str,
        families: Collection[str] | None = None,
        verdicts: VerdictCache | None = None,
    ) -> None:
        """Use `verdicts` of the caller, or else a cache of its own."""
        self._project, self._families = project, families
        self._contexts = CheckContexts(project, locale)
        self._is_shared = verdicts is not None
        self._verdicts = _verdict_cache(project) if verdicts is None else verdicts

    def issues(
        self, place: CatalogRef, catalog: Catalog, wanted: Collection[str] | None = None
    ) -> Iterator[tuple[Unit, Issue]]:
        """Yield the issues of the units, without waived ones.

        `wanted` are the ids of the units to check; None for all.
        """
        for unit, context in self._contexts.contexts(place, catalog):
            if wanted is None or unit.id in wanted:
                issues_found = findings.with_severities(self._found(unit, context), self._project.settings.checks)
                yield from ((unit, issue) for issue in unwaived(unit, issues_found))
        self._verdicts.save()
        if not self._is_shared:
            self._verdicts.close()

    def _found(self, unit: Unit, context: CheckContext) -> list[Issue]:
        """Return the issues of a unit from the cache, or else from the checks."""
        if not unit.target:
            return []
        if not self._verdicts.is_used:
            return checks.run(unit, context, self._families)
        is_left_out = str(bool(unit.omitted or unit.cut))
        own = (context.language, context.kind, context.date, *context.neighbours)
        key = key_of(self._shared_key, unit.source, unit.target, unit.variant, is_left_out, *own)
        if (known := self._verdicts.get(key, issues_from_json)) is not None:
            return [each for each in known if self._families is None or checks.family(each.check) in self._families]
        found = checks.run(unit, context, self._families)
        if self._families is None:
            self._verdicts.put(key, issues_as_json(found))
        return found

    @cached_property
    def _shared_key(self) -> bytes:
        """Key of what all units of the locale share: program, glossary, house style."""
        locale, settings = self._contexts.locale, self._project.settings
        return key_of("unit", program_key(), locale, self._project.glossary_text(locale), repr(settings.style))


def _verdict_cache(project: Project) -> VerdictCache:
    """Return a cache of the project. Loads the database, which few commands need."""
    from transflow.actions.checks.verdict_cache import VerdictCache

    return VerdictCache(project.cache)


def issues_as_json(issues: Iterable[Issue]) -> list[Any]:
    return [
        [
            *(issue.check, issue.severity, as_data(issue.message), issue.source_span, issue.target_span, issue.fix),
            *(list(issue.location), as_data(issue.repair)),
        ]
        for issue in issues
    ]


def issues_from_json(rows: list[Any]) -> list[Issue]:
    """Return the issues that `issues_as_json` wrote. Raise TypeError and others for other data."""
    if not isinstance(rows, list):
        raise TypeError
    return [
        Issue(
            *(check, severity, _message(message), _span(source_span), _span(target_span), fix),
            *(Location(*location), _message(repair)),
        )
        for check, severity, message, source_span, target_span, fix, location, repair in rows
    ]


def _message(data: Any) -> Message:
    message = from_data(data)
    if not isinstance(message, Message):
        raise TypeError
    return message


def _span(value: Any) -> tuple[int, int] | None:
    return (value[0], value[1]) if value else None

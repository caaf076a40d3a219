"""Pairs of texts from any other program, checked one by one: `transflow check --pairs`.

Invariant: an answer for every line that is not empty, in order, each before the next line is read; a line that cannot be read is
answered with what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, get_args

from transflow import checks, findings
from transflow.actions.checked import known_checks
from transflow.actions.surroundings import Surroundings, moment
from transflow.checks import Context
from transflow.errors import TransflowError
from transflow.findings.selection import Selection
from transflow.model import Issue, Kind, Settings, Unit
from transflow.project import Project

_FIELDS = ("source", "target", "date", "kind", "locale")


class Answer(NamedTuple):
    """What is written for a line, and the issues of it; `wrong` where it could not be read."""

    text: str
    issues: tuple[Issue, ...] = ()
    wrong: bool = False


class NoPairError(TransflowError):
    """A line that is no pair; `id` is the one that it gives all the same."""

    exit_code = 3

    def __init__(self, why: str, known: object = None) -> None:
        super().__init__(why)
        self.id = known if isinstance(known, str | int | float | list) else None


def answers(lines: Iterable[bytes], project: Project | None, selection: Selection) -> Iterator[Answer]:
    """The answers to JSON lines `{"id", "source", "target"[, "date", "kind", "locale"]}`. Without a project, its defaults hold."""
    context_of = _contexts(project)
    settings = project.settings if project else Settings()
    families = selection.runs(checks.families(), known_checks(settings))
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            pair = _pair(line)
            unit = Unit("", pair["source"], pair["target"], pair.get("kind", "paragraph"))
            found = findings.settled(checks.run(unit, context_of(pair)), settings.checks) if families else []
        except NoPairError as error:
            told = {"id": error.id, "error": f"line {number}: {error}"}
            yield Answer(json.dumps(told, ensure_ascii=False), wrong=True)
            continue
        issues = tuple(issue for issue in found if selection.takes(issue.check))
        told = {"id": pair.get("id"), "issues": [_entry(issue) for issue in issues]}
        yield Answer(json.dumps(told, ensure_ascii=False), issues)


def _pair(line: bytes) -> dict[str, Any]:
    try:
        pair = json.loads(line)
    except ValueError as error:  # of JSON and of UTF-8
        raise NoPairError(f"this is no JSON: {error}.") from None
    if not isinstance(pair, dict):
        raise NoPairError("a pair is an object.")
    known = pair.get("id")
    if not {"source", "target"} <= pair.keys():
        raise NoPairError("a pair has a source and a target.", known)
    for name in _FIELDS:
        if not isinstance(pair.get(name, ""), str):
            raise NoPairError(f"its {name} is no text.", known)
    if pair.get("kind", "paragraph") not in get_args(Kind):
        raise NoPairError(f"there is no kind “{pair['kind']}”: it is one of {', '.join(get_args(Kind))}.", known)
    return pair


def _contexts(project: Project | None) -> Callable[[dict[str, Any]], Context]:
    """The context of a pair, in the language that it names, or the only one of the project, or English."""
    locales = project.settings.locales if project else ()
    usual = locales[0] if locales else "en"
    known: dict[str, Context] = {}

    def context(pair: dict[str, Any]) -> Context:
        locale = pair.get("locale") or usual
        if locale not in known:
            known[locale] = Surroundings(project, locale).shared() if project else Context(locale)
        date = moment(pair.get("date", ""), project.settings.timezone if project else "UTC")
        return known[locale]._replace(kind=pair.get("kind", "paragraph"), date=date)

    return context


def _entry(issue: Issue) -> dict[str, Any]:
    return {
        "check": issue.check,
        "severity": issue.severity,
        "message": issue.message,
        "source_span": issue.source_span,
        "target_span": issue.target_span,
        "fix": issue.fix,
    }

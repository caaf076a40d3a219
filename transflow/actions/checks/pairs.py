"""Checks of text pairs from other programs: `transflow check --pairs`.

Invariant: every line that is not empty gets an answer, in order, before the next line is read; the
answer to an invalid line is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple, get_args

from transflow import checks, findings
from transflow.actions.checks.cached import all_check_ids
from transflow.actions.checks.check_context import CheckContexts, local_time
from transflow.checks import CheckContext
from transflow.errors import TransflowError
from transflow.findings.selection import Selection
from transflow.json_text import decode_json
from transflow.messages import Message, Messages
from transflow.model.issue import Issue
from transflow.model.settings import Settings
from transflow.model.unit import Kind, Unit
from transflow.project import Project
from transflow.text import escaped_json

MESSAGES = Messages(
    __name__,
    {
        "line": "line {number}: {why}",
        "no-json": "this is no JSON: {why}, at character {column}.",
        "no-utf-8": "this is not UTF-8.",
        "unreadable": "this is no JSON that can be read: {why}.",
        "long": "it is longer than {most} characters.",
        "no-object": "a pair is an object.",
        "incomplete": "a pair has a source and a target.",
        "no-text": "its {field} is no text.",
        "kind": "there is no kind “{kind}”: it is one of {kinds}.",
        "date": "“{date}” is no date: 2024-03-26, or 2024-03-26 20:00.",
    },
)
MOST_BYTES = 2**20
"""Length of the longest line that is read."""
_FIELDS = ("source", "target", "date", "kind", "locale")


class PairResult(NamedTuple):
    """The output for a line, with its issues; `wrong` is true for an invalid line."""

    text: str
    issues: tuple[Issue, ...] = ()
    wrong: bool = False


class InvalidPairError(TransflowError):
    """Raised for a line that is not a valid pair; `id` is the pair's id, if it has one."""

    exit_code = 3

    def __init__(self, why: Message, pair_id: object = None) -> None:
        super().__init__(why)
        self.id = pair_id


def results(file: BinaryIO, project: Project | None, selection: Selection) -> Iterator[PairResult]:
    """Yield a result for each line `{"id", "source", "target"[, "date", "kind", "locale"]}`.

    Without a project, default settings apply.
    """
    context_for = _contexts(project)
    settings = project.settings if project else Settings()
    families = selection.families_to_run(checks.families(), all_check_ids(settings))
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            pair = _pair(line)
            unit, context = Unit("", pair["source"], pair["target"], pair["kind"]), context_for(pair)
            found = findings.with_severities(checks.run(unit, context), settings.checks) if families else []
        except InvalidPairError as error:
            answer = {"id": error.id, "error": MESSAGES("line", number=number, why=error.message)}
            yield PairResult(_json_line(answer), wrong=True)
            continue
        issues = tuple(issue for issue in found if selection.includes(issue.check))
        answer = {"id": pair.get("id"), "issues": [_issue_json(issue) for issue in issues]}
        yield PairResult(_json_line(answer), issues)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; the beginning of one that is too long."""
    while line := file.readline(MOST_BYTES + 1):
        yield line
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MOST_BYTES + 1)


def _pair(line: bytes) -> dict[str, Any]:
    if len(line) > MOST_BYTES:
        raise InvalidPairError(MESSAGES("long", most=MOST_BYTES))
    try:
        pair = decode_json(line.decode("utf-8-sig").strip())
    except json.JSONDecodeError as error:
        raise InvalidPairError(MESSAGES("no-json", why=error.msg, column=error.colno)) from None
    except UnicodeDecodeError:
        raise InvalidPairError(MESSAGES("no-utf-8")) from None
    except ValueError as error:  # a number of thousands of digits, or thousands of brackets
        raise InvalidPairError(MESSAGES("unreadable", why=str(error))) from None
    if not isinstance(pair, dict):
        raise InvalidPairError(MESSAGES("no-object"))
    pair = {key: value for key, value in pair.items() if value is not None}
    pair_id = pair.get("id")
    if not {"source", "target"} <= pair.keys():
        raise InvalidPairError(MESSAGES("incomplete"), pair_id)
    for name in _FIELDS:
        if not isinstance(pair.get(name, ""), str):
            raise InvalidPairError(MESSAGES("no-text", field=name), pair_id)
    pair["kind"] = re.sub("[-_]", " ", pair.get("kind", "paragraph"))
    if pair["kind"] not in get_args(Kind):
        kinds = ", ".join(get_args(Kind))
        raise InvalidPairError(MESSAGES("kind", kind=pair["kind"], kinds=kinds), pair_id)
    return pair


def _contexts(project: Project | None) -> Callable[[dict[str, Any]], CheckContext]:
    """Return a function that gives the context of a pair.

    Its locale is that of the pair, or else the project's first, or else English.
    """
    locales = project.settings.locales if project else ()
    default_locale = locales[0] if locales else "en"
    contexts: dict[str, CheckContext] = {}

    def context(pair: dict[str, Any]) -> CheckContext:
        locale = pair.get("locale") or default_locale
        if locale not in contexts:
            contexts[locale] = CheckContexts(project, locale).shared() if project else CheckContext(locale)
        date = local_time(pair.get("date", ""), project.settings.timezone if project else "UTC")
        if pair.get("date") and not date:
            raise InvalidPairError(MESSAGES("date", date=pair["date"]), pair.get("id"))
        return contexts[locale]._replace(kind=pair["kind"], date=date)

    return context


def _json_line(answer: dict[str, Any]) -> str:
    """Return an answer as a line of JSON.

    A lone surrogate, which UTF-8 cannot encode, is written as an escape.
    """
    return escaped_json(json.dumps(answer, ensure_ascii=False))


def _issue_json(issue: Issue) -> dict[str, Any]:
    """Return an issue as a JSON object."""
    return {
        "check": issue.check,
        "severity": issue.severity,
        "message": issue.message,
        "source_span": issue.source_span,
        "target_span": issue.target_span,
        "fix": issue.fix,
    }
